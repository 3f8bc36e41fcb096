"""A category of Züri wie neu → a category of concerns."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.fields import Fields
from ingest.source import Record, Row
from kg.iri import mint
from kg.terms import LOTSE, RDF, SKOS, Triple, text

SLUG: Final = "fixmystreet_categories"
SCHEME: Final = LOTSE["categories-fixmystreet_categories"]
_PLAIN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def record_key(kind: str, row: Row) -> str:  # noqa: ARG001 (the source has one kind)
    """Return the name as a key that can be typed: FixMyStreet has no other code."""
    name = str(row["service_name"]).casefold().translate(_PLAIN)
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")


def transform(record: Record) -> Iterator[Triple]:
    """Yield what is known about one category: its name."""
    row = Fields(record)
    category = mint("category", SLUG, record.key)
    yield Triple(category, RDF.type, LOTSE.ConcernCategory)
    yield Triple(category, RDF.type, SKOS.Concept)
    yield Triple(category, SKOS.prefLabel, text(row.take("service_name"), "de"))
    yield Triple(category, SKOS.notation, text(record.key))
    yield Triple(category, SKOS.inScheme, SCHEME)
    row.close()
