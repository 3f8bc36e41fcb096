"""The topic catalogues: every distinct topic is one responsibility, as published."""

import csv
from collections import Counter

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from ingest.sources.themenkataloge.transform import ATTESTED, THEMES
from kg.files import ontology
from kg.terms import DCTERMS, LOTSE, RDF, SCHEMA, SKOS
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "themenkataloge")


def test_rows_and_distinct_topics_are_those_of_the_raw_file() -> None:
    found = shipped("themenkataloge")
    assert (sum(len(one.rows) for one in found), len(found)) == (1445, 1423)
    assert Counter(len(one.rows) for one in found) == {1: 1401, 2: 22}
    triples = said(SOURCE, found)
    assert counted(triples, RDF.type) == {"Involvement": 1423}
    assert len(counted(triples, LOTSE.actorKey)) == 13
    assert len(counted(triples, DCTERMS.subject)) == 13
    assert counted(triples, LOTSE.role) == {"role-responsible": 1423}


def test_misspelt_topics_stay_as_published() -> None:
    topics = counted(said(SOURCE, shipped("themenkataloge")), LOTSE.topic)
    assert (topics["Srafverfolgung"], topics["Terrorsimus"], topics["Strafverfolgung"]) == (1, 1, 0)


def test_each_ministry_is_one_that_bore_its_name_on_the_day_attested() -> None:
    ministries = load(FOLDER / "federal_ministries")
    bodies = said(ministries, shipped("federal_ministries"))
    begins, ends = by_subject(bodies, SCHEMA.validFrom), by_subject(bodies, SCHEMA.validThrough)
    names = by_subject(bodies, SKOS.prefLabel)
    valid = Counter(
        name
        for body, labels in names.items()
        for name in labels
        if begins[body][0] <= ATTESTED <= ends.get(body, ["9999"])[0]
    )
    named = counted(said(SOURCE, shipped("themenkataloge")), LOTSE.actorAsPublished)
    assert {name: valid[name] for name in named} == dict.fromkeys(named, 1)


def test_the_day_attested_is_that_of_the_source() -> None:
    assert SOURCE.as_of.isoformat() == ATTESTED


def test_the_themes_are_those_of_the_reviewed_table() -> None:
    with (ontology() / "theme-mappings.csv").open(encoding="utf-8") as file:
        reviewed = {
            row["code"]: row["theme"]
            for row in csv.DictReader(file)
            if row["vocabulary"] == "eu-data-theme" and row["relation"] != "relatedMatch"
        }
    assert {code: theme.value.rpartition("#")[2] for code, theme in THEMES.items()} == {
        code: f"theme-{theme}" for code, theme in reviewed.items()
    }


def test_an_unknown_theme_is_an_error() -> None:
    row = {"ministry": "X", "ministry_full": "X", "eu_data_theme": "OP_DATPRO", "topic": "X"}
    with pytest.raises(FieldError, match="'eu_data_theme' is 'OP_DATPRO'"):
        set(SOURCE.transform(Record("themenkataloge", "topic", "x", (row,))))


def test_the_same_topic_of_two_ministries_is_two_records() -> None:
    keys = [
        record.key
        for record in shipped("themenkataloge")
        if record.rows[0]["topic"] == "Wasserstoff"
    ]
    assert [key.rpartition("-")[0] for key in keys] == ["BMDV-ENER", "BMWK-ENER", "BMZ-ENER"]


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("themenkataloge", update=update_golden)
