"""A boundary → the geometry of a Land or a Kreis, and a point inside or near it."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record, Row
from kg.iri import mint, part_of
from kg.terms import GEO, RDF, WGS, Literal, Triple, decimal

SLUG: Final = "vg5000"
_KEY: Final = re.compile(r"\d{2}(\d{3})?")
_DIGITS: Final = 12


def record_key(_kind: str, row: Row) -> str:
    """Return the 12-digit key of the place: that of a Land or a Kreis, filled up with zeros."""
    return str(row["ars"]).strip().ljust(_DIGITS, "0")


def transform(record: Record) -> Iterator[Triple]:
    """Yield the boundary; Berlin and Hamburg, Land and Kreis in one, have the same in both layers.

    The point is the centroid of the largest part.
    """
    said = {(row["wkt"], row["long"], row["lat"]) for row in record.rows}
    if len(said) != 1:
        message = "the layers of Länder and Kreise draw different boundaries of one place"
        raise FieldError(message)
    row = Fields(record, record.rows[0])
    key = row.take("ars")
    if not _KEY.fullmatch(key):
        message = f"field 'ars' is {key!r}; wanted are 2 or 5 digits. A lost leading zero?"
        raise FieldError(message)
    place = mint("jurisdiction", record.key)
    boundary = part_of(place, "boundary")
    yield Triple(place, GEO.hasGeometry, boundary)
    yield Triple(boundary, RDF.type, GEO.Geometry)
    yield Triple(boundary, GEO.asWKT, Literal(row.take("wkt"), datatype=GEO.wktLiteral))
    for field, predicate in (("lat", WGS.lat), ("long", WGS.long)):
        value = row.decimal(field)
        if value is None:
            message = f"field {field!r} is empty, and must not be"
            raise FieldError(message)
        yield Triple(boundary, predicate, decimal(value))
    row.close(ignore=frozenset({"layer"}))
