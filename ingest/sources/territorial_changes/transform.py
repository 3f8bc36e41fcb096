"""What changed of one place: its dated keys, and the place whose functions passed to it."""

import datetime
from collections.abc import Iterator
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record
from kg.iri import mint, part_of
from kg.terms import (
    ADMS,
    DCTERMS,
    FOAF,
    LOTSE,
    RDF,
    SCHEMA,
    SKOS,
    Literal,
    Triple,
    date,
    text,
)

SLUG: Final = "territorial_changes"
SCHEMES: Final = {"AGS": "AGS", "NUTS-3": "NUTS-3"}
WHAT: Final = {"merger": "merger", "key": "key"}
OF_KEYS: Final = frozenset({"scheme", "key_before", "key_after"})
OF_MERGERS: Final = frozenset({"former", "label_de", "label_en"})
ALWAYS: Final = frozenset({"place", "citation"})


def transform(record: Record) -> Iterator[Triple]:
    """Yield the changes of one place; the table's citation stands in words beside its page."""
    for row in record.rows:
        fields = Fields(record, row)
        on = fields.day("date")
        if on is None:
            message = "field 'date' is empty; give the day on which the change took effect"
            raise FieldError(message)
        if fields.one_of("what", WHAT) == "merger":
            yield from _merger(fields, record.key, on)
            fields.close(ignore=ALWAYS | OF_KEYS)
        else:
            yield from _key(fields, record.key, on)
            fields.close(ignore=ALWAYS | OF_MERGERS)


def _merger(fields: Fields, ars: str, on: Literal) -> Iterator[Triple]:
    place, former = mint("jurisdiction", ars), fields.take("former")
    change = mint("change", SLUG, former, ars, on.value)
    yield Triple(change, RDF.type, LOTSE.TerritorialChange)
    for language in ("de", "en"):
        yield Triple(change, SKOS.prefLabel, text(fields.take(f"label_{language}"), language))
    yield Triple(change, LOTSE.former, mint("jurisdiction", former))
    yield Triple(change, LOTSE.successor, place)
    yield Triple(change, DCTERMS.date, on)
    yield Triple(place, DCTERMS.replaces, mint("jurisdiction", former))
    yield from _page(fields, ars)


def _key(fields: Fields, ars: str, on: Literal) -> Iterator[Triple]:
    """Yield the key that ended on the day before, and the key that began on this day."""
    place = mint("jurisdiction", ars)
    scheme = fields.one_of("scheme", SCHEMES)
    before, after = fields.take("key_before"), fields.maybe("key_after")
    day_before = datetime.date.fromisoformat(on.value) - datetime.timedelta(days=1)
    through = date(day_before.isoformat())
    dated = [(before, SCHEMA.validThrough, through), (after, SCHEMA.validFrom, on)]
    for key, bound, day in dated:
        if key is None:
            continue
        node = part_of(place, "notation", key)
        yield Triple(place, ADMS.identifier, node)
        yield Triple(node, RDF.type, ADMS.Identifier)
        yield Triple(node, SKOS.notation, text(key))
        yield Triple(node, LOTSE.scheme, text(scheme))
        yield Triple(node, bound, day)
        if scheme == "NUTS-3":
            yield Triple(place, LOTSE.nuts, text(key))
    yield from _page(fields, ars)


def _page(fields: Fields, ars: str) -> Iterator[Triple]:
    page = fields.link("page")
    if page is None:
        message = "field 'page' is empty; every change cites a page"
        raise FieldError(message)
    yield Triple(mint("record", SLUG, ars), FOAF.page, page)
