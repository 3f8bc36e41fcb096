"""Search, suggestions, lists and facets: in process, over HTTP, and the same in SPARQL."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from rich.table import Table

from kg.answers.lists import listing, suggest
from kg.questions import Query
from kg.release import Release
from kg.search import Wish, index_of
from kg.settings import Settings
from tests.bench.serving import Client, ours

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


def measured(release: Release, settings: Settings, median: Median) -> Table:
    """Return the table of medians."""
    table = Table("search", "p50 ms", "over HTTP ms", "SPARQL ms", "times faster", "≤ 10 ms")
    inside = in_process(release)
    with ours(settings) as port:
        client = Client(port)
        for name, path in _PATHS.items():
            inside[name]()
            assert client.get(path)[0] == 200, path
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
