"""Properties of things, for matching, extending and suggesting: what a property says of each thing.

The properties are the fields of the lists of the JSON API under the same names, and some more:
names, keys, and the places around. Each is read once a release, when first asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, cast

from kg.answers.facts import notation
from kg.answers.labels import property_label
from kg.answers.rows import LIST_OF, fields_of
from kg.documentation.dictionary import dictionary
from kg.errors import BadQueryError
from kg.iri import geometry_of, kind_and_key
from kg.names import Names, kind_of, names_of, pairs
from kg.placenames import loose
from kg.reconciliation.namebook import Namebook, namebook_of
from kg.reconciliation.types import KINDS, PLACE
from kg.store import Graph
from kg.terms import DCATDE, LOTSE, SCHEMA, SKOS, WGS, Literal, NamedNode

_NUMBERS: Final = frozenset({"int", "float"})
_AROUND: Final = ("land", "regierungsbezirk", "kreis", "verband")
_PLACED: Final = frozenset({PLACE, "actor", "lab", "innovation"})
_MORE: Final[Mapping[str, tuple[frozenset[str], tuple[NamedNode, ...]]]] = {
    "alternativeNames": (frozenset(KINDS), (SKOS.altLabel, LOTSE.abbreviation)),
    "postcode": (frozenset({PLACE, "actor"}), (LOTSE.postcode,)),
    "verbandKey": (frozenset({PLACE}), (LOTSE.verbandKey,)),
    "shortCode": (frozenset({PLACE}), (LOTSE.shortCode,)),
    "politicalGeocodingURI": (frozenset({PLACE}), (DCATDE.politicalGeocodingURI,)),
    "contributorID": (frozenset({PLACE, "actor", "lab"}), (DCATDE.contributorID,)),
    "sameAs": (frozenset({"actor"}), (SCHEMA.sameAs,)),
}
"""Properties that the lists do not show: the kinds that have them, and where they come from."""
_MADE: Final = ("name", "key", *_AROUND)


@dataclass(frozen=True, slots=True)
class Value:
    """A value: a text, and of which thing it is the name or of which number the writing."""

    text: str
    iri: str = ""
    lang: str = ""
    number: int | float | None = None


@dataclass(frozen=True, slots=True)
class Property:
    """A property, and the kinds of things that may have it."""

    id: str
    labels: Mapping[str, str]
    descriptions: Mapping[str, str]
    kinds: frozenset[str]
    of_things: str = ""
    """The type of its values where all of them are things of one type."""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """What a property says of all things."""

    values: Mapping[str, tuple[Value, ...]]
    """Thing → its values, in a fixed order."""
    holders: Mapping[str, frozenset[str]]
    """A value in each form in which people write it, folded → the things that have it."""


def folded(text: str) -> str:
    """Return a text as values are compared: letters and digits only, umlauts in one spelling."""
    return loose(text) or " ".join(text.split()).casefold()


class Properties:
    """All properties of a release."""

    def __init__(self, graph: Graph) -> None:
        """Remember the graph; nothing is read yet."""
        self._graph = graph
        self._names: Names = names_of(graph)
        self._book: Namebook = namebook_of(graph)
        self._sources = _sources()
        self._columns: dict[str, Column] = {}
        self.all: Mapping[str, Property] = _properties(graph, self._sources)

    def named(self, ident: str) -> Property:
        """Return the property of this id; `BadQueryError` where there is none."""
        found = self.all.get(ident)
        if found is None:
            there_are = ", ".join(self.all)
            raise BadQueryError(f"There is no property {ident!r}; there are {there_are}.")
        return found

    def column(self, ident: str) -> Column:
        """Return what a property says of all things."""
        found = self._columns.get(ident)
        if found is None:
            found = self._columns[ident] = self._read(self.named(ident))
        return found

    def _read(self, prop: Property) -> Column:
        said: dict[str, dict[Value, None]] = defaultdict(dict)
        for iri, value in self._pairs(prop):
            if kind_of(iri) in prop.kinds:
                said[iri].setdefault(value)
        holders: dict[str, set[str]] = defaultdict(set)
        for iri, values in said.items():
            for value in values:
                for form in self._forms(value):
                    holders[folded(form)].add(iri)
        ordered = {
            iri: tuple(sorted(held, key=lambda one: (one.text, one.iri)))
            for iri, held in said.items()
        }
        return Column(ordered, {form: frozenset(iris) for form, iris in holders.items()})

    def _pairs(self, prop: Property) -> Iterator[tuple[str, Value]]:
        if prop.id in _AROUND:
            yield from self._around(prop.id)
        elif prop.id in _MADE:
            for iri in self._book.things:
                yield from ((iri, value) for value in self._own(prop.id, iri))
        for predicate, form in self._sources.get(prop.id, {}).items():
            yield from self._stated(predicate, form)

    def _own(self, ident: str, iri: str) -> Iterator[Value]:
        if ident == "key":
            yield from map(Value, self._book.keys[iri])
        else:
            labels = self._names.labels[iri].items()
            yield from (Value(text, lang=lang) for lang, text in labels)

    def _around(self, level: str) -> Iterator[tuple[str, Value]]:
        places: dict[str, set[str]] = defaultdict(set)
        for iri in self._book.things:
            if kind_of(iri) == PLACE:
                places[iri].add(iri)
        for predicate in (LOTSE.takesPlaceIn, LOTSE.place):
            for iri, place in pairs(self._graph, predicate):
                places[self._names.same.get(iri, iri)].add(place)
        for iri, own in places.items():
            for place in own:
                for above in (place, *self._names.ancestors(place)):
                    if level in self._names.levels.get(above, ()):
                        yield iri, self._thing(above)

    def _stated(self, predicate: NamedNode, form: str) -> Iterator[tuple[str, Value]]:
        if predicate in {WGS.lat, WGS.long}:
            of = {geometry_of(NamedNode(iri)).value: iri for iri in self._book.things}
        else:
            of = {}
        for quad in self._graph.quads(None, predicate):
            iri = cast("NamedNode", quad.subject).value
            iri = of.get(iri, iri)
            iri = self._names.same.get(iri, iri)
            value = cast("NamedNode | Literal", quad.object)
            if iri in self._book.names:
                yield iri, self._value(value, form)

    def _value(self, value: NamedNode | Literal, form: str) -> Value:
        if isinstance(value, NamedNode):
            if form == "term":
                return Value(notation(self._graph, value.value) or value.value)
            return self._thing(self._names.same.get(value.value, value.value))
        if form in _NUMBERS:
            return Value(
                value.value, number=float(value.value) if form == "float" else int(value.value)
            )
        return Value(value.value, lang=value.language or "")

    def _thing(self, iri: str) -> Value:
        if iri in self._book.names:
            return Value(self._names.label(iri), iri)
        return Value(self._names.label(iri) if iri in self._names.labels else iri)

    def _forms(self, value: Value) -> Iterable[str]:
        """Return all ways in which people write a value."""
        if not value.iri:
            return (value.text,)
        short = "/".join(kind_and_key(value.iri) or ())
        return {value.iri, short, *self._book.keys[value.iri], *self._book.names[value.iri]}


def _sources() -> Mapping[str, Mapping[NamedNode, str]]:
    """Return for each property that is stated where it is stated, and in which form."""
    found: dict[str, dict[NamedNode, str]] = defaultdict(dict)
    for kind in KINDS:
        for name, predicate, form in fields_of()[LIST_OF[kind]]:
            found[name][predicate] = form if form in _NUMBERS else form.removesuffix("s")
    for name, (_, predicates) in _MORE.items():
        found[name].update(dict.fromkeys(predicates, "text"))
    return found


def _properties(
    graph: Graph, sources: Mapping[str, Mapping[NamedNode, str]]
) -> Mapping[str, Property]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for kind in KINDS:
        for name, _, _ in fields_of()[LIST_OF[kind]]:
            kinds[name].add(kind)
    told = {field.name: field.meaning for table in dictionary() for field in table.fields}
    found = {}
    for ident in (*_MADE, *sources):
        held = _PLACED if ident in _AROUND else frozenset(KINDS) if ident in _MADE else kinds[ident]
        if ident in _MORE:
            held = _MORE[ident][0]
        labels = _LABELS.get(ident) or {
            lang: property_label(graph, next(iter(sources[ident])).value, lang)
            for lang in ("de", "en")
        }
        of_things = ident if ident in _AROUND else _OF_THINGS.get(ident, "")
        number = bool(_NUMBERS & set(sources.get(ident, {}).values()))
        found[ident] = Property(
            ident, labels, told.get(ident, {}), frozenset(held), of_things, number
        )
    return found


_OF_THINGS: Final = {
    "places": PLACE, "partOf": PLACE, "themes": "theme", "concludedThemes": "theme",
    "realises": "solution", "bundle": "service", "situation": "service",
}  # fmt: skip
_LABELS: Final = {
    "name": {"de": "Name", "en": "name"},
    "alternativeNames": {"de": "weitere Namen", "en": "other names"},
    "key": {"de": "Schlüssel", "en": "key"},
    "land": {"de": "Land", "en": "state (Land)"},
    "regierungsbezirk": {"de": "Regierungsbezirk", "en": "government region"},
    "kreis": {"de": "Kreis", "en": "district (Kreis)"},
    "verband": {"de": "Gemeindeverband", "en": "association of municipalities"},
}


@lru_cache(maxsize=2)
def properties_of(graph: Graph) -> Properties:
    """Return the properties of an opened release; releases never change."""
    return Properties(graph)
