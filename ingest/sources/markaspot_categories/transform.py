"""A row of Mark-a-Spot's taxonomy → a category of concerns."""

from collections.abc import Iterator
from typing import Final

from ingest.fields import Fields
from ingest.source import Record
from kg.iri import mint
from kg.terms import LOTSE, RDF, SKOS, Triple, text

SLUG: Final = "markaspot_categories"
SCHEME: Final = LOTSE["categories-markaspot_categories"]
LANGUAGES: Final = {"de": "de", "en": "en"}


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the taxonomy says about one category."""
    row = Fields(record)
    code = row.take("field_service_code")
    category = mint("category", SLUG, code)
    yield Triple(category, RDF.type, LOTSE.ConcernCategory)
    yield Triple(category, RDF.type, SKOS.Concept)
    yield Triple(
        category, SKOS.prefLabel, text(row.take("name"), row.one_of("langcode", LANGUAGES))
    )
    yield Triple(category, SKOS.notation, text(code))
    yield Triple(category, SKOS.inScheme, SCHEME)
    row.close()
