from pathlib import Path

import pytest

from kg.answers import about as module
from kg.answers.about import Known, about
from kg.answers.answer import Total
from kg.iri import graph as graph_iri
from kg.iri import mint
from kg.store import Graph
from kg.terms import LOTSE, Quad
from kg.things import Thing
from tests.kg.answers.country import of_quads, opened

LAB = "Quelle labs_and_hubs"
NAME = "aus dem veröffentlichten Namen geschlossen"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return opened(Path(__file__).parent / "small.trig")


def shown(row: Known) -> tuple[object, ...]:
    value = row.value.label if isinstance(row.value, Thing) else row.value.text
    titles = [one.title for one in row.evidence]
    return row.direction, row.property.rpartition("#")[2], value, row.concluded, titles


def test_everything_known_about_a_thing_is_exactly_this(graph: Graph) -> None:
    answer = about(graph, thing="Moorlabor")
    assert sorted(map(shown, answer.rows), key=str) == sorted(
        [
            ("in", "actor", "Moorlabor", False, [LAB]),
            ("out", "attestation", "nur erwähnt", False, [LAB]),
            ("out", "status", "geplant", False, [LAB]),
            ("out", "http://purl.org/dc/terms/subject", "Umwelt", False, [LAB, NAME]),
            ("out", "classification", "Innovationslabor", False, [LAB]),
            ("out", "type", "Lab", False, [LAB]),
            ("out", "prefLabel", "Moorlabor", False, [LAB]),
            ("out", "placeAsPublished", "Schlieben", False, [LAB]),
            ("out", "place", "Schlieben", True, [NAME]),
        ],
        key=str,
    )
    assert answer.total == Total(9)


def test_labels_of_properties_come_in_the_language_asked_for(graph: Graph) -> None:
    german, english = (
        {row.label for row in about(graph, thing="Moorlabor", lang=lang).rows if row.concluded}
        for lang in ("de", "en")
    )
    assert (german, english) == ({"Ort"}, {"place"})


def test_facts_of_the_same_thing_under_other_iris_are_included(graph: Graph) -> None:
    named = {shown(row)[1:3] for row in about(graph, thing="Isarlabor").rows}
    assert {("prefLabel", "Isarlabor"), ("prefLabel", "Isar-Labor")} <= named


def test_what_led_to_a_conclusion_is_its_evidence(graph: Graph) -> None:
    answer = about(graph, thing=mint("adoption", "adoptions", "1").value)
    (row,) = (row for row in answer.rows if row.property == LOTSE.adopter.value)
    assert [one.record for one in row.evidence] == [mint("resolution", "1").value]


@pytest.mark.parametrize("count", [3, 40])
def test_incoming_links_are_bounded_and_counted(
    monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(module, "SAMPLE", 10)
    above = mint("jurisdiction", "000000000000")
    name = graph_iri("destatis_register")
    quads = [Quad(mint("lab", "x", f"{n:02}"), LOTSE.place, above, name) for n in range(count)] + [
        Quad(above, LOTSE.level, LOTSE["level-bund"], name)
    ]
    answer = about(of_quads(quads), thing=above.value, limit=2)
    (places,) = (one for one in answer.extra["incoming"] if one.property == LOTSE.place.value)
    assert (places.shown, places.total) == (2, Total(count))
    shown = [row for row in answer.rows if row.property == LOTSE.place.value]
    assert len(shown) == 2
    assert answer.total == Total(count + len(answer.rows) - 2)


def test_a_source_is_described_without_its_records(graph: Graph) -> None:
    answer = about(graph, thing=mint("source", "adoptions").value)
    assert {(row.direction, shown(row)[2]) for row in answer.rows} == {
        ("out", "Source"),
        ("out", "Quelle adoptions"),
        ("out", "Erfunden"),
        ("out", "https://w3id.org/innovationslotse/graph/adoptions"),
    }


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_property_has_a_label_for_people(graph: Graph, lang: str) -> None:
    for thing in ("Moorlabor", "Bayern", "Mängelmelder", mint("resolution", "1").value):
        assert [
            row.label for row in about(graph, thing=thing, lang=lang).rows if ":" in row.label
        ] == []
