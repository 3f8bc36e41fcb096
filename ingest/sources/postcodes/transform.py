"""A postcode → the Gemeinden in which it lies; nothing is concluded from it anywhere."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record
from kg.iri import mint
from kg.terms import LOTSE, RDF, SKOS, Triple, text

SLUG: Final = "postcodes"
_POSTCODE: Final = re.compile(r"\d{5}")


def transform(record: Record) -> Iterator[Triple]:
    """Yield one postcode; Gemeinden that the register does not know are counted."""
    if not _POSTCODE.fullmatch(record.key):
        message = f"field 'plz' is {record.key!r}; wanted are 5 digits. A lost leading zero?"
        raise FieldError(message)
    postcode = mint("postcode", record.key)
    yield Triple(postcode, RDF.type, LOTSE.Postcode)
    yield Triple(postcode, SKOS.notation, text(record.key))
    for one in record.rows:
        row = Fields(record, one)
        key, ags = row.maybe("ars"), row.take("ags")
        if key is None:
            record.unmapped.append(("ags", ags))
        else:
            yield Triple(postcode, LOTSE.postcodeOf, mint("jurisdiction", key))
        row.close(ignore=frozenset({"plz"}))
