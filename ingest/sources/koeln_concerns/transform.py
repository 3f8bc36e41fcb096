"""A report of Köln → a concern and the category under which it was filed."""

from collections.abc import Iterator
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.positions import box, position
from ingest.source import Record, Row
from kg.iri import mint
from kg.terms import (
    DCTERMS,
    LOTSE,
    RDF,
    SKOS,
    NamedNode,
    Triple,
    moment,
    text,
)

SLUG: Final = "koeln_concerns"
SCHEME: Final = LOTSE["categories-koeln_concerns"]
PLACE: Final = "Köln"
PLACE_KEY: Final = "05315000"
KOELN: Final = box("Köln", "50.8", "6.7", "51.1", "7.2")
STATUSES: Final = {"open": LOTSE["concern-open"], "closed": LOTSE["concern-closed"]}


def record_key(kind: str, row: Row) -> str:
    """Return the number of the report, or the code of its service."""
    column = "service_code" if kind == "category" else "service_request_id"
    return str(row[column]).strip()


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the city published about one report, or one of its categories."""
    yield from _category(record) if record.kind == "category" else _concern(record)


def _category(record: Record) -> Iterator[Triple]:
    names = {str(row["service_name"]).strip() for row in record.rows}
    if len(names) != 1:
        message = f"service {record.key} has several names: {', '.join(sorted(names))}"
        raise FieldError(message)
    (name,) = names
    category = mint("category", SLUG, record.key)
    yield Triple(category, RDF.type, LOTSE.ConcernCategory)
    yield Triple(category, RDF.type, SKOS.Concept)
    yield Triple(category, SKOS.prefLabel, text(name, "de"))
    yield Triple(category, SKOS.notation, text(record.key))
    yield Triple(category, SKOS.inScheme, SCHEME)


def _concern(record: Record) -> Iterator[Triple]:
    row = Fields(record)
    number = row.take("service_request_id")
    concern = mint("concern", SLUG, number)
    yield Triple(concern, RDF.type, LOTSE.Concern)
    yield Triple(concern, DCTERMS.identifier, text(number))
    yield Triple(concern, LOTSE.category, mint("category", SLUG, row.take("service_code")))
    yield Triple(concern, LOTSE.status, row.one_of("status", STATUSES))
    yield from _dated(concern, DCTERMS.created, row, "requested_datetime")
    yield from _dated(concern, DCTERMS.modified, row, "updated_datetime")
    yield Triple(concern, LOTSE.placeAsPublished, text(PLACE))
    yield Triple(concern, LOTSE.placeKey, text(PLACE_KEY))
    yield from position(concern, row.decimal("lat"), row.decimal("long"), KOELN)
    row.close(ignore=frozenset({"service_name"}))


def _dated(concern: NamedNode, predicate: NamedNode, row: Fields, field: str) -> Iterator[Triple]:
    value = row.take(field)
    try:
        yield Triple(concern, predicate, moment(value))
    except ValueError as error:
        message = f"field {field!r} is {value!r}; wanted is 2016-02-16T21:26:17+01:00"
        raise FieldError(message) from error
