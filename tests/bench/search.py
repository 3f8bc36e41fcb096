"""Search, suggestions, lists and facets: in process, over HTTP, and the same in SPARQL."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx
import uvicorn
from rich.table import Table

from api.app import create_app
from kg.answers.lists import listing, suggest
from kg.questions import Query
from kg.release import Release
from kg.search import Wish, index_of
from kg.settings import Settings

_HERE: Final = Path(__file__).parent
TARGET_MS: Final = 10.0
_LAND: Final = "120000000000"
_PATHS: Final[Mapping[str, str]] = {
    "search: Umwelt": "/api/v1/search?q=Umwelt",
    "search: Umwellt (one letter off)": "/api/v1/search?q=Umwellt",
    "suggest: bran": "/api/v1/suggest?q=bran",
    "list: Gemeinden in Brandenburg": f"/api/v1/jurisdictions?place={_LAND}&level=gemeinde",
    "facets: jurisdictions": "/api/v1/jurisdictions?limit=1",
}
_PLAIN: Final = {
    "search: Umwelt": "search", "suggest: bran": "suggest",
    "list: Gemeinden in Brandenburg": "list", "facets: jurisdictions": "facets",
}  # fmt: skip

Median = Callable[[Callable[[], object], int], float]


def in_process(release: Release) -> Mapping[str, Callable[[], object]]:
    """Return the same questions, asked in process."""
    graph, index = release.graph, release.index
    opened = index_of(graph, index)

    def facets() -> object:
        opened.forget()
        return opened.counts(Wish(lists=("jurisdictions",)))

    narrowed = {"place": _LAND, "level": "gemeinde"}
    return {
        "search: Umwelt": lambda: listing(graph, "search", {}, q="Umwelt", index=index),
        "search: Umwellt (one letter off)": lambda: listing(
            graph, "search", {}, q="Umwellt", index=index
        ),
        "suggest: bran": lambda: suggest(graph, "bran", index=index),
        "list: Gemeinden in Brandenburg": lambda: listing(
            graph, "jurisdictions", narrowed, index=index
        ),
        "facets: jurisdictions": facets,
    }


@contextmanager
def served(settings: Settings) -> Iterator[httpx.Client]:
    """Serve the release on a free port; yields a client of it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(create_app(settings), port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            while not server.started:
                time.sleep(0.05)
            yield client
    finally:
        server.should_exit = True
        thread.join()


def measured(release: Release, settings: Settings, median: Median) -> Table:
    """Return the table of medians."""
    table = Table("search", "p50 ms", "over HTTP ms", "SPARQL ms", "times faster", "≤ 10 ms")
    inside = in_process(release)
    with served(settings) as client:
        for name, path in _PATHS.items():
            inside[name]()
            client.get(path).raise_for_status()
            taken = median(inside[name], 51)
            answered = median(lambda path=path: client.get(path), 51)  # type: ignore[misc]
            cells = ["", ""]
            if name in _PLAIN:
                query = Query.load(_PLAIN[name], _HERE)
                slow = median(lambda query=query: release.graph.select(query), 3)  # type: ignore[misc]
                cells = [f"{slow:.1f}", f"{slow / taken:.0f}"]
            fast = "yes" if answered <= TARGET_MS else "NO"
            table.add_row(name, f"{taken:.1f}", f"{answered:.1f}", *cells, fast)
    return table
