import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse

from kg.answers.about import about
from kg.answers.adoptions import adopters, solutions_in
from kg.answers.answer import Answer
from kg.answers.formats import as_csv, as_json, as_trig, as_ttl, csv_columns, evidence_quads
from kg.answers.responsible import responsible
from kg.answers.scales_where import fits_here, scales_where
from kg.answers.who_does_what import who_does_what
from kg.iri import graph as graph_iri
from kg.iri import mint
from kg.store import Graph
from kg.terms import LOTSE, PROV, Quad
from tests.kg.answers.country import of_quads, opened
from tests.kg.answers.islands import adoption_iri, ars, country

QUESTIONS: dict[str, Callable[[Graph], Answer[Any]]] = {
    "who-does-what": lambda graph: who_does_what(graph, theme="Umwelt", place="München"),
    "adopters": lambda graph: adopters(graph, solution="Mängelmelder"),
    "solutions-in": lambda graph: solutions_in(graph, place="Brandenburg"),
    "responsible": lambda graph: responsible(graph, q="Straßenbeleuchtung", place="Amt Schlieben"),
    "about": lambda graph: about(graph, thing="Isarlabor"),
}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return opened(Path(__file__).parent / "small.trig")


@pytest.fixture(scope="module")
def islands() -> Graph:
    return of_quads(country())


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_as_json_has_the_shape_of_the_contract(graph: Graph, question: str) -> None:
    answer = QUESTIONS[question](graph).of_release("r1")
    found = as_json(answer, "https://example.org/api/v1/queries/")
    assert json.loads(json.dumps(found)) == found
    assert {"question", "parameters", "total", "rows", "release", "next", "query"} <= set(found)
    assert (found["question"], found["release"]) == (question, "r1")
    assert found["query"].startswith("https://example.org/api/v1/queries/")
    assert all("restsOn" not in row and row["evidence"] for row in found["rows"])
    needed = {"source", "title", "graph", "record", "retrieved", "licence"}
    assert all(needed <= set(one) for row in found["rows"] for one in row["evidence"])


def test_json_of_the_score_has_the_shape_of_the_contract(islands: Graph) -> None:
    scales = as_json(scales_where(islands, solution="melder"))
    fits = as_json(fits_here(islands, place=ars("02", 4, 2)))
    assert {"claim", "evidenceBase", "plainAlternative"} <= set(scales)
    assert set(scales["evidenceBase"]) == {"adopters", "kreise"}
    for row, thing in [*((one, "place") for one in scales["rows"]),
                       *((one, "solution") for one in fits["rows"])]:  # fmt: skip
        assert {thing, "score", "because", "against"} <= set(row)
        assert all({"feature", "value", "weight", "facts"} <= set(one) for one in row["because"])
        assert not any("probab" in name for name in row)


def test_what_else_a_name_means_is_named(graph: Graph) -> None:
    found = as_json(who_does_what(graph, place="München"))
    assert [one["key"] for one in found["alternatives"]] == ["091840000000"]
    assert found["parameters"]["place"]["alternatives"] == found["alternatives"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_csv_is_flat_and_whole(graph: Graph, question: str) -> None:
    answer = QUESTIONS[question](graph)
    rows = list(csv.DictReader(io.StringIO(as_csv(answer))))
    assert len(rows) == len(answer.rows)
    assert list(rows[0]) == csv_columns(question)
    assert all(None not in row and None not in row.values() for row in rows)
    assert all(row["evidenceRecord"] for row in rows)


def test_csv_without_rows_still_has_its_head(graph: Graph) -> None:
    assert as_csv(solutions_in(graph, place="München")).splitlines() == [
        ",".join(csv_columns("solutions-in"))
    ]


def test_a_csv_row_is_exactly_this(graph: Graph) -> None:
    rows = csv.DictReader(io.StringIO(as_csv(solutions_in(graph, place="Amt Schlieben"))))
    amt = next(rows)
    assert {name: value for name, value in amt.items() if value} == {
        "solution": "Karte",
        "solutionIri": mint("solution", "adoptions", "karte").value,
        "adopter": "Amt Schlieben",
        "adopterIri": mint("jurisdiction", "120625209000").value,
        "published": "Amt Schlieben",
        "resolution": "matched",
        "status": "in-use",
        "place": "Brandenburg",
        "placeIri": mint("jurisdiction", "120000000000").value,
        "evidenceTitle": "Quelle adoptions",
        "evidenceSource": mint("source", "adoptions").value,
        "evidenceRecord": mint("record", "adoptions", "adoption", "adoptions-4").value,
        "evidenceRetrieved": "2026-11-24",
        "evidenceLicence": "https://example.org/licence",
        "evidencePublished": "Amt Schlieben",
    }


def test_several_statements_stand_side_by_side_in_a_csv_row(graph: Graph) -> None:
    (row,) = csv.DictReader(io.StringIO(as_csv(solutions_in(graph, place="Bayern"))))
    assert row["evidenceTitle"] == "Quelle adoptions | Quelle publiccode"
    assert row["evidencePublished"] == "Aschheim | Markt Aschheim"


@pytest.mark.parametrize("question", QUESTIONS)
def test_evidence_as_rdf_is_part_of_the_graph_and_says_who_says_so(
    graph: Graph, question: str
) -> None:
    answer = QUESTIONS[question](graph)
    quads = set(parse(as_trig(graph, answer), format=RdfFormat.TRIG))
    assert quads == set(evidence_quads(graph, answer))
    assert quads <= set(graph.quads())
    derived = {quad.subject for quad in quads if quad.predicate == PROV.wasDerivedFrom}
    ours = ("ontology", "resolution", "derived", "provenance")
    said = {quad.subject for quad in quads
            if quad.graph_name not in {graph_iri(name) for name in ours}}  # fmt: skip
    assert said <= derived
    triples = list(parse(as_ttl(graph, answer), format=RdfFormat.TURTLE))
    assert {quad.triple for quad in quads} == {one.triple for one in triples}


def test_evidence_as_rdf_holds_what_rows_rest_on_and_nothing_of_others(graph: Graph) -> None:
    quads = evidence_quads(graph, solutions_in(graph, place="Bayern"))
    adoption = mint("adoption", "adoptions", "3")
    held = {
        quad.subject.value.rpartition("/id/")[2] for quad in quads if "/id/" in quad.subject.value
    }
    assert held == {
        "adoption/adoptions-3",
        "adoption/publiccode-3",
        "solution/adoptions-melder",
        "jurisdiction/091840112112",
        "jurisdiction/090000000000",
        "record/adoptions-adoption-adoptions-3",
        "record/adoptions-solution-adoptions-melder",
        "record/destatis_register-jurisdiction-091840112112",
        "record/destatis_register-jurisdiction-090000000000",
        "record/publiccode-adoption-publiccode-3",
        "source/publiccode",
        "source/adoptions",
        "source/destatis_register",
    }
    assert set(graph.quads(adoption)) <= set(quads)
    within = mint("jurisdiction", "091840112112"), mint("jurisdiction", "090000000000")
    assert Quad(within[0], LOTSE.within, within[1], graph_iri("derived")) in quads


def test_how_a_name_was_found_is_part_of_the_evidence(graph: Graph) -> None:
    resolution = mint("resolution", "1")
    quads = set(evidence_quads(graph, solutions_in(graph, place="Stadt Schlieben")))
    assert set(graph.quads(resolution)) <= quads


def test_evidence_of_a_score_is_the_adoptions_that_carry_it(islands: Graph) -> None:
    answer = scales_where(islands, solution="melder", limit=1)
    adoptions = {
        quad.subject.value for quad in evidence_quads(islands, answer)
        if quad.predicate == LOTSE.adopter
    }  # fmt: skip
    cited = {iri for row in answer.rows for one in row.because + row.against for iri in one.facts}
    assert adoptions == cited
    assert adoption_iri("andere", ars("01", 0, 7)).value not in adoptions
