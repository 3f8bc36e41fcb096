"""The civic-tech projects: innovations, their labs, and what 40 spellings say of their stage."""

from collections import Counter

import pytest

from ingest.extracts import as_jsonl
from ingest.readers import jsonl_rows
from ingest.source import FOLDER, Row, Value, load
from ingest.sources.codefor_projects.stages import STAGES
from kg.errors import SourceError
from kg.terms import DCTERMS, FOAF, LOTSE, RDF, SCHEMA
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "codefor_projects")

WITHOUT_STAGE = {
    "3. September 2021": 1,
    "Active": 1,
    "Datensammlung, Konzeptionierung, Sucht Mitmacher": 2,
    "Festgefahren": 1,
    "Laufend": 26,
    "Laufend, Konzeptionierung, Datensammlung, Sucht Mitmacher": 3,
    "Laufend, Konzeptionierung, Sucht Mitmacher": 1,
    "Laufend, Sucht Mitmacher": 3,
    "Laufend, sucht Mitmacher": 1,
    "Laufend, sucht Mitstreiter:innen": 1,
    "Looking for people": 1,
    "Sucht Mitmacher": 8,
    "Sucht digitale Denkmalpfleger*innen": 1,
    "Sucht ehrenamtlich Engagierte": 12,
    "Verwaist, sucht Mitmacher": 1,
    "Zwonull": 1,
    "laufend": 5,
    "vom 16.06.-21.06.2021": 1,
}


def test_projects_and_statuses_are_those_of_the_raw_file() -> None:
    triples = said(SOURCE, shipped("codefor_projects"))
    assert counted(triples, RDF.type) == {"Innovation": 247, "Involvement": 253}
    published = counted(triples, LOTSE.statusAsPublished)
    assert (published.total(), len(published)) == (196, 40)


def test_every_spelling_says_a_stage_or_is_counted_as_unmapped() -> None:
    given = shipped("codefor_projects")
    triples = said(SOURCE, given)
    unmapped = Counter(value for one in given for name, value in one.unmapped if name == "status")
    assert unmapped == WITHOUT_STAGE
    published = counted(triples, LOTSE.statusAsPublished)
    assert set(STAGES) | set(WITHOUT_STAGE) == set(published)
    assert counted(triples, LOTSE.stage).total() == 196 - sum(WITHOUT_STAGE.values())


def test_what_is_updated_every_day_is_not_ended() -> None:
    daily = STAGES["Abgeschlossen, tägliche Datenaktualisierung"]
    assert (daily, STAGES["Abgeschlossen"]) == (LOTSE["stage-in-operation"], LOTSE["stage-ended"])


def test_every_lab_but_two_has_a_record_of_its_own() -> None:
    keys = counted(said(SOURCE, shipped("codefor_projects")), LOTSE.actorKey)
    labs = {f"codefor_labs-{one.key}" for one in shipped("codefor_labs")}
    assert set(keys) - labs == {"codefor_labs-bremen", "codefor_labs-darmstadt"}
    assert keys["codefor_labs-berlin"] == 56


def test_two_projects_of_one_title_stay_two() -> None:
    titled = [
        one.key for one in shipped("codefor_projects") if one.rows[0]["title"] == "Wo ist Markt?"
    ]
    assert titled == ["2016-03-14-be-woistmarkt", "2016-03-19-le-woistmarkt"]


def test_file_names_with_day_and_month_swapped_give_no_date() -> None:
    given = shipped("codefor_projects")
    created = by_subject(said(SOURCE, given), DCTERMS.created)
    assert {one.key for one in given} - {
        key.removeprefix("codefor_projects-") for key in created
    } == {
        "2018-23-09-aufbau-von-lorawan-gateways-im-laendlichen-raum",
        "2018-24-11-1000-lorawan-nodes-im-laendlichen-raum",
    }


def test_a_repository_is_no_homepage() -> None:
    triples = said(SOURCE, shipped("codefor_projects"))
    homepages = counted(triples, FOAF.homepage)
    assert (homepages.total(), counted(triples, SCHEMA.codeRepository).total()) == (159, 137)
    assert [
        one
        for one in homepages
        if any(host in one for host in ("github.com", "gitlab.com", "twitter.com", "mailto"))
    ] == []


def test_links_are_kept_by_what_they_are() -> None:
    links: list[Value] = [
        {"url": "https://github.com/OKLabFlensburg/projekt", "name": "Code"},
        {"url": "https://example.org/daten.csv", "name": "Datenquelle"},
        {"url": "mailto:niemand@example.org", "name": "Kontakt"},
        {"url": "https://twitter.com/muster", "name": "Website"},
        {"url": "https://example.org/karte", "name": "Karte"},
        {"url": "https://example.org/", "name": "Webseite"},
        {"url": "http://", "name": "Website"},
    ]
    row: Row = {
        "source_path": "content/projekte/x.md",
        "title": "X",
        "lab": ["berlin"],
        "links": links,
        "status": "",
        "tags": [],
    }
    found = SOURCE.extract({"codefor-de-projects.jsonl": as_jsonl([row])})["projects.jsonl"]
    assert jsonl_rows("x", found, None)[0]["links"] == [
        {"use": "website", "url": "https://example.org/"},
        {"use": "code", "url": "https://github.com/OKLabFlensburg/projekt"},
    ]


def test_accounts_that_may_be_a_persons_stay_out() -> None:
    links: list[Value] = [
        {"url": "https://mustermann.github.io/karte/", "name": "Website"},
        {"url": "https://github.com/mustermann/karte", "name": "Code"},
        {"url": "https://gitlab.com/mustermann/karte/", "name": "Code"},
        {"url": "https://codeforcologne.github.io/karte/", "name": "Website"},
        {"url": "https://github.com/CodeForBerlin/karte", "name": "Code"},
    ]
    row: Row = {"source_path": "x.md", "title": "X", "lab": ["x"], "links": links}
    row |= {"status": "", "tags": []}
    found = SOURCE.extract({"codefor-de-projects.jsonl": as_jsonl([row])})["projects.jsonl"]
    assert jsonl_rows("x", found, None)[0]["links"] == [
        {"use": "website", "url": "https://codeforcologne.github.io/karte/"},
        {"use": "code", "url": "https://github.com/CodeForBerlin/karte"},
    ]


def test_a_field_that_nobody_decided_about_is_an_error() -> None:
    row: Row = {
        "source_path": "a.md",
        "title": "X",
        "lab": ["x"],
        "status": "",
        "tags": [],
        "links": [],
    }
    with pytest.raises(SourceError, match="'members'"):
        SOURCE.extract({"codefor-de-projects.jsonl": as_jsonl([{**row, "members": ["x"]}])})


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("codefor_projects", update=update_golden)
