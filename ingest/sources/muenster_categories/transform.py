"""A service of Münster's list → a category of concerns under its group."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record, Row
from kg.iri import mint
from kg.terms import LOTSE, RDF, SKOS, Triple, text

SLUG: Final = "muenster_categories"
SCHEME: Final = LOTSE["categories-muenster_categories"]
_PLAIN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def record_key(kind: str, row: Row) -> str:
    """Return the code of a service, or the name of a group as a key that can be typed."""
    return _slug(str(row["group"])) if kind == "group" else str(row["service_code"]).strip()


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the list says about one service, or the group of several."""
    row = Fields(record, record.rows[0])
    group, name = row.take("group"), row.take("service_name")
    row.close(ignore=frozenset({"service_code"}))
    of_group = record.kind == "group"
    if not of_group and len(record.rows) > 1:
        message = f"the code {record.key} stands for {len(record.rows)} services"
        raise FieldError(message)
    category = mint("category", SLUG, record.key)
    yield Triple(category, RDF.type, LOTSE.ConcernCategory)
    yield Triple(category, RDF.type, SKOS.Concept)
    yield Triple(category, SKOS.prefLabel, text(group if of_group else name, "de"))
    yield Triple(category, SKOS.notation, text(record.key))
    yield Triple(category, SKOS.inScheme, SCHEME)
    if not of_group:
        yield Triple(category, SKOS.broader, mint("category", SLUG, _slug(group)))


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold().translate(_PLAIN)).strip("-")
