"""A thousand queries of which half meet a limit: whatever is answered with 200 is whole."""

import csv
import http.client
import io
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse, parse_query_results
from pyoxigraph import QueryResultsFormat as Rows

from kg import release
from kg.settings import Settings
from tests.live import served

THINGS = 2000
MOST_ROWS = 1500
CLIENTS = 6
LIMITS = Settings(
    query_seconds=1.5, query_memory_mib=60, query_rows=MOST_ROWS, query_mib=1, query_readers=2
)
JSON = "application/sparql-results+json"
READERS: dict[str, Callable[[bytes], int]] = {
    JSON: lambda got: len(json.loads(got)["results"]["bindings"]),
    "application/sparql-results+xml": lambda got: len(list(parse_query_results(got, Rows.XML))),  # type: ignore[arg-type]
    "text/tab-separated-values": lambda got: len(list(parse_query_results(got, Rows.TSV))),  # type: ignore[arg-type]
    "text/csv": lambda got: len(list(csv.reader(io.StringIO(got.decode(), newline="")))) - 1,
    "text/turtle": lambda got: len(list(parse(got, RdfFormat.TURTLE))),
    "application/ld+json": lambda got: len(list(parse(got, RdfFormat.JSON_LD))),
}
GRAPHS = ("text/turtle", "application/ld+json")
TWO = "?a <http://x/p> ?b . ?c <http://x/p> ?d"
OVER = {
    "rows": (413, f"SELECT ?a ?b {{ ?a ?p ?b }} LIMIT {MOST_ROWS + 1}"),
    "size": (413, f'SELECT ?a ?l {{ ?a ?p ?b BIND("{"x" * 900}" AS ?l) }} LIMIT 1400'),
    "time": (504, "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }"),
    "memory": (503, f"SELECT ?a ?c {{ {TWO} }} ORDER BY ?b ?d"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, the type asked for, and what must come of it: rows, or the limit that it meets."""

    text: str
    accept: str
    rows: int | None
    limit: str | None = None


def _thousand() -> list[Asked]:
    chance = random.Random(20251124)  # noqa: S311 (a fixed draw)
    whole = []
    for at in range(500):
        rows = chance.choice((0, 1, 7, 400, 1499, MOST_ROWS))
        accept = chance.choice(list(READERS))
        form = "CONSTRUCT WHERE" if accept in GRAPHS else "SELECT * WHERE"
        whole.append(Asked(f"{form} {{ ?a <http://x/p> ?b }} LIMIT {rows} # {at}", accept, rows))
    over = []
    for limit, times in {"rows": 280, "size": 130, "time": 40, "memory": 50}.items():
        for at in range(times):
            text = f"{OVER[limit][1]} # {at}"
            over.append(Asked(text, chance.choice([*READERS][:4]), None, limit))
    asked = [*whole, *over]
    chance.shuffle(asked)
    return asked


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Serve some thousand triples within small limits."""
    data = tmp_path_factory.mktemp("faults")
    folder = data / "releases" / "0000000000000000"
    folder.mkdir(parents=True)
    store = Store(str(folder / "store"))
    lines = (f'<http://x/{n}> <http://x/p> "{{\\"{n}\\",\\n}}" .\n' for n in range(THINGS))
    store.bulk_load("".join(lines).encode(), RdfFormat.N_TRIPLES, to_graph=NamedNode("http://x/g"))
    store.flush()
    del store
    Path(folder / "manifest.json").write_text("{}", encoding="utf-8")
    release.point_to(data, folder.name)
    with served(LIMITS.model_copy(update={"data": data})) as found:
        yield found


def _outcome(port: int, asked: Asked, *, leaves: bool) -> str:
    """Ask until a reader is free; returns what came of it."""
    while True:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        body = urlencode({"query": asked.text})
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": asked.accept}
        line.request("POST", "/sparql", body, kind)
        if leaves:
            line.close()
            return "left"
        got = line.getresponse()
        content = got.read()
        assert int(got.headers["content-length"]) == len(content)
        line.close()
        if got.status == 200:
            rows = READERS[asked.accept](content)
            return "whole" if rows == asked.rows else f"CUT: {rows} of {asked.rows}"
        problem = json.loads(content)
        if problem["type"].endswith("#busy"):
            assert got.headers["retry-after"].isdigit()
            continue
        return f"{got.status} {problem.get('limit')}"


def _right(asked: Asked) -> set[str]:
    if asked.limit is None:
        return {"left", "whole"}
    slow = {"504 time"} if asked.limit == "memory" else set()  # on a machine with much to do
    return {"left", f"{OVER[asked.limit][0]} {asked.limit}"} | slow


def test_of_a_thousand_queries_no_answer_is_cut(port: int) -> None:
    thousand = _thousand()
    assert len(thousand) == 1000
    assert sum(one.limit is not None for one in thousand) == 500
    with ThreadPoolExecutor(CLIENTS) as pool:
        outcomes = list(pool.map(
            lambda pair: _outcome(port, pair[1], leaves=pair[0] % 25 == 0), enumerate(thousand)
        ))  # fmt: skip
    wrong = Counter(
        (outcome, asked.limit)
        for outcome, asked in zip(outcomes, thousand, strict=True)
        if outcome not in _right(asked)
    )
    assert [one for one in outcomes if one.startswith("CUT")] == []
    assert wrong == {}
    assert Counter(outcomes)["left"] == 40
