from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH

from kg.namespaces import SHAPES_NAMESPACE
from tests.ontology.vocabulary import ROOT, ontology


@cache
def shapes() -> Graph:
    """Return the shapes over the ontology."""
    return Graph().parse(ROOT / "shapes" / "ontology.ttl", format="turtle")


def speaking() -> set[str]:
    """Return the local names of the shapes that have a message, that is, those that can fire."""
    return {str(s).removeprefix(SHAPES_NAMESPACE) for s in shapes().subjects(SH.message)}


EXAMPLES = sorted(
    path
    for path in (ROOT / "shapes" / "examples").glob("*/*.ttl")
    if path.parent.name in speaking()
)


def fired(data: Graph) -> dict[str, set[str]]:
    """Return the shapes that find fault with the data, each with the nodes at fault."""
    copy = Graph()
    for triple in data:
        copy.add(triple)
    _, report, _ = validate(copy, shacl_graph=shapes())
    assert isinstance(report, Graph)
    found: dict[str, set[str]] = {}
    for result in report.objects(None, SH.result):
        shape = str(report.value(result, SH.sourceShape)).removeprefix(SHAPES_NAMESPACE)
        found.setdefault(shape, set()).add(str(report.value(result, SH.focusNode)))
    return found


def test_the_ontology_keeps_its_shapes() -> None:
    assert fired(ontology()) == {}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_fires_exactly_its_shape(path: Path) -> None:
    assert path.name.startswith(("pass-", "fail-"))
    expected = {path.parent.name} if path.name.startswith("fail-") else set()
    assert set(fired(Graph().parse(path, format="turtle"))) == expected


def test_every_shape_has_a_passing_and_a_failing_example() -> None:
    having = {
        kind: {path.parent.name for path in EXAMPLES if path.name.startswith(kind)}
        for kind in ("pass-", "fail-")
    }
    assert having == {"pass-": speaking(), "fail-": speaking()}


def test_every_property_shape_is_named_speaks_both_languages_and_has_a_severity() -> None:
    graph = shapes()
    parts = set(graph.subjects(RDF.type, SH.PropertyShape)) | set(graph.objects(None, SH.property))
    assert len(parts) > 20
    lacking = {
        str(part)
        for part in parts
        if not isinstance(part, URIRef)
        or sorted(str(m.language) for m in graph.objects(part, SH.message)) != ["de", "en"]  # type: ignore[attr-defined]
        or graph.value(part, SH.severity) is None
    }
    assert lacking == set()
