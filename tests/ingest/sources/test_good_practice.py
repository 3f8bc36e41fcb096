"""The cases: stages, dates, places, who runs them, and the weak ones marked."""

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from ingest.sources.good_practice.weak import weakness
from ingest.themes import COLUMNS as CONCLUDED
from kg.terms import FOAF, LOTSE, RDF, SCHEMA, SKOS
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "good_practice")
ROW = {
    "title": "Musterfall (erfunden)", "organisations": "Stadt Musterstadt", "place": "Musterstadt",
    "level": "gemeinde", "started": "2020", "ended": "", "stage": "pilot", "solution": "",
    "adopted_from": "", "lab": "", "themes": "KI", "award": "", "url": "",
    "source_url": "https://example.org/", "weak": "", **dict.fromkeys(CONCLUDED, ""),
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


def test_the_solutions_behind_123_cases_are_48_things() -> None:
    triples = said(SOURCE, shipped("good_practice"))
    assert counted(triples, RDF.type)["Solution"] == 48
    realised = by_subject(triples, LOTSE.realises)
    assert len(realised) == 123
    assert sum(map(len, realised.values())) == 126
    assert counted(triples, LOTSE.solutionKind) == {
        "solution-kind-software": 28, "solution-kind-service": 16, "solution-kind-app": 2,
        "solution-kind-practice": 1, "solution-kind-standard": 1,
    }  # fmt: skip


def test_several_solutions_behind_a_case_are_several() -> None:
    triples = said(SOURCE, [case(solution="LibreOffice;Nextcloud")])
    assert sorted(one.rpartition("/")[2] for one in counted(triples, LOTSE.realises)) == [
        "good_practice-libreoffice", "good_practice-nextcloud",
    ]  # fmt: skip


def test_adopted_from_means_joined_for_the_portal_of_a_land() -> None:
    triples = said(SOURCE, shipped("good_practice"))
    assert len(by_subject(triples, LOTSE.adoptedFromAsPublished)) == 47
    assert counted(triples, LOTSE.adoptedFromMeans) == {
        "adopted-from-taken-over": 35, "adopted-from-joined": 12,
    }  # fmt: skip
    joined = {
        str(one.subject).rpartition("/good_practice-")[2].rstrip(">")
        for one in triples
        if one.object == LOTSE["adopted-from-joined"]
    }
    assert {"maerker-erkner", "md-melder"} <= joined


def test_22_cases_won_an_award_and_no_outcome_is_kept() -> None:
    triples = said(SOURCE, shipped("good_practice"))
    assert sum(counted(triples, SCHEMA.award).values()) == 22
    kept = {column for one in SOURCE.extracts for column in one.columns}
    assert kept.isdisjoint({"outcome", "what"})


def test_seven_of_the_nine_cases_under_no_known_theme_get_one_from_words() -> None:
    triples = said(SOURCE, shipped("good_practice"))
    assert counted(triples, LOTSE.themeConcluded) == {
        "theme-administration": 3, "theme-technology": 2, "theme-smart-city": 1,
        "theme-participation": 1,
    }  # fmt: skip
    without = {"good_practice-wirvsvirus-solution-enabler", "good_practice-updatedeutschland"}
    assert without.isdisjoint(by_subject(triples, LOTSE.themeConcluded))


def test_a_solution_that_nobody_sorted_is_an_error() -> None:
    row = {"solution": "Neues Werkzeug (erfunden)", "source_url": "https://example.org/"}
    record = Record("good_practice", "solution", "solution-neues-werkzeug-erfunden", (row,))
    with pytest.raises(FieldError, match="'solution' is 'Neues Werkzeug"):
        said(SOURCE, [record])


def test_solutions_are_named_and_cite_the_pages_of_their_cases() -> None:
    triples = said(SOURCE, [one for one in shipped("good_practice") if one.kind == "solution"])
    names = by_subject(triples, SKOS.prefLabel)
    assert names["good_practice-sag-s-uns-einfach"] == ["Sag's uns einfach"]
    assert len(by_subject(triples, FOAF.page)["good_practice-solution-klarschiff"]) > 1


def test_each_case_cites_its_pages() -> None:
    triples = said(SOURCE, shipped("good_practice"))
    pages = by_subject(triples, FOAF.page)
    assert len({node for node in pages if not node.startswith("good_practice-solution-")}) == 243


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
