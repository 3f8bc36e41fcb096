"""OZG and LeiKa: 14 fields, 55 situations, 557 bundles, 5,249 services, and what was a test."""

import csv

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, Row, load
from ingest.sources.ozg_services.extract import SUBJECTS
from ingest.sources.ozg_services.themes import THEMES
from kg.errors import SourceError
from kg.files import ontology
from kg.iri import mint
from kg.terms import CV, DCTERMS, LOTSE, RDF, SKOS, Triple
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SLUG = "ozg_services"
SOURCE = load(FOLDER / SLUG)


def service(changes: Row) -> tuple[set[Triple], Record]:
    row = {"id": "1", "service_key": "99012345678901", "service_type": "2/3", "name": "Muster",
           "bundle": "10101", "situation_id": "7", "subject": "umwelt", **changes}  # fmt: skip
    record = Record(SLUG, "service", "muster", (row,))
    return set(SOURCE.transform(record)), record


def test_the_figures_are_those_of_the_catalogue() -> None:
    records = shipped(SLUG)
    found = said(SOURCE, records)
    assert len(records) == 58 + 557 + 5_251
    assert counted(found, RDF.type) == {"PublicService": 557 + 5_249, CV.Event.value: 55,
                                         "Concept": 55}  # fmt: skip
    bundles = counted(found, LOTSE.ozgKey)
    assert (len(bundles), set(bundles.values())) == (557, {1})
    keys = counted(found, LOTSE.leikaKey)
    assert (len(keys), set(keys.values())) == (4_813, {1})
    in_bundles = sum(1 for one in found if one.predicate == LOTSE.bundle)
    assert in_bundles == 5_249 - 26
    fields = counted(found, SKOS.broader)
    assert len(fields) == 14


def test_test_rows_say_nothing_and_are_counted() -> None:
    records = shipped(SLUG)
    said(SOURCE, records)
    assert sorted(one for record in records for one in record.unmapped) == [
        ("service_key", "25323525 (Test 124, 8192)"),
        ("service_key", "3233 (Test 4, 8193)"),
        ("situation without bundles", "aaaaaaaaaaaaaaaaa"),
        ("situation without bundles", "aaaaabbbbb"),
        ("situation without bundles", "aaabbbccc"),
    ]


def test_a_service_belongs_to_its_bundle_its_situation_and_a_theme() -> None:
    found = said(SOURCE, shipped(SLUG))
    permit = mint("service", SLUG, "99012001001000")
    assert {(one.predicate, one.object) for one in found if one.subject == permit
            and one.predicate in {LOTSE.bundle, CV.isGroupedBy, DCTERMS.subject}} == {
        (LOTSE.bundle, mint("service", SLUG, "10513")),
        (CV.isGroupedBy, mint("service", SLUG, "lage-14")),
        (DCTERMS.subject, LOTSE["theme-urban-development"]),
    }  # fmt: skip


def test_types_are_named_one_by_one() -> None:
    found, record = service({"service_type": "1, 2/3"})
    assert counted(found, LOTSE.leikaType) == {"1": 1, "2": 1, "3": 1}
    assert record.unmapped == []
    found, record = service({"service_type": "44"})
    assert (counted(found, LOTSE.leikaType), record.unmapped) == ({}, [("service_type", "44")])


def test_a_service_without_key_is_a_service_all_the_same() -> None:
    found, _ = service({"service_key": "nicht im LeiKa", "bundle": "", "situation_id": "",
                        "subject": ""})  # fmt: skip
    assert {one.predicate for one in found} == {RDF.type, SKOS.prefLabel, LOTSE.leikaType}


@pytest.mark.parametrize(
    ("changes", "said_so"),
    [({"subject": "neuland"}, "'subject' is 'neuland'"), ({"name": " "}, "'name' is empty")],
)
def test_a_value_that_cannot_be_is_an_error_of_the_record(changes: Row, said_so: str) -> None:
    with pytest.raises(FieldError, match=said_so):
        service(changes)


def test_a_bundle_needs_five_digits() -> None:
    row = {"service_key": "513", "name": "Muster", "situation_id": "7", "subject": "umwelt"}
    with pytest.raises(FieldError, match="wanted are 5 digits"):
        list(SOURCE.transform(Record(SLUG, "bundle", "513", (row,))))


def test_the_themes_are_those_of_the_reviewed_table() -> None:
    with (ontology() / "theme-mappings.csv").open(encoding="utf-8") as file:
        reviewed = {
            row["code"]: row["theme"]
            for row in csv.DictReader(file)
            if row["vocabulary"] == "ozg-themenfeld" and row["relation"] != "relatedMatch"
        }
    assert reviewed == {
        code: theme.value.rpartition("#theme-")[2] for code, theme in THEMES.items()
    }
    assert set(SUBJECTS.values()) == set(THEMES)


def test_a_new_field_is_named() -> None:
    files = dict(raw(SOURCE))
    files["ozg_subject.csv"] += b"99,Neuland\n"
    with pytest.raises(SourceError, match="nobody decided about the Themenfeld 'Neuland'"):
        SOURCE.extract(files)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("ozg_situation.csv", "subject_id '98' of row '99' is in no other table"),
        ("ozg_service_system.csv", "situation_id '98' of row '99' is in no other table"),
    ],
)
def test_a_row_that_refers_to_nothing_is_named(file: str, said: str) -> None:
    files = dict(raw(SOURCE))
    header = files[file].partition(b"\n")[0].decode().split(",")
    row = {"id": "99", "subject_id": "98", "situation_id": "98"}
    files[file] += ",".join(row.get(column, "x") for column in header).encode() + b"\n"
    with pytest.raises(SourceError, match=said):
        SOURCE.extract(files)


def test_the_shipped_extracts_are_what_the_tables_extract_to() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)


def test_every_bundle_and_situation_of_a_service_exists() -> None:
    found = said(SOURCE, shipped(SLUG))
    subjects = {one.subject for one in found}
    linked = {one.object for one in found if one.predicate in {LOTSE.bundle, CV.isGroupedBy}}
    assert linked <= subjects
    labels = by_subject(found, SKOS.prefLabel)
    assert labels[f"{SLUG}-lage-14"] == ["Bauen & Immobilien"]


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample(SLUG, update=update_golden, failing=frozenset({"1012", "lage-8"}))
