"""`/sparql` over HTTP: request forms, formats, statuses."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from starlette.testclient import TestClient

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/innovationslotse/ns#Lab> }"
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
TWO = {"type": "literal", "value": "2", "datatype": INTEGER}
ANSWER = {"head": {"vars": ["n"]}, "results": {"bindings": [{"n": TWO}]}}
JSON = "application/sparql-results+json"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


def test_the_three_request_forms_give_one_answer(client: TestClient) -> None:
    got = [
        client.get("/sparql", params={"query": COUNT}),
        client.post("/sparql", data={"query": COUNT}),
        client.post("/sparql", content=COUNT, headers={"Content-Type": QUERY}),
    ]
    assert [(one.status_code, one.json(), one.headers["content-type"]) for one in got] == [
        (200, ANSWER, JSON)
    ] * 3
    assert all(int(one.headers["content-length"]) == len(one.content) for one in got)


def test_a_form_is_decoded_once(client: TestClient) -> None:
    query = 'SELECT ?x { BIND("a%2Bb+c ö" AS ?x) }'
    rows = client.post("/sparql", data={"query": query}).json()["results"]["bindings"]
    assert rows == [{"x": {"type": "literal", "value": "a%2Bb+c ö"}}]


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        (COUNT, "*/*", JSON),
        (COUNT, "application/json", JSON),
        (COUNT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (COUNT, "text/csv", "text/csv; charset=utf-8"),
        (COUNT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", "*/*", "text/turtle; charset=utf-8"),
        ("DESCRIBE <a:b>", "application/ld+json", "application/ld+json"),
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", "application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_a_result_comes_in_the_form_asked_for(
    client: TestClient, query: str, accept: str, content_type: str
) -> None:
    got = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert (got.status_code, got.headers["content-type"]) == (200, content_type)
    assert "Accept" in got.headers["vary"]


@pytest.mark.parametrize(
    ("params", "accept", "status", "kind"),
    [
        ({"query": "SELECT * {"}, "*/*", 400, "bad-query"),
        ({"query": [COUNT, COUNT]}, "*/*", 400, "bad-query"),
        ({"default-graph-uri": "a:b"}, "*/*", 400, "bad-query"),
        ({"query": COUNT, "default-graph-uri": "a:b"}, "*/*", 400, "bad-query"),
        ({"query": "DELETE WHERE { ?s ?p ?o }"}, "*/*", 400, "bad-query"),
        ({"update": "CLEAR ALL"}, "*/*", 400, "bad-query"),
        ({"query": "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"}, "*/*", 400, "bad-query"),
        ({"query": COUNT}, "image/png", 406, "not-acceptable"),
        ({"query": COUNT}, "text/turtle", 406, "not-acceptable"),
        ({"query": "SELECT ?s { ?s ?p ?o . ?a ?b ?c }"}, "*/*", 413, "limit-rows"),
        ({"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"},
         "*/*", 504, "limit-time"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_a_problem(
    client: TestClient, params: dict[str, str], accept: str, status: int, kind: str
) -> None:
    got = client.get("/sparql", params=params, headers={"Accept": accept})
    assert got.headers["content-type"] == "application/problem+json"
    assert got.json()["type"] == f"/docs/problems#{kind}"
    assert got.status_code == status


def test_other_types_and_verbs_are_refused(client: TestClient) -> None:
    posted = client.post("/sparql", content="x", headers={"Content-Type": "text/plain"})
    assert (posted.status_code, posted.headers["accept-post"]) == (415, f"{FORM}, {QUERY}")
    put = client.put("/sparql")
    assert (put.status_code, put.headers["allow"]) == (405, "GET, HEAD, OPTIONS, POST")


def test_a_bare_get_describes_the_service(client: TestClient) -> None:
    got = client.get("/sparql")
    said = {str(quad.predicate): str(quad.object) for quad in parse(got.content, RdfFormat.TURTLE)}
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert said[f"<{sd}endpoint>"] == "<http://testserver/sparql>"
    page = client.get("/sparql", headers={"Accept": "text/html"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<textarea id="query"' in page.text


def test_the_etag_spares_the_query(client: TestClient) -> None:
    first = client.get("/sparql", params={"query": COUNT})
    again = {"If-None-Match": first.headers["etag"]}
    got = client.get("/sparql", params={"query": COUNT}, headers=again)
    assert (got.status_code, got.content) == (304, b"")
    other = client.get("/sparql", params={"query": f"{COUNT} "}, headers=again)
    assert other.status_code == 200


def test_a_new_release_is_asked_from_the_next_request_on(
    client: TestClient, data: Path, publish: object
) -> None:
    assert callable(publish)
    before = client.get("/sparql", params={"query": COUNT})
    publish(data, "fedcba9876543210")
    after = client.get("/sparql", params={"query": COUNT})
    assert (before.headers["x-release"], after.headers["x-release"]) == (
        "0123456789abcdef", "fedcba9876543210",
    )  # fmt: skip
    assert (before.json(), after.json()) == (ANSWER, ANSWER)
    assert before.headers["etag"] != after.headers["etag"]


@pytest.mark.parametrize(
    ("word", "media_type"),
    [("turtle", "text/turtle"), ("xml", "application/rdf+xml"), ("n3", "text/turtle"),
     ("json-ld", "application/ld+json"), ("json", "application/ld+json")],
)  # fmt: skip
def test_the_words_of_sparqlwrapper_name_the_formats_of_graphs(
    client: TestClient, word: str, media_type: str
) -> None:
    asked = {"query": "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", "format": word}
    got = client.get("/sparql", params=asked)
    assert (got.status_code, got.headers["content-type"].partition(";")[0]) == (200, media_type)


def test_of_several_formats_the_first_one_counts(client: TestClient) -> None:
    # As SPARQLWrapper asks for JSON-LD.
    formats = ["json-ld", "application/ld+json,application/x-json+ld"]
    got = client.get("/sparql", params={"query": "DESCRIBE <a:b>", "format": formats})
    assert (got.status_code, got.headers["content-type"]) == (200, "application/ld+json")
