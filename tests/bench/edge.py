"""What the way through HTTP costs: each route beside one that answers as many constant bytes.

`python -m tests.bench.edge`. The constant route is one of our application, with all the layers
around it; its body is made before. Look-ups in SPARQL stand beside Oxigraph's own server on a copy
of the same store. One client on one connection; of throughput, eight.
"""

import itertools
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from rich.console import Console
from rich.table import Table

from kg.names import kind_of, names_of
from kg.release import Release, current
from kg.settings import Settings
from tests.bench.serving import Client, ours, oxigraphs

_TIMES: Final = 101
_CLIENTS: Final = 8
_SECONDS: Final = 4.0
_MOST: Final = {"as a constant": 3.0, "304": 1.0, "oxigraph": 2.0}
_LEAST: Final = 0.6
_LAND: Final = "120000000000"
_ROUTES: Final = {
    "search: Umwelt": "/api/v1/search?q=Umwelt",
    "suggest: bran": "/api/v1/suggest?q=bran",
    "list: labs": "/api/v1/labs",
    "list: Gemeinden in Brandenburg": f"/api/v1/jurisdictions?place={_LAND}&level=gemeinde",
    "facets: jurisdictions": "/api/v1/jurisdictions?limit=1",
    "about: CityLAB Berlin": "/api/v1/answers/about?thing=CityLAB%20Berlin",
    "about: Kiel": "/api/v1/answers/about?thing=Kiel",
}
_RESULTS: Final = "application/sparql-results+json"
_LOOKUP: Final = "SELECT ?p ?o {{ <{}> ?p ?o }}"

Ask = Callable[[], object]


def alternating(*asks: Ask) -> list[float]:
    """Return the medians in ms of several ways to ask, in turn, so that all have the same luck."""
    taken: list[list[float]] = [[] for _ in asks]
    for round_, (into, ask) in itertools.product(range(_TIMES), zip(taken, asks, strict=True)):
        began = time.perf_counter()
        ask()
        if round_:
            into.append((time.perf_counter() - began) * 1000)
    return [sorted(one)[len(one) // 2] for one in taken]


def _latency(client: Client) -> Table:
    table = Table("over HTTP", "bytes", "p50 ms", "constant ms", "times", "allowed")
    for name, path in _ROUTES.items():
        status, headers, body = client.get(path)
        assert status == 200, path
        same = f"/constant/{len(body)}"
        tag = headers["etag"]
        route, fixed, held = alternating(
            lambda path=path: client.get(path),  # type: ignore[misc]
            lambda same=same: client.get(same),  # type: ignore[misc]
            lambda path=path, tag=tag: client.get(path, If_None_Match=tag),  # type: ignore[misc]
        )
        assert client.get(path, If_None_Match=tag)[0] == 304
        for what, taken, most in (("", route, _MOST["as a constant"]), ("304", held, _MOST["304"])):
            size = f"{len(body):,}" if not what else "0"
            table.add_row(f"{name} {what}".strip(), size, f"{taken:.2f}", f"{fixed:.2f}",
                          f"{taken / fixed:.1f}", _verdict(taken / fixed, most))  # fmt: skip
    return table


def _unseen(port: int, release: Release) -> Table:
    """Return how long it takes what nobody asked before: other words, other things, each once."""
    labels = sorted(names_of(release.graph).labels.items())
    kinds = {"lab", "solution"}
    labs = [held["de"] for iri, held in labels if kind_of(iri) in kinds and "de" in held]
    words = sorted({word for label in labs for word in label.split() if word.isalpha()})
    asked = {
        "search, each for another word": [f"search?q={quote(one)}" for one in words],
        "suggest, each for another beginning": [f"suggest?q={quote(one[:4])}" for one in words],
        "labs, each page another": [f"labs?sort=-label&q={quote(one)}" for one in words],
        "about, each another thing": [f"answers/about?thing={quote(one)}" for one in labs],
    }
    client = Client(port)
    table = Table("asked for the first time", "asked", "bytes p50", "p50 ms", "p95 ms")
    for name, paths in asked.items():
        chosen = paths[:: max(1, len(paths) // _TIMES)]
        taken, sizes = [], []
        for path in chosen:
            began = time.perf_counter()
            sizes.append(len(client.get(f"/api/v1/{path}")[2]))
            taken.append((time.perf_counter() - began) * 1000)
        taken.sort()
        sizes.sort()
        middle, late = len(taken) // 2, int(len(taken) * 0.95)
        table.add_row(name, str(len(taken)), f"{sizes[middle]:,}", f"{taken[middle]:.1f}",
                      f"{taken[late]:.1f}")  # fmt: skip
    return table


def _sparql(port: int, theirs: int | None, release: Release) -> Table:
    table = Table("/sparql, look-ups", "ours", "baseline", "", "ratio", "allowed")
    iris = [one for one in sorted(names_of(release.graph).labels) if kind_of(one) == "lab"][:100]
    paths = [f"?query={quote(_LOOKUP.format(iri))}" for iri in iris]
    client, turn = Client(port), itertools.cycle(paths)  # new ones: idle ones are closed
    asks: list[Ask] = [lambda: client.get(f"/sparql{next(turn)}", Accept=_RESULTS)]
    if theirs is not None:
        other, their_turn = Client(theirs), itertools.cycle(paths)
        asks.append(lambda: other.get(f"/query{next(their_turn)}", Accept=_RESULTS))
        mine, oxigraph = alternating(*asks)
        times = mine / oxigraph
        table.add_row("p50 ms", f"{mine:.2f}", f"{oxigraph:.2f}", "oxigraph serve-read-only",
                      f"{times:.1f}", _verdict(times, _MOST["oxigraph"]))  # fmt: skip
    else:
        mine = alternating(*asks)[0]
        table.add_row("p50 ms", f"{mine:.2f}", "", "oxigraph is not installed", "", "")
    sizes = sorted(len(client.get(f"/sparql{one}", Accept=_RESULTS)[2]) for one in paths)
    size = sizes[len(sizes) // 2]
    many = _throughput(port, [f"/sparql{one}" for one in paths])
    fixed = _throughput(port, [f"/constant/{size}"])
    share = many / fixed
    table.add_row(f"answers a second, {_CLIENTS} clients", f"{many:.0f}", f"{fixed:.0f}",
                  f"constant route, {size:,} bytes", f"{share:.2f}",
                  f"≥ {_LEAST}: {'yes' if share >= _LEAST else 'NO'}")  # fmt: skip
    return table


def _throughput(port: int, paths: Sequence[str]) -> float:
    """Return how many answers a second eight clients get that ask without a pause."""
    counts = [0] * _CLIENTS
    until = time.perf_counter() + _SECONDS

    def ask(at: int, turn: Iterator[str]) -> None:
        client = Client(port)
        while time.perf_counter() < until:
            status, _, _ = client.get(next(turn), Accept=_RESULTS + ", */*")
            assert status == 200, status
            counts[at] += 1

    threads = [
        threading.Thread(target=ask, args=(at, itertools.cycle(paths[at:] + paths[:at])))
        for at in range(_CLIENTS)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sum(counts) / _SECONDS


def _verdict(ratio: float, most: float) -> str:
    return f"≤ {most:g}: {'yes' if ratio <= most else 'NO'}"


def tables(release: Release, settings: Settings) -> Iterator[Table]:
    """Yield the tables, measured one after another."""
    with tempfile.TemporaryDirectory() as folder, ours(settings) as port:
        client = Client(port)
        client.get("/api/v1/search?q=Umwelt")
        yield _latency(client)
        yield _unseen(port, release)
        copy = Path(folder) / "store"
        release.graph.copy(copy)
        with oxigraphs(copy) as theirs:
            yield _sparql(port, theirs, release)


def main() -> None:
    """Print the tables."""
    settings = Settings()
    for table in tables(current(settings.data), settings):
        Console().print(table)


if __name__ == "__main__":
    main()
