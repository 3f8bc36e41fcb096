"""SHACL as a service."""

from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from api.app import create_app
from kg.settings import Settings

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


def test_a_release_shows_its_verdicts_and_what_changed(
    tmp_path: Path, publish: Callable[[Path, str], None]
) -> None:
    publish(tmp_path, "0123456789abcdef")
    with TestClient(create_app(Settings(data=tmp_path, query_readers=1))) as client:
        got = client.get("/api/v1/validation/report", headers={"Accept": "text/turtle"})
        assert (got.status_code, "lsh:Adoption-untilWhenEnded" in got.text) == (200, True)
        found = client.get("/api/v1/validation/history?lang=en").json()
        assert (found["old"], found["counts"]) == (None, {"new": 1, "fixed": 0, "persisting": 0})
        assert found["rows"][0]["message"] == "The use has ended: add the end."
        assert client.get("/api/v1/validation/history?old=nothing").status_code == 404


SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/> .
ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .
"""
THING = "<https://example.org/x> a <https://example.org/Thing> ."


def test_shapes_may_be_handed_in_and_stand_in_the_data(client: TestClient) -> None:
    files = {"data": ("data.ttl", THING), "shapes": ("shapes.ttl", SHAPES)}
    got = client.post("/api/v1/validate?format=json", files=files)
    assert [one["path"] for one in got.json()["findings"]] == ["<https://example.org/p>"]
    whole = client.post(
        "/api/v1/validate?profile=self",
        content=SHAPES + THING,
        headers={"Accept": "application/json", "Content-Type": "text/turtle"},
    )
    assert whole.json()["counts"] == got.json()["counts"]


def test_faulty_shapes_are_a_problem_that_names_them(client: TestClient) -> None:
    faulty = SHAPES.replace("sh:path ex:p ;", "")
    files = {"data": ("data.ttl", THING), "shapes": ("shapes.ttl", faulty)}
    got = client.post("/api/v1/validate", files=files)
    assert (got.status_code, got.json()["type"]) == (422, "/docs/problems#faulty-shapes")
    assert "<https://example.org/Shape> is a property shape and has no sh:path" in (
        got.json()["detail"].replace("a shape without a name beneath ", "")
    )


def test_the_page_takes_a_text_and_a_file_and_shows_the_groups(client: TestClient) -> None:
    for form in ({"data": {"text": BAD}}, {"files": {"data": ("a.ttl", BAD)}}):
        files = {"files": {"shapes": ("", b"")}} if "data" in form else {}
        got = client.post("/validate?lang=de", headers={"Accept": "text/html"}, **form, **files)
        assert got.status_code == 200, got.text
        assert '<a href="/shapes#Adoption-solution">' in got.text
        assert "Verstoß" in got.text
    sent = {"data": {"text": BAD, "format": "junit"}, "files": {"shapes": ("", b"")}}
    as_file = client.post("/validate", headers={"Accept": "text/html"}, **sent)
    assert as_file.headers["content-disposition"] == 'attachment; filename="report.junit"'
    assert "<testsuite " in as_file.text


def test_the_pages_of_the_form_and_the_history_are_there(client: TestClient) -> None:
    for path in ("/validate", "/validate/history"):
        got = client.get(path, headers={"Accept": "text/html"})
        assert (got.status_code, "<h1>" in got.text) == (200, True), got.text
