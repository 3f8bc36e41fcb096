"""RDF terms for those who may not import an RDF library, and the ways to make them."""

import datetime
import re
from decimal import Decimal
from typing import Final
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.namespaces import (
    ADMS,
    CPSV,
    CV,
    DCATDE,
    DCTERMS,
    FOAF,
    GEO,
    GOVDATA,
    LOTSE,
    LSH,
    ORG,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    SCHEMA,
    SH,
    SKOS,
    VOID,
    WGS,
    XSD,
)

__all__ = [
    "ADMS", "CPSV", "CV", "DCATDE", "DCTERMS", "FOAF", "GEO", "GOVDATA", "LOTSE", "LSH", "ORG",
    "OWL", "PROV", "QB", "RDF", "RDFS", "SCHEMA", "SH", "SKOS", "VOID",
    "WGS", "XSD",
    "BlankNode", "Literal", "NamedNode", "Quad", "Triple",
    "boolean", "date", "decimal", "integer", "link", "moment", "text", "when", "wkt_point", "year",
]  # fmt: skip

_ILLEGAL_IN_IRI: Final = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_SCHEME: Final = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s]")


def text(value: str, lang: str | None = None) -> Literal:
    """Return a plain or, with `lang`, a language-tagged string."""
    return Literal(value, language=lang) if lang else Literal(value)


def integer(value: int) -> Literal:
    """Return an `xsd:integer` in canonical form."""
    return Literal(str(int(value)), datatype=XSD.integer)


def decimal(value: Decimal | float | str) -> Literal:
    """Return an `xsd:decimal` in canonical form: no exponent, no trailing zeros but one."""
    written = format(Decimal(str(value)), "f")
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return Literal(written, datatype=XSD.decimal)


def boolean(value: bool) -> Literal:  # noqa: FBT001 (the one argument is the value)
    """Return an `xsd:boolean`."""
    return Literal("true" if value else "false", datatype=XSD.boolean)


def date(value: str) -> Literal:
    """Return an `xsd:date` of an ISO date; `ValueError` if it is none."""
    return Literal(datetime.date.fromisoformat(value).isoformat(), datatype=XSD.date)


def moment(value: str) -> Literal:
    """Return an `xsd:dateTime` of an ISO date and time with its zone; `ValueError` without one.

    UTC is written `Z`, as the store gives it back.
    """
    read = datetime.datetime.fromisoformat(value)
    if read.tzinfo is None:
        message = f"{value!r} has no time zone (such as +01:00)"
        raise ValueError(message)
    return Literal(read.isoformat().replace("+00:00", "Z"), datatype=XSD.dateTime)


def year(value: str) -> Literal:
    """Return an `xsd:gYear` of four digits; `ValueError` if they are none."""
    if not re.fullmatch(r"\d{4}", value):
        message = f"{value!r} is not a year of four digits"
        raise ValueError(message)
    return Literal(value, datatype=XSD.gYear)


def when(value: str) -> Literal:
    """Return the `xsd:gYear`, `xsd:gYearMonth` or `xsd:date` that `value` is.

    Raises `ValueError` for anything else.
    """
    if re.fullmatch(r"\d{4}", value):
        return Literal(value, datatype=XSD.gYear)
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value):
        return Literal(value, datatype=XSD.gYearMonth)
    return date(value)


def link(value: str) -> NamedNode:
    """Return a link to the web with what IRIs may not hold percent-encoded.

    Umlauts stay as they are. Raises `ValueError` where there is no scheme.
    """
    value = value.strip()
    if not _SCHEME.match(value):
        message = f"{value!r} is no absolute IRI (such as https://example.org/)"
        raise ValueError(message)
    return NamedNode(_ILLEGAL_IN_IRI.sub(lambda found: quote(found.group()), value))


def wkt_point(longitude: str, latitude: str) -> Literal:
    """Return a `geo:wktLiteral` point, longitude first (CRS84)."""
    return Literal(f"POINT({longitude} {latitude})", datatype=GEO.wktLiteral)
