"""Judges the things that a query may mean.

A candidate's score is the likeness of its name, moved by what else is asked: type words and types,
the Land in brackets, properties. From 97 on it is one that a build would take the name for; see
decision 0013 for why a wrong letter never leads there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nsmallest
from pathlib import Path
from typing import Final

from kg.names import kind_of, names_of
from kg.namespaces import ID as THINGS
from kg.reconciliation.filters import Filter
from kg.reconciliation.finding import Finder, Name, taken_apart
from kg.reconciliation.namebook import namebook_of
from kg.reconciliation.properties import properties_of
from kg.reconciliation.queries import (
    ID,
    NAME,
    PROPERTY,
    Candidate,
    Condition,
    Feature,
    Query,
    checked,
)
from kg.reconciliation.rules import Asked, Rules
from kg.reconciliation.types import KINDS, PLACE, kinds_of, known, types_of
from kg.search import index_of
from kg.store import Graph

_CEILING: Final = 0.96
"""The score of the best name that is not taken for its thing by itself."""
_SURE: Final = 0.97
_EQUAL: Final = 0.99
_OPEN: Final = 0.5
"""From this likeness on a thing is a candidate."""
_ENOUGH: Final = 0.78
"""A name this much alike stands beside an exact key."""
_BY_WORDS: Final = 0.55
_LONG_KEY: Final = 5
_KEYS: Final = frozenset({
    "ars", "ags", "nuts", "key", "verbandKey", "leikaKey", "ozgKey", "shortCode",
    "politicalGeocodingURI", "contributorID",
})  # fmt: skip
"""Properties whose value belongs to one thing."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """A query, made ready to be asked of many things."""

    query: Query
    kinds: tuple[str, ...]
    filters: tuple[Filter, ...]
    by_name: tuple[tuple[Condition, tuple[Name, ...]], ...]
    keyed: frozenset[str]
    """The things asked for by an id, or by an id in place of a name."""

    @property
    def names(self) -> tuple[Name, ...]:
        """Return all names that are looked for."""
        return tuple(name for _, names in self.by_name for name in names)


class Matcher:
    """All things of a release, to be asked for by what others say of them."""

    def __init__(self, graph: Graph, index: Path | None = None) -> None:
        """Read names and rules; properties are read when first asked for."""
        self._names = names_of(graph)
        book = namebook_of(graph)
        self._rules = Rules(graph, book)
        self._properties = properties_of(graph)
        self._finder = Finder(self._names, book, self._rules, index_of(graph, index))

    def warm(self) -> None:
        """Read the properties that every answer needs or that are asked for most."""
        for one in ("population", "places", "land", "kreis"):
            self._properties.column(one)

    def candidates(self, query: Query) -> tuple[Candidate, ...]:
        """Return what may be meant, the likeliest first; `BadQueryError` for what makes no sense.

        At most one of them is a match.
        """
        wish = self._ready(checked(query))
        alike = {iri: one for iri, one in self._alike(wish).items() if self._fits(iri, wish)}
        sure = self._certain(wish, alike)
        rated = {iri: self._rated(iri, alike[iri], wish) for iri in self._likeliest(alike, wish)}
        if sure is not None:
            score = round(100 * max(alike[sure], _SURE), 1)
            rated[sure] = replace(rated[sure], score=score, match=True)
        order = sorted(rated.values(), key=lambda one: (-one.score, *self._rank(one.iri)))
        return tuple(order[: query.limit])

    def identified(self, text: str, kinds: Sequence[str] = tuple(KINDS)) -> tuple[str, ...]:
        """Return the things of which a text is the IRI, the end of the IRI, or a key."""
        return self._finder.identified(text, kinds)

    def called(self, text: str, kinds: Sequence[str]) -> tuple[str, ...]:
        """Return the things of which this is an id, or a name in any spelling."""
        return tuple(dict.fromkeys(
            (*self.identified(text, kinds), *self._finder.equal(text, kinds))
        ))  # fmt: skip

    def _ready(self, query: Query) -> _Wish:
        types = known(query.types)
        kinds = kinds_of(types if query.strict != "should" else ())
        by_name = tuple((one, tuple(map(taken_apart, one.values))) for one in query.of(NAME))
        ids = [value for one in query.of(ID) if one.quantifier != "none" for value in one.values]
        names = (value for one in query.of(NAME) for value in one.values)
        ids += [value for value in names if _may_be_key(value, typed=bool(query.types))]
        return _Wish(
            query, kinds, tuple(Filter(one, self._properties) for one in query.of(PROPERTY)),
            by_name, frozenset(iri for one in ids for iri in self.identified(one, kinds)),
        )  # fmt: skip

    def _alike(self, wish: _Wish) -> Mapping[str, float]:
        """Return the candidates, each with the likeness of its name to those looked for."""
        if not wish.by_name:
            found = wish.keyed if wish.query.of(ID) else self._having(wish.filters, wish.kinds)
            return dict.fromkeys(found, 1.0)
        keys = [one for one in wish.filters if one.property.id in _KEYS]
        by_key = {*wish.keyed, *self._having(keys, wish.kinds)}
        near = {iri for name in wish.names for iri in self._finder.near(name, wish.kinds)}
        alike = {iri: self._of_names(iri, wish) for iri in by_key | near}
        if max(alike.values(), default=0) < _ENOUGH:
            for name in wish.names:
                for iri in self._finder.by_words(name, wish.kinds):
                    alike[iri] = max(alike.get(iri, 0), _BY_WORDS)
        return {iri: one for iri, one in alike.items() if one >= _OPEN or iri in by_key}

    def _of_names(self, iri: str, wish: _Wish) -> float:
        if iri in wish.keyed:
            return 1.0
        each = []
        for condition, names in wish.by_name:
            values = [self._finder.likeness(one, iri) for one in names]
            if condition.quantifier == "none":
                each.append(0.0 if max(values) >= _EQUAL else 1.0)
            else:
                each.append(min(values) if condition.quantifier == "all" else max(values))
        return sum(each) / len(each)

    def _likeliest(self, alike: Iterable[str], wish: _Wish) -> Iterable[str]:
        """Return what is worth rating: all that a name found, of many others the best."""
        if wish.by_name:
            return alike

        def order(iri: str) -> tuple[int, int, float, str, str]:
            return (-sum(one.holds(iri) for one in wish.filters), *self._rank(iri))

        return nsmallest(wish.query.limit, alike, key=order)

    def _fits(self, iri: str, wish: _Wish) -> bool:
        """Tell whether nothing forbids a candidate: types, required properties, ids."""
        query = wish.query
        if query.strict != "should" and not self._typed(iri, query):
            return False
        for one in query.of(ID):
            among = any(iri in self.identified(value) for value in one.values)
            if among == (one.quantifier == "none") and (one.required or one.quantifier == "none"):
                return False
        return all(one.holds(iri) for one in wish.filters if one.required)

    def _rated(self, iri: str, alike: float, wish: _Wish) -> Candidate:
        """Return a candidate with its features and its score."""
        features = [Feature("name-likeness", round(100 * alike, 1))] if wish.by_name else []
        if iri in wish.keyed:
            features.append(Feature("known-id", value=True))
        moved = 0.0
        for told, value, good, bad in self._around(iri, wish):
            features.append(Feature(told, value))
            moved += good if value else bad
        held = [one for one in wish.filters if one.holds(iri)]
        features += [Feature(one.property.id, one in held) for one in wish.filters]
        if not wish.by_name and wish.filters:
            alike = len(held) / len(wish.filters)
        moved += 0.02 * len(held) - 0.1 * (len(wish.filters) - len(held))
        score = 1.0 if iri in wish.keyed else max(0.0, min(_CEILING, alike + moved))
        return Candidate(iri, round(100 * score, 1), _each_once(features))

    def _around(self, iri: str, wish: _Wish) -> Iterator[tuple[str, bool, float, float]]:
        """Yield features of what stands around the name, and how they move the score."""
        if wish.query.types:
            yield "type", self._typed(iri, wish.query), 0.0, -0.2
        if kind_of(iri) != PLACE:
            return
        marks = self._marks(iri)
        for name in wish.names:
            if name.reading.types:
                yield "type-word", bool(marks & name.reading.types), 0.02, -0.05
            if lands := self._finder.lands(name):
                land = iri.removeprefix(f"{THINGS}{PLACE}/")[:2]
                yield "land-in-name", land in lands, 0.02, -0.1

    def _certain(self, wish: _Wish, alike: Mapping[str, float]) -> str | None:
        """Return the one thing that is meant for certain, None where it is open."""
        holding = [
            iri for iri in alike
            if all(one.holds(iri) for one in wish.filters) and self._typed(iri, wish.query)
        ]  # fmt: skip
        if any(iri in wish.keyed for iri in alike):
            return _only([iri for iri in alike if iri in wish.keyed], holding)
        if any(one.property.id in _KEYS for one in wish.filters):
            return _only([iri for iri in holding if alike[iri] >= _ENOUGH], holding)
        if not wish.by_name:
            return None
        meant = self._meant(wish)
        equal = [iri for iri in alike if alike[iri] >= _EQUAL and self._bears(iri, wish)]
        if len(meant) == 1:
            (one,) = meant
            rivals = [iri for iri in equal if kind_of(iri) != kind_of(one)]
            return one if one in holding and not rivals else None
        if meant or not wish.filters:
            return None
        return _only([iri for iri in equal if iri in holding], holding)

    def _meant(self, wish: _Wish) -> frozenset[str]:
        """Return what the rules take the names for."""
        levels = frozenset(wish.query.types) - set(KINDS)
        if len(levels) < len(set(wish.query.types)):
            levels = frozenset()
        lands = [one.values[0] for one in wish.query.of(PROPERTY) if one.property == "land"]
        land = self._rules.places.land(lands[0]) if lands else ""
        found = (self._rules.meant(Asked(one.text, wish.kinds, levels, land)) for one in wish.names)
        return frozenset().union(*found)

    def _bears(self, iri: str, wish: _Wish) -> bool:
        """Tell whether a thing bears the type word of the names, if it is a place."""
        marks = self._marks(iri)
        told = [name.reading.types for name in wish.names if name.reading.types]
        return kind_of(iri) != PLACE or all(marks & types for types in told)

    def _typed(self, iri: str, query: Query) -> bool:
        """Tell whether a thing has the types asked for: one of them, or all."""
        held, wanted = set(types_of(self._names, iri)), set(query.types)
        return wanted <= held if query.strict == "all" else not wanted or bool(wanted & held)

    def _marks(self, place: str) -> set[str]:
        return self._names.types.get(place, set()) | self._names.levels.get(place, set())

    def _having(self, filters: Iterable[Filter], kinds: Sequence[str]) -> frozenset[str]:
        """Return the things of these kinds that fulfil one of the conditions."""
        found = {iri for one in filters for iri in one.holders()}
        return frozenset(iri for iri in found if kind_of(iri) in kinds)

    def _rank(self, iri: str) -> tuple[int, float, str, str]:
        """Return what decides between candidates of one score: kind, size, name."""
        people = self._properties.column("population").values.get(iri)
        number = (people[0].number or 0) if people else 0
        return (list(KINDS).index(kind_of(iri)), -number, self._names.label(iri), iri)


def _may_be_key(text: str, *, typed: bool) -> bool:
    """Tell whether what stands for a name may be an id: short numbers are none by themselves."""
    digits = any(one.isdigit() for one in text)
    return "/" in text or (digits and (typed or len(text.strip()) >= _LONG_KEY))


def _only(iris: Sequence[str], holding: Sequence[str]) -> str | None:
    """Return the one thing that is left, if it fulfils all conditions."""
    return iris[0] if len(iris) == 1 and iris[0] in holding else None


def _each_once(features: Iterable[Feature]) -> tuple[Feature, ...]:
    """Return the features; of those with one id all must hold."""
    found: dict[str, Feature] = {}
    for one in features:
        before = found.get(one.id)
        found[one.id] = one if before is None or not one.value else before
    return tuple(found.values())


@lru_cache(maxsize=2)
def matcher_of(graph: Graph, index: Path | None = None) -> Matcher:
    """Return what matches names to an opened release; releases never change."""
    return Matcher(graph, index)
