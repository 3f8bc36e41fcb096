"""A Wikidata item → the body that its official keys stand for is the same; its websites, names."""

from collections.abc import Iterator
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record
from kg.iri import mint
from kg.terms import FOAF, SCHEMA, SKOS, Triple, link, text

ENTITY: Final = "http://www.wikidata.org/entity/"
PAGE: Final = "https://www.wikidata.org/wiki/"


def transform(record: Record) -> Iterator[Triple]:
    """Yield which body an item is, and what Wikidata says of it."""
    item = record.key
    yield Triple(mint("record", record.source, item), FOAF.page, link(PAGE + item))
    for number in range(len(record.rows)):
        row = Fields(record, record.rows[number])
        place, keys = row.maybe("place"), row.maybe("keys")
        if place is None:
            message = (
                f"the keys {keys} of {item} stand for no body of the register, or for several; "
                f"correct them at {PAGE}{item}, or wait for a newer register"
            )
            raise FieldError(message)
        body = mint("jurisdiction", place)
        yield Triple(body, SCHEMA.sameAs, link(ENTITY + row.take("item")))
        website = row.link("website")
        if website is not None:
            yield Triple(body, FOAF.homepage, website)
        for lang in ("de", "en"):
            name = row.maybe(f"label_{lang}")
            if name is not None:
                yield Triple(body, SKOS.altLabel, text(name, lang))
        row.close()
