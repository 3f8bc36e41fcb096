"""All rows of one territorial body → one place: names, levels, keys, parent, numbers, position."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record, Row
from ingest.sources.destatis_register.keys import (
    ALONE,
    BEZIRK,
    GEMEINDE,
    KREIS,
    LAND,
    REGION,
    VERBAND,
    Key,
    key_of,
)
from ingest.sources.destatis_register.names import label, one_line, other_names
from kg.errors import SourceError
from kg.iri import geometry_of, mint
from kg.terms import (
    CV,
    DCATDE,
    DCTERMS,
    GEO,
    LOTSE,
    RDF,
    SKOS,
    WGS,
    NamedNode,
    Triple,
    date,
    decimal,
    integer,
    link,
    text,
    wkt_point,
)

TERRITORY_ON: Final = "2020-12-31"
POPULATION_ON: Final = "2019-12-31"
LEVELS: Final[Mapping[str, str]] = {
    LAND: "land",
    BEZIRK: "regierungsbezirk",
    REGION: "region",
    KREIS: "kreis",
    VERBAND: "verband",
    GEMEINDE: "gemeinde",
}
TYPES: Final[Mapping[str, Mapping[str, str]]] = {
    LAND: {"": "land"},
    BEZIRK: {"": "regierungsbezirk"},
    REGION: {"": "region"},
    KREIS: {key: key for key in ("41", "42", "43", "44", "45")},
    VERBAND: {key: key for key in ("50", "51", "52", "53", "54", "55", "56", "57", "58")},
    GEMEINDE: {key: key for key in ("60", "61", "62", "63", "64", "65", "66", "67")},
}
"""Level → text key → type of place."""
CITIES: Final = frozenset({"41", "42"})
NO_BODY: Final = frozenset({ALONE, "58", "65", "66", BEZIRK, REGION})
"""Text keys, and levels without text key, of places that are no public body."""
GEOCODING: Final = "http://dcat-ap.de/def/politicalGeocoding/"
GEOCODED: Final[Mapping[str, str]] = {
    LAND: "stateKey",
    KREIS: "districtKey",
    GEMEINDE: "municipalityKey",
}
WEST, EAST, SOUTH, NORTH = (Decimal(value) for value in ("5.8", "15.1", "47.2", "55.1"))
"""A box around Germany."""
_NUMBERS: Final = ("flaeche", "bevoelkerung", "postleitzahl", "laengengrad", "breitengrad")


@dataclass(frozen=True, slots=True)
class Level:
    """One row: a body at one of its levels."""

    key: Key
    kind: str
    """The text key; empty above the Kreis."""
    type: str
    name: str
    row: Row


def record_key(kind: str, row: Row) -> str:
    """Return the ARS of the body that a row speaks of, so that all its rows are one record."""
    try:
        return key_of(row).ars
    except ValueError as error:
        message = f"destatis_register, {kind} {row.get('gemeindename')!r}: {error}."
        raise SourceError(message) from error


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the register says about one territorial body, at all of its levels."""
    levels = sorted((_level(record, row) for row in record.rows), key=lambda one: one.key.level)
    _check(record, levels)
    place = mint("jurisdiction", record.key)
    yield Triple(place, RDF.type, LOTSE.Jurisdiction)
    yield Triple(place, RDF.type, DCTERMS.Location)
    if any((one.kind or one.key.level) not in NO_BODY for one in levels):
        yield Triple(place, RDF.type, CV.PublicOrganisation)
    yield Triple(place, LOTSE.ars, text(record.key))
    yield Triple(place, LOTSE.attestedOn, date(TERRITORY_ON))
    yield from _names(place, levels)
    for one in levels:
        yield from _keys(place, one)
    real = [one for one in levels if not one.key.alone]
    yield Triple(place, DCTERMS.isPartOf, mint("jurisdiction", real[0].key.parent))
    for one in levels:
        if one.key.level == GEMEINDE:
            yield from _numbers(record, place, one)


def _level(record: Record, row: Row) -> Level:
    fields = Fields(record, row)
    key = key_of(row)
    kind = fields.maybe("textkennzeichen") or ""
    named = fields.one_of("textkennzeichen", TYPES[key.level])
    name = fields.take("gemeindename")
    if key.level == BEZIRK and name.startswith("früher:"):
        named = "former-regierungsbezirk"
    elif key.level == BEZIRK and name.startswith("Statistische Region"):
        named = "statistical-region"
    fields.close(ignore=frozenset({"satzart", "land", "rb", "kreis", "vb", "gemeinde", *_NUMBERS}))
    return Level(key, kind, named, name, row)


def _check(record: Record, levels: list[Level]) -> None:
    """Raise `FieldError` where a level stands twice, or a Gemeinde lacks its own row."""
    found = [one.key.level for one in levels]
    twice = sorted({level for level in found if found.count(level) > 1})
    if twice:
        message = (
            f"duplicate key: {record.key} stands twice at level {', '.join(twice)} "
            f"({'; '.join(one.name for one in levels)}); keep one row a level"
        )
        raise FieldError(message)
    if GEMEINDE not in found and any(one.kind in CITIES or one.key.alone for one in levels):
        message = (
            f"{levels[0].name} ({record.key}) has no row of level {GEMEINDE}; the file may be "
            "incomplete"
        )
        raise FieldError(message)


def _names(place: NamedNode, levels: list[Level]) -> Iterator[Triple]:
    """Yield the name at the lowest level, and the other names at all levels."""
    lowest = levels[-1]
    called = text(label(lowest.key, lowest.name), "de")
    yield Triple(place, SKOS.prefLabel, called)
    yield Triple(place, LOTSE.officialName, text(one_line(lowest.name)))
    others = []
    for one in levels:
        others.append(text(label(one.key, one.name), "de"))
        others.extend(other_names(one.key, one.kind, one.name))
    for other in dict.fromkeys(others):
        if other != called:
            yield Triple(place, SKOS.altLabel, other)


def _keys(place: NamedNode, one: Level) -> Iterator[Triple]:
    """Yield level, type and official keys of a body at one level."""
    yield Triple(place, DCTERMS.type, LOTSE[f"place-type-{one.type}"])
    if not one.key.alone:
        yield Triple(place, LOTSE.level, LOTSE[f"level-{LEVELS[one.key.level]}"])
        if one.key.level == VERBAND:
            yield Triple(place, LOTSE.verbandKey, text(one.key.digits))
    if one.key.ags is None:
        return
    yield Triple(place, LOTSE.ags, text(one.key.ags))
    for scheme, key in ((GEOCODED.get(one.key.level), one.key.ags), ("regionalKey", one.key.ars)):
        if scheme is not None and (scheme != "regionalKey" or one.key.level == GEMEINDE):
            coded = link(f"{GEOCODING}{scheme}/{key}")
            yield Triple(place, DCATDE.politicalGeocodingURI, coded)


def _numbers(record: Record, place: NamedNode, one: Level) -> Iterator[Triple]:
    """Yield population, area, postcode and position, which only Gemeinden have."""
    fields = Fields(record, one.row)
    population, area = fields.number("bevoelkerung"), fields.decimal("flaeche")
    if population is None or area is None:
        message = f"{one.name} ({record.key}) lacks its population or its area"
        raise FieldError(message)
    yield Triple(place, LOTSE.population, integer(population))
    yield Triple(place, LOTSE.populationOn, date(POPULATION_ON))
    yield Triple(place, LOTSE.surfaceArea, decimal(area))
    postcode = fields.maybe("postleitzahl")
    if postcode is not None:
        if re.fullmatch("[0-9]{5}", postcode) is None:
            message = f"field 'postleitzahl' is {postcode!r}; a postcode has five digits"
            raise FieldError(message)
        yield Triple(place, LOTSE.postcode, text(postcode))
    yield from _position(fields, place)


def _position(fields: Fields, place: NamedNode) -> Iterator[Triple]:
    east, north = fields.decimal("laengengrad", ","), fields.decimal("breitengrad", ",")
    if not east and not north:  # empty, or 0 and 0 for the land shared with Luxembourg
        return
    if east is None or north is None or not (WEST < east < EAST and SOUTH < north < NORTH):
        swapped = east is not None and north is not None and WEST < north < EAST
        message = (
            f"fields 'laengengrad', 'breitengrad' are {east}, {north}, outside Germany (longitude "
            f"{WEST} to {EAST}, latitude {SOUTH} to {NORTH})"
            + ("; they seem to be swapped" if swapped else "")
        )
        raise FieldError(message)
    shape = geometry_of(place)
    yield Triple(place, GEO.hasGeometry, shape)
    yield Triple(shape, RDF.type, GEO.Geometry)
    longitude, latitude = decimal(east), decimal(north)
    yield Triple(shape, GEO.asWKT, wkt_point(longitude.value, latitude.value))
    yield Triple(shape, WGS.long, longitude)
    yield Triple(shape, WGS.lat, latitude)
