"""Lists: filters, totals, pages, things by key; parameters that nobody knows."""

from itertools import pairwise

import pytest
from starlette.testclient import TestClient


def _labels(client: TestClient, path: str) -> list[str]:
    got = client.get(f"/api/v1/{path}")
    assert got.status_code == 200, got.text
    found = got.json()
    assert found["total"] == {"value": len(found["rows"]), "relation": "eq"}
    return [row["label"] for row in found["rows"]]


@pytest.mark.parametrize(
    ("path", "labels"),
    [
        ("labs", ["Bauhof Lab", "Ärmel Lab"]),
        ("labs?kind=innovation-lab", ["Ärmel Lab"]),
        ("labs?status=ended", ["Bauhof Lab"]),
        ("labs?status=planned", []),
        ("labs?theme=environment", ["Ärmel Lab"]),
        ("labs?theme=Umwelt&kind=hub", []),
        ("labs?place=Nordland", ["Bauhof Lab", "Ärmel Lab"]),
        ("labs?place=990020000000", ["Bauhof Lab"]),
        ("labs?level=kreis", ["Ärmel Lab"]),
        ("labs?year=2019", ["Ärmel Lab"]),
        ("labs?source=labs_and_hubs&status=active", ["Ärmel Lab"]),
        ("labs?source=destatis_register", []),
        ("labs?kind=lab", ["Bauhof Lab", "Ärmel Lab"]),
        ("actors?kind=Lab", ["Bauhof Lab", "Ärmel Lab"]),
        ("actors?kind=actor", ["Club <Rot> & Co"]),
        ("actors", ["Bauhof Lab", "Club <Rot> & Co", "Ärmel Lab"]),
        ("solutions", ["Die App", "Zwilling", "Zwilling"]),
        ("solutions?place=Oststadt", ["Die App"]),
        ("jurisdictions?level=gemeinde", ["Oststadt", "Weststadt"]),
        ("jurisdictions?level=kreis", ["Oststadt"]),
        ("jurisdictions?level=bund", []),
        ("jurisdictions?place=99", ["Nordland", "Oststadt", "Weststadt"]),
    ],
)
def test_filters_narrow_a_list_to_exactly_these(
    client: TestClient, path: str, labels: list[str]
) -> None:
    assert _labels(client, path) == labels


def test_pages_hold_everything_once(client: TestClient) -> None:
    whole = [row["iri"] for row in client.get("/api/v1/themes?limit=1000").json()["rows"]]
    path, seen, links = "/api/v1/themes?limit=7", [], []
    while path:
        got = client.get(path)
        seen += [row["iri"] for row in got.json()["rows"]]
        links.append(got.headers["link"])
        cursor = got.json()["next"]
        path = f"/api/v1/themes?limit=7&cursor={cursor}" if cursor else ""
    assert (seen, len(seen) > 14) == (whole, True)
    assert ['rel="next"' in link for link in links] == [True] * (len(links) - 1) + [False]
    assert all(one != other for one, other in pairwise(links))


@pytest.mark.parametrize("key", ["990010000000", "99001", "99001000", "Oststadt"])
def test_a_place_is_found_by_each_of_its_keys(client: TestClient, key: str) -> None:
    found = client.get(f"/api/v1/jurisdictions/{key}").json()
    shown = {name: found[name] for name in ("key", "levels", "ags", "population", "partOf")}
    assert shown == {
        "key": "990010000000",
        "levels": ["gemeinde", "kreis"],
        "ags": ["99001", "99001000"],
        "population": 4000,
        "partOf": {
            "iri": "https://w3id.org/innovationslotse/id/jurisdiction/990000000000",
            "kind": "jurisdiction", "label": "Nordland", "key": "990000000000",
        },
    }  # fmt: skip


def test_a_thing_names_who_speaks_of_it(client: TestClient) -> None:
    found = client.get("/api/v1/labs/labs_and_hubs-k%C3%B6ln%2Flab?lang=en").json()
    assert [(one["title"], one["retrieved"]) for one in found["evidence"]] == [
        ("list of labs", "2026-11-24")
    ]


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("labs?theme=Umwelttt", 404, "not-found"),
        ("labs?level=stadt", 404, "not-found"),
        ("labs?source=nobody", 404, "not-found"),
        ("labs?them=environment", 422, "invalid"),
        ("labs?limit=0", 422, "invalid"),
        ("labs?limit=1001", 422, "invalid"),
        ("labs?lang=fr", 422, "invalid"),
        ("labs?cursor=x", 400, "bad-query"),
        ("labs/none", 404, "not-found"),
        ("solutions/Zwilling", 300, "ambiguous"),
        ("labs?format=pdf", 406, "not-acceptable"),
    ],
)
def test_a_wrong_wish_is_a_problem_and_never_ignored(
    client: TestClient, path: str, status: int, kind: str
) -> None:
    got = client.get(f"/api/v1/{path}")
    assert (got.status_code, got.headers["content-type"]) == (status, "application/problem+json")
    assert got.json()["type"] == f"/docs/problems#{kind}"


def test_who_asks_for_a_theme_nearly_right_gets_suggestions(client: TestClient) -> None:
    found = client.get("/api/v1/labs?theme=Umwelttt").json()
    assert [one["label"] for one in found["suggestions"]][:1] == ["Umwelt"]


def test_an_ambiguous_name_comes_with_its_candidates(client: TestClient) -> None:
    found = client.get("/api/v1/solutions/Zwilling").json()
    assert sorted(one["iri"].rpartition("/")[2] for one in found["candidates"]) == [
        "adoptions-twin", "publiccode-twin",
    ]  # fmt: skip


def test_a_list_comes_as_a_table_too(client: TestClient) -> None:
    lines = client.get("/api/v1/labs?format=csv").text.splitlines()
    assert lines[0].startswith("iri,kind,label,key,")
    assert len(lines) == 3


def test_a_source_and_a_release_are_found_by_their_keys(client: TestClient) -> None:
    for name, field in (("sources", "key"), ("releases", "id")):
        row = client.get(f"/api/v1/{name}").json()["rows"][0]
        assert client.get(f"/api/v1/{name}/{row[field]}").json() == row
        missing = client.get(f"/api/v1/{name}/none")
        assert missing.status_code == 404
        assert row[field] in [one["label"] for one in missing.json()["suggestions"]]
