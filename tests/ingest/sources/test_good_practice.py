"""The cases: stages, dates, places, who runs them, and the weak ones marked."""

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from ingest.sources.good_practice.weak import weakness
from kg.terms import FOAF, LOTSE, RDF
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "good_practice")
ROW = {
    "title": "Musterfall (erfunden)", "organisations": "Stadt Musterstadt", "place": "Musterstadt",
    "level": "gemeinde", "started": "2020", "ended": "", "stage": "pilot", "lab": "",
    "themes": "KI", "url": "", "source_url": "https://example.org/", "weak": "",
}  # fmt: skip


def case(**changed: str) -> Record:
    return Record("good_practice", "case", "musterfall-erfunden", ({**ROW, **changed},))


def roles(**changed: str) -> dict[str, str]:
    triples = said(SOURCE, [case(**changed)])
    names = by_subject(triples, LOTSE.actorAsPublished)
    found = by_subject(triples, LOTSE.role)
    return {names[node][0]: found[node][0] for node in names}


def test_stages_dates_and_concern_platforms_are_those_of_the_raw_file() -> None:
    triples = said(SOURCE, shipped("good_practice"))
    assert counted(triples, RDF.type)["Innovation"] == 243
    assert counted(triples, LOTSE.stage) == {
        "stage-in-operation": 140, "stage-pilot": 47, "stage-ended": 12, "stage-scaled": 10,
        "stage-prototype": 4,
    }  # fmt: skip
    assert len(by_subject(triples, LOTSE.since)) == 106
    assert len(by_subject(triples, LOTSE.until)) == 16
    assert counted(triples, LOTSE.themeAsPublished)["Anliegenmanagement"] == 49


def test_the_weak_cases_are_marked_and_no_other() -> None:
    triples = said(SOURCE, shipped("good_practice"))
    assert counted(triples, LOTSE.basis) == {"basis-stated": 236, "basis-inferred": 7}
    weak = {
        one.subject
        for one in triples
        if one.predicate == LOTSE.basis and one.object == LOTSE["basis-inferred"]
    }
    assert sorted(str(one).rpartition("/good_practice-")[2].rstrip(">") for one in weak) == [
        "hochwasser-und-starkregen-fruehwarnsystem-bad-kissingen",
        "ki-reise-fuer-kommunen",
        "maengelmelder-erkelenz",
        "multifunktionales-chatsystem",
        "sensoren-und-wetterstationen-zur-gewaesserueberwachung",
        "sensornetz-winnweiler",
        "service-app-der-stadt-koeln",
    ]


@pytest.mark.parametrize(
    ("title", "stage", "outcome", "reason"),
    [
        ("Muster", "pilot", "ten sensors planned", "planned"),
        ("Muster", "in-operation", "350 services planned", ""),
        ("Muster", "pilot", "unplanned success", ""),
        ("Mängelmelder Erkelenz", "in-operation", "", "sources-conflict"),
    ],
)
def test_a_plan_is_weak_until_it_is_in_operation(
    title: str, stage: str, outcome: str, reason: str
) -> None:
    assert weakness({"title": title, "stage": stage, "outcome": outcome}) == reason


def test_who_is_named_first_or_after_a_place_runs_the_case() -> None:
    assert roles(organisations="EDV GmbH;Stadt Musterstadt;Land Muster") == {
        "EDV GmbH": "role-operator",
        "Stadt Musterstadt": "role-operator",
        "Land Muster": "role-partner",
    }
    assert roles(organisations="Stadt Beispiel;Land Muster") == {
        "Stadt Beispiel": "role-operator",
        "Land Muster": "role-partner",
    }


def test_a_lab_develops_and_is_named_once() -> None:
    assert roles(organisations="Musterlabor;Stiftung Muster", lab="Musterlabor") == {
        "Musterlabor": "role-developer",
        "Stiftung Muster": "role-partner",
    }


def test_several_places_are_several_mentions_and_deutschland_is_the_bund() -> None:
    triples = said(SOURCE, shipped("good_practice"))
    places = by_subject(triples, LOTSE.placeAsPublished)
    assert places["good_practice-kern-der-ux-standard-fuer-die-deutsche-verwaltung"] == [
        "Hamburg", "Schleswig-Holstein",
    ]  # fmt: skip
    assert counted(triples, LOTSE.placeKey) == {"000000000000": 10}


@pytest.mark.parametrize(
    ("organisations", "place", "level"),
    [
        ("Verbandsgemeinde Muster", "Muster", "level-verband"),
        ("Amt Muster", "Amt Muster", "level-verband"),
        ("Muster;Beispiel", "Muster;Beispiel", None),
        ("Ministerium;Verbandsgemeinde Muster", "Beispielland", None),
    ],
)
def test_a_co_operation_is_no_place_of_its_own(
    organisations: str, place: str, level: str | None
) -> None:
    triples = said(SOURCE, [case(organisations=organisations, place=place, level="verband")])
    assert counted(triples, LOTSE.levelAsPublished) == ({level: 1} if level else {})


def test_each_case_cites_its_pages() -> None:
    triples = said(SOURCE, shipped("good_practice"))
    records = {node for node in by_subject(triples, FOAF.page) if "good_practice" in node}
    assert len(records) == 243


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"stage": "live"}, "'stage' is 'live'; allowed are 'prototype'"),
        ({"level": "bezirk"}, "'level' is 'bezirk'"),
        ({"started": "Mai 2020"}, "'started' is 'Mai 2020'"),
        ({"weak": "perhaps"}, "'weak' is 'perhaps'"),
        ({"title": " "}, "'title' is empty"),
    ],
)
def test_a_word_that_is_not_known_is_an_error(changed: dict[str, str], message: str) -> None:
    with pytest.raises(FieldError, match=message):
        said(SOURCE, [case(**changed)])


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("good_practice", update=update_golden)
