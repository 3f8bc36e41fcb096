"""A row of the list → a licence under its own IRI, to which sources and records link."""

from collections.abc import Iterator
from typing import Final

from ingest.fields import Fields
from ingest.source import Record
from kg.terms import DCTERMS, FOAF, GOVDATA, RDF, SKOS, Triple, boolean, link, text

SCHEME: Final = link("http://dcat-ap.de/def/licenses")
OPEN: Final = {str(value).lower(): boolean(value) for value in (True, False)}


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the list says about one licence."""
    row = Fields(record)
    licence, key = link(row.take("iri")), row.take("identifier")
    yield Triple(licence, RDF.type, DCTERMS.LicenseDocument)
    yield Triple(licence, RDF.type, SKOS.Concept)
    yield Triple(licence, SKOS.inScheme, SCHEME)
    yield Triple(licence, SKOS.notation, text(key))
    yield Triple(licence, SKOS.prefLabel, text(" ".join(row.take("prefLabel").split()), "de"))
    other, page = row.maybe("altLabel"), row.link("references")
    if other is not None and other != key:
        yield Triple(licence, SKOS.altLabel, text(other, "de"))
    if page is not None:
        yield Triple(licence, FOAF.page, page)
    yield Triple(licence, GOVDATA.isOpenLicense, row.one_of("isOpenLicense", OPEN))
    row.close()
