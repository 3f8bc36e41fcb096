"""The data dictionary: every field that an answer or a list gives is in it, with its meaning."""

import re

import pytest
from starlette.testclient import TestClient

from api.messages import catalogue
from api.models import (
    AnswerOut,
    EvidenceOut,
    FacetOut,
    ListOut,
    ProblemOut,
    RowOut,
    SuggestOut,
    ThingOut,
    TotalOut,
)
from kg.answers.catalogue import LISTS
from kg.answers.formats import ROWS
from kg.documentation.dictionary import dictionary
from kg.documentation.terms import terms
from kg.namespaces import PREFIXES
from kg.shapes import expanded
from tests.dictionary import TABLES, fields_of, unlike

ELSEWHERE = {
    "solutions-in": "rows as of adopters",
    "search": "rows as of the lists",
    "suggest": "suggestions",
    "report": "as of validate",
}
QUESTIONS = {
    "who-does-what": ("?place=Nordland", "?theme=Umwelt"),
    "adopters": ("?solution=Die+App",),
    "solutions-in": ("?place=Oststadt",),
    "responsible": ("?q=Ampel&place=Oststadt", "?q=Quux&place=Oststadt"),
    "about": ("?thing=Oststadt",),
    "scales-where": ("?solution=Die+App",),
    "fits-here": ("?place=Oststadt",),
}
MODELS = {
    "answer": AnswerOut, "list": ListOut, "row": RowOut, "suggestions": SuggestOut,
    "problem": ProblemOut, "thing": ThingOut, "total": TotalOut, "facet": FacetOut,
    "evidence": EvidenceOut,
}  # fmt: skip


@pytest.mark.parametrize("question", ROWS)
def test_every_field_of_an_answer_is_in_the_dictionary(client: TestClient, question: str) -> None:
    for asked in QUESTIONS[question]:
        found = client.get(f"/api/v1/answers/{question}{asked}").json()
        envelope = fields_of("answer", f"{question}-beside")
        assert list(unlike(found, envelope, question)) == []
        table = "adopters" if question == "solutions-in" else question
        for row in found["rows"]:
            assert list(unlike(row, fields_of(table), question)) == []
            assert set(row) == set(fields_of(table))


@pytest.mark.parametrize("name", LISTS)
def test_every_field_of_a_list_is_in_the_dictionary(client: TestClient, name: str) -> None:
    found = client.get(f"/api/v1/{name}").json()
    assert list(unlike(found, fields_of("list"), name)) == []
    known = fields_of("row", name)
    for row in found["rows"]:
        assert list(unlike(row, known, name)) == []
        whole = client.get(f"/api/v1/{name}/{row['key']}").json()
        assert list(unlike(whole, known, name)) == []


def test_suggestions_sources_releases_and_problems_are_in_the_dictionary(
    client: TestClient,
) -> None:
    suggested = client.get("/api/v1/suggest?q=a").json()
    assert list(unlike(suggested, fields_of("suggestions"), "suggest")) == []
    for name in ("sources", "releases"):
        for row in client.get(f"/api/v1/{name}").json()["rows"]:
            assert list(unlike(row, fields_of(name), name)) == []
    for path in ("labs?wrong=1", "labs?theme=Quux", "labs/nothing", "answers/about?thing=Zwilling",
                 "labs?format=pdf"):  # fmt: skip
        got = client.get(f"/api/v1/{path}")
        assert got.status_code >= 300
        assert list(unlike(got.json(), fields_of("problem"), path)) == []


def test_saved_questions_boundaries_and_what_stewards_see_are_in_the_dictionary(
    client: TestClient,
) -> None:
    for row in client.get("/api/v1/queries").json()["rows"]:
        assert list(unlike(row, fields_of("queries"), "queries")) == []
    found = client.get("/api/v1/boundaries").json()
    assert list(unlike(found, fields_of("boundaries"), "boundaries")) == []
    for name in ("parked", "names", "unmapped", "freshness", "changes"):
        found = client.get(f"/api/v1/steward/{name}").json()
        assert list(unlike(found, fields_of("steward"), name)) == []
        for row in found["rows"]:
            assert list(unlike(row, fields_of(name), name)) == []


def test_a_validation_report_is_in_the_dictionary(client: TestClient) -> None:
    sent = "<https://example.org/x> a <https://w3id.org/innovationslotse/ns#Adoption> ."
    headers = {"Accept": "application/json", "Content-Type": "text/turtle"}
    found = client.post("/api/v1/validate", content=sent, headers=headers).json()
    assert found["findings"]
    assert list(unlike(found, fields_of("validate"), "validate")) == []
    found = client.get("/api/v1/validation/history").json()
    assert list(unlike(found, fields_of("history"), "history")) == []


def test_candidates_of_reconciliation_are_in_the_dictionary(client: TestClient) -> None:
    queries = {"queries": '{"q": {"query": "Oststadt", "type": "gemeinde"}, "bad": {}}'}
    found = client.post("/reconcile", data=queries).json()
    asked = [{"conditions": [{"matchType": "name", "propertyValue": "Oststadt"}]}]
    newer = client.post("/reconcile/v1/match", json={"queries": asked}).json()["results"][0]
    for one in (*found["q"]["result"], *newer["candidates"]):
        assert list(unlike(one, fields_of("reconcile"), "reconcile")) == []
        assert set(one) == set(fields_of("reconcile"))
    assert list(unlike(found["bad"]["error"], fields_of("reconcile-error"), "error")) == []


def test_every_operation_has_its_table(client: TestClient) -> None:
    paths = {
        path.removeprefix("/api/v1/").removesuffix("/{key}")
        for path in client.get("/openapi.json").json()["paths"]
        if path.startswith("/api/v1/") and not path.startswith("/api/v1/queries/")
    }
    named = {re.sub("^(answers|steward|validation)/", "", path) for path in paths}
    tables = {*TABLES, *ELSEWHERE}
    assert named - tables == set()


def test_no_field_is_without_meaning() -> None:
    assert [
        f"{table.name}.{field.name}"
        for table in dictionary()
        for field in table.fields
        if not (field.meaning.get("de") and field.meaning.get("en"))
    ] == []


def test_the_properties_that_fields_come_from_exist() -> None:
    ours = {one.name.iri for one in terms().properties}
    named = {field.property for table in dictionary() for field in table.fields} - {""}
    assert len(named) > 50
    assert [one for one in named if one.partition(":")[0] not in PREFIXES] == []
    assert [one for one in named if one.startswith("lotse:") and expanded(one) not in ours] == []


def test_every_type_is_a_table_or_has_words() -> None:
    words = {word for table in dictionary() for field in table.fields for word in field.types}
    assert [one for one in words if f"dictionary.word.{one}" not in catalogue()] == []


def test_the_dictionary_knows_every_field_of_the_models_of_openapi() -> None:
    for table, model in MODELS.items():
        declared = {field.alias or name for name, field in model.model_fields.items()}
        assert declared - set(fields_of(table)) == set(), table


def test_the_dictionary_comes_as_json(client: TestClient) -> None:
    got = client.get("/docs/dictionary?format=json").json()
    assert [one["name"] for one in got["tables"]] == list(TABLES)
    (field,) = [one for one in got["tables"][1]["fields"] if one["name"] == "since"]
    assert field == {
        "name": "since", "types": ["text"], "many": False, "optional": True,
        "meaning": {"de": "Beginn als Jahr, Monat oder Tag",
                    "en": "beginning as year, month or day"},
        "property": "lotse:since",
    }  # fmt: skip
