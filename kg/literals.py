"""What the store makes of a literal (ontology/decisions/0014).

The engine keeps numbers, dates and durations as values and gives each back in one form, integer
types as `xsd:integer`. Whatever it would change is refused before, so that files and store agree.
"""

from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.namespaces import XSD

_ANY: Final = NamedNode(XSD.base)
_STRING: Final = XSD.string


def stored(literal: Literal) -> Literal:
    """Return what the store gives back of a literal; the same where nothing is lost."""
    datatype = literal.datatype
    is_value = datatype != _STRING and datatype.value.startswith(XSD.base)
    return _stored(literal) if is_value else literal


@lru_cache(maxsize=1 << 14)
def _stored(literal: Literal) -> Literal:
    store = Store()
    store.add(Quad(_ANY, _ANY, literal))
    found = next(iter(store)).object
    assert isinstance(found, Literal)  # noqa: S101 (a literal was added)
    return found
