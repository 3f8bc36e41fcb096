"""A row of the list → an entry about a municipality of North Rhine-Westphalia.

The website stays with the entry: nine of them are those of a namesake in another Land.
"""

from collections.abc import Iterator
from typing import Final

from ingest.fields import Fields
from ingest.source import Record
from kg.iri import mint
from kg.terms import LOTSE, RDF, SKOS, Triple, text

SLUG: Final = "nrw_communes"
LAND: Final = "NW"


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the list says about one municipality."""
    row = Fields(record)
    entry = mint("entry", SLUG, row.take("id"))
    name = row.take("name")
    yield Triple(entry, RDF.type, LOTSE.Entry)
    yield Triple(entry, SKOS.prefLabel, text(name, "de"))
    yield Triple(entry, LOTSE.bodyAsPublished, text(name))
    yield Triple(entry, LOTSE.landAsPublished, text(LAND))
    yield Triple(entry, LOTSE.levelAsPublished, LOTSE["level-gemeinde"])
    website = row.maybe("url")
    if website is not None:
        yield Triple(entry, LOTSE.websiteAsPublished, text(website))
    row.close()
