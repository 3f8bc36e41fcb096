"""A Kreis with its NUTS-3 code; what else there is to say of it, the register says."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record
from kg.iri import mint
from kg.terms import LOTSE, Triple, text

_ARS: Final = 12


def transform(record: Record) -> Iterator[Triple]:
    """Yield the NUTS-3 code of a Kreis."""
    fields = Fields(record)
    key, code = fields.take("AGS"), fields.take("NUTS3")
    if re.fullmatch("[0-9]{5}", key) is None:
        message = (
            f"field 'AGS' is {key!r}; the key of a Kreis has five digits. Zeros at the beginning "
            "are lost when a spreadsheet saves keys as numbers: read them as text"
        )
        raise FieldError(message)
    if re.fullmatch("DE[0-9A-Z]{3}", code) is None:
        message = f"field 'NUTS3' is {code!r}; a German NUTS-3 code is DE and three characters"
        raise FieldError(message)
    yield Triple(mint("jurisdiction", key.ljust(_ARS, "0")), LOTSE.nuts, text(code))
    fields.close()
