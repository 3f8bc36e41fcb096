"""A row of the list → a data provider of GovData, with the name of the body behind it."""

from collections.abc import Iterator
from typing import Final

from ingest.fields import Fields
from ingest.source import Record
from kg.iri import mint
from kg.terms import DCATDE, DCTERMS, LOTSE, RDF, SKOS, Triple, link, text

SLUG: Final = "govdata_contributors"


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the list says about one data provider."""
    row = Fields(record)
    contributor = mint("contributor", SLUG, record.key)
    name = row.take("prefLabel")
    yield Triple(contributor, RDF.type, LOTSE.Contributor)
    yield Triple(contributor, SKOS.prefLabel, text(name, "de"))
    yield Triple(contributor, LOTSE.bodyAsPublished, text(name))
    yield Triple(contributor, DCTERMS.identifier, text(row.take("identifier")))
    yield Triple(contributor, DCATDE.contributorID, link(row.take("about")))
    row.close()
