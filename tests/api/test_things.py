"""`/id` and `/doc`: names, documents, formats, and what is not there."""

import pytest
from pyoxigraph import Quad, RdfFormat, parse
from starlette.testclient import TestClient

LAB = "/doc/lab/labs_and_hubs-k%C3%B6ln%2Flab"
TOWN = "/doc/jurisdiction/990010000000"
BASE = "https://w3id.org/innovationslotse/"


def _quads(content: bytes, format_: RdfFormat) -> set[Quad]:
    return set(parse(content, format_))


def _short(node: object) -> str:
    return str(node).strip("<>").removeprefix(BASE)


def test_a_thing_leads_to_its_document(client: TestClient) -> None:
    got = client.get("/id/jurisdiction/990010000000?format=nt")
    assert (got.status_code, got.headers["location"]) == (303, f"{TOWN}?format=nt")


@pytest.mark.parametrize("key", ["k%C3%B6ln%2Flab", "k%c3%b6ln%2flab", "köln%2Flab"])
def test_a_key_is_the_same_however_it_is_escaped(client: TestClient, key: str) -> None:
    got = client.get(f"/id/lab/labs_and_hubs-{key}")
    assert got.status_code == 303
    assert got.headers["location"] == "/doc/lab/labs_and_hubs-k%C3%B6ln%2Flab"
    there = client.get(got.headers["location"], headers={"Accept": "application/n-triples"})
    assert f"<{BASE}id/lab/labs_and_hubs-k%C3%B6ln%2Flab>" in there.text


def test_a_slash_is_not_an_escaped_slash(client: TestClient) -> None:
    assert client.get("/id/lab/labs_and_hubs-k%C3%B6ln/lab").status_code == 404


def test_a_document_says_exactly_what_is_known(client: TestClient) -> None:
    got = client.get(TOWN, headers={"Accept": "application/n-quads"})
    quads = _quads(got.content, RdfFormat.N_QUADS)
    assert {_short(quad.subject) for quad in quads} == {
        "id/jurisdiction/990010000000", "id/jurisdiction/990010000000/geometry",
        "doc/jurisdiction/990010000000",
    }  # fmt: skip
    assert {_short(quad.graph_name) for quad in quads} == {
        "graph/destatis_register", "graph/derived", "DEFAULT",
    }  # fmt: skip
    assert len(quads) == 16


def _subjects(client: TestClient, query: str) -> set[str]:
    got = client.get(f"{LAB}?{query}", headers={"Accept": "application/trig"})
    return {_short(quad.subject) for quad in _quads(got.content, RdfFormat.TRIG)}


def test_a_profile_adds_the_records_or_the_labels(client: TestClient) -> None:
    own = {LAB.removeprefix("/"), f"id{LAB.removeprefix('/doc')}"}
    assert _subjects(client, "") == _subjects(client, "_profile=described") == own
    assert _subjects(client, "_profile=evidence") >= own | {"id/record/labs_and_hubs-1"}
    labelled = _subjects(client, "_profile=labelled")
    assert labelled > own | {"ns#Lab"}
    assert "id/record/labs_and_hubs-1" not in labelled


def test_all_formats_say_the_same(client: TestClient) -> None:
    formats = {"nt": RdfFormat.N_TRIPLES, "ttl": RdfFormat.TURTLE, "rdf": RdfFormat.RDF_XML,
               "jsonld": RdfFormat.JSON_LD, "json": RdfFormat.JSON_LD}  # fmt: skip
    said = {
        word: {quad.triple for quad in _quads(client.get(f"{TOWN}?format={word}").content, format_)}
        for word, format_ in formats.items()
    }
    assert {word: len(triples) for word, triples in said.items()} == dict.fromkeys(formats, 16)
    assert all(triples == said["nt"] for triples in said.values())


def test_the_same_thing_twice_leads_to_the_preferred_one(client: TestClient) -> None:
    got = client.get("/id/solution/publiccode-app")
    assert (got.status_code, got.headers["location"]) == (308, "/id/solution/adoptions-app")


@pytest.mark.parametrize("path", ["/id/lab/none", "/doc/lab/none", "/id/nothing/x", "/nowhere"])
def test_what_is_not_there_is_a_problem(client: TestClient, path: str) -> None:
    got = client.get(path)
    assert (got.status_code, got.headers["content-type"]) == (404, "application/problem+json")
    page = client.get(path, headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")


def test_a_format_that_there_is_not_is_refused(client: TestClient) -> None:
    assert client.get(TOWN, headers={"Accept": "image/png"}).status_code == 406
    assert client.get(f"{TOWN}?format=pdf").status_code == 406


def test_a_document_the_client_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get(f"{TOWN}?format=ttl")
    got = client.get(f"{TOWN}?format=ttl", headers={"If-None-Match": first.headers["etag"]})
    assert (got.status_code, got.content, got.headers["etag"]) == (304, b"", first.headers["etag"])
    assert "Accept" in got.headers["vary"]


def test_vocabulary_shapes_and_context_are_delivered(client: TestClient) -> None:
    for path in ("/ns", "/shapes"):
        assert len(_quads(client.get(path).content, RdfFormat.TURTLE)) > 100
    assert client.get("/context.jsonld").json()["@context"]["lotse"] == f"{BASE}ns#"
