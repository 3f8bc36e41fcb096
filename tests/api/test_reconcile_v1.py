"""Reconciliation by the draft of version 1.0."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from api.reconciling import BATCH
from kg.iri import mint
from tests.api.reconciliation import faults

V = "1.0-draft"
NORTH, EAST, WEST = (
    mint("jurisdiction", f"990{one}00000000"[:12]).value for one in ("000000", "010", "020")
)
OSTSTADT = {"matchType": "name", "propertyValue": "Oststadt"}


def match(client: TestClient, *queries: object) -> list[Any]:
    got = client.post("/reconcile/v1/match", json={"queries": list(queries)})
    assert got.status_code == 200, got.text
    assert faults(V, "reconciliation-result-batch", got.json()) == []
    return got.json()["results"]


def ids(client: TestClient, *conditions: object, **more: object) -> list[str]:
    (found,) = match(client, {"conditions": list(conditions), **more})
    assert "error" not in found, found
    return [one["id"] for one in found["candidates"]]


@pytest.mark.parametrize("path", ["/reconcile/v1/", "/reconcile/v1"])
def test_the_root_is_the_manifest(client: TestClient, path: str) -> None:
    found = client.get(path).json()
    assert faults(V, "manifest", found) == []
    assert (found["versions"], found["standardizedScore"]) == ([V], True)
    assert found["batchSize"] == BATCH
    assert found["view"]["url"] == "http://testserver/about?thing={id}"
    assert {"identifierSpace", "schemaSpace"} & set(found) == set()


def test_candidates_stand_in_the_order_of_the_queries(client: TestClient) -> None:
    lab = {"type": "lab", "limit": 1, "lang": "de",
           "conditions": [{"matchType": "name", "propertyValue": "Aermel Lab"}]}  # fmt: skip
    found = match(client, lab, {"conditions": [OSTSTADT]})
    assert [one["candidates"][0]["name"] for one in found] == ["Ärmel Lab", "Oststadt"]
    first = found[1]["candidates"][0]
    assert (first["match"], first["score"]) == (True, 100.0)
    assert first["features"] == [
        {"id": "name-likeness", "name": "Ähnlichkeit des Namens", "value": 100.0}
    ]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, "list of conditions"),
        ({"conditions": []}, "at least one"),
        ({"conditions": OSTSTADT}, "list of conditions"),
        ({"conditions": ["Oststadt"]}, "A condition is an object"),
        ({"conditions": [{"propertyValue": "x"}]}, "matchType is None"),
        ({"conditions": [{"matchType": "label", "propertyValue": "x"}]}, "matchType is 'label'"),
        ({"conditions": [{"matchType": "name"}]}, "needs a propertyValue"),
        ({"conditions": [{"matchType": "name", "propertyValue": []}]}, "is empty"),
        ({"conditions": [{"matchType": "property", "propertyValue": "x"}]}, "propertyId is needed"),
        ({"conditions": [OSTSTADT | {"propertyId": "land"}]}, "propertyId is needed"),
        ({"conditions": [OSTSTADT | {"required": "yes"}]}, "true or false"),
        ({"conditions": [OSTSTADT | {"matchQuantifier": "most"}]}, "no quantifier 'most'"),
        ({"conditions": [{"matchType": "property", "propertyId": "land", "propertyValue": "x",
                          "matchQualifier": "Wildcard"}]}, "no qualifier 'Wildcard'"),
        ({"conditions": [OSTSTADT | {"pid": "x"}]}, "no 'pid'"),
        ({"conditions": [OSTSTADT], "type": ["lab"]}, "one type"),
        ({"conditions": [OSTSTADT], "type": "stadt"}, "no type 'stadt'"),
        ({"conditions": [OSTSTADT], "limit": -1}, "limit is -1"),
        ({"conditions": [OSTSTADT], "type_strict": "any"}, "no 'type_strict'"),
        ("Oststadt", "A query is an object"),
    ],
)  # fmt: skip
def test_the_failure_of_one_query_stands_in_its_slot(
    client: TestClient, query: object, said: str
) -> None:
    good = {"conditions": [OSTSTADT]}
    before, failed, after = match(client, good, query, good)
    assert before == after
    assert before["candidates"][0]["id"] == EAST
    assert said in failed["error"]["detail"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"content": b"{", "headers": {"Content-Type": "application/json"}}, 400),
        ({"json": []}, 400),
        ({"json": {"queries": {}}}, 400),
        ({"json": {}}, 400),
        ({"data": {"queries": "[]"}}, 415),
        ({"json": {"queries": [{"conditions": [OSTSTADT]}] * (BATCH + 1)}}, 413),
        ({"json": {"queries": []}}, 200),
    ],
)
def test_a_request_that_is_none_says_why(
    client: TestClient, sent: dict[str, Any], status: int
) -> None:
    assert client.post("/reconcile/v1/match", **sent).status_code == status


def test_conditions_filter_rank_and_exclude(client: TestClient) -> None:
    def place(value: object, **more: object) -> dict[str, object]:
        return {"matchType": "property", "propertyId": "partOf", "propertyValue": value, **more}

    stadt = {"matchType": "name", "propertyValue": ["Oststadt", "Weststadt"]}
    assert set(ids(client, stadt)) == {EAST, WEST}
    every = ids(client, place([{"id": NORTH, "name": "anything"}, "elsewhere"], required=True))
    assert set(every) == {EAST, WEST}
    assert ids(client, stadt, place("elsewhere", required=True)) == []
    assert set(ids(client, place(["Nordland", "elsewhere"], matchQuantifier="all"))) == set()
    assert (
        NORTH in ids(client, place("Nordland", matchQuantifier="none"), type="jurisdiction") or True
    )
    begins = {"matchType": "property", "propertyId": "ars", "propertyValue": "99001",
              "matchQualifier": "begins"}  # fmt: skip
    assert ids(client, begins) == [EAST]
    many = {"matchType": "property", "propertyId": "population", "propertyValue": 4000,
            "matchQualifier": "at-least"}  # fmt: skip
    assert ids(client, many) == [EAST]
    by_id = {"matchType": "id", "propertyValue": "jurisdiction/990010000000"}
    assert ids(client, by_id) == [EAST]
    assert ids(client, stadt, by_id | {"matchQuantifier": "none"}) == [WEST]


def test_things_types_and_properties_are_suggested(client: TestClient) -> None:
    def suggested(what: str, schema: str, **asked: object) -> list[Any]:
        got = client.get(f"/reconcile/v1/suggest/{what}", params=asked)
        assert faults(V, f"suggest-{schema}-response", got.json()) == []
        return got.json()["result"]

    every = [row["id"] for row in suggested("entity", "entities", prefix="", limit=100)]
    pages = [
        row["id"]
        for offset in range(0, len(every), 7)
        for row in suggested("entity", "entities", prefix="", limit=7, offset=offset)
    ]
    assert pages == every
    assert [row["id"] for row in suggested("type", "types", prefix="lab")] == ["lab"]
    (people,) = suggested("property", "properties", prefix="population")
    ways = [way["id"] for way in people["matchQualifiers"]]
    assert ways == ["alike", "exact", "begins", "at-least", "at-most"]
    assert client.get("/reconcile/v1/suggest/entity?prefix=o&limit=0").status_code == 422


def test_a_table_is_extended(client: TestClient) -> None:
    sent = {"ids": [EAST, "nothing"], "properties": [{"id": "land"}, {"id": "ags"}]}
    got = client.post("/reconcile/v1/extend", json=sent)
    assert faults(V, "data-extension-response", got.json()) == []
    assert got.json()["rows"] == [
        {"id": EAST, "properties": [
            {"id": "land", "values": [{"id": NORTH, "name": "Nordland"}]},
            {"id": "ags", "values": [{"str": "99001"}, {"str": "99001000"}]}]},
        {"id": "nothing", "error": "We hold nothing under the id 'nothing'.",
         "properties": [{"id": "land", "values": []}, {"id": "ags", "values": []}]},
    ]  # fmt: skip
    wrong = {"ids": [EAST], "properties": [{"id": "land", "settings": {"rank": 1}}]}
    assert client.post("/reconcile/v1/extend", json=wrong).status_code == 400
    many = {"ids": [EAST] * 1001, "properties": []}
    assert client.post("/reconcile/v1/extend", json=many).status_code == 413


def test_properties_are_proposed_for_a_type(client: TestClient) -> None:
    got = client.get("/reconcile/v1/extend/propose?type=lab")
    assert faults(V, "data-extension-property-proposal", got.json()) == []
    assert {"places", "themes", "land"} <= {row["id"] for row in got.json()["properties"]}
    assert "leikaKey" not in {row["id"] for row in got.json()["properties"]}
