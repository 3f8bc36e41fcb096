"""Every rule has been seen to fire, alone, and to keep quiet."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pyshacl
import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kg.files import shapes as shapes_folder
from kg.gate import Finding, judge
from kg.namespaces import RDF as OX_RDF
from kg.namespaces import SHAPES_NAMESPACE
from kg.shapes import ABOUT_THE_ONTOLOGY, Shapes, data_files

FOLDER = shapes_folder()
EXAMPLES = FOLDER / "examples"
ABOUT_TERMS = FOLDER / ABOUT_THE_ONTOLOGY
ORDINARY = {SH.Violation, SH.Warning, SH.Info}
NO_CONSTRAINT = {
    RDF.type, SH.path, SH.severity, SH.message, SH.targetClass, SH.targetSubjectsOf,
    SH.property, SH.closed, SH.ignoredProperties,
}  # fmt: skip


def read(path: Path) -> list[Triple]:
    return [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)]


def context() -> Mapping[NamedNode, list[NamedNode]]:
    types = defaultdict(list)
    for one in read(EXAMPLES / "context.ttl"):
        assert one.predicate == OX_RDF.type
        assert isinstance(one.subject, NamedNode)
        assert isinstance(one.object, NamedNode)
        types[one.subject].append(one.object)
    return types


@pytest.fixture(scope="module")
def data_shapes() -> Shapes:
    return Shapes.load()


@pytest.fixture(scope="module")
def as_written() -> Shapes:
    return Shapes.load(flat=False)


def graph_of(files: list[Path]) -> Graph:
    graph = Graph()
    for path in files:
        graph.parse(path, format="turtle")
    return graph


def speaking(graph: Graph) -> set[str]:
    """Return the local names of the shapes that can report something: those with a message."""
    found = {str(shape) for shape in graph.subjects(SH.message, None)}
    return {shape.removeprefix(SHAPES_NAMESPACE) for shape in found}


DATA = graph_of(data_files())
EXAMPLE_FILES = sorted(
    path for name in sorted(speaking(DATA)) for path in (EXAMPLES / name).glob("*.ttl")
)


def fired(path: Path, shapes: Shapes) -> tuple[Finding, ...]:
    return judge({"example": read(path)}, context(), shapes).findings


@pytest.mark.parametrize("path", EXAMPLE_FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_an_example_fires_its_shape_alone_or_nothing(path: Path, data_shapes: Shapes) -> None:
    shapes = {one.shape.removeprefix(SHAPES_NAMESPACE) for one in fired(path, data_shapes)}
    assert shapes == ({path.parent.name} if path.name.startswith("fail-") else set())


def test_every_shape_has_been_seen_to_fire_and_to_keep_quiet() -> None:
    about_terms = speaking(graph_of([ABOUT_TERMS])) if ABOUT_TERMS.exists() else set()
    silent = {
        f"{name}: no {sort}-*.ttl"
        for name in speaking(DATA) | about_terms
        for sort in ("pass", "fail")
        if not list((EXAMPLES / name).glob(f"{sort}-*.ttl"))
    }
    assert silent == set()


def test_no_example_lies_beside_a_shape_that_does_not_exist() -> None:
    about_terms = speaking(graph_of([ABOUT_TERMS])) if ABOUT_TERMS.exists() else set()
    folders = {path.name for path in EXAMPLES.iterdir() if path.is_dir()}
    assert folders - speaking(DATA) - about_terms == set()


def test_every_property_shape_is_named_and_belongs_to_a_node_shape() -> None:
    named = {str(s) for s in DATA.subjects(RDF.type, SH.PropertyShape)}
    held = {str(s) for s in DATA.objects(None, SH.property)}
    assert named == held
    assert [s for s in DATA.subjects(RDF.type, SH.PropertyShape) if not isinstance(s, URIRef)] == []


def test_every_shape_says_in_german_and_english_how_to_mend_the_data_and_how_grave_it_is() -> None:
    lacking = []
    speakers = {*DATA.subjects(RDF.type, SH.PropertyShape), *DATA.subjects(SH.message, None)}
    for shape in speakers:
        said = [one for one in DATA.objects(shape, SH.message) if isinstance(one, Literal)]
        languages = sorted(str(one.language) for one in said)
        severities = list(DATA.objects(shape, SH.severity))
        if languages != ["de", "en"] or len(severities) != 1 or severities[0] not in ORDINARY:
            lacking.append((str(shape), languages, severities))
    assert lacking == []


def test_the_shapes_use_core_constraints_only() -> None:
    assert list(DATA.subject_objects(SH.sparql)) == []


def test_the_shapes_are_well_formed_shacl() -> None:
    rules = Path(pyshacl.__file__).parent / "assets" / "shacl-shacl.ttl"
    conforms, _, said = pyshacl.validate(
        DATA, shacl_graph=Graph().parse(rules), max_validation_depth=40
    )
    assert conforms, said


def test_each_class_has_a_file_of_its_own() -> None:
    for path in data_files():
        shapes = {
            str(shape).removeprefix(SHAPES_NAMESPACE)
            for shape in graph_of([path]).subjects(RDF.type, None)
            if isinstance(shape, URIRef)
        }
        assert {name.partition("-")[0] for name in shapes} == {path.stem}


def test_handing_targets_down_changes_no_verdict(data_shapes: Shapes, as_written: Shapes) -> None:
    """All examples at once, so that the comparison costs seconds and not minutes."""
    records = {}
    for number, path in enumerate(EXAMPLE_FILES):
        records[f"{path.parent.name}/{path.stem}"] = [
            Triple(_numbered(one.subject, number), one.predicate, one.object) for one in read(path)
        ]
    fast = judge(records, context(), data_shapes)
    slow = judge(records, context(), as_written)
    assert fast.findings
    assert fast == slow


def test_no_constraint_can_be_left_out_unnoticed(as_written: Shapes) -> None:
    """Without any one constraint some example that must fire no longer does."""
    unnoticed = []
    for shape in sorted(set(as_written.graph.subjects(SH.message, None)), key=str):
        name = str(shape).removeprefix(SHAPES_NAMESPACE)
        failing = [p for p in EXAMPLE_FILES if p.parent.name == name and "fail-" in p.name]
        records = {
            path.stem: [
                Triple(_numbered(one.subject, number), one.predicate, one.object)
                for one in read(path)
            ]
            for number, path in enumerate(failing)
        }
        for constraint in as_written.graph.predicate_objects(shape):
            if constraint[0] in NO_CONSTRAINT:
                continue
            weaker = Shapes(
                _alone(as_written.graph, shape, constraint),
                as_written.subclasses,
                as_written.terms,
            )
            found = judge(records, context(), weaker).findings
            if {one.record for one in found} == records.keys():
                unnoticed.append((name, str(constraint[0])))
    assert unnoticed == []


def _alone(graph: Graph, shape: Node, left_out: tuple[Node, Node]) -> Graph:
    """Return this one shape, with the targets of its owner, without one of its constraints."""
    found = Graph()
    for predicate, value in graph.predicate_objects(shape):
        if (predicate, value) != left_out:
            found.add((shape, predicate, value))
            for triple in graph.cbd(value) if isinstance(value, BNode) else ():
                found.add(triple)
    for owner in graph.subjects(SH.property, shape):
        for kind in (SH.targetClass, SH.targetSubjectsOf):
            for target in graph.objects(owner, kind):
                found.add((shape, kind, target))
    return found


def _numbered(subject: object, number: int) -> NamedNode | BlankNode:
    assert isinstance(subject, NamedNode | BlankNode)
    if isinstance(subject, NamedNode) and subject.value.endswith("/beispiel"):
        return NamedNode(f"{subject.value}-{number}")
    return subject
