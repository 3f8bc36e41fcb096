"""What a beginning may become: things, types, properties; each also by its id."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeVar

from kg.names import Names
from kg.readings import read
from kg.reconciliation.matching import Matcher
from kg.reconciliation.properties import Properties, Property
from kg.reconciliation.queries import LONGEST, NAME, Condition, Query
from kg.reconciliation.types import KINDS, Type, kinds_of, known, types, types_of
from kg.search import Index, Wish
from kg.spelling import words

_ALIKE = 90.0
One = TypeVar("One", bound="Type | Property")


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of the suggestions is wanted."""

    limit: int
    skip: int = 0
    of: tuple[str, ...] = ()
    """The types that things may have; any where there is none."""


def things(
    matcher: Matcher, index: Index, names: Names, prefix: str, part: Part
) -> tuple[str, ...]:
    """Return things whose names begin so or whose id this is, best first; all for no beginning.

    Where none begin so, those that begin so without the word of a type ("LK Hav"), or look so.
    """
    wanted = part.skip + part.limit
    kinds = kinds_of(known(part.of))
    if not prefix.strip():
        narrow = tuple(("sort", kind) for kind in kinds[:1]) if len(kinds) == 1 else ()
        found: Iterable[str] = [
            hit.iri for hit in index.find(Wish(filters=narrow), "label", wanted).hits
        ]
    else:
        begun = [hit.iri for hit in index.suggest(prefix, kinds, wanted)]
        found = [*matcher.called(prefix, kinds), *begun]
        bare = read(prefix[:LONGEST]).bare
        if not found and bare:
            found = [hit.iri for hit in index.suggest(bare, kinds, wanted)]
        if not found:
            query = Query((Condition(NAME, (prefix[:LONGEST],)),), part.of, limit=part.limit)
            alike = matcher.candidates(query)
            found = [one.iri for one in alike if one.score >= _ALIKE]
    fitting = [one for one in dict.fromkeys(found) if _is(names, one, part.of)]
    return tuple(fitting[part.skip : wanted])


def _is(names: Names, iri: str, of: Iterable[str]) -> bool:
    held = types_of(names, iri)
    return held[-1] in KINDS and (not of or bool(set(of) & set(held)))


def some_types(names: Names, prefix: str, part: Part) -> tuple[Type, ...]:
    """Return the types of whose names a word begins so."""
    return _beginning(types(names).values(), prefix, part)


def some_properties(properties: Properties, prefix: str, part: Part) -> tuple[Property, ...]:
    """Return the properties of whose names a word begins so."""
    return _beginning(properties.all.values(), prefix, part)


def _beginning(every: Iterable[One], prefix: str, part: Part) -> tuple[One, ...]:
    asked = words(prefix)
    plain = prefix.strip().casefold()
    rated: list[tuple[int, One]] = []
    for one in every:
        told = [*one.labels.values(), one.id]
        said = [word for text in told for word in words(text)]
        if one.id.casefold() == plain or any(text.casefold() == plain for text in told):
            rated.append((0, one))
        elif all(any(word.startswith(start) for word in said) for start in asked):
            rated.append((1, one))
    rated.sort(key=itemgetter(0))
    return tuple(one for _, one in rated[part.skip : part.skip + part.limit])
