"""The jurisdictions of the graph, found by official key or by name, type word and Land."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.iri import mint
from kg.place import LONGER, NO_BODY, Place, by_name, by_short_name, by_spelling
from kg.placenames import TYPE_WORDS, fair, is_abbreviated, loose, umlauts
from kg.readings import Reading, folded, name_key, read, reread, turned
from kg.register import HOME, by_key, is_official, point, said
from kg.store import Graph
from kg.terms import DCTERMS, LOTSE, SKOS, NamedNode

_TYPE: Final = LOTSE["place-type-"].value
_LEVEL: Final = LOTSE["level-"].value
_VERBAND: Final = frozenset({"51", "52", "53", "54", "55", "56", "57"})
_TIERS: Final = (
    frozenset({"bund", "land", "gemeinde"}),
    frozenset({"verband", "kreis"}),
    frozenset({"regierungsbezirk", "region"}),
)
"""Where a name without type word is looked for: Land and Gemeinde, else Verband and Kreis …."""
_STRONG: Final = frozenset({"bund", "land", "kreis", *TYPE_WORDS["stadt"]})
"""Marks of places that a name without type word, level or Land may mean at once."""
_TERRITORIES: Final = frozenset({"verband", "regierungsbezirk", "region"})
_COUNTRY: Final = ("Bund", "Deutschland", "Bundesrepublik Deutschland", "Germany")
_SHORTEST: Final = 3  # letters of a short code, which is no name to look for


@dataclass(frozen=True, slots=True)
class Hits:
    """The places that a name leaves, and whether anything about them stays unexplained."""

    places: tuple[NamedNode, ...] = ()
    certain: bool = False
    explained: bool = False
    """Whether everything that was published fits; then only a bare name makes it uncertain."""


class Places:
    """All jurisdictions of a graph."""

    def __init__(self, graph: Graph) -> None:
        """Read the names, types, levels and keys of all jurisdictions."""
        self._graph = graph
        found: dict[NamedNode, Place] = {}
        for node, value in said(graph, SKOS.prefLabel):
            place = found.setdefault(node, Place(node))
            place.labels.add(folded(value))
            place.names.add(name_key(value))
        for node, value in said(graph, LOTSE.officialName):
            place = found.setdefault(node, Place(node))
            place.names.add(turned(value))
        for node, value in said(graph, SKOS.altLabel):
            if node in found and len(value) > _SHORTEST:
                found[node].others.add(folded(value))
        for predicate, prefix in ((DCTERMS.type, _TYPE), (LOTSE.level, _LEVEL)):
            for node, value in said(graph, predicate):
                if node in found and value.startswith(prefix):
                    found[node].marks.add(value.removeprefix(prefix))
        country = mint("jurisdiction", "0" * 12)
        if country in found:
            found[country].names.update(map(folded, _COUNTRY))
        self._by_iri = found
        self._by_name = by_name(found.values())
        self._by_short_name = by_short_name(found.values())
        self._lands = _lands(graph, found.values())
        self._by_key = by_key(graph, found)
        self._by_fair, self._by_loose = by_spelling(found.values())

    def __contains__(self, node: object) -> bool:
        return node in self._by_iri

    def place(self, node: NamedNode) -> Place:
        """Return the place of an IRI that is one."""
        return self._by_iri[node]

    def verband(self, place: Place) -> Place | None:
        """Return the Verband that a Gemeinde is a member of, None where it is in none."""
        key = place.iri.value.removeprefix(HOME)
        found = self._by_iri.get(mint("jurisdiction", f"{key[:9]}000"))
        real = found is not None and found.marks & _VERBAND
        return found if found is not place and real else None

    def short_names(self, place: Place) -> list[str]:
        """Return what a place is shortened to, where nothing else in its Land is."""
        cuts = {label[: cut.start()] for label in place.labels for cut in LONGER.finditer(label)}
        return [
            name
            for name in sorted(cuts)
            if {one.iri for one in self._by_short_name.get(name, ()) if one.land == place.land}
            == {place.iri}
        ]

    def is_local(self, nodes: Iterable[NamedNode]) -> bool:
        """Tell whether one of these is what a bare name means first: Bund, Land or Gemeinde."""
        return any(self._by_iri[node].marks & _TIERS[0] for node in nodes)

    def kreis(self, node: NamedNode) -> str:
        """Return the key of the Kreis in which a place lies, or that it is; empty above Kreise."""
        place = self._by_iri.get(node)
        inside = place is not None and place.marks & {"kreis", "gemeinde", "verband"}
        return place.kreis if place is not None and inside else ""

    def levels_of(self, node: NamedNode) -> frozenset[str]:
        """Return the marks of a place: its text keys and its levels."""
        return frozenset(self._by_iri[node].marks)

    def keyed(self, key: str) -> NamedNode | None:
        """Return the place with this official key (2, 3, 5, 8, 9 or 12 digits), None if none."""
        return self._by_key.get(key) if is_official(key) else None

    def all(self) -> Iterable[Place]:
        """Return the places that names find: bodies and territories."""
        return [place for place in self._by_iri.values() if not place.marks & NO_BODY]

    def point(self, node: NamedNode) -> tuple[float, float] | None:
        """Return latitude and longitude of a place, None where the register has none."""
        return point(self._graph, node)

    def land(self, name: str) -> str:
        """Return the key of the Land of this key, name or short code; empty where there is none."""
        key = self._lands.get(folded(name), "")
        return key or (name if name in self._lands.values() else "")

    def named(self, reading: Reading, levels: frozenset[str] = frozenset(), land: str = "") -> Hits:
        """Return the places that a name can mean; `levels` and `land` are what its source allows.

        Not certain, even if one place is left: a qualifier that nothing explains, a level that
        contradicts, a village or Verband by its bare name, a name that others are shortened to.
        """
        hits = self._typed(reading) if reading.types else self._untyped(reading.full, levels)
        lands = {self._lands[one] for one in reading.qualifiers if one in self._lands}
        lands |= {land} if land else set()
        unexplained = any(one not in self._lands for one in reading.qualifiers)
        if lands:
            hits = [place for place in hits if place.land in lands]
        same = [place for place in hits if reading.stated in place.labels]
        if unexplained and same:
            hits, unexplained = same, False
        elif hits and not lands:
            hits = [*hits, *self._shortened(reading, hits)]
        allowed = [place for place in hits if not levels or place.marks & levels]
        contradicted = bool(hits) and not allowed
        strong = reading.types or lands or levels & _TERRITORIES
        weak = not strong and not all(place.marks & _STRONG for place in allowed)
        nodes = sorted({place.iri for place in allowed or hits}, key=lambda node: node.value)
        explained = not (unexplained or contradicted)
        return Hits(tuple(nodes), certain=explained and not weak, explained=explained)

    def spelt(
        self, reading: Reading, levels: frozenset[str] = frozenset(), land: str = ""
    ) -> tuple[Hits, bool]:
        """Return the places of a name in another spelling, and whether it is a careful one.

        The register's spelling takes the place of the published one, and the plain rule decides.
        A type word with a wrong letter is read as what it nearly is. A careless spelling is
        certain only with a type word: a bare name might as well be another place misspelt.
        """
        told = {self._lands[one] for one in reading.qualifiers if one in self._lands}
        if len(told | {land or next(iter(told), "")}) > 1:
            return Hits(), False
        land = land or next(iter(told), "")
        meant = reread(reading)
        if meant is not None and (found := self.named(meant, levels, land)).places:
            return found, True
        labels = self._by_fair.get(fair(reading.stated), set())
        careful = {one for one in labels if umlauts(reading.stated) <= umlauts(one)}
        found = self._respelt(reading, careful, levels, land)
        if found.places:
            tail = {one for one in reading.qualifiers if f"({one})" not in reading.stated}
            return replace(found, certain=found.certain and not tail - set(self._lands)), True
        if "." in reading.stated and (cut := self._cut_short(reading)):
            return self._respelt(reading, cut, levels, land), True
        labels = labels | self._by_loose.get(loose(reading.stated), set())
        found = self._respelt(reading, labels, levels, land)
        sure = found.certain and bool(reading.types) and not reading.qualifiers
        return replace(found, certain=sure), False

    def _cut_short(self, reading: Reading) -> set[str]:
        """Return the labels of which a name with points is the abbreviation: "Frankfurt a. M."."""
        words = fair(reading.stated).split()
        return {
            label
            for name, labels in self._by_fair.items()
            if words and name.startswith(words[0]) and is_abbreviated(words, name.split())
            for label in labels
        }

    def _respelt(
        self, reading: Reading, labels: Iterable[str], levels: frozenset[str], land: str
    ) -> Hits:
        every = [
            self.named(replace(read(label), types=reading.types), levels, land)
            for label in sorted(labels)
        ]
        places = {place for hits in every for place in hits.places}
        return Hits(
            tuple(sorted(places, key=lambda node: node.value)),
            certain=len(places) == 1 and all(hits.certain for hits in every if hits.places),
            explained=all(hits.explained for hits in every if hits.places),
        )

    def _shortened(self, reading: Reading, hits: Iterable[Place]) -> list[Place]:
        """Return the places of longer names that people shorten to this one (Frankfurt …).

        Nobody shortens to the name of a Land.
        """
        if any("land" in place.marks for place in hits):
            return []
        wanted = reading.types or _TIERS[0]
        longer = self._by_short_name.get(reading.bare, ())
        return [place for place in longer if place.marks & wanted]

    def _typed(self, reading: Reading) -> list[Place]:
        """Return the places that bear the type, and those whose name begins with that word."""
        same = [
            place
            for name in (reading.bare, reading.full, reading.exact, *_written(reading))
            for place in self._by_name.get(name, ())
            if place.marks & reading.types
        ]
        begins_so = reading.full != reading.bare
        return same + (self._untyped(reading.full, frozenset()) if begins_so else [])

    def _untyped(self, name: str, levels: frozenset[str]) -> list[Place]:
        found = self._by_name.get(name, ())
        if levels:
            allowed = [place for place in found if place.marks & levels]
            if allowed:
                return allowed
        for tier in _TIERS:
            here = [place for place in found if place.marks & tier]
            if here:
                return here
        return []


def _written(reading: Reading) -> list[str]:
    """Return the name under the other words of its type: "LK Rostock" is "Landkreis Rostock"."""
    return [f"{word} {reading.bare}" for word, of in TYPE_WORDS.items() if of == reading.types]


def _lands(graph: Graph, places: Iterable[Place]) -> Mapping[str, str]:
    """Return the keys of the Länder by name and short code, for qualifiers."""
    found = {name: place.land for place in places if "land" in place.marks for name in place.names}
    short = {folded(code): node for node, code in said(graph, LOTSE.shortCode)}
    return found | {code: Place(node).land for code, node in short.items()}
