"""The Berlin portal: 19 solutions, authorities as published, one value that names two."""

import json

import pytest

from ingest.source import FOLDER, Record, load
from kg.errors import SourceError
from kg.terms import LOTSE, RDF, SKOS
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SLUG = "berlin_open_source"
SOURCE = load(FOLDER / SLUG)
EMPTY = dict.fromkeys(SOURCE.extracts[0].columns, "")


def test_the_portal_has_nineteen_solutions_and_says_nothing_of_their_use() -> None:
    found = said(SOURCE, shipped(SLUG))
    assert counted(found, RDF.type) == {"Solution": 19, "Involvement": 43}
    assert counted(found, LOTSE.role) == {"role-developer": 21, "role-funder": 22}


def test_soft_hyphens_are_no_part_of_a_name() -> None:
    labels = by_subject(said(SOURCE, shipped(SLUG)), SKOS.prefLabel)
    assert labels[f"{SLUG}-energiecheckpoint"] == ["Berliner EnergieCheckpoint"]
    assert labels[f"{SLUG}-weihnachtsmarktfinder"] == ["Berliner Weihnachtsmarkt-Finder"]


def test_backers_are_named_one_by_one() -> None:
    found = said(SOURCE, shipped(SLUG))
    backing = {one.subject for one in found if one.object == LOTSE["role-funder"]}
    named = [one for one in found if one.subject in backing]
    assert counted(named, LOTSE.actorAsPublished) == {
        "Senatskanzlei Berlin": 6,
        "Senatsverwaltung für Finanzen": 1,
        "Senatsverwaltung für Inneres, Digitalisierung und Sport": 1,
        "Senatsverwaltung für Kultur und Europa": 3,
        "Senatsverwaltung für Kultur und Europa Berlin": 2,
        "Senatsverwaltung für Umwelt, Verkehr und Klimaschutz": 1,
        "Senatsverwaltung für Wirtschaft, Energie und Betriebe": 8,
    }


def test_licences_stay_as_written() -> None:
    found = said(SOURCE, shipped(SLUG))
    assert counted(found, LOTSE.licenceAsPublished) == {
        "GNU Affero General Public License": 1,
        "GNU General Public License": 1,
        "GPL-2.0, AGPL-3.0, MIT (verschiedene Repositories)": 1,
        "GPLv3": 1,
        "MIT": 8,
        "MIT License": 7,
    }
    assert counted(found, LOTSE.licenceId) == {"MIT": 15}


def test_a_developer_nobody_checked_stays_out_of_the_extract() -> None:
    row = {**EMPTY, "id": "x", "developers": ["Erika Musterfrau", "CityLAB Berlin"],
           "body": "erika@muster.invalid"}  # fmt: skip
    (made,) = SOURCE.extract({
        "berlin-open-source-portal.jsonl": json.dumps(row).encode() + b"\n"
    }).values()  # fmt: skip
    assert json.loads(made) == {"id": "x", "developers": ["CityLAB Berlin"]}


def test_an_unknown_field_is_named() -> None:
    line = json.dumps({**EMPTY, "contact": "x"}).encode() + b"\n"
    with pytest.raises(SourceError, match="nobody decided about the columns 'contact'"):
        SOURCE.extract({"berlin-open-source-portal.jsonl": line})


def test_a_licence_without_spdx_name_is_counted() -> None:
    record = shipped(SLUG)[0]
    given = Record(SLUG, "solution", record.key, ({**record.rows[0], "license": "frei"},))
    assert counted(SOURCE.transform(given), LOTSE.licenceId) == {}
    assert given.unmapped == [("license", "frei")]


def test_the_shipped_extract_is_what_the_portal_extracts_to() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample(SLUG, update=update_golden)
