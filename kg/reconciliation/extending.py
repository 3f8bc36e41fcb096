"""The values of some properties of some things, as a table is extended by them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.errors import BadQueryError
from kg.reconciliation.properties import Properties, Property, Value
from kg.reconciliation.types import kinds_of, known

FORMS: Final = ("thing", "name", "iri")
"""How a value that is a thing is given: as a thing, or as one of its two texts."""
_FIRST: Final = (
    "ars", "ags", "nuts", "land", "kreis", "verband", "levels", "population", "postcode",
    "leikaKey", "abbreviation", "kinds", "places", "themes", "homepage", "status", "stage",
)  # fmt: skip
"""What people want first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A property that is wanted, and how."""

    property: Property
    limit: int = 0
    """How many values at most; 0 for all."""
    form: str = FORMS[0]


def wanted(properties: Properties, ident: str, settings: Mapping[str, object]) -> Wanted:
    """Return a property with its settings; `BadQueryError` for one that there is not."""
    unknown = sorted(set(settings) - {"limit", "form"})
    if unknown:
        raise BadQueryError(f"There is no setting {unknown[0]!r}; there are limit, form.")
    form = settings.get("form") or FORMS[0]
    if form not in FORMS:
        raise BadQueryError(f"form is {form!r}; there are {', '.join(FORMS)}.")
    limit = str(settings.get("limit") or "0")
    if not limit.isdecimal():
        raise BadQueryError(f"The setting limit is {limit!r}; it must be 0 (all) or more.")
    return Wanted(properties.named(ident), int(limit), str(form))


def values(properties: Properties, iri: str, one: Wanted, lang: str) -> tuple[Value, ...]:
    """Return what a property says of a thing, in this language where it says it in several."""
    said = properties.column(one.property.id).values.get(iri, ())
    spoken = [value for value in said if value.lang in {"", lang}]
    found = spoken or list(said)
    return tuple(found[: one.limit] if one.limit else found)


def proposed(
    properties: Properties, types: Sequence[str], limit: int | None = None
) -> tuple[Property, ...]:
    """Return the properties that things of a type may have, the ones often wanted first."""
    kinds = set(kinds_of(known(types)))
    fitting = [one for one in properties.all.values() if one.kinds & kinds]
    order = {ident: at for at, ident in enumerate(_FIRST)}
    fitting.sort(key=lambda one: order.get(one.id, len(order)))
    return tuple(fitting[:limit])
