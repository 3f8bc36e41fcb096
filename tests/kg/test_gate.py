"""The gate: a verdict per record, whole, sorted, the same each time."""

import pytest
from pyoxigraph import Literal as OxLiteral
from rdflib import Literal, URIRef

from kg import gate
from kg.facts import Facts, Terms, oxigraph_term
from kg.gate import Finding, Shapes, Verdicts, judge, report
from kg.iri import geometry_of, mint
from kg.namespaces import SH, SHAPES_NAMESPACE
from kg.terms import (
    GEO,
    LOTSE,
    RDF,
    SKOS,
    WGS,
    XSD,
    BlankNode,
    NamedNode,
    Triple,
    decimal,
    text,
    wkt_point,
)

SOLUTION = mint("solution", "muster", "loesung")


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes.load()


def adoption(name: str, solution: NamedNode = SOLUTION) -> list[Triple]:
    node = mint("adoption", "muster", name)
    return [
        Triple(node, RDF.type, LOTSE.Adoption),
        Triple(node, LOTSE.solution, solution),
        Triple(node, LOTSE.adopterAsPublished, text("Musterstadt (erfunden)")),
        Triple(node, LOTSE.status, LOTSE["status-in-use"]),
        Triple(node, LOTSE.basis, LOTSE["basis-stated"]),
        Triple(node, LOTSE.relation, LOTSE["relation-used-by"]),
    ]


def solution() -> list[Triple]:
    return [
        Triple(SOLUTION, RDF.type, LOTSE.Solution),
        Triple(SOLUTION, SKOS.prefLabel, text("Musterlösung (erfunden)", "de")),
        Triple(SOLUTION, LOTSE.solutionKind, LOTSE["solution-kind-app"]),
    ]


def missing_status(name: str) -> Finding:
    return Finding(
        record=name,
        focus=mint("adoption", "muster", name).value,
        path="lotse:status",
        shape=f"{SHAPES_NAMESPACE}Adoption-status",
        severity="Violation",
        value="",
        message_de="Wählen Sie genau einen Stand: in Nutzung, beendet, geplant oder Pilot.",
        message_en="Choose exactly one status: in use, ended, planned or pilot.",
        component=SH.MinCountConstraintComponent.value,
    )


def without_status(name: str) -> list[Triple]:
    return [one for one in adoption(name) if one.predicate != LOTSE.status]


def test_a_record_with_a_violation_is_parked_and_its_neighbours_pass(shapes: Shapes) -> None:
    records = {"s": solution(), "good": adoption("good"), "bad": without_status("bad")}
    assert judge(records, {}, shapes) == Verdicts((missing_status("bad"),), frozenset({"bad"}))


def test_a_warning_parks_nothing(shapes: Shapes) -> None:
    ended = [
        Triple(one.subject, one.predicate, LOTSE["status-ended"])
        if one.predicate == LOTSE.status
        else one
        for one in adoption("ended")
    ]
    verdicts = judge({"s": solution(), "ended": ended}, {}, shapes)
    assert [(one.severity, one.shape) for one in verdicts.findings] == [
        ("Warning", f"{SHAPES_NAMESPACE}Adoption-untilWhenEnded")
    ]
    assert verdicts.parked == frozenset()


def test_what_was_accepted_before_may_be_referred_to(shapes: Shapes) -> None:
    records = {"a": adoption("a")}
    assert judge(records, {SOLUTION: {LOTSE.Solution}}, shapes).findings == ()
    assert judge(records, {SOLUTION: {LOTSE.Lab}}, shapes).parked == {"a"}
    assert judge(records, {}, shapes).parked == {"a"}


def test_a_record_may_add_to_a_known_thing_and_is_held_to_what_it_says(shapes: Shapes) -> None:
    known = {SOLUTION: {LOTSE.Solution}}
    good = {"more": [Triple(SOLUTION, LOTSE.licenceId, text("EUPL-1.2"))]}
    bad = {"more": [Triple(SOLUTION, LOTSE.licenceId, text("eine freie Lizenz"))]}
    assert judge(good, known, shapes).findings == ()
    found = judge(bad, known, shapes)
    assert [one.shape for one in found.findings] == [f"{SHAPES_NAMESPACE}Solution-licenceId"]
    assert found.parked == {"more"}


def test_batches_change_no_verdict(shapes: Shapes, monkeypatch: pytest.MonkeyPatch) -> None:
    records = {f"r{n}": adoption(f"r{n}") if n % 3 else without_status(f"r{n}") for n in range(9)}
    records["s"] = solution()
    whole = judge(records, {}, shapes)
    monkeypatch.setattr(gate, "BATCH", 2)
    assert judge(records, {}, shapes) == whole
    assert whole.findings == tuple(missing_status(f"r{n}") for n in (0, 3, 6))


def test_the_order_of_records_changes_no_verdict(shapes: Shapes) -> None:
    records = {f"r{n}": without_status(f"r{n}") for n in range(5)}
    backwards = dict(reversed(records.items()))
    assert judge(records, {SOLUTION: {LOTSE.Solution}}, shapes) == judge(
        backwards, {SOLUTION: {LOTSE.Solution}}, shapes
    )


def test_swapped_coordinates_are_named_in_both_languages(shapes: Shapes) -> None:
    point = geometry_of(mint("lab", "muster", "labor"))
    swapped = [
        Triple(point, RDF.type, GEO.Geometry),
        Triple(point, GEO.asWKT, wkt_point("52.5", "13.4")),
        Triple(point, WGS.lat, decimal("13.4")),
        Triple(point, WGS.long, decimal("52.5")),
    ]
    found = judge({"labor": swapped}, {}, shapes).findings
    assert [(one.path, one.value.split("^^")[0]) for one in found] == [
        ("wgs:lat", '"13.4"'),
        ("wgs:long", '"52.5"'),
    ]
    assert all("swapped latitude/longitude?" in one.message_en for one in found)
    assert all("vertauscht?" in one.message_de for one in found)


def test_the_report_is_the_same_bytes_for_the_same_findings() -> None:
    one, other = missing_status("a"), missing_status("b")
    assert report([one, other]) == report(Verdicts((other, one), frozenset()))
    assert report([one]) != report([other])


def test_the_report_says_what_the_w3c_asks_for() -> None:
    written = report([missing_status("a")]).decode()
    used = {line.split(" ")[1].rpartition("#")[2].rstrip(">") for line in written.splitlines()}
    assert used == {
        "type",
        "conforms",
        "result",
        "focusNode",
        "sourceShape",
        "resultSeverity",
        "sourceConstraintComponent",
        "resultMessage",
        "resultPath",
    }
    assert '"false"^^' in written
    assert '"true"^^' in report([]).decode()


@pytest.mark.parametrize(
    "term",
    [
        NamedNode("https://example.org/Köln"),
        BlankNode("b0"),
        OxLiteral("Kiel", language="de"),
        OxLiteral("007"),
        OxLiteral("007", datatype=XSD.integer),
        OxLiteral("52.500", datatype=XSD.decimal),
        OxLiteral("2021-02-30", datatype=XSD.date),
        OxLiteral("2021", datatype=XSD.gYear),
        OxLiteral("POINT(13.4 52.5)", datatype=GEO.wktLiteral),
    ],
    ids=str,
)
def test_terms_reach_pyshacl_with_their_lexical_form(
    term: NamedNode | BlankNode | OxLiteral,
) -> None:
    assert oxigraph_term(Terms().of(term)) == term


def test_facts_answer_as_an_rdflib_graph_does() -> None:
    facts = Facts()
    subject, predicate = URIRef("https://example.org/s"), URIRef("https://example.org/p")
    for value in ("b", "a", "b"):
        facts.add((subject, predicate, Literal(value)))
    assert sorted(facts.objects(subject, predicate)) == [Literal("a"), Literal("b")]
    assert sorted(facts.objects(None, predicate)) == [Literal("a"), Literal("b")]
    assert list(facts.objects(predicate, predicate)) == []
    assert list(facts.subjects(predicate, Literal("a"))) == [subject]
    assert len(facts) == 2
