"""The boundaries of places as GeoJSON (RFC 7946), for maps."""

import json
import re
from typing import Any, Final

from kg.answers.facts import Facts
from kg.errors import NotFoundError, Suggestion
from kg.iri import part_of
from kg.names import Names, names_of
from kg.store import Graph
from kg.terms import GEO, NamedNode
from kg.things import find, thing

LEVELS: Final = ("land", "kreis")
"""The levels whose boundaries are held."""
_PAIR: Final = re.compile(r"([-0-9.]+) ([-0-9.]+)")
_WKT: Final = re.compile(r"(POLYGON|MULTIPOLYGON) ?(\(.*\))", re.DOTALL)
_TYPES: Final = {"POLYGON": "Polygon", "MULTIPOLYGON": "MultiPolygon"}
_BRACKETS: Final = str.maketrans("()", "[]")


def boundaries(
    graph: Graph, level: str = "land", place: str | None = None, lang: str = "de"
) -> dict[str, Any]:
    """Return a FeatureCollection: the boundaries of all places of a level, by key.

    Coordinates are longitude and latitude in degrees (WGS 84). Each feature has the IRI of its
    place as `id`, and `label`, `key`, `level` as properties. `place` (IRI, key or
    name) leaves those that lie in it or are it. Raises `NotFoundError` for a level without
    boundaries and for a place that is not there.
    """
    if level not in LEVELS:
        raise NotFoundError(level, "level", [Suggestion("", "level", one) for one in LEVELS])
    names = names_of(graph)
    within = find(graph, place, "place", lang).iri if place is not None else None
    wanted = [iri for iri in sorted(names.levels) if level in names.levels[iri]]
    found = (_feature(graph, iri, level, lang) for iri in wanted if _in(names, iri, within))
    return {"type": "FeatureCollection", "features": [one for one in found if one is not None]}


def _in(names: Names, iri: str, within: str | None) -> bool:
    return within is None or iri == within or within in names.ancestors(iri)


def _feature(graph: Graph, iri: str, level: str, lang: str) -> dict[str, Any] | None:
    boundary = part_of(NamedNode(iri), "boundary").value
    facts = Facts(graph, [boundary])
    written = facts.one(boundary, GEO.asWKT)
    if written is None:
        return None
    shown = thing(graph, iri, lang)
    return {
        "type": "Feature",
        "id": iri,
        "geometry": geometry(written),
        "properties": {"label": shown.label, "key": shown.key, "level": level},
    }


def geometry(wkt: str) -> dict[str, Any]:
    """Return a polygon or several, written as well-known text, as a GeoJSON geometry.

    Both write the same brackets around the same pairs of numbers. Raises `ValueError` for
    anything else.
    """
    found = _WKT.fullmatch(wkt.strip())
    if found is None:
        message = f"{wkt[:40]!r} is no POLYGON and no MULTIPOLYGON"
        raise ValueError(message)
    kind, body = found.groups()
    coordinates = json.loads(_PAIR.sub(r"[\1,\2]", body).translate(_BRACKETS))
    return {"type": _TYPES[kind], "coordinates": coordinates}
