"""A row of the list → an entry: a domain, and the body that the list names as its holder.

Whose the domain is in truth is concluded elsewhere: the list gives the domain of a Verband to
each of its members, so no body gets a website here.
"""

from collections.abc import Iterator
from typing import Final

from ingest.fields import Fields
from ingest.source import Record, Row
from kg.iri import mint
from kg.terms import LOTSE, RDF, SKOS, Triple, text

SLUG: Final = "government_domains"
NO_AGENCY: Final = "Non-Federal Agency"
FEDERAL: Final = {"City": False, "Federal Agency": True}


def record_key(kind: str, row: Row) -> str:  # noqa: ARG001 (the source has one kind)
    """Return the domain: small letters, without the slash that one has behind it."""
    return str(row["Domain Name"]).strip().rstrip("/").lower()


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the list says about one domain."""
    row = Fields(record)
    entry = mint("entry", SLUG, record.key)
    row.take("Domain Name")
    yield Triple(entry, RDF.type, LOTSE.Entry)
    yield Triple(entry, SKOS.prefLabel, text(record.key, "de"))
    yield Triple(entry, LOTSE.domainName, text(record.key))
    if row.one_of("Domain Type", FEDERAL):
        yield Triple(entry, LOTSE.bodyAsPublished, text(row.take("Agency")))
        yield Triple(entry, LOTSE.levelAsPublished, LOTSE["level-bund"])
        row.close(ignore=frozenset({"City", "State"}))
        return
    row.one_of("Agency", {NO_AGENCY: True})
    yield Triple(entry, LOTSE.bodyAsPublished, text(row.take("City")))
    yield Triple(entry, LOTSE.landAsPublished, text(row.take("State")))
    row.close()
