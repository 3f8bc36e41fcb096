"""Search and suggestions over HTTP, and the page that works without scripts."""

import html
import re

import pytest
from pyoxigraph import RdfFormat, parse
from starlette.testclient import TestClient

from kg.terms import LOTSE


def labels(client: TestClient, path: str) -> list[str]:
    got = client.get(path)
    assert got.status_code == 200, got.text
    return [row["label"] for row in got.json()["rows"]]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("search?q=aermel", ["Ärmel Lab"]),
        ("search?q=armel%20lab&kind=lab", ["Ärmel Lab"]),
        ("search?q=lab&kind=labs&sort=label", ["Bauhof Lab", "Ärmel Lab"]),
        ("search?q=lab&kind=innovation-lab", ["Ärmel Lab"]),
        ("search?q=lab&kind=solution", []),
        ("search?q=lab&sort=-label", ["Ärmel Lab", "Bauhof Lab"]),
        ("search?q=lab&status=ended", ["Bauhof Lab"]),
        ("search?q=lab&theme=Umwelt", ["Ärmel Lab"]),
        ("search?q=lab&place=Nordland&level=kreis", ["Ärmel Lab"]),
        ("search?q=lab&year=2019", ["Ärmel Lab"]),
        ("search?q=lab&source=labs_and_hubs", ["Ärmel Lab", "Bauhof Lab"]),
        ("search?q=nordland&kind=jurisdiction", ["Nordland", "Oststadt", "Weststadt"]),
        ("search?q=990010000000", ["Oststadt"]),
        ("search?q=environment&kind=theme", ["Umwelt"]),
        ("labs?q=aermel", ["Ärmel Lab"]),
        ("labs?q=umwelt", ["Ärmel Lab"]),
        ("actors?q=rot", ["Club <Rot> & Co"]),
        ("suggest?q=%C3%A4rm", ["Ärmel Lab"]),
        ("suggest?q=o&kind=jurisdiction", ["Oststadt"]),
        ("suggest?q=o&kind=place", ["Oststadt"]),
        ("suggest?q=", []),
    ],
)
def test_words_and_filters_give_exactly_these(
    client: TestClient, path: str, expected: list[str]
) -> None:
    assert labels(client, f"/api/v1/{path}") == expected


def test_a_search_has_the_shape_of_a_list(client: TestClient) -> None:
    found = client.get("/api/v1/search?q=lab&limit=1").json()
    assert sorted(found) == ["facets", "list", "next", "parameters", "release", "rows", "total"]
    assert found["total"] == {"value": 2, "relation": "eq"}
    assert found["facets"]["kind"] == [{"value": "lab", "label": "Labore und Hubs", "count": 2}]
    after = client.get(f"/api/v1/search?q=lab&limit=1&cursor={found['next']}").json()
    assert [found["rows"][0]["label"], after["rows"][0]["label"]] == ["Ärmel Lab", "Bauhof Lab"]
    assert after["next"] is None


def test_every_count_of_a_facet_is_what_the_filter_gives(client: TestClient) -> None:
    facets = client.get("/api/v1/search").json()["facets"]
    compared = 0
    for dimension, values in facets.items():
        for one in values:
            narrowed = client.get("/api/v1/search", params={dimension: one["value"], "limit": 1})
            assert narrowed.json()["total"]["value"] == one["count"], (dimension, one)
            compared += 1
    assert compared > 15


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("search?q=lab&kind=nothing", 404),
        ("search?q=lab&sort=size", 422),
        ("search?q=lab&limit=0", 422),
        ("search?q=lab&cursor=bzI1", 400),
        ("suggest", 422),
        ("suggest?q=a&kind=nothing", 404),
        ("suggest?q=a&limit=0", 422),
    ],
)
def test_a_wrong_wish_is_a_problem(client: TestClient, path: str, status: int) -> None:
    got = client.get(f"/api/v1/{path}")
    assert (got.status_code, got.headers["content-type"]) == (status, "application/problem+json")


@pytest.mark.parametrize(
    "q", ["x" * 10_000, "🚀", "\u202e", "'\"><script>alert(1)</script>", "a\x00b", "iri:[* TO *]"]
)
def test_no_words_do_harm(client: TestClient, q: str) -> None:
    for path in ("/api/v1/search", "/api/v1/suggest", "/search", "/labs",
                 "/api/v1/answers/who-does-what"):  # fmt: skip
        got = client.get(path, params={"q": q})
        assert got.status_code == 200, (path, got.text)
        assert "<script>alert" not in got.text or "json" in got.headers["content-type"]


def test_the_page_shows_the_list_its_facets_and_the_same_list_for_programs(
    client: TestClient,
) -> None:
    page = client.get("/search?q=lab&kind=lab&sort=label").text
    assert re.findall(r'<td><a href="/doc/lab/[^"]*">([^<]*)</a>', page) == [
        "Bauhof Lab", "Ärmel Lab",
    ]  # fmt: skip
    links = {
        label: html.unescape(address)
        for address, label in re.findall(r'<a href="(/api/v1/search\?[^"]*)">(\w+)</a>', page)
    }
    assert sorted(links) == ["CSV", "JSON", "TriG", "Turtle"]
    rows = client.get(links["JSON"]).json()["rows"]
    lines = client.get(links["CSV"]).text.splitlines()[1:]
    turtle = client.get(links["Turtle"])
    assert turtle.headers["content-type"].split(";")[0] == "text/turtle"
    said = parse(turtle.content, format=RdfFormat.TURTLE)
    labs = {one.subject.value for one in said if one.object == LOTSE.Lab}
    assert [row["label"] for row in rows] == ["Bauhof Lab", "Ärmel Lab"]
    assert [line.split(",")[2] for line in lines] == ["Bauhof Lab", "Ärmel Lab"]
    assert labs == {row["iri"] for row in rows}


def test_a_facet_on_the_page_leads_to_the_narrowed_page(client: TestClient) -> None:
    page = client.get("/search?q=lab").text
    address = html.unescape(re.findall(r'<a href="(/search\?[^"]*kind=lab)">', page)[0])
    narrowed = client.get(address).text
    assert "Eingegrenzt auf" in narrowed
    assert 'href="/search?q=lab"' in narrowed


def test_each_page_has_a_field_for_the_search(client: TestClient) -> None:
    for path in ("/", "/lists", "/labs", "/info", "/who-does-what"):
        assert re.findall(
            r'<form class="find" action="/search" method="get"', client.get(path).text
        )
    assert '<form class="find"' not in client.get("/search").text


def test_who_does_what_can_be_asked_by_words(client: TestClient) -> None:
    got = client.get("/api/v1/answers/who-does-what?q=niemand")
    assert (got.status_code, got.json()["total"]["value"]) == (200, 0)
    assert got.json()["parameters"] == {"q": "niemand"}


def test_a_suggestion_says_what_tells_it_from_others(client: TestClient) -> None:
    rows = client.get("/api/v1/suggest?q=oststadt").json()["rows"]
    assert [(row["label"], row["hint"]) for row in rows] == [("Oststadt", "Nordland")]
    assert client.get("/api/v1/suggest?q=Umw").json()["rows"][0]["hint"] == "Themen"


@pytest.mark.parametrize("path", ["/labs?limit=1", "/search?q=lab&limit=1&sort=-label"])
def test_each_page_of_a_list_comes_for_programs_as_exactly_its_rows(
    client: TestClient, path: str
) -> None:
    shown: list[list[str]] = []
    while path:
        page = html.unescape(client.get(path).text)
        cells = re.findall(r'<td><a href="/doc/lab/[^"]*">([^<]*)</a>', page)
        exact, whole = (
            re.findall(rf'href="([^"]*format={form}[^"]*)"', page) for form in ("json", "csv")
        )
        assert labels(client, exact[0]) == cells
        assert len(labels(client, exact[1])) == 2
        assert len(client.get(whole[0]).text.splitlines()) == 2
        assert len(client.get(whole[1]).text.splitlines()) == 3
        shown.append(cells)
        path = next(iter(re.findall(r'rel="next" href="([^"]*)"', page)), "")
    assert sorted(shown) == [["Bauhof Lab"], ["Ärmel Lab"]]


def test_what_narrows_a_list_stands_above_it_and_can_be_taken_away(client: TestClient) -> None:
    page = html.unescape(client.get("/labs?theme=environment&status=active&sort=-year").text)
    assert re.findall(r'<a href="(/labs\?[^"]*)">(?:Thema|Status): (\S+)', page) == [
        ("/labs?status=active&sort=-year", "Umwelt"),
        ("/labs?theme=environment&sort=-year", "aktiv"),
    ]
    assert '<option value="-year" selected>' in page


def test_fields_for_names_ask_for_suggestions_and_work_without(client: TestClient) -> None:
    start = client.get("/").text
    assert re.findall(r'<input id="find" name="q"[^>]*data-suggest="" data-go>', start)
    assert re.findall(r'<input id="f-place"[^>]*data-suggest="place">', client.get("/labs").text)
    asked = client.get("/who-does-what").text
    assert re.findall(r'<input id="f-q"[^>]*autocomplete="off">', asked)
    assert client.get("/static/suggest.js").headers["content-type"].startswith("text/javascript")
    policy = client.get("/").headers["content-security-policy"]
    assert "script-src 'self'; connect-src 'self'" in policy
