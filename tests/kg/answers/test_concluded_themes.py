"""A theme that no source states is found like any other, and told apart with its words."""

import csv
import io

import pytest

from kg.answers.about import Value, about
from kg.answers.formats import as_csv, as_json, evidence_quads
from kg.answers.lists import listing
from kg.answers.who_does_what import who_does_what
from kg.answers.written import listing_as_json
from kg.iri import graph as graph_iri
from kg.iri import mint
from kg.store import Graph
from kg.terms import LOTSE, RDF, SKOS, Quad, text
from kg.things import Thing
from tests.kg.answers.country import of_quads

LAB, OWN = mint("lab", "x", "1"), mint("involvement", "x", "1")
MOBILITY = LOTSE["theme-mobility"]


@pytest.fixture(scope="module")
def graph() -> Graph:
    name, derived = graph_iri("x"), graph_iri("derived")
    return of_quads(
        [
            Quad(LAB, RDF.type, LOTSE.Lab, name),
            Quad(LAB, SKOS.prefLabel, text("Musterlabor", "de"), name),
            Quad(LAB, LOTSE.themeConcluded, MOBILITY, name),
            Quad(LAB, LOTSE.themeWord, text("Radverkehr"), name),
            Quad(LAB, LOTSE.themeWord, text("ÖPNV"), name),
            Quad(LAB, LOTSE.themeMethod, text("theme-words/1"), name),
            Quad(LAB, LOTSE.aboutTheme, MOBILITY, derived),
            Quad(OWN, RDF.type, LOTSE.Involvement, name),
            Quad(OWN, LOTSE.actor, LAB, name),
            Quad(OWN, LOTSE.role, LOTSE["role-runs"], name),
            Quad(OWN, LOTSE.aboutTheme, MOBILITY, derived),
        ]
    )


def test_who_does_what_finds_it_and_names_the_words(graph: Graph) -> None:
    answer = who_does_what(graph, theme="Mobilität")
    (row,) = as_json(answer)["rows"]
    assert row["themes"] == []
    assert [one["key"] for one in row["concludedThemes"]] == ["mobility"]
    assert row["themeWords"] == ["Radverkehr", "ÖPNV"]
    (flat,) = csv.DictReader(io.StringIO(as_csv(answer)))
    assert (flat["themes"], flat["concludedThemes"], flat["themeWords"]) == (
        "", "Mobilität", "Radverkehr | ÖPNV",
    )  # fmt: skip
    said = {quad.predicate for quad in evidence_quads(graph, answer)}
    assert {LOTSE.themeConcluded, LOTSE.themeWord} <= said


def test_a_list_by_theme_has_it_and_names_the_words(graph: Graph) -> None:
    found = listing_as_json(listing(graph, "labs", {"theme": "mobility"}), "r")
    (row,) = found["rows"]
    assert row["themes"] == []
    assert [one["label"] for one in row["concludedThemes"]] == ["Mobilität"]
    assert row["themeWords"] == ["Radverkehr", "ÖPNV"]
    assert [(one["value"], one["count"]) for one in found["facets"]["theme"]] == [("mobility", 1)]


def test_about_marks_theme_words_and_method_as_concluded(graph: Graph) -> None:
    rows = about(graph, thing="Musterlabor").rows
    concluded = {
        (one.label, one.value.text if isinstance(one.value, Value) else one.value.label)
        for one in rows
        if one.concluded and isinstance(one.value, Value | Thing)
    }
    assert concluded == {
        ("geschlossenes Thema", "Mobilität"),
        ("entscheidendes Wort", "Radverkehr"),
        ("entscheidendes Wort", "ÖPNV"),
        ("Verfahren des Schlusses", "theme-words/1"),
        ("gehört zum Thema", "Mobilität"),
    }
