"""A row of the table → the adoption of a solution of Munich's list by somebody else."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record, Row
from kg.iri import digest, mint
from kg.terms import FOAF, LOTSE, RDF, Triple, link, text

SLUG: Final = "adoption_facts"
LIST: Final = "munich_open_source"
RELATIONS: Final = {"usedBy": LOTSE["relation-used-by"]}
_SOURCE: Final = re.compile(
    r"github:it-at-m/opensource\.muenchen\.de@(?P<commit>[0-9a-f]{7,40}):"
    r"(?P<path>de/software/(?P<page>[\w.-]+)\.md)"
)
"""The page of Munich's list on which the row was read; it names the solution."""


def record_key(_kind: str, row: Row) -> str:
    """Return the page and who adopted, the latter as a digest."""
    page = str(row["source"]).rpartition("/")[2].removesuffix(".md")
    return f"{page}-{digest(str(row['adopter_as_published']).strip())}"


def transform(record: Record) -> Iterator[Triple]:
    """Yield the adoption; the page has no date of it."""
    row = Fields(record)
    published = row.take("source")
    source = _SOURCE.fullmatch(published)
    if source is None:
        message = f"field 'source' is {published!r}; wanted is a page of Munich's list"
        raise FieldError(message)
    relation = row.one_of("relation", RELATIONS)
    adoption = mint("adoption", SLUG, record.key)
    yield Triple(adoption, RDF.type, LOTSE.Adoption)
    yield Triple(adoption, LOTSE.solution, mint("solution", LIST, source["page"]))
    yield Triple(adoption, LOTSE.adopterAsPublished, text(row.take("adopter_as_published")))
    yield Triple(adoption, LOTSE.status, LOTSE["status-in-use"])
    yield Triple(adoption, LOTSE.basis, LOTSE["basis-stated"])
    yield Triple(adoption, LOTSE.relation, relation)
    page = f"https://github.com/it-at-m/opensource.muenchen.de/blob/{source['commit'][:7]}/"
    yield Triple(mint("record", SLUG, record.key), FOAF.page, link(page + source["path"]))
    row.close()
