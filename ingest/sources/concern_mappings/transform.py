"""A row of the table → the common category that an entry of a platform's list means."""

from collections.abc import Iterator
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record
from kg.iri import mint
from kg.terms import LOTSE, SKOS, Triple

RELATIONS: Final = {one: SKOS[one] for one in ("exactMatch", "closeMatch", "broadMatch")}


def transform(record: Record) -> Iterator[Triple]:
    """Yield the mapping of one entry; an entry that means none of ours is counted, no more."""
    row = Fields(record)
    of, key, label = row.take("list"), row.take("key"), row.take("label")
    relation, category = row.maybe("relation"), row.maybe("category")
    row.close(ignore=frozenset({"note"}))
    if (relation is None) != (category is None):
        message = "'relation' and 'category' are given together or not at all"
        raise FieldError(message)
    if category is None:
        record.unmapped.append(("category", f"{of}: {label}"))
        return
    match = row.one_of("relation", RELATIONS)
    yield Triple(mint("category", of, key), match, LOTSE[f"category-{category}"])
