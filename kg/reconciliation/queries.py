"""What is asked of reconciliation, and what it answers: the same for both versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.errors import BadQueryError

LIMIT: Final = 10
"""Candidates of a query that does not say how many it wants."""
MOST: Final = 100
"""Candidates that a query may have."""
LONGEST: Final = 1000
"""Characters of a name or value; what is longer is no name."""
MOST_NAMES: Final = 10
MOST_VALUES: Final = 100
"""Names and values that a query may give, all its conditions together."""
NAME: Final = "name"
ID: Final = "id"
PROPERTY: Final = "property"
MATCH_TYPES: Final = (NAME, ID, PROPERTY)
QUANTIFIERS: Final = ("any", "all", "none")
STRICT: Final = ("any", "all", "should")

QUALIFIERS: Final[Mapping[str, Mapping[str, str]]] = {
    "alike": {"de": "gleich, in jeder Schreibweise", "en": "equal in any spelling"},
    "exact": {"de": "Zeichen für Zeichen gleich", "en": "equal letter by letter"},
    "begins": {"de": "beginnt so", "en": "begins so"},
}
"""How a value may be compared; the first where nothing is said."""
OF_NUMBERS: Final[Mapping[str, Mapping[str, str]]] = {
    "at-least": {"de": "mindestens", "en": "at least"},
    "at-most": {"de": "höchstens", "en": "at most"},
}
"""How a number may be compared besides."""


FEATURES: Final[Mapping[str, Mapping[str, str]]] = {
    "name-likeness": {"de": "Ähnlichkeit des Namens", "en": "likeness of the name"},
    "known-id": {"de": "Kennung oder Schlüssel", "en": "id or key"},
    "type": {"de": "Typ passt", "en": "type fits"},
    "type-word": {"de": "Wort für den Typ passt", "en": "word of the type fits"},
    "land-in-name": {"de": "Land im Namen passt", "en": "Land in the name fits"},
}
"""What speaks for or against a candidate; besides, each property asked for by its id."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that the thing meant shall fulfil."""

    match: str
    """`name`, `id` or `property`."""
    values: tuple[str, ...]
    property: str = ""
    required: bool = False
    quantifier: str = "any"
    qualifier: str = "alike"


@dataclass(frozen=True, slots=True)
class Query:
    """A question: which things are meant."""

    conditions: tuple[Condition, ...]
    types: tuple[str, ...] = ()
    strict: str = "any"
    """Whether a thing must bear `any` or `all` of the types, or only `should`."""
    limit: int = LIMIT

    def of(self, match: str) -> tuple[Condition, ...]:
        """Return the conditions on names, ids or properties."""
        return tuple(one for one in self.conditions if one.match == match)


@dataclass(frozen=True, slots=True)
class Feature:
    """One reason for or against a candidate."""

    id: str
    value: float | bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant."""

    iri: str
    score: float
    """From 0 to 100."""
    features: tuple[Feature, ...]
    match: bool = False
    """Whether it is meant, by the rules by which a build takes a name for a thing."""


def checked(query: Query) -> Query:
    """Return a query that can be answered; `BadQueryError` says what is wrong with any other."""
    if not query.conditions:
        raise BadQueryError("A query needs a name, an id or a property to look for.")
    if query.limit < 1:
        raise BadQueryError(f"limit is {query.limit}; it must be 1 or more.")
    names = sum(len(one.values) for one in query.of(NAME))
    values = sum(len(one.values) for one in query.conditions)
    if names > MOST_NAMES or values > MOST_VALUES:
        raise BadQueryError(f"A query may give {MOST_NAMES} names and {MOST_VALUES} values.")
    for one in query.conditions:
        if not one.values or not all(value.strip() for value in one.values):
            raise BadQueryError(f"The {one.property or one.match} to look for is empty.")
        if any(len(value) > LONGEST for value in one.values):
            raise BadQueryError(f"A value may have at most {LONGEST} characters.")
        if one.quantifier not in QUANTIFIERS:
            raise BadQueryError(f"There is no quantifier {one.quantifier!r}; {_are(QUANTIFIERS)}")
    if query.strict not in STRICT:
        raise BadQueryError(f"type_strict is {query.strict!r}; {_are(STRICT)}")
    return query


def _are(words: tuple[str, ...]) -> str:
    return f"there are {', '.join(words)}."
