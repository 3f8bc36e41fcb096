"""One jurisdiction with its names, and many of them by name, short name and spelling."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.iri import kind_and_key
from kg.placenames import fair, loose
from kg.register import HOME
from kg.terms import NamedNode

NO_BODY: Final = frozenset({"58", "65", "66"})
"""Marks of territories that no name finds."""
LONGER: Final = re.compile(
    r"(?= (?:a[mn]|im|in|bei|ob|auf|vor|unter|zu[mr]?|de[rsm]|[abiouv]\.)|/)"
)
"""Where a longer name goes on behind the name that people shorten it to."""


@dataclass(slots=True)
class Place:
    """A jurisdiction with what tells it from others of its name."""

    iri: NamedNode
    marks: set[str] = field(default_factory=set)
    """Text keys and levels."""
    labels: set[str] = field(default_factory=set)
    """Folded names with their brackets."""
    names: set[str] = field(default_factory=set)
    """Name keys, and the official name as people write it."""
    others: set[str] = field(default_factory=set)
    """Further names, such as each half of one in two languages."""

    @property
    def land(self) -> str:
        """Return the key of the Land in which it lies."""
        found = kind_and_key(self.iri.value)
        return found[1][:2] if found else ""

    @property
    def kreis(self) -> str:
        """Return the key of the Kreis in which it lies."""
        return self.iri.value.removeprefix(HOME)[:5]


def by_name(places: Iterable[Place]) -> Mapping[str, list[Place]]:
    """Return the bodies and territories by name; without those that no name finds."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if not place.marks & NO_BODY:
            for name in place.names:
                found[name].append(place)
    return found


def by_short_name(places: Iterable[Place]) -> Mapping[str, list[Place]]:
    """Return the places by what their longer names may be shortened to."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if not place.marks & NO_BODY:
            for label in place.labels:
                for cut in LONGER.finditer(label):
                    found[label[: cut.start()]].append(place)
    return found


def by_spelling(
    places: Iterable[Place],
) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
    """Return the labels by their careful and by their careless form."""
    careful: dict[str, set[str]] = defaultdict(set)
    careless: dict[str, set[str]] = defaultdict(set)
    for place in places:
        if not place.marks & NO_BODY:
            for label in place.labels:
                for name in {label, *place.others}:
                    careful[fair(name)].add(label)
                    careless[loose(name)].add(label)
    return careful, careless
