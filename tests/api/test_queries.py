"""The saved questions by name: described, run, and what every answer points to."""

import html
import re

import pytest
from pyoxigraph import RdfFormat, parse
from starlette.testclient import TestClient

from kg.answers.saved import PARAMETERS, load_saved, saved_names


def test_all_saved_questions_are_listed_with_their_parameters(client: TestClient) -> None:
    found = client.get("/api/v1/queries?lang=en").json()
    assert [row["name"] for row in found["rows"]] == saved_names()
    row = next(row for row in found["rows"] if row["name"] == "involvements_on")
    assert row["title"] == "Who does what on a theme, in a role"
    theme, role = row["parameters"]
    assert theme == {
        "name": "theme", "required": True, "type": "theme", "meaning": "theme: name, key or IRI",
        "example": "https://w3id.org/innovationslotse/ns#theme-environment",
    }  # fmt: skip
    assert (role["name"], role["required"], role["example"]) == ("role", False, None)
    assert (row["columns"], row["about"]) == (["involvement", "role", "actor", "at"], "involvement")
    assert "VALUES ?theme { UNDEF }" in row["text"]


def test_a_saved_question_without_its_parameters_is_described(client: TestClient) -> None:
    found = client.get("/api/v1/queries/adoptions_in").json()
    assert found["name"] == "adoptions_in"
    assert [(one["name"], one["required"]) for one in found["parameters"]] == [("place", True)]


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
        ("who_says_so?subject=a%20b&graph=a:b", 404),
        ("who_says_so?subject=a:%20b&graph=a:b", 400),
        ("who_says_so?subject=a:b&graph=a%20:b", 400),
        ("who_says_so?subject=a:b&graph=%5C", 400),
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


def test_every_saved_question_is_an_operation_of_its_own(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for name in saved_names():
        query, said = load_saved(name), paths[f"/api/v1/queries/{name}"]["get"]
        assert said["summary"] == query.title
        assert query.titel in said["description"]
        parameters = {one["name"]: one for one in said["parameters"]}
        assert set(parameters) >= set(query.parameters)
        for one in query.parameters:
            assert PARAMETERS[one].de in parameters[one]["description"]
            assert PARAMETERS[one].en in parameters[one]["description"]
        formats = said["responses"]["200"]["content"]
        assert {"application/sparql-results+json", "text/csv", "text/turtle"} <= set(formats)
        assert client.get(f"/api/v1/queries/{name}", params=_example(name)).status_code in {
            200,
            404,
        }


def _example(name: str) -> dict[str, str]:
    return {one: node.value for one, node in load_saved(name).example.items()}


@pytest.mark.parametrize("form", ["ttl", "nt", "rdf", "jsonld", "trig", "nq"])
def test_as_rdf_it_tells_of_the_things_in_its_rows(client: TestClient, form: str) -> None:
    got = client.get(f"/api/v1/queries/adoptions_in?place=Oststadt&format={form}")
    kind = RdfFormat.from_media_type(got.headers["content-type"])
    assert kind is not None
    quads = set(parse(got.content, kind))
    assert {str(quad.subject).rpartition("/")[2] for quad in quads} == {"adoptions-1>"}
    assert len(quads) == 6
    tag = {"If-None-Match": got.headers["etag"]}
    assert client.get(str(got.url), headers=tag).status_code == 304


def test_all_saved_questions_have_pages(client: TestClient) -> None:
    for lang, word in (("de", "Gespeicherte Fragen"), ("en", "Saved questions")):
        whole = client.get(f"/queries?lang={lang}").text
        assert f"<h1>{word}</h1>" in whole
        for name in saved_names():
            assert f'href="/queries/{name}?lang={lang}"' in whole
            assert client.get(f"/queries/{name}?lang={lang}").status_code == 200


def test_a_page_asks_with_names_and_leads_to_the_editor(client: TestClient) -> None:
    empty = client.get("/queries/adoptions_in").text
    assert 'name="place"' in empty
    assert 'id="result"' not in empty
    got = client.get("/queries/adoptions_in?place=Oststadt&lang=en").text
    assert 'href="/doc/adoption/adoptions-1?lang=en"' in got
    assert 'value="Oststadt"' in got
    link = re.search(r'href="(/sparql\?query=[^"]*)"', got)
    assert link is not None
    opened = client.get(html.unescape(link.group(1)), headers={"Accept": "text/html"})
    assert "VALUES ?place { &lt;https://w3id.org" in opened.text
    assert "/api/v1/queries/adoptions_in?place=Oststadt&amp;format=csv" in got


def test_a_page_of_a_question_without_parameters_asks_at_once(client: TestClient) -> None:
    assert 'id="result"' in client.get("/queries/uses").text


@pytest.mark.parametrize(
    ("path", "status"), [("nothing", 404), ("adoptions_in?place=Nirgendstadt", 404),
                         ("adoptions_in?town=Oststadt", 400)],
)  # fmt: skip
def test_a_wrong_wish_is_a_page_of_a_problem(client: TestClient, path: str, status: int) -> None:
    got = client.get(f"/queries/{path}", headers={"Accept": "text/html"})
    assert (got.status_code, got.headers["content-type"]) == (status, "text/html; charset=utf-8")
