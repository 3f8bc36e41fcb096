"""The W3C SHACL test suite, core and SPARQL: our reports are those that it expects."""

import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import BNode, Graph, Namespace, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kg import screening
from kg.auditing import Method
from kg.findings import Finding
from kg.report_forms import written
from kg.reports import Report
from kg.shapes import path_text
from kg.validator import answer

SUITE = Path(__file__).parent / "w3c" / "shacl-test-suite.tar.xz"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
UNSUPPORTED = {"sparql/pre-binding/shapesGraph-001.ttl": "$shapesGraph"}
"""What pySHACL does not do (SHACL leaves it open), and how we say so."""
pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.parametrize(
        "engine", ["pyshacl", pytest.param("screened", marks=pytest.mark.full)]
    ),
]


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("w3c")
    with tarfile.open(SUITE) as packed:
        packed.extractall(folder, filter="data")
    return folder


def cases_in(file: Path) -> Iterator[tuple[Path, Path, Graph, Node]]:
    """Yield data, shapes, and the expected result with its graph, of each test in a file."""
    graph = Graph().parse(file, publicID=file.as_uri())
    for test in graph.subjects(RDF.type, SHT.Validate):
        action, result = graph.value(test, MF.action), graph.value(test, MF.result)
        data, shapes = (graph.value(action, one) for one in (SHT.dataGraph, SHT.shapesGraph))
        assert result is not None
        yield Path(str(data)[7:]), Path(str(shapes)[7:]), graph, result


def judged(data: Path, shapes: Path, engine: str) -> dict[str, Any]:
    """Return what the process that judges says, without the process."""
    request = {
        "form": "turtle", "base": data.as_uri(), "profile": "lotse", "engine": engine,
        "shapes": {"form": "turtle", "base": shapes.as_uri(), "content": shapes.read_text("utf-8")},
    }  # fmt: skip
    return answer(request, data.read_bytes())


def results(graph: Graph, report: Node | None) -> Counter[tuple[str, ...]]:
    """Return what a report says; blank nodes are all alike."""
    one_by_one = (SH.focusNode, SH.value, SH.resultSeverity, SH.sourceConstraintComponent,
                  SH.sourceShape)  # fmt: skip
    found: Counter[tuple[str, ...]] = Counter()
    for result in graph.objects(report, SH.result):
        terms = [graph.value(result, one) for one in one_by_one]
        path = path_text(graph, graph.value(result, SH.resultPath))
        found[path, *("_" if isinstance(one, BNode) else repr(one) for one in terms)] += 1
    return found


def test_every_test_of_the_suite_passes(suite: Path, engine: str) -> None:
    if engine == "screened" and not screening.is_there():
        pytest.skip("the second engine has no wheel here")
    done = 0
    for file in sorted(suite.rglob("*.ttl")):
        name = file.relative_to(suite).as_posix()
        for data, shapes, graph, expected in cases_in(file):
            said = judged(data, shapes, engine)
            if name in UNSUPPORTED:
                assert UNSUPPORTED[name] in said["faulty"]
            elif expected == SHT.Failure:
                assert "faulty" in said, name
            else:
                findings = tuple(Finding(**one) for one in said["findings"])
                report = Report("shapes", 1, findings, Method(**said["method"]))
                ours = Graph().parse(data=written(report, "ttl"), format="turtle")
                node = next(ours.subjects(RDF.type, SH.ValidationReport))
                assert results(ours, node) == results(graph, expected), name
                assert str(graph.value(expected, SH.conforms)) in {
                    str(report.conforms).lower(), str(int(report.conforms)),
                }  # fmt: skip
            done += 1
    assert done == 121
    assert isinstance(expected, URIRef | BNode)
