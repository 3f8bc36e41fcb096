"""Pages: both languages, safe, without scripts; what every answer carries."""

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.messages import catalogue

API = Path(__file__).parents[2] / "api"
PAGES = [
    "/", "/lists", "/info", "/docs/api", "/sparql", "/labs", "/actors", "/solutions",
    "/innovations", "/jurisdictions?level=gemeinde", "/themes", "/concerns", "/who-does-what",
    "/who-does-what?place=Nordland", "/adopters", "/adopters?solution=Die+App",
    "/solutions-in?place=Oststadt", "/scales-where?solution=Die+App", "/fits-here?place=Oststadt",
    "/responsible?q=Ampel&place=Oststadt", "/about?thing=Oststadt", "/nowhere",
    "/about?thing=theme-environment", "/doc/jurisdiction/990010000000",
    "/doc/record/labs_and_hubs-1", "/adopters?solution=Zwilling",
    "/sources", "/sources/labs_and_hubs", "/sources/nowhere", "/docs", "/docs/problems",
    "/docs/contribute",
    "/docs/dictionary", "/docs/tutorial", "/ns", "/shapes", "/decisions", "/decisions/0003",
    "/steward", "/steward/names", "/steward/parked", "/steward/unmapped", "/steward/changes",
    "/validate", "/validate/history", "/validate/history?status=new",
]  # fmt: skip


class _Reader(HTMLParser):
    """Gathers what a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def of(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_labelled_and_needs_no_script(
    client: TestClient, path: str, lang: str
) -> None:
    got = client.get(path, headers={"Accept": "text/html", "Accept-Language": lang})
    assert got.headers["content-type"] == "text/html; charset=utf-8", got.text
    assert got.status_code in {200, 300, 404}
    assert got.headers["content-language"] == lang
    page = _Reader()
    page.feed(got.text)
    assert page.of("html") == [{"lang": lang}]
    assert (len(page.of("main")), len(page.of("h1")), page.of("style")) == (1, 1, [])
    for script in page.of("script"):
        assert set(script) == {"src", "defer"}, "no page needs a script, none has one inline"
        assert str(script["src"]).startswith("/static/")
    assert not [found for _, found in page.tags if "style" in found or "onclick" in found]
    fields = page.of("input", "select", "textarea")
    labelled = {found["for"] for found in page.of("label")}
    assert {one["id"] for one in fields if one.get("type") != "hidden"} <= labelled
    ids = [found["id"] for _, found in page.tags if "id" in found]
    assert len(ids) == len(set(ids))
    if path != "/docs/api":
        assert "column." not in got.text
        assert not re.search(r"\bNone\b(?! of our)", got.text)


def test_names_are_escaped(client: TestClient) -> None:
    text = client.get("/actors", headers={"Accept": "text/html"}).text
    assert "Club &lt;Rot&gt; &amp; Co" in text
    assert "<Rot>" not in text


def test_a_language_chosen_by_hand_stays(client: TestClient) -> None:
    page = _Reader()
    page.feed(client.get("/?lang=en", headers={"Accept-Language": "de"}).text)
    own = [str(one["href"]) for one in page.of("a") if str(one["href"]).startswith("/")]
    assert own
    assert [one for one in own if "lang=" not in one] == []


def test_every_answer_is_safe_and_open(client: TestClient) -> None:
    for path in ("/", "/api/v1/labs", "/sparql", "/nowhere", "/static/lotse.css"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in headers


def test_head_is_get_without_a_body(client: TestClient) -> None:
    got, head = client.get("/api/v1/labs"), client.head("/api/v1/labs")
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(got.headers)


def test_a_preflight_request_is_allowed(client: TestClient) -> None:
    asked = {"Origin": "https://x.example", "Access-Control-Request-Method": "POST"}
    got = client.options("/sparql", headers=asked)
    assert (got.status_code, got.headers["access-control-allow-origin"]) == (204, "*")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/v1/labs", "GET, HEAD, OPTIONS"),
        ("/api/v1/validate", "OPTIONS, POST"),
        ("/sparql", "GET, HEAD, OPTIONS, POST"),
        ("/openapi.json", "GET, HEAD, OPTIONS"),
        ("/static/lotse.css", "GET, HEAD, OPTIONS"),
    ],
)
def test_options_says_what_is_allowed(client: TestClient, path: str, allowed: str) -> None:
    got = client.options(path)
    assert (got.status_code, got.headers["allow"], got.content) == (204, allowed, b"")
    refused = client.delete(path)
    assert (refused.status_code, refused.headers["allow"]) == (405, allowed)


def test_openapi_names_the_parameters_and_bodies_that_are_read(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]

    def names(path: str) -> set[str]:
        return {one["name"] for one in paths[path]["get"]["parameters"]}

    assert {"format", "lang", "query", "default-graph-uri"} <= names("/sparql")
    assert {"format", "lang", "theme", "limit"} <= names("/api/v1/answers/who-does-what")
    bodies = [paths[path]["post"]["requestBody"]["content"] for path in
              ("/sparql", "/api/v1/validate")]  # fmt: skip
    assert "application/sparql-query" in bodies[0]
    assert "text/turtle" in bodies[1]


def test_the_service_says_whether_it_can_answer(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}
    assert client.get("/readyz").json()["status"] == "ready"


def test_openapi_describes_lists_and_answers(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    names = {"labs", "actors", "solutions", "innovations", "jurisdictions", "themes", "concerns"}
    assert {f"/api/v1/{name}" for name in names} <= set(paths)
    assert "/api/v1/answers/who-does-what" in paths


def test_every_message_that_a_template_says_is_there_in_both_languages() -> None:
    said = {
        key
        for path in (API / "templates").glob("*.html")
        for key in re.findall(r"""\bt\(["']([a-z.0-9-]+)["'][,)]""", path.read_text("utf-8"))
    }
    assert said
    assert said - set(catalogue()) == set()
    assert [key for key, texts in catalogue().items() if set(texts) != {"de", "en"}] == []
    tomllib.loads((API / "messages.toml").read_text("utf-8"))
