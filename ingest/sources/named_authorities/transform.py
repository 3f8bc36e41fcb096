"""An authority with the pages that name it → a public body of its city."""

from collections.abc import Iterator
from typing import Final

from ingest.fields import Fields
from ingest.source import Record
from kg.iri import mint
from kg.terms import CV, FOAF, LOTSE, ORG, RDF, SKOS, Triple, link, text

SLUG: Final = "named_authorities"
KINDS: Final = {kind: LOTSE[f"kind-{kind}"] for kind in ("authority", "municipal-enterprise")}


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the pages say about one authority: its name and its city."""
    body = mint("actor", SLUG, record.key)
    page = mint("record", SLUG, record.key)
    yield Triple(body, RDF.type, CV.PublicOrganisation)
    for one in record.rows:
        row = Fields(record, one)
        name, published = row.take("name"), row.take("published")
        yield Triple(body, SKOS.prefLabel, text(name, "de"))
        yield Triple(body, ORG.classification, row.one_of("kind", KINDS))
        yield Triple(body, LOTSE.placeAsPublished, text(row.take("place")))
        yield Triple(body, LOTSE.placeKey, text(row.take("place_key")))
        if published not in name:  # a short name alone may mean another city's authority
            yield Triple(body, SKOS.altLabel, text(published, "de"))
        yield Triple(page, FOAF.page, link(row.take("source")))
        row.close(ignore=frozenset({"key"}))
