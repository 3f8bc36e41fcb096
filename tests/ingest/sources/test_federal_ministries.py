"""The ministries as dated bodies: who bore which name when."""

import datetime

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from kg.iri import mint
from kg.terms import DCTERMS, LOTSE, RDF, SCHEMA, SKOS, Literal
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, extracts, raw, said, shipped

SOURCE = load(FOLDER / "federal_ministries")

BODIES = {
    "aa-2017": ("AA", "2017-10-24", None, None),
    "bmas-2017": ("BMAS", "2017-10-24", None, None),
    "bmbf-2017": ("BMBF", "2017-10-24", "2025-05-05", None),
    "bmdv-2021": ("BMDV", "2021-12-08", "2025-05-05", "bmvi-2017"),
    "bmel-2017": ("BMEL", "2017-10-24", "2025-05-05", None),
    "bmf-2017": ("BMF", "2017-10-24", None, None),
    "bmfsfj-2017": ("BMFSFJ", "2017-10-24", "2025-05-05", None),
    "bmg-2017": ("BMG", "2017-10-24", None, None),
    "bmi-2017": ("BMI", "2018-03-14", "2021-12-07", None),
    "bmi-2021": ("BMI", "2021-12-08", "2025-05-05", "bmi-2017"),
    "bmj-2021": ("BMJ", "2021-12-08", "2025-05-05", "bmjv-2017"),
    "bmjv-2017": ("BMJV", "2017-10-24", "2021-12-07", None),
    "bmu-2017": ("BMU", "2018-03-14", "2021-12-07", None),
    "bmuv-2021": ("BMUV", "2021-12-08", "2025-05-05", "bmu-2017"),
    "bmvg-2017": ("BMVg", "2017-10-24", None, None),
    "bmvi-2017": ("BMVI", "2017-10-24", "2021-12-07", None),
    "bmwi-2017": ("BMWi", "2017-10-24", "2021-12-07", None),
    "bmwk-2021": ("BMWK", "2021-12-08", "2025-05-05", "bmwi-2017"),
    "bmwsb-2021": ("BMWSB", "2021-12-08", None, None),
    "bmz-2017": ("BMZ", "2017-10-24", None, None),
}
"""Key → abbreviation, first day, last day, whom it replaces."""


def test_each_name_is_a_body_with_its_days_and_its_predecessor() -> None:
    triples = said(SOURCE, shipped("federal_ministries"))
    parts = [
        by_subject(triples, predicate)
        for predicate in (
            LOTSE.abbreviation,
            SCHEMA.validFrom,
            SCHEMA.validThrough,
            DCTERMS.replaces,
        )
    ]
    found = {
        key: [next(iter(part.get(f"federal_ministries-{key}", [])), None) for part in parts]
        for key in (record.key for record in shipped("federal_ministries"))
    }
    slug = mint("actor", "federal_ministries", "x").value.removesuffix("x")
    assert {
        key: (*others, before and before.removeprefix(slug))
        for key, (*others, before) in found.items()
    } == BODIES


def test_a_successor_begins_on_the_day_after_its_predecessor_ended() -> None:
    day = datetime.timedelta(days=1)
    for _, begins, _, before in BODIES.values():
        if before is not None:
            ended = BODIES[before][2]
            assert ended is not None
            assert datetime.date.fromisoformat(begins) == datetime.date.fromisoformat(ended) + day


def test_no_name_begins_or_ends_with_a_blank() -> None:
    names = [
        one.object.value
        for one in said(SOURCE, shipped("federal_ministries"))
        if one.predicate in (SKOS.prefLabel, SKOS.altLabel) and isinstance(one.object, Literal)
    ]
    assert len(names) == 20 + 20 + 2
    assert [name for name in names if name != name.strip()] == []


def test_the_later_of_two_english_names_is_preferred() -> None:
    body = mint("actor", "federal_ministries", "bmz-2017")
    english = {
        (str(one.predicate), one.object.value)
        for one in said(SOURCE, shipped("federal_ministries"))
        if one.subject == body and isinstance(one.object, Literal) and one.object.language == "en"
    }
    assert english == {
        (
            str(SKOS.prefLabel),
            "Federal Ministry for Economic Cooperation and Development",
        ),
        (
            str(SKOS.altLabel),
            "Federal Ministry of Economic Cooperation and Development",
        ),
    }


def test_a_new_name_without_its_decree_is_an_error() -> None:
    row = {
        "body": "bmx-2021",
        "legislature": "2021-2025",
        "Abkürzung": "BMX",
        "Name_DE": "Bundesministerium für Musterfragen (erfunden)",
        "Name_EN": "Federal Ministry of Examples",
    }
    with pytest.raises(FieldError, match="which decree"):
        set(SOURCE.transform(Record("federal_ministries", "ministry", "bmx-2021", (row,))))


def test_the_extract_is_that_of_the_two_lists() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)


def test_all_are_public_organisations() -> None:
    kinds = by_subject(said(SOURCE, shipped("federal_ministries")), RDF.type)
    assert {tuple(one) for one in kinds.values()} == {
        ("http://data.europa.eu/m8g/PublicOrganisation",)
    }


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("federal_ministries", update=update_golden)
