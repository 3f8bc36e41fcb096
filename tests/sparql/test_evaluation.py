"""Query evaluation through HTTP, store and reader: each case of a suite of manifests."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store
from starlette.testclient import TestClient

from api.app import create_app
from kg import release
from kg.settings import Settings
from tests.sparql.suites import (
    FORMATS,
    RESULTS,
    Case,
    address,
    canonical,
    cases,
    in_order,
    rows_of,
    triples_of,
)

SUITE = Path(os.environ.get("LOTSE_SPARQL_SUITE", Path(__file__).parent / "suite")).resolve()
CASES = list(cases(SUITE))
EMPTY = "http://example.org/empty"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Serve all data of the suite, each file as a graph: any store is served as it stands."""
    data = tmp_path_factory.mktemp("suite")
    folder = data / "releases" / "0000000000000000"
    folder.mkdir(parents=True)
    store = Store(str(folder / "store"))
    store.add_graph(NamedNode(EMPTY))
    graphs = {address(path): path for case in CASES for path in case.files}
    graphs |= {name: path for case in CASES for name, path in case.named.items()}
    for name, path in graphs.items():
        graph = NamedNode(name)
        store.add_graph(graph)
        store.load(path=str(path), format=FORMATS[path.suffix], to_graph=graph,
                   base_iri=address(path))  # fmt: skip
    store.flush()
    del store
    (folder / "manifest.json").write_text('{"quads": 0}', encoding="utf-8")
    release.point_to(data, folder.name)
    with TestClient(create_app(Settings(data=data, query_readers=1))) as opened:
        yield opened


def test_the_suite_is_there() -> None:
    groups = {case.name.partition("/")[0] for case in CASES}
    assert len(CASES) >= 130 or "LOTSE_SPARQL_SUITE" in os.environ
    assert groups >= {"algebra", "aggregates", "dataset", "forms", "functions", "negation",
                      "paths"} or "LOTSE_SPARQL_SUITE" in os.environ  # fmt: skip


def _marked(case: Case) -> object:
    """Return a case; where the engine is known to differ, as one that must fail."""
    differs = case.name.startswith("engine/")
    marks = [pytest.mark.xfail(reason="known of the engine", strict=True)] if differs else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_a_query_answers_what_is_expected(client: TestClient, case: Case) -> None:
    form = {"query": f"BASE <{address(case.query)}>\n{case.query.read_text(encoding='utf-8')}"}
    sent: dict[str, str | list[str]] = dict(form)
    if case.data or case.named or " FROM " not in f" {form['query']} ".replace("\n", " "):
        sent["default-graph-uri"] = [address(path) for path in case.data] or [EMPTY]
        sent["named-graph-uri"] = list(case.named)
    wish = "text/turtle" if case.result.suffix in FORMATS else "application/sparql-results+json"
    got = client.post("/sparql", data=sent, headers={"Accept": wish})
    assert got.status_code == 200, got.text
    expected = case.result.read_bytes()
    if case.result.suffix in FORMATS:
        base = address(case.result)
        assert triples_of(got.content, RdfFormat.TURTLE, base) == triples_of(
            expected, FORMATS[case.result.suffix], base
        )
        return
    found = rows_of(got.content, RESULTS[".srj"])
    wanted = rows_of(expected, RESULTS[case.result.suffix])
    if isinstance(found, bool) or isinstance(wanted, bool):
        assert found is wanted
        return
    assert canonical(found) == canonical(wanted)
    if case.ordered:
        assert in_order(found) == in_order(wanted)


def test_a_wrong_answer_is_noticed() -> None:
    """The comparison itself: multisets, renamed blank nodes, order."""

    def rows(*values: str) -> bytes:
        bindings = [{"x": {"type": "bnode" if one.startswith("b") else "literal", "value": one}}
                    for one in values]  # fmt: skip
        return json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": bindings}}).encode()

    def read(*values: str) -> list[tuple[object, ...]]:
        found = rows_of(rows(*values), RESULTS[".srj"])
        assert isinstance(found, list)
        return found

    assert canonical(read("1", "2", "2")) == canonical(read("2", "1", "2"))
    assert canonical(read("1", "2", "2")) != canonical(read("1", "1", "2"))
    assert canonical(read("1", "2")) != canonical(read("1"))
    assert canonical(read("b1", "b1", "b2")) == canonical(read("b8", "b9", "b8"))
    assert canonical(read("b1", "b1")) != canonical(read("b1", "b2"))
    assert in_order(read("1", "2")) != in_order(read("2", "1"))
