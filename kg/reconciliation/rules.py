"""What a build would take a name for: the rules of resolution, asked for a name by itself.

Places by name, type word, level and Land (`kg.meaning`); actors and labs by label, abbreviation
and as people write them (`kg.organisations`); everything else by the label that is exactly its.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kg.labels import alike, organisations
from kg.meaning import MATCHED, UNKNOWN, meant
from kg.names import kind_of, names_of
from kg.organisations import respelt
from kg.places import Places
from kg.reconciliation.namebook import Namebook, written
from kg.reconciliation.types import PLACE
from kg.store import Graph
from kg.terms import NamedNode

AMBIGUOUS = "ambiguous"
_BODIES = frozenset({"actor", "lab"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A name, and what stands around it that the rules know of."""

    text: str
    kinds: tuple[str, ...]
    levels: frozenset[str] = frozenset()
    land: str = ""


class Rules:
    """The rules of a release."""

    def __init__(self, graph: Graph, book: Namebook) -> None:
        """Read the places and the organisations."""
        self.places = Places(graph)
        self._book = book
        self._same = names_of(graph).same
        self._labels, self._abbreviations = organisations(graph)
        self._alike = alike(graph)

    def meant(self, asked: Asked) -> frozenset[str]:
        """Return the things that a name means for certain, one of each sort that it may be."""
        return frozenset((*self._place(asked), *self._body(asked), *self._other(asked)))

    def several(self, asked: Asked) -> tuple[str, ...]:
        """Return the bodies that a name joins or may mean, as candidates."""
        if not _BODIES & set(asked.kinds):
            return ()
        _, things = respelt(asked.text, lambda name, _: self._said(asked, name))
        return self._fitting(things, asked.kinds)

    def _place(self, asked: Asked) -> Iterable[str]:
        if PLACE not in asked.kinds:
            return ()
        found = meant(self.places, asked.text, asked.levels, asked.land)
        return [found.ranked[0].thing.value] if found.result == MATCHED else []

    def _body(self, asked: Asked) -> Iterable[str]:
        if not _BODIES & set(asked.kinds):
            return ()
        result, things = self._said(asked, asked.text)
        if result == UNKNOWN:
            result, things = respelt(asked.text, lambda name, _: self._said(asked, name))
        return self._fitting(things, asked.kinds) if result == MATCHED else ()

    def _said(self, asked: Asked, name: str) -> tuple[str, tuple[NamedNode, ...]]:
        """Return what a name of a body means: by label, abbreviation, or squeezed; or the place."""
        for table in (self._labels, self._abbreviations, self._alike):
            found = table.named(name).things
            things = tuple(dict.fromkeys(self._same.get(one.value, one.value) for one in found))
            if things:
                nodes = tuple(map(NamedNode, things))
                return (MATCHED if len(nodes) == 1 else AMBIGUOUS), nodes
        if PLACE not in asked.kinds or name == asked.text:
            return UNKNOWN, ()
        place = meant(self.places, name, asked.levels, asked.land)
        return place.result, tuple(one.thing for one in place.ranked)

    def _other(self, asked: Asked) -> Iterable[str]:
        kinds = [one for one in asked.kinds if one != PLACE and one not in _BODIES]
        name = written(asked.text)
        found = {
            iri
            for iri in self._book.equal(name, kinds)
            if any(one.folded == name.folded for one in self._book.written[iri])
        }
        return found if len(found) == 1 else ()

    @staticmethod
    def _fitting(things: Iterable[NamedNode], kinds: Iterable[str]) -> tuple[str, ...]:
        return tuple(one.value for one in things if kind_of(one.value) in kinds)
