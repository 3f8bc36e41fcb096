"""Bodies of the Federation: counts of the raw file, and each rule about its dirt."""

import json

import pytest

from ingest.source import FOLDER, Record, load
from ingest.sources.federal_organisations.addresses import postcode
from kg.iri import mint
from kg.terms import DCTERMS, GEO, LOTSE, ORG, RDF, SCHEMA, SKOS
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, lexical, raw, said, shipped

SLUG = "federal_organisations"
SOURCE = load(FOLDER / SLUG)


def organisation(**changed: str) -> Record:
    row = {column: "" for one in SOURCE.extracts[:1] for column in one.columns}
    return Record(SLUG, "organisation", "1", ({**row, "Organisation": "Musteramt", **changed},), [])


def test_organisations_and_sites_are_those_of_the_raw_file() -> None:
    triples = said(SOURCE, shipped(SLUG))
    types = counted(triples, RDF.type)
    assert types["Organization"] + types["http://data.europa.eu/m8g/PublicOrganisation"] == 971
    assert types["Site"] == 806
    assert counted(triples, ORG.classification) == {
        "kind-unstated": 500, "kind-authority": 187, "kind-research-institution": 136,
        "kind-company": 67, "kind-commissioner": 35, "kind-foundation": 30, "kind-ministry": 16,
    }  # fmt: skip
    assert sum(counted(triples, SCHEMA.sameAs).values()) == 86


def test_68_sites_name_an_organisation_that_is_not_there() -> None:
    records = shipped(SLUG)
    there = {record.key for record in records if record.kind == "organisation"}
    sites = [record.rows[0]["OrganisationId"] for record in records if record.kind == "site"]
    orphans = [one for one in sites if one not in there]
    assert (len(orphans), len(set(orphans))) == (68, 15)


def test_42_organisations_have_no_id_and_keys_are_unique_all_the_same() -> None:
    records = [record for record in shipped(SLUG) if record.kind == "organisation"]
    assert len([one for one in records if not one.rows[0]["OrganisationId"]]) == 42
    names = [str(record.rows[0]["Organisation"]) for record in records]
    assert sorted(name for name in set(names) if names.count(name) == 2) == [
        "BwConsulting GmbH", "Deutsche Stiftung Friedensforschung",
        "Kulturveranstaltungen des Bundes in Berlin GmbH", "Stiftung Geld und Währung",
    ]  # fmt: skip
    assert len({record.key for record in records}) == 971


def test_values_without_a_place_in_our_lists_are_counted() -> None:
    records = shipped(SLUG)
    said(SOURCE, records)
    unmapped = [one for record in records for one in record.unmapped]
    assert sorted({name for name, _ in unmapped}) == ["Breitengrad", "Kategorie"]
    assert [name for name, _ in unmapped].count("Kategorie") == 184
    assert sorted(value for name, value in unmapped if name == "Breitengrad") == [
        "27.25797 83.01465", "48.211017 11.579992)", "48.3938149 48.3938149", "5252000 1341746",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("published", "whole"), [("1219", "01219"), ("53175", "53175"), ("10557", "10557")]
)
def test_a_postcode_gets_its_leading_zero_back(published: str, whole: str) -> None:
    assert postcode(published) == whole


@pytest.mark.parametrize("published", ["-30125", "96", "123182"])
def test_what_is_no_german_postcode_is_an_error(published: str) -> None:
    with pytest.raises(ValueError, match="five digits"):
        postcode(published)


def test_of_a_body_abroad_the_country_is_said_and_no_german_place() -> None:
    abroad = organisation(Land="USA", Bundesland="Texas", Ort="Wichita Falls", PLZ="76310")
    triples = said(SOURCE, [abroad])
    (country,) = [one for one in triples if one.predicate == DCTERMS.spatial]
    assert lexical(country.object).endswith("/country/USA")
    left_out = {LOTSE.postcode, LOTSE.placeAsPublished, GEO.hasGeometry}
    assert [one for one in triples if one.predicate in left_out] == []
    assert abroad.unmapped == []


@pytest.mark.parametrize(
    ("published", "place"),
    [
        ("Hessen ", "Musterstadt, Hessen"),
        ("BE", "Musterstadt, Berlin"),
        ("Nordrein-Westfahlen", "Musterstadt, Nordrhein-Westfalen"),
        ("Freistaat Sachsen", "Musterstadt, Sachsen"),
        ("Atlantis", "Musterstadt"),
    ],
)
def test_a_place_is_told_with_its_land(published: str, place: str) -> None:
    record = organisation(Land="DE", Ort="Musterstadt", Bundesland=published)
    assert counted(said(SOURCE, [record]), LOTSE.placeAsPublished) == {place: 1}
    assert record.unmapped == ([("Bundesland", "Atlantis")] if published == "Atlantis" else [])


def test_a_ministry_renamed_in_2025_begins_then_and_replaces_the_earlier_one() -> None:
    triples = said(SOURCE, shipped(SLUG))
    assert counted(triples, SCHEMA.validFrom) == {"2025-05-06": 9}
    assert {key: old for key, (old,) in by_subject(triples, DCTERMS.replaces).items()} == {
        f"{SLUG}-{new}": mint("actor", "federal_ministries", old).value
        for new, old in {
            "13336": "bmuv-2021", "13400": "bmdv-2021", "13552": "bmj-2021", "13610": "bmbf-2017",
            "13636": "bmel-2017", "13680": "bmi-2021", "13730": "bmfsfj-2017",
            "13874": "bmwk-2021",
        }.items()
    }  # fmt: skip


def test_an_abbreviation_is_one_word_and_display_names_are_left_out() -> None:
    triples = said(SOURCE, shipped(SLUG))
    assert [one for one in counted(triples, LOTSE.abbreviation) if " " in one] == []
    assert "Datenschutz" not in counted(triples, SKOS.altLabel)


def test_no_mailbox_phone_or_street_is_in_the_extract() -> None:
    given = json.loads(raw(SOURCE)["anschriftenverzeichnis.json"])
    text = b"".join(extracts(SOURCE).values()).decode()
    for column in ("E-Mail", "Telefon", "Telefax"):
        values = {str(row[column]).strip() for row in given if row.get(column)}
        assert [one for one in values if len(one) > 5 and one in text] == []


def test_the_extracts_are_those_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample(SLUG, update=update_golden)
