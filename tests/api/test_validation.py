"""SHACL as a service."""

from starlette.testclient import TestClient

PREFIXES = (
    "@prefix lotse: <https://w3id.org/innovationslotse/ns#> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
)
GOOD = PREFIXES + '<https://example.org/x> skos:prefLabel "Beispiel (erfunden)"@de .\n'
BAD = PREFIXES + "<https://example.org/x> a lotse:Adoption .\n"


def post(
    client: TestClient, content: str, accept: str, kind: str = "text/turtle"
) -> tuple[int, str, str]:
    got = client.post(
        "/api/v1/validate", content=content, headers={"Accept": accept, "Content-Type": kind}
    )
    return got.status_code, got.headers["content-type"], got.text


def test_good_data_conform(client: TestClient) -> None:
    status, kind, text = post(client, GOOD, "application/json")
    assert (status, kind) == (200, "application/json")
    assert '"conforms": true' in text


def test_bad_data_are_reported_with_words_that_help(client: TestClient) -> None:
    status, kind, text = post(client, BAD, "text/turtle")
    assert (status, kind) == (200, "text/turtle; charset=utf-8")
    assert "sh:conforms false" in text
    assert "lsh:Adoption-solution" in text
    status, kind, text = post(client, BAD, "application/ld+json")
    assert (status, kind) == (200, "application/ld+json")
    assert '"sh:ValidationReport"' in text


def test_a_syntax_error_is_a_problem_with_its_place(client: TestClient) -> None:
    status, kind, text = post(client, "<a> <b> .", "application/json")
    assert (status, kind) == (400, "application/problem+json")
    assert "line 1" in text


def test_a_type_that_we_do_not_read_is_415_and_an_unknown_profile_404(client: TestClient) -> None:
    assert post(client, GOOD, "*/*", "text/plain")[0] == 415
    got = client.post(
        "/api/v1/validate?profile=none", content=GOOD, headers={"Content-Type": "text/turtle"}
    )
    assert got.status_code == 404
    assert [one["label"] for one in got.json()["suggestions"]]


def test_nothing_is_fetched_for_a_remote_context(client: TestClient) -> None:
    content = '{"@context": "http://127.0.0.1:9/context.jsonld", "@id": "https://example.org/x"}'
    status, kind, _ = post(client, content, "application/json", "application/ld+json")
    assert (status, kind) == (400, "application/problem+json")
