"""Who is responsible, asked by a common category or by the entry of a list that has no say here."""

from pathlib import Path

import pytest

from kg.answers.responsible import responsible
from kg.store import Graph
from tests.kg.answers.country import opened

MAPPED = """
@prefix g: <https://w3id.org/innovationslotse/graph/> .
@prefix cat: <https://w3id.org/innovationslotse/id/category/> .
@prefix lotse: <https://w3id.org/innovationslotse/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
g:concern_mappings {
  cat:klarschiff-1 skos:closeMatch lotse:category-road .
  cat:klarschiff-11 skos:exactMatch lotse:category-street-lighting .
  cat:klarschiff-2 skos:broadMatch lotse:category-household-waste .
  cat:koeln_concerns-11 skos:closeMatch lotse:category-street-lighting .
}
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    mapped = tmp_path_factory.mktemp("mapped") / "mapped.trig"
    mapped.write_text(MAPPED, encoding="utf-8")
    return opened(Path(__file__).parent / "small.trig", mapped)


AMT = [("verband", "Ordnungsamt", 0.9), ("verband", "Bauamt", 0.9)]
KREIS = "Erfundene Straßenmeisterei"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("street-lighting", AMT),  # our key
        ("Street Lighting", AMT),  # our English label
        ("Taubenschlag", AMT),  # an entry of Köln's list that means the same
        (
            "facilities",
            [("verband", "Ordnungsamt", 0.5), ("verband", "Bauamt", 0.5)],
        ),  # something narrower
        ("road", [("kreis", KREIS, 0.9)]),
        ("road-surface", [("kreis", KREIS, 0.7)]),  # something broader
        ("household-waste", [("land", None, 0.5)]),  # an entry that is a part of it
        ("waste", [("land", None, 0.5)]),
    ],
)
def test_a_common_category_is_answered_by_what_means_it(
    graph: Graph, asked: str, expected: list[tuple[str, str | None, float]]
) -> None:
    rows = responsible(graph, category=asked, place="Schlieben").rows
    assert [(row.level, row.unit, row.confidence) for row in rows] == expected


def test_the_answer_names_the_category_asked_for(graph: Graph) -> None:
    answer = responsible(graph, category="street-lighting", place="Schlieben", lang="en")
    category = answer.parameters["category"]
    assert not isinstance(category, str)
    assert (category.label, category.key) == ("street lighting", "street-lighting")
    shown = answer.rows[0].category
    assert shown is not None
    assert shown.label == "Straßenbeleuchtung"


def test_nothing_recorded_leads_to_the_general_competence(graph: Graph) -> None:
    (row,) = responsible(graph, category="nuisance", place="Schlieben").rows
    assert row.rule == "general-competence"


def test_of_labels_in_the_words_the_longest_counts(graph: Graph) -> None:
    (row,) = responsible(graph, q="broken traffic light", place="Schlieben", lang="en").rows
    assert row.rule == "general-competence"
    assert row.category is not None
    assert row.category.key == "traffic-light"
    rows = responsible(graph, q="dark street lighting", place="Schlieben").rows
    assert [(row.level, row.unit, row.confidence) for row in rows] == AMT
