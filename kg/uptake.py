"""Who uses what, as the score needs it: places with size and position, users, former users.

A solution is decided at the level of the Kreise where more than half of its users, each Kreis
counted once, are Kreise; else at that of the Gemeinden. A Verband counts as its largest member.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, cast

from kg.names import Names, names_of
from kg.namespaces import VOCABULARY
from kg.questions import Query
from kg.store import Graph
from kg.terms import DCTERMS, LOTSE, WGS, NamedNode

USES: Final = Query.load("uses")
LEVELS: Final = ("gemeinde", "kreis")
RESTS_ON: Final = frozenset({
    LOTSE.sameThingAs, LOTSE.level, DCTERMS.type, DCTERMS.isPartOf, LOTSE.population, WGS.lat,
    WGS.long, LOTSE.canonicalSolution, LOTSE.adopter, LOTSE.status, LOTSE.levelAsPublished,
    LOTSE.sinceMeans,
})  # fmt: skip
"""The properties that uptake is read from; a graph that differs in others has the same."""
_UNINHABITED: Final = frozenset({"65", "66"})
_STATUS: Final = f"{VOCABULARY}status-"
_USING: Final = frozenset({"in-use", "pilot"})
_KREIS: Final = f"{VOCABULARY}level-kreis"
_GEOMETRY: Final = "/geometry"


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a level that can take a solution up, in the order of their keys."""

    iris: tuple[str, ...]
    population: tuple[int, ...]
    latitude: tuple[float, ...]
    longitude: tuple[float, ...]
    kreis: tuple[str, ...]
    land: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A place that uses a solution, or did, with the adoptions that say so."""

    place: int
    weight: float
    """One by the number of users in its Kreis."""
    adoptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Uptake:
    """What is known of the users of one solution."""

    solution: str
    level: str
    users: tuple[Use, ...]
    former: tuple[Use, ...]
    taken: tuple[int, ...]
    """Places that use it already and are no candidates: users, and members of a Verband."""
    lands: tuple[str, ...]
    """The Länder in which anything is known of it."""
    kreise: int
    elsewhere: int
    """Users of the other level: shown, not scored."""
    dated: int
    """Adoptions whose date is that of the adoption itself."""


@dataclass(frozen=True, slots=True)
class Known:
    """Places by level, and the uptake of each solution, in the order of their IRIs."""

    places: dict[str, Places]
    uptakes: tuple[Uptake, ...]

    def at(self, body: str, names: Names) -> dict[str, int]:
        """Return the place that a body counts as, by level: a Verband as its largest member."""
        found = {
            level: held.iris.index(body)
            for level, held in self.places.items() if body in held.iris
        }  # fmt: skip
        if "verband" in names.levels.get(body, ()) and not found:
            gemeinden = self.places["gemeinde"]
            members = [n for n, iri in enumerate(gemeinden.iris) if body in names.ancestors(iri)]
            if members:
                found["gemeinde"] = max(members, key=lambda n: (gemeinden.population[n], -n))
        return found


@dataclass(slots=True)
class _Reported:
    """All that is said of one solution and one adopter."""

    adoptions: list[str] = field(default_factory=list)
    statuses: set[str] = field(default_factory=set)
    as_kreis: bool = False
    dated: int = 0

    @property
    def ended(self) -> bool:
        return "ended" in self.statuses

    @property
    def using(self) -> bool:
        return bool(self.statuses & _USING) and not self.ended


def known(graph: Graph) -> Known:
    """Return places and uptake as the graph has them."""
    names = names_of(graph)
    places = {"gemeinde": _gemeinden(graph, names)}
    places["kreis"] = _kreise(places["gemeinde"])
    territory = _Territory(names, places)
    reported: dict[str, dict[str, _Reported]] = defaultdict(lambda: defaultdict(_Reported))
    for row in graph.select(USES):
        solution, adopter, adoption, status, level, means = (t and t.value for t in row)
        if solution is None or adopter is None or adoption is None:
            continue
        one = reported[solution][names.same.get(adopter, adopter)]
        if adoption not in one.adoptions:
            one.adoptions.append(adoption)
            one.dated += (means or "").endswith("since-adoption")
        one.statuses.add((status or "").removeprefix(_STATUS))
        one.as_kreis = one.as_kreis or level == _KREIS
    return Known(
        places,
        tuple(_uptake(territory, iri, held) for iri, held in sorted(reported.items())),
    )


class _Territory:
    """Where a body stands at a level."""

    def __init__(self, names: Names, places: dict[str, Places]) -> None:
        self.names = names
        self.places = places
        self._index = {
            level: {iri: n for n, iri in enumerate(held.iris)} for level, held in places.items()
        }
        self.members: dict[str, list[int]] = defaultdict(list)
        for n, iri in enumerate(places["gemeinde"].iris):
            for above in names.ancestors(iri):
                if "verband" in names.levels[above] and "gemeinde" not in names.levels[above]:
                    self.members[above].append(n)

    def is_kreis(self, body: str, *, published_as_kreis: bool) -> bool:
        levels = self.names.levels[body]
        return "kreis" in levels and ("gemeinde" not in levels or published_as_kreis)

    def place(self, body: str, level: str) -> int | None:
        """Return the place that a body counts as at this level, None where it has none."""
        if level == "gemeinde" and body in self.members:
            population = self.places[level].population
            return max(self.members[body], key=lambda n: (population[n], -n))
        return self._index[level].get(body)

    def above(self, body: str, level: str) -> str | None:
        held = self.names.levels
        return next((i for i in (body, *self.names.ancestors(body)) if level in held[i]), None)


def _uptake(territory: _Territory, solution: str, held: dict[str, _Reported]) -> Uptake:
    using = {body: territory.above(body, "kreis") or "" for body, one in held.items() if one.using}
    using = {body: kreis for body, kreis in using.items() if kreis}
    crowd = Counter(using.values())
    by_kreise = sum(
        1 / crowd[kreis]
        for body, kreis in using.items()
        if territory.is_kreis(body, published_as_kreis=held[body].as_kreis)
    )
    level = "kreis" if crowd and by_kreise > len(crowd) / 2 else "gemeinde"
    places = territory.places[level]
    users = _at(territory, level, ((b, held[b]) for b in sorted(using)))
    former = _at(territory, level, ((b, one) for b, one in sorted(held.items()) if one.ended))
    kreise = Counter(places.kreis[place] for place in users)
    taken = set(users)
    if level == "gemeinde":
        taken |= {n for body in using for n in territory.members.get(body, ())}
    lands = {land for body in held if (land := territory.above(body, "land")) is not None}
    return Uptake(
        solution=solution,
        level=level,
        users=tuple(Use(p, 1 / kreise[places.kreis[p]], tuple(a)) for p, a in users.items()),
        former=tuple(Use(p, 1.0, tuple(a)) for p, a in former.items() if p not in users),
        taken=tuple(sorted(taken)),
        lands=tuple(sorted(lands)),
        kreise=len(kreise),
        elsewhere=sum(one.using and territory.place(b, level) is None for b, one in held.items()),
        dated=sum(one.dated for one in held.values()),
    )


def _at(
    territory: _Territory, level: str, held: Iterable[tuple[str, _Reported]]
) -> dict[int, list[str]]:
    """Return the adoptions by the place that their bodies count as."""
    found: dict[int, list[str]] = defaultdict(list)
    for body, one in held:
        place = territory.place(body, level)
        if place is not None:
            found[place].extend(one.adoptions)
    return dict(sorted(found.items()))


def _gemeinden(graph: Graph, names: Names) -> Places:
    population: dict[str, int] = {}
    for iri, count, _ in _triples(graph, LOTSE.population):
        if "gemeinde" in names.levels.get(iri, ()) and not names.types[iri] & _UNINHABITED:
            population[iri] = int(count)
    latitude, longitude = _positions(graph, WGS.lat), _positions(graph, WGS.long)
    iris = sorted(
        iri for iri, count in population.items()
        if count > 0 and iri in latitude and iri in longitude
    )  # fmt: skip
    above = {iri: (iri, *names.ancestors(iri)) for iri in iris}
    levels = names.levels
    return Places(
        tuple(iris),
        tuple(population[iri] for iri in iris),
        tuple(latitude[iri] for iri in iris),
        tuple(longitude[iri] for iri in iris),
        tuple(next((a for a in above[iri] if "kreis" in levels[a]), "") for iri in iris),
        tuple(next((a for a in above[iri] if "land" in levels[a]), "") for iri in iris),
    )


def _positions(graph: Graph, axis: NamedNode) -> dict[str, float]:
    """Return the coordinate of each thing; of several, that of the first graph."""
    found: dict[str, tuple[str, float]] = {}
    for iri, value, name in _triples(graph, axis):
        if iri.endswith(_GEOMETRY):
            one = (name, float(value))
            place = iri.removesuffix(_GEOMETRY)
            found[place] = min(found.get(place, one), one)
    return {iri: value for iri, (_, value) in found.items()}


def _triples(graph: Graph, predicate: NamedNode) -> Iterator[tuple[str, str, str]]:
    for quad in graph.quads(None, predicate):
        yield (
            cast("NamedNode", quad.subject).value,
            cast("NamedNode", quad.object).value,
            cast("NamedNode", quad.graph_name).value,
        )


def _kreise(gemeinden: Places) -> Places:
    """Return the Kreise: their people added up, their position the middle of their people."""
    members: dict[str, list[int]] = defaultdict(list)
    for n, kreis in enumerate(gemeinden.kreis):
        if kreis:
            members[kreis].append(n)
    iris = tuple(sorted(members))
    people = tuple(sum(gemeinden.population[n] for n in members[iri]) for iri in iris)

    def middle(axis: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(
            sum(axis[n] * gemeinden.population[n] for n in members[iri]) / count
            for iri, count in zip(iris, people, strict=True)
        )

    return Places(
        iris,
        people,
        middle(gemeinden.latitude),
        middle(gemeinden.longitude),
        iris,
        tuple(gemeinden.land[members[iri][0]] for iri in iris),
    )
