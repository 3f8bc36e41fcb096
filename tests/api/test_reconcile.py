"""Reconciliation by version 0.2, as OpenRefine and others speak it."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from api.reconciling import BATCH
from kg.iri import mint
from tests.api.reconciliation import faults

EAST = mint("jurisdiction", "990010000000").value
WEST = mint("jurisdiction", "990020000000").value
LAB = mint("lab", "labs_and_hubs", "köln/lab").value
JSON = "application/json"


def post(client: TestClient, **fields: object) -> Any:  # noqa: ANN401
    got = client.post("/reconcile", data={name: json.dumps(one) for name, one in fields.items()})
    assert got.status_code == 200, got.text
    return got.json()


def one(client: TestClient, **query: object) -> list[Any]:
    found = post(client, queries={"q": query})["q"]
    assert "error" not in found, found
    return found["result"]


def test_a_get_without_parameters_is_the_manifest(client: TestClient) -> None:
    got = client.get("/reconcile")
    assert (got.status_code, got.headers["content-type"]) == (200, JSON)
    assert got.headers["access-control-allow-origin"] == "*"
    found = got.json()
    assert faults("0.2", "manifest", found) == []
    assert (found["versions"], found["batchSize"]) == (["0.2"], BATCH)
    assert found["view"]["url"] == "http://testserver/about?thing={{id}}"
    told = found["suggest"] | {"propose": found["extend"]["propose_properties"]}
    for service in told.values():
        path = service["service_url"].removeprefix("http://testserver") + service["service_path"]
        assert client.get(path, params={"prefix": "x"}).status_code == 200, path
    for template in (found["view"]["url"], found["preview"]["url"]):
        assert client.get(template.replace("{{id}}", quote(EAST, safe=""))).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_queries_come_as_form_and_in_the_address(client: TestClient, method: str) -> None:
    queries = {"a": {"query": "Oststadt"}, "b": {"query": "Ärmel Lab", "type": "lab", "limit": 1}}
    text = {"queries": json.dumps(queries)}
    got = (
        client.get("/reconcile", params=text)
        if method == "get"
        else client.post("/reconcile", data=text)
    )
    found = got.json()
    assert faults("0.2", "reconciliation-result-batch", found) == []
    assert list(found) == ["a", "b"]
    assert found["b"]["result"] == [
        {
            "id": LAB, "name": "Ärmel Lab", "description": "Labor oder Hub (Oststadt)",
            "type": [{"id": "lab", "name": "Labor oder Hub"}], "score": 100.0,
            "features": [{"id": "name-likeness", "value": 100.0}, {"id": "type", "value": True}],
            "match": True,
        }
    ]  # fmt: skip
    assert found["a"]["result"][0]["id"] == EAST
    assert [kind["id"] for kind in found["a"]["result"][0]["type"]] == [
        "gemeinde", "kreis", "jurisdiction",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"limit": 3}, "needs a name"),
        ({"query": ""}, "is empty"),
        ({"query": 7}, "query must be a text"),
        ({"query": "Oststadt", "type": "stadt"}, "no type 'stadt'"),
        ({"query": "Oststadt", "type": [1]}, "type must be"),
        ({"query": "Oststadt", "limit": 0}, "limit is 0"),
        ({"query": "Oststadt", "limit": 1.5}, "limit must be"),
        ({"query": "Oststadt", "limit": True}, "limit must be"),
        ({"query": "Oststadt", "limit": 10**400}, None),
        ({"query": "Oststadt", "properties": [{"pid": "colour", "v": "red"}]}, "'colour'"),
        ({"query": "Oststadt", "properties": [{"pid": "land"}]}, "pid and v"),
        ({"query": "Oststadt", "properties": [{"pid": "land", "v": None}]}, "v must be"),
        ({"query": "Oststadt", "properties": {"pid": "land", "v": "x"}}, "must be a list"),
        ({"query": "Oststadt", "type_strict": "perhaps"}, "type_strict"),
        ({"query": "Oststadt", "typ": "lab"}, "no 'typ'"),
        (["Oststadt"], "A query is an object"),
        (None, "A query is an object"),
    ],
)
def test_the_failure_of_one_query_stands_in_its_slot(
    client: TestClient, query: object, said: str | None
) -> None:
    found = post(client, queries={"bad": query, "good": {"query": "Oststadt"}})
    assert faults("0.2", "reconciliation-result-batch", found) == []
    assert found["good"]["result"][0]["id"] == EAST
    assert "error" not in found["good"]
    if said is None:
        assert found["bad"]["result"][0]["id"] == EAST
    else:
        assert said in found["bad"]["error"]["detail"]
        assert found["bad"]["result"] == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("", 400), ("{", 400), ("[]", 400), ("null", 400), ("7", 400), ('{"q": NaN}', 400),
        ('{"\\ud800": {"query": "x"}}', 400), ("[" * 100_000, 400), ("{}", 200),
    ],
)  # fmt: skip
def test_malformed_queries_are_a_clear_400(client: TestClient, text: str, status: int) -> None:
    for got in (
        client.post("/reconcile", data={"queries": text}),
        client.get("/reconcile", params={"queries": text[:5000]}),
    ):
        assert got.status_code == status, got.text
        if status == 400:
            assert got.headers["content-type"] == "application/problem+json"
            assert "queries" in got.json()["detail"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": {}}, 415),
        ({"data": {"query": "Oststadt"}}, 400),
        ({"data": {"queries": "{}", "extend": "{}"}}, 400),
        ({"data": {"extend": "{}"}}, 400),
        ({"data": {"extend": '{"ids": ["x"], "properties": [{"id": "colour"}]}'}}, 400),
        ({"data": {"extend": '{"ids": "x", "properties": []}'}}, 400),
        ({"json": {"queries": {}}}, 415),
        ({"content": b"queries=%7B%7D"}, 415),
        ({"content": b"queries=\xff", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400),  # noqa: E501
        ({"data": {"queries": "x" * 3_000_000}}, 413),
    ],
)  # fmt: skip
def test_a_post_that_is_no_request_says_why(
    client: TestClient, sent: dict[str, Any], status: int
) -> None:
    got = client.post("/reconcile", **sent)
    assert (got.status_code, got.headers["content-type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("asked", ["?query=Oststadt", "?callback=jsonp1"])
def test_what_is_not_offered_is_said(client: TestClient, asked: str) -> None:
    assert client.get(f"/reconcile{asked}").status_code == 400


def test_a_batch_above_the_announced_size_is_a_413(client: TestClient) -> None:
    def sized(number: int) -> str:
        return json.dumps({f"q{at}": {"query": "Oststadt"} for at in range(number)})

    assert client.post("/reconcile", data={"queries": sized(BATCH)}).status_code == 200
    got = client.post("/reconcile", data={"queries": sized(BATCH + 1)})
    assert got.status_code == 413
    assert str(BATCH) in got.json()["detail"]


def test_properties_and_types_narrow(client: TestClient) -> None:
    by_land = [{"pid": "land", "v": ["Nordland", {"id": EAST}]}, {"pid": "ars", "v": ""}]
    assert one(client, query="Weststadt", properties=by_land)[0]["match"] is True
    (only,) = one(client, properties=[{"pid": "ars", "v": 990020000000}])
    assert (only["id"], only["match"]) == (WEST, True)
    assert one(client, query="Oststadt", type="lab") == []
    soft = one(client, query="Oststadt", type=["lab"], type_strict="should")
    assert [(row["id"], row["score"], row["match"]) for row in soft] == [(EAST, 80.0, False)]


@pytest.mark.parametrize("text", [EAST, "jurisdiction/990010000000", "990010000000", "99001"])
def test_an_id_finds_its_thing_as_query_and_as_prefix(client: TestClient, text: str) -> None:
    found = one(client, query=text)
    assert (found[0]["id"], found[0]["score"], found[0]["match"]) == (EAST, 100.0, True)
    got = client.get("/reconcile/suggest/entity", params={"prefix": text}).json()
    assert got["result"][0]["id"] == EAST


def test_things_types_and_properties_are_suggested(client: TestClient) -> None:
    def suggested(what: str, **asked: object) -> list[Any]:
        got = client.get(f"/reconcile/suggest/{what}", params=asked)
        assert got.status_code == 200, got.text
        names = {"entity": "entities", "type": "types", "property": "properties"}
        assert faults("0.2", f"suggest-{names[what]}-response", got.json()) == []
        return got.json()["result"]

    assert [row["id"] for row in suggested("entity", prefix="ost")] == [EAST]
    assert suggested("entity", prefix="ost", cursor=1) == []
    assert [row["id"] for row in suggested("entity", prefix="", type="jurisdiction")][:2]
    assert suggested("entity", prefix="zzzz") == []
    assert [row["id"] for row in suggested("type", prefix="gem")] == ["gemeinde", "verband"]
    assert suggested("type", prefix="gemeinde")[0]["broader"][0]["id"] == "jurisdiction"
    assert [row["id"] for row in suggested("property", prefix="regionals")] == ["ars"]
    assert suggested("property", prefix="homepage")[0]["id"] == "homepage"
    assert len(suggested("property", prefix="")) > 20


def test_a_table_is_extended(client: TestClient) -> None:
    asked = {
        "ids": [EAST, "jurisdiction/990020000000", "nothing"],
        "properties": [
            {"id": "land"}, {"id": "population"}, {"id": "levels", "settings": {"limit": 1}},
            {"id": "partOf", "settings": {"form": "name"}},
        ],
    }  # fmt: skip
    found = post(client, extend=asked)
    assert faults("0.2", "data-extension-response", found) == []
    north = {"id": mint("jurisdiction", "990000000000").value, "name": "Nordland"}
    assert found["meta"][0] == {
        "id": "land",
        "name": "Land",
        "type": {"id": "land", "name": "Land"},
    }
    assert found["rows"] == {
        EAST: {"land": [north], "population": [{"int": 4000}], "levels": [{"str": "gemeinde"}],
               "partOf": [{"str": "Nordland"}]},
        "jurisdiction/990020000000": {
            "land": [north], "population": [], "levels": [{"str": "gemeinde"}],
            "partOf": [{"str": "Nordland"}]},
        "nothing": {"land": [], "population": [], "levels": [], "partOf": []},
    }  # fmt: skip
    assert list(found["errors"]) == ["nothing"]


def test_properties_are_proposed_for_a_type(client: TestClient) -> None:
    got = client.get("/reconcile/extend/propose?type=gemeinde&limit=3").json()
    assert faults("0.2", "data-extension-property-proposal", got) == []
    assert [row["id"] for row in got["properties"]] == ["ars", "ags", "nuts"]
    assert (got["type"], got["limit"]) == ("gemeinde", 3)
    assert client.get("/reconcile/extend/propose?type=stadt").status_code == 400


@pytest.mark.parametrize("path", ["/reconcile", "/reconcile/v1"])
def test_a_preview_fits_into_a_frame_and_runs_nothing(client: TestClient, path: str) -> None:
    got = client.get(f"{path}/preview", params={"id": EAST})
    assert got.headers["content-type"] == "text/html; charset=utf-8"
    policy = got.headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "<script" not in got.text
    assert "Oststadt" in got.text
    club = client.get(f"{path}/preview?id=actor/labs_and_hubs-c").text
    assert "Club &lt;Rot&gt; &amp; Co" in club
    assert client.get(f"{path}/preview?id=nothing").status_code == 404
    assert client.get(f"{path}/preview").status_code == 422


def test_answers_speak_the_language_asked_for(client: TestClient) -> None:
    english = {"Accept-Language": "en-GB, de;q=0.5"}
    got = client.get("/reconcile", headers=english)
    assert got.headers["content-language"] == "en"
    assert got.json()["defaultTypes"][0]["name"] == "jurisdiction"
    queries = {"queries": '{"q": {"query": "environment", "type": "theme"}}'}
    (found,) = client.post("/reconcile", data=queries, headers=english).json()["q"]["result"]
    assert found["name"] == "environment"


def test_browsers_may_ask_from_any_origin(client: TestClient) -> None:
    headers = {"Origin": "https://portal.example", "Access-Control-Request-Method": "POST",
               "Access-Control-Request-Headers": "content-type"}  # fmt: skip
    for path in ("/reconcile", "/reconcile/v1/match", "/reconcile/v1/extend"):
        got = client.options(path, headers=headers)
        assert got.headers["access-control-allow-origin"] == "*"
        assert "POST" in got.headers["access-control-allow-methods"]
    assert client.get("/reconcile", headers={"Accept": "text/turtle"}).status_code == 406
