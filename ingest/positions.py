"""Where a thing lies: coordinates as triples, held against the box in which they must lie."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ingest.fields import FieldError
from kg.iri import geometry_of
from kg.terms import GEO, RDF, WGS, NamedNode, Triple, decimal, wkt_point


@dataclass(frozen=True, slots=True)
class Box:
    """Bounds in degrees, with the name of what lies within."""

    name: str
    south: Decimal
    west: Decimal
    north: Decimal
    east: Decimal

    def holds(self, latitude: Decimal, longitude: Decimal) -> bool:
        """Tell whether a point lies in the box."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


def box(name: str, south: str, west: str, north: str, east: str) -> Box:
    """Return the box with these bounds, written with decimal points."""
    return Box(name, *(Decimal(bound) for bound in (south, west, north, east)))


def position(
    thing: NamedNode, latitude: Decimal | None, longitude: Decimal | None, within: Box
) -> Iterator[Triple]:
    """Yield the geometry of a thing; nothing where it has no coordinates.

    Raises `FieldError` for a point outside the box, and says so where the two look swapped.
    """
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None:
        message = "only one of latitude and longitude is given; give both or neither"
        raise FieldError(message)
    if not within.holds(latitude, longitude):
        swapped = within.holds(longitude, latitude)
        message = f"latitude {latitude}, longitude {longitude} lies outside of {within.name}" + (
            "; the two seem to be swapped: put them into each other's field" if swapped else ""
        )
        raise FieldError(message)
    point = geometry_of(thing)
    yield Triple(thing, GEO.hasGeometry, point)
    yield Triple(point, RDF.type, GEO.Geometry)
    yield Triple(point, GEO.asWKT, wkt_point(format(longitude, "f"), format(latitude, "f")))
    yield Triple(point, WGS.lat, decimal(latitude))
    yield Triple(point, WGS.long, decimal(longitude))
