"""Klarschiff's categories and the tables of three Ämter, row by row."""

from collections import Counter

import pytest

from ingest.fields import FieldError
from ingest.readers import csv_rows
from ingest.source import FOLDER, Record, load
from ingest.sources.klarschiff.extract import AUTHORITIES
from kg.errors import SourceError
from kg.iri import mint
from kg.terms import FOAF, LOTSE, RDF, SKOS, Literal, Triple
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "klarschiff")
ROW = {
    "authority": "Amt Musterwald",
    "Main category": "Müll/Schmutz",
    "Type": "problem",
    "Sub category": "Hundekot ",
    "Group": "Ordnungsamt",
}


def transformed(kind: str, changes: dict[str, str]) -> set[Triple]:
    row = {**ROW, **changes}
    if kind == "category":
        row = {name: row[name] for name in ("Main category", "Type", "Sub category")}
    key = SOURCE.record_key(kind, row) if SOURCE.record_key else None
    assert key is not None
    return set(SOURCE.transform(Record("klarschiff", kind, key, (row,))))


def test_22_main_and_182_sub_categories_have_20_and_112_names() -> None:
    triples = said(SOURCE, (one for one in shipped("klarschiff") if one.kind == "category"))
    below = {one.subject for one in triples if one.predicate == SKOS.broader}
    names: dict[bool, list[str]] = {True: [], False: []}
    for one in triples:
        if one.predicate == SKOS.prefLabel and isinstance(one.object, Literal):
            names[one.subject in below].append(one.object.value)
    assert {sub: (len(found), len(set(found))) for sub, found in names.items()} == {
        False: (22, 20),
        True: (182, 112),
    }
    assert counted(triples, RDF.type) == {"ConcernCategory": 204, "Concept": 204}
    german = Counter(
        one.object.value
        for one in triples
        if one.predicate == SKOS.scopeNote
        and one.subject not in below
        and isinstance(one.object, Literal)
        and one.object.language == "de"
    )
    assert german == {"Problem": 12, "Idee": 7, "Tipp": 3}


def test_each_office_has_the_competences_of_its_table() -> None:
    triples = said(SOURCE, (one for one in shipped("klarschiff") if one.kind == "competence"))
    bodies = by_subject(triples, LOTSE.bodyAsPublished)
    units = by_subject(triples, LOTSE.unit)
    assert Counter((bodies[key][0], units[key][0]) for key in bodies) == {
        ("Amt Krakow am See", "Bauamt"): 64,
        ("Amt Krakow am See", "Ordnungsamt"): 57,
        ("Amt Krakow am See", "Friedhof"): 3,
        ("Amt Krakow am See", "Liegenschaften"): 2,
        ("Amt Recknitz-Trebeltal", "Ordnungsamt"): 108,
        ("Amt Recknitz-Trebeltal", "Gebäude- und Grundstücksmanagement"): 59,
        ("Amt Recknitz-Trebeltal", "Friedhofsverwaltung"): 6,
        ("Amt Recknitz-Trebeltal", "Bauamt"): 6,
        ("Amt Recknitz-Trebeltal", "Liegenschaften"): 2,
        ("Amt Röbel-Müritz", "Ordnungsamt"): 153,
        ("Amt Röbel-Müritz", "Bauamt"): 29,
    }


def test_a_category_that_no_office_got_is_counted_and_gives_no_competence() -> None:
    records = [one for one in shipped("klarschiff") if one.kind == "competence"]
    said(SOURCE, records)
    without = [value for record in records for _, value in record.unmapped]
    assert Counter(value.partition(":")[0] for value in without) == {
        "Amt Krakow am See": 56,
        "Amt Recknitz-Trebeltal": 1,
    }


def test_each_competence_is_about_a_category_of_the_list() -> None:
    records = shipped("klarschiff")
    keys = {one.key for one in records if one.kind == "category"}
    triples = said(SOURCE, records)
    named = {one.object for one in triples if one.predicate in (LOTSE.category, SKOS.broader)}
    assert named <= {mint("category", "klarschiff", key) for key in keys}


def test_a_key_can_be_typed() -> None:
    keys = {one.key for one in shipped("klarschiff") if one.kind == "category"}
    assert "problem--gehweg-radweg-strasse--beleuchtung-schadhaft" in keys
    assert not [key for key in keys if not key.isascii() or " " in key or key != key.lower()]


def test_one_name_under_two_main_categories_is_two_categories() -> None:
    waste = transformed("category", {})
    wood = transformed("category", {"Main category": "Wald"})
    assert counted(waste, SKOS.prefLabel) == counted(wood, SKOS.prefLabel) == {"Hundekot": 1}
    assert not {one.subject for one in waste} & {one.subject for one in wood}


def test_a_competence_keeps_its_iri_when_the_office_changes() -> None:
    before = {one.subject for one in transformed("competence", {})}
    assert before == {one.subject for one in transformed("competence", {"Group": "Bauamt"})}


def test_each_record_cites_its_table() -> None:
    triples = said(SOURCE, shipped("klarschiff"))
    pages = {str(one.object) for one in triples if one.predicate == FOAF.page}
    assert pages == {f"<{one.url}>" for one in SOURCE.upstream}


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [("category", "Type", "wish"), ("category", "Main category", " "),
     ("competence", "Sub category", ""), ("competence", "authority", " ")],
)  # fmt: skip
def test_a_row_that_lacks_what_it_needs_is_an_error(kind: str, field: str, value: str) -> None:
    row = {**ROW, field: value}
    if kind == "category":
        row = {name: row[name] for name in ("Main category", "Type", "Sub category")}
    with pytest.raises(FieldError, match=repr(field)):
        list(SOURCE.transform(Record("klarschiff", kind, "muster", (row,))))


@pytest.mark.parametrize(
    ("table", "said_so"),
    [
        ("Main category,Type,Sub category\n,,Hundekot\n", "'Hundekot' stands above the first"),
        ("Main category,Type,Sub category\nWald,idea,\n,tip,Hundekot\n", "is of type 'tip' under"),
        ("Main category,Type\nWald,idea\n", "the columns 'Sub category' are missing"),
        ("Main category,Type,Sub category,Colour\nWald,idea,,green\n", "decided .*'Colour'"),
    ],
)  # fmt: skip
def test_a_broken_table_is_refused(table: str, said_so: str) -> None:
    with pytest.raises(SourceError, match=said_so):
        SOURCE.extract({"categories.csv": table.encode()})


def test_raw_tables_have_the_rows_that_are_shipped() -> None:
    files = raw(SOURCE)
    rows = {name: csv_rows(name, content, None) for name, content in files.items()}
    assert {name: len(found) for name, found in rows.items()} == dict.fromkeys(
        ("categories.csv", *AUTHORITIES), 204
    )
    assert SOURCE.extract(files) == extracts(SOURCE)


def test_an_extract_extracts_to_itself() -> None:
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("klarschiff", update=update_golden)
