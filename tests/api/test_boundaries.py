"""Boundaries as GeoJSON over HTTP."""

import pytest
from starlette.testclient import TestClient

from kg.answers.boundaries import geometry
from kg.iri import mint

NORDLAND = {
    "type": "Feature",
    "id": mint("jurisdiction", "990000000000").value,
    "geometry": {
        "type": "MultiPolygon",
        "coordinates": [
            [[[9.0, 54.0], [9.5, 54.0], [9.5, 54.5], [9.0, 54.0]]],
            [[[8.0, 53.0], [8.5, 53.0], [8.5, 53.5], [8.0, 53.0]]],
        ],
    },
    "properties": {"label": "Nordland", "key": "990000000000", "level": "land"},
}


@pytest.mark.parametrize(
    ("asked", "features"),
    [
        ("", [NORDLAND]),
        ("?level=land&place=Nordland", [NORDLAND]),
        ("?place=Weststadt", []),
        ("?level=kreis", []),
    ],
)
def test_places_with_a_boundary_are_features(
    client: TestClient, asked: str, features: list[object]
) -> None:
    got = client.get(f"/api/v1/boundaries{asked}")
    assert got.headers["content-type"] == "application/geo+json"
    assert got.json() == {"type": "FeatureCollection", "features": features}


@pytest.mark.parametrize("asked", ["?level=gemeinde", "?place=Nirgendwo"])
def test_what_is_not_there_is_said(client: TestClient, asked: str) -> None:
    got = client.get(f"/api/v1/boundaries{asked}")
    assert (got.status_code, got.headers["content-type"]) == (404, "application/problem+json")


def test_a_polygon_keeps_its_holes() -> None:
    ring, hole = "(0 0,4 0,4 4,0 0)", "(1 0.5,2 0.5,2 1,1 0.5)"
    assert geometry(f"POLYGON({ring},{hole})") == {
        "type": "Polygon",
        "coordinates": [
            [[0, 0], [4, 0], [4, 4], [0, 0]],
            [[1, 0.5], [2, 0.5], [2, 1], [1, 0.5]],
        ],
    }


def test_a_point_is_no_boundary() -> None:
    with pytest.raises(ValueError, match=r"'POINT\(9 54\)' is no POLYGON"):
        geometry("POINT(9 54)")
