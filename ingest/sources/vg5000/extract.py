"""Two layers of polygons → simplified boundaries as WKT, both layers cut at the same vertices.

Coordinates are rounded to 4 decimals (about 10 m), then lines are simplified by 0.002 degrees
(about 220 m from north to south, 140 m from west to east).
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ingest.extracts import as_csv, select
from ingest.readers import decode
from ingest.sources.vg5000.borders import Point, Ring, simplified
from kg.errors import SourceError

EXTRACT: Final = "boundaries.csv"
COLUMNS: Final = ("ars", "layer", "long", "lat", "wkt")
LAYERS: Final = {"land": "vg5000-laender.geojson", "kreis": "vg5000-kreise.geojson"}
DECIMALS: Final = 4
TOLERANCE: Final = 0.002

Area = tuple[str, str, tuple[tuple[Ring, ...], ...]]
"""Key, layer and polygons, each with its outer ring first."""


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a boundary a row; waters that repeat a Land's key are left out."""
    if EXTRACT in files:
        return {EXTRACT: as_csv(COLUMNS, select(EXTRACT, files[EXTRACT], COLUMNS))}
    areas = [area for layer, name in LAYERS.items() for area in _areas(layer, name, files[name])]
    rings = [ring for *_, polygons in areas for polygon in polygons for ring in polygon]
    short = simplified(rings, TOLERANCE)
    return {EXTRACT: as_csv(COLUMNS, (_row(area, short) for area in areas))}


def land_and_water(name: str, content: bytes) -> tuple[list[Any], list[Any]]:
    """Return the features of areas of land, and those of coastal waters and the Bodensee.

    The first feature of a key is the land.
    """
    seen: set[str] = set()
    land: list[Any] = []
    water: list[Any] = []
    try:
        features = json.loads(decode(name, content))["features"]
        for feature in features:
            key = feature["properties"]["ARS"]
            (water if key in seen else land).append(feature)
            seen.add(key)
    except (ValueError, KeyError, TypeError) as error:
        message = f"{name}: no GeoJSON with features that have an ARS; it may have been cut short."
        raise SourceError(message) from error
    return land, water


def _areas(layer: str, name: str, content: bytes) -> Iterator[Area]:
    land, _ = land_and_water(name, content)
    for feature in land:
        key = feature["properties"]["ARS"]
        try:
            geometry = feature["geometry"]
            given = geometry["coordinates"]
            polygons = [given] if geometry["type"] == "Polygon" else given
            rings = tuple(tuple(_ring(ring) for ring in polygon) for polygon in polygons)
        except (KeyError, TypeError, IndexError) as error:
            message = f"{name}: the feature with ARS {key!r} has no Polygon and no MultiPolygon."
            raise SourceError(message) from error
        yield key, layer, rings


def _ring(given: list[list[float]]) -> Ring:
    """Return a ring rounded, without repeated vertices and without its last one."""
    rounded = [(round(one[0], DECIMALS), round(one[1], DECIMALS)) for one in given]
    found = [one for number, one in enumerate(rounded) if number == 0 or one != rounded[number - 1]]
    return tuple(found[:-1] if found[0] == found[-1] else found)


def _row(area: Area, short: Mapping[Ring, Ring | None]) -> Mapping[str, str]:
    key, layer, polygons = area
    kept = []
    for polygon in polygons:
        outer, *holes = (short[ring] for ring in polygon)
        if outer is not None:
            kept.append((outer, *(hole for hole in holes if hole is not None)))
    largest = max(kept, key=lambda polygon: abs(_area(polygon[0])))
    longitude, latitude = _centre(largest[0])
    wkt = ",".join("(" + ",".join(map(_written, polygon)) + ")" for polygon in kept)
    return {
        "ars": key,
        "layer": layer,
        "long": f"{longitude:.{DECIMALS}f}",
        "lat": f"{latitude:.{DECIMALS}f}",
        "wkt": f"MULTIPOLYGON({wkt})" if len(kept) > 1 else f"POLYGON{wkt}",
    }


def _written(ring: Ring) -> str:
    return "(" + ",".join(f"{x:.{DECIMALS}f} {y:.{DECIMALS}f}" for x, y in (*ring, ring[0])) + ")"


def _area(ring: Ring) -> float:
    """Return the area of a ring in square degrees, negative where it runs clockwise."""
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def _centre(ring: Ring) -> Point:
    """Return the centroid of a ring."""
    area, x, y = _area(ring), 0.0, 0.0
    for a, b in zip(ring, (*ring[1:], ring[0]), strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x, y = x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross
    return x / (6 * area), y / (6 * area)
