"""The saved questions by name: described, run, and what every answer points to."""

import pytest
from starlette.testclient import TestClient

from kg.answers.saved import saved_names


def test_all_saved_questions_are_listed_with_their_parameters(client: TestClient) -> None:
    found = client.get("/api/v1/queries?lang=en").json()
    assert [row["name"] for row in found["rows"]] == saved_names()
    row = next(row for row in found["rows"] if row["name"] == "involvements_on")
    assert row["title"] == "Who does what on a theme, in a role"
    assert row["parameters"] == [
        {"name": "theme", "required": True},
        {"name": "role", "required": False},
    ]
    assert "VALUES ?theme { UNDEF }" in row["text"]


def test_a_saved_question_without_its_parameters_is_described(client: TestClient) -> None:
    found = client.get("/api/v1/queries/adoptions_in").json()
    assert (found["name"], found["parameters"]) == (
        "adoptions_in",
        [{"name": "place", "required": True}],
    )


def test_a_saved_question_runs_with_names_as_arguments(client: TestClient) -> None:
    got = client.get("/api/v1/queries/adoptions_in?place=Oststadt&format=csv")
    assert (got.status_code, got.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    head, *rows = got.text.splitlines()
    assert (head, len(rows)) == ("adoption,solution,adopter,published", 1)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nothing", 404),
        ("adoptions_in?place=Nirgendstadt", 404),
        ("adoptions_in?town=Oststadt", 400),
        ("who_says_so?subject=a:b", 400),
        ("who_says_so?subject=a%20b&graph=a:b", 400),
        ("uses?format=pdf", 406),
    ],
)
def test_a_wrong_wish_is_a_problem(client: TestClient, path: str, status: int) -> None:
    got = client.get(f"/api/v1/queries/{path}")
    assert (got.status_code, got.headers["content-type"]) == (status, "application/problem+json")


@pytest.mark.parametrize(
    "asked",
    ["who-does-what?theme=Umwelt", "who-does-what?place=Oststadt", "solutions-in?place=Oststadt",
     "adopters?solution=Die%20App", "about?thing=Oststadt", "scales-where?solution=Die%20App",
     "responsible?q=Ampel&place=Oststadt"],
)  # fmt: skip
def test_the_question_that_an_answer_names_is_there(client: TestClient, asked: str) -> None:
    query = client.get(f"/api/v1/answers/{asked}").json()["query"]
    got = client.get(query)
    assert got.status_code == 200, (query, got.text)
