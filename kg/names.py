"""All names and keys of an opened release in memory, read once: what `kg.things` looks up.

Nothing here decides between things; see `kg.things`.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, cast
from weakref import WeakKeyDictionary

from kg.iri import kind_and_key
from kg.namespaces import VOCABULARY
from kg.store import Graph
from kg.terms import ADMS, DCTERMS, LOTSE, SKOS, Literal, NamedNode

_TERM_KINDS: Final = ("place-type", "solution-kind")
_MATCHES: Final = ("exactMatch", "closeMatch", "broadMatch")
"""What leads from the theme lists of others to ours, the strongest first."""
_PLACE: Final = "jurisdiction"


@lru_cache(maxsize=1 << 15)
def kind_of(iri: str) -> str:
    """Return the kind of one of our things or concepts, `thing` for anything else."""
    found = kind_and_key(iri)
    if found is not None:
        return found[0]
    if iri.startswith(VOCABULARY):
        local = iri.removeprefix(VOCABULARY)
        for kind in _TERM_KINDS:
            if local.startswith(f"{kind}-"):
                return kind
        kind, hyphen, _ = local.partition("-")
        return kind if hyphen else "term"
    return "thing"


class Names:
    """Names, keys and territorial order of everything in a release."""

    def __init__(self, graph: Graph) -> None:
        """Read them from the graph."""
        self.labels: dict[str, dict[str, str]] = defaultdict(dict)
        """IRI → language → preferred label."""
        self.preferred: dict[str, dict[str, list[str]]] = defaultdict(dict)
        """Kind → casefolded preferred label → IRIs."""
        self.alternative: dict[str, dict[str, list[str]]] = defaultdict(dict)
        """Kind → casefolded alternative label → IRIs."""
        self.keys: dict[str, dict[str, list[str]]] = defaultdict(dict)
        """Kind → casefolded key → IRIs."""
        self.key: dict[str, str] = {}
        """IRI → its key, where this is not the end of the IRI."""
        self.levels: dict[str, set[str]] = defaultdict(set)
        """Place → notations of its levels."""
        self.types: dict[str, set[str]] = defaultdict(set)
        """Place → notations of its types (text keys)."""
        self.parent: dict[str, str] = {}
        """Place → the place that it is part of."""
        self.same: dict[str, str] = {}
        """IRI → the IRI of the same thing that is to be spoken of."""
        self.others: dict[str, list[str]] = defaultdict(list)
        """IRI to be spoken of → the other IRIs of the same thing."""
        self.foreign: list[dict[str, list[str]]] = [{} for _ in _MATCHES]
        """For each strength of mapping: foreign IRI, code or label → our themes."""
        self._read_same(graph)
        self._read_labels(graph)
        self._read_keys(graph)
        self._read_places(graph)
        self._read_mappings(graph)

    def label(self, iri: str, lang: str = "de") -> str:
        """Return the label in this language, else German, else any, else the end of the IRI."""
        found = self.labels.get(iri)
        if not found:
            local = iri.rstrip("/").rpartition("#")[2]
            own = kind_and_key(iri)
            return own[1] if own is not None else local.rpartition("/")[2] or iri
        return found.get(lang) or found.get("de") or found.get("en") or next(iter(found.values()))

    def key_of(self, iri: str) -> str | None:
        """Return the key of a thing: its notation, else the end of its IRI."""
        found = self.key.get(iri)
        if found is not None:
            return found
        own = kind_and_key(iri)
        return own[1] if own is not None else None

    def all_of(self, iri: str) -> list[str]:
        """Return all IRIs of the same thing, the one to be spoken of first."""
        iri = self.same.get(iri, iri)
        return [iri, *sorted(self.others.get(iri, ()))]

    def ancestors(self, iri: str) -> Iterator[str]:
        """Yield the places that this place lies in, from the next one up; itself left out."""
        seen = {iri}
        above = self.parent.get(iri)
        while above is not None and above not in seen:
            yield above
            seen.add(above)
            above = self.parent.get(above)

    def level(self, iri: str) -> str | None:
        """Return the lowest level of a place: `gemeinde` of a kreisfreie Stadt."""
        held = self.levels.get(iri, ())
        return next((one for one in LEVELS if one in held), None)

    def _read_same(self, graph: Graph) -> None:
        for other, preferred in pairs(graph, LOTSE.sameThingAs):
            self.same[other] = preferred
        for other, preferred in list(self.same.items()):
            seen = {other}
            target = preferred
            while target in self.same and target not in seen:
                seen.add(target)
                target = self.same[target]
            self.same[other] = target
            self.others[target].append(other)

    def _read_labels(self, graph: Graph) -> None:
        for quad in graph.quads(None, SKOS.prefLabel):
            iri, literal = cast("NamedNode", quad.subject).value, quad.object
            if isinstance(literal, Literal):
                self.labels[iri].setdefault(literal.language or "", literal.value)
                self._add(self.preferred, iri, literal.value)
        for iri, name in pairs(graph, SKOS.altLabel):
            self._add(self.alternative, iri, name)
        for iri in self.labels:
            own = kind_and_key(iri)
            if own is not None:
                self._add(self.keys, iri, own[1])

    def _read_keys(self, graph: Graph) -> None:
        for iri, notation in pairs(graph, SKOS.notation):
            if iri in self.labels:
                self.key[iri] = notation
                self._add(self.keys, iri, notation)
        for term in (LOTSE.ags, LOTSE.verbandKey, LOTSE.nuts, LOTSE.shortCode):
            for iri, key in pairs(graph, term):
                self._add(self.keys, iri, key)
        for iri, short in pairs(graph, LOTSE.abbreviation):
            self._add(self.alternative, iri, short)
        for iri, identifier in pairs(graph, ADMS.identifier):
            for notation in _values(graph, identifier, SKOS.notation):
                self._add(self.keys, iri, notation)

    def _read_places(self, graph: Graph) -> None:
        start = len(f"{VOCABULARY}level-")
        for iri, level in pairs(graph, LOTSE.level):
            self.levels[iri].add(level[start:])
        start = len(f"{VOCABULARY}place-type-")
        for iri, written in pairs(graph, DCTERMS.type):
            self.types[iri].add(written[start:])
        for iri, above in pairs(graph, DCTERMS.isPartOf):
            self.parent[iri] = above

    def _read_mappings(self, graph: Graph) -> None:
        for strength, name in enumerate(_MATCHES):
            held = self.foreign[strength]
            for theirs, ours in pairs(graph, SKOS[name]):
                if kind_of(ours) != "theme":
                    continue
                named = {theirs, theirs.replace("#", "/").rstrip("/").rpartition("/")[2]}
                named.update(_values(graph, theirs, SKOS.notation))
                named.update(_values(graph, theirs, SKOS.prefLabel))
                for one in named:
                    found = held.setdefault(one.casefold(), [])
                    if ours not in found:
                        found.append(ours)

    def _add(self, into: dict[str, dict[str, list[str]]], iri: str, name: str) -> None:
        iri = self.same.get(iri, iri)
        found = into[kind_of(iri)].setdefault(name.casefold(), [])
        if iri not in found:
            found.append(iri)


LEVELS: Final = ("gemeinde", "verband", "kreis", "region", "regierungsbezirk", "land", "bund")
"""The levels from below."""


def pairs(graph: Graph, predicate: NamedNode) -> Iterator[tuple[str, str]]:
    """Yield subject and value of everything that has this property."""
    for quad in graph.quads(None, predicate):
        yield cast("NamedNode", quad.subject).value, cast("NamedNode", quad.object).value


def _values(graph: Graph, subject: str, predicate: NamedNode) -> Iterator[str]:
    for quad in graph.quads(NamedNode(subject), predicate):
        yield cast("NamedNode", quad.object).value


_READ: Final[WeakKeyDictionary[Graph, Names]] = WeakKeyDictionary()


def names_of(graph: Graph) -> Names:
    """Return the names of an opened release; releases never change, so they are read once.

    They are kept as long as the release is open, however many of the past are asked meanwhile.
    """
    found = _READ.get(graph)
    if found is None:
        found = _READ.setdefault(graph, Names(graph))
    return found
