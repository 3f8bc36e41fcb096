"""Themes from words: what decides, what does not, and how good it is."""

import pytest

from ingest.fields import Fields
from ingest.source import FOLDER, Record, load
from ingest.themes import (
    COLUMNS,
    GENERAL,
    METHOD,
    SILENT,
    Classifier,
    Conclusion,
    Word,
    classifier,
    concluded,
    statements,
)
from kg.documents import vocabulary
from kg.iri import mint
from kg.terms import LOTSE, SKOS, Literal, Triple, text
from tests.bench.themes import Figures, figures, labelled
from tests.ingest.sources.shipped import raw

THING = mint("innovation", "x", "1")
FILLER = "muster " * 40
"""Longer than a lead."""


@pytest.mark.parametrize(
    ("name", "told", "themes", "words"),
    [
        ("Radverkehr im Dorf", "", ("mobility",), ("Radverkehr",)),
        ("Cycling for all", "", ("mobility",), ("cycling",)),
        ("Radverkehrsdaten", "", ("mobility",), ("Radverkehr",)),  # a compound begins with it
        ("Plattform der Bürgerbeteiligungen", "", ("participation",), ("Bürgerbeteiligung",)),
        ("Muster", "Eine App für den Radverkehr.", ("mobility",), ("Radverkehr",)),
        ("Muster", FILLER + "Radverkehr", (), ()),  # one word after the lead is too little
        (
            "Muster", FILLER + "Radverkehr, Radverkehr und Fahrpläne",
            ("mobility",), ("Radverkehr", "Fahrplan"),
        ),
        ("Muster", "muster " * 130 + "Radverkehr Fahrplan Öffis ÖPNV", (), ()),  # not read
        ("Muster", "<b class='Radverkehr'></b>[x](/radverkehr)", (), ()),
        ("Muster", "Sie verwalten Straßen, work and data.", (), ()),  # all too general
        ("Software für Radverkehr", "", ("mobility",), ("Radverkehr",)),
        ("Software", "Eine Schnittstelle", ("technology",), ("Software", "Schnittstellen")),
        (
            "Radverkehr und Energiewende", "",
            ("energy", "mobility"), ("Energiewende", "Radverkehr"),
        ),
        ("Radverkehr", "Mehr Klimaschutz", ("mobility",), ("Radverkehr",)),  # a weak second one
        ("Musterprojekt", "", (), ()),
        ("", "", (), ()),
        ("𝕏 \u202eمرحبا 🚲 '\"; DROP", "x" * 10_000, (), ()),
    ],
)  # fmt: skip
def test_words_decide_so(
    name: str, told: str, themes: tuple[str, ...], words: tuple[str, ...]
) -> None:
    assert classifier().conclude(name, told) == Conclusion(themes, words)


def test_the_longest_word_at_a_place_counts_alone() -> None:
    known = (Word("a", "source"), Word("b", "open source"))
    assert Classifier((word, "en") for word in known).conclude("Open source") == Conclusion(
        ("b",), ("open source",)
    )


def test_nothing_is_concluded_where_a_source_states_a_theme_that_we_know() -> None:
    assert concluded({}, "Radverkehr", published=["Umwelt"]) == {}
    assert concluded({}, "Radverkehr", published=["", "nie gehört"]) == {
        "concluded_themes": "mobility", "theme_words": "Radverkehr", "theme_method": METHOD,
    }  # fmt: skip


def test_a_row_of_an_extract_keeps_its_conclusion() -> None:
    kept = {"concluded_themes": "energy", "theme_words": "Solar", "theme_method": "theme-words/0"}
    assert concluded(kept, "Radverkehr") == kept


def test_a_conclusion_is_said_apart_from_what_a_source_says() -> None:
    row = dict(zip(COLUMNS, ("mobility;energy", "Radverkehr;Strom", METHOD), strict=True))
    fields = Fields(Record("x", "project", "1", (row,)))
    assert set(statements(fields, THING)) == {
        Triple(THING, LOTSE.themeConcluded, LOTSE["theme-mobility"]),
        Triple(THING, LOTSE.themeConcluded, LOTSE["theme-energy"]),
        Triple(THING, LOTSE.themeWord, text("Radverkehr")),
        Triple(THING, LOTSE.themeWord, text("Strom")),
        Triple(THING, LOTSE.themeMethod, text(METHOD)),
    }
    fields.close()
    empty = Fields(Record("x", "project", "1", (dict.fromkeys(COLUMNS, ""),)))
    assert list(statements(empty, THING)) == []


def test_silent_words_are_labels_and_general_themes_are_themes() -> None:
    labels = {
        quad.object.value.lower()
        for quad in vocabulary()
        if quad.predicate in {SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel}
        and "ns#theme-" in str(quad.subject)
        and isinstance(quad.object, Literal)
    }
    assert SILENT - labels == set()
    notations = {quad.object.value for quad in vocabulary() if quad.predicate == SKOS.notation}
    assert notations >= GENERAL


def test_the_labelled_things_are_150_each_once() -> None:
    rows = labelled()
    assert len({(row["source"], row["kind"], row["key"]) for row in rows}) == len(rows) == 150


def test_nine_of_ten_concluded_themes_are_right_and_seven_of_ten_things_have_one() -> None:
    found = figures()
    assert found == Figures(right=136, wrong=8, found=136, themed=148)
    assert found.precision >= 0.9
    assert found.coverage >= 0.7


@pytest.mark.parametrize("slug", sorted({row["source"] for row in labelled()}))
def test_running_the_classifier_on_the_raw_files_gives_the_columns_of_the_extracts(
    slug: str,
) -> None:
    source = load(FOLDER / slug)
    (extract,) = source.extracts
    written = source.extract(raw(source))[extract.file]
    assert written == (source.folder / extract.file).read_bytes()
    assert METHOD.encode() in written
