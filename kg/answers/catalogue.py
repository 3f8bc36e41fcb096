"""The lists in memory: who belongs to one, in which order, and by what it can be narrowed.

Read once a release. Every filter is a set of things, so totals and counts are exact and cheap.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias, cast

from kg.iri import graph as graph_iri
from kg.iri import mint
from kg.names import kind_of, names_of, pairs
from kg.namespaces import GRAPH
from kg.store import Graph
from kg.terms import CPSV, CV, DCTERMS, LOTSE, ORG, RDF, SKOS, NamedNode

Table: TypeAlias = "Mapping[str, frozenset[str]]"
"""Value → the things that have it."""
DIMENSIONS: Final = ("kind", "theme", "place", "level", "status", "source", "year")
_CONCLUDED: Final = tuple(graph_iri(name).value for name in ("resolution", "derived"))


@dataclass(frozen=True, slots=True)
class ListOf:
    """What a list holds and which properties its filters look at."""

    kinds: tuple[str, ...]
    """The kinds that the IRIs of its things may have."""
    classes: tuple[NamedNode, ...]
    kind: NamedNode | None = None
    status: tuple[NamedNode, ...] = (LOTSE.status,)
    year: tuple[NamedNode, ...] = (LOTSE.since,)


LISTS: Final[Mapping[str, ListOf]] = {
    "labs": ListOf(("lab",), (LOTSE.Lab,), ORG.classification),
    "actors": ListOf(
        ("actor", "lab"), (ORG.Organization, CV.PublicOrganisation, LOTSE.Lab), ORG.classification
    ),
    "solutions": ListOf(("solution",), (LOTSE.Solution,), LOTSE.solutionKind),
    "innovations": ListOf(
        ("innovation",), (LOTSE.Innovation,), LOTSE.stage, (LOTSE.stage, LOTSE.status)
    ),
    "jurisdictions": ListOf(("jurisdiction",), (LOTSE.Jurisdiction,), DCTERMS.type),
    "themes": ListOf(("theme",), (SKOS.Concept,)),
    "categories": ListOf(("category",), (LOTSE.ConcernCategory,), SKOS.inScheme),
    "services": ListOf(("service",), (CPSV.PublicService,), CV.isGroupedBy),
    "concerns": ListOf(
        ("concern",), (LOTSE.Concern,), LOTSE.category, year=(DCTERMS.created, LOTSE.since)
    ),
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One list of a release."""

    members: tuple[str, ...]
    """The things, by German label and then by IRI."""
    tables: Mapping[str, Table]
    """Dimension → value → things."""


@lru_cache(maxsize=4 * len(LISTS))
def catalogue(graph: Graph, name: str) -> Catalogue:
    """Return a list of an opened release; releases never change, so it is read once."""
    rule = LISTS[name]
    names = names_of(graph)
    sources: dict[str, set[str]] = defaultdict(set)
    for cls in rule.classes:
        for quad in graph.quads(None, RDF.type, cls):
            iri = cast("NamedNode", quad.subject).value
            if kind_of(iri) in rule.kinds and iri not in names.same:
                sources[iri].add(_source_of(cast("NamedNode", quad.graph_name).value))
    members = sorted(sources, key=lambda iri: (names.label(iri).casefold(), iri))
    held = frozenset(members)
    places = _places(graph, name, held)
    tables = {
        "kind": _grouped(_kinds(graph, held, rule)),
        "theme": _table(graph, held, [LOTSE.aboutTheme, DCTERMS.subject]),
        "place": _grouped(
            (above, iri)
            for iri, own in places.items()
            for place in own
            for above in (place, *names.ancestors(place))
        ),
        "level": _levels(graph, places),
        "status": _table(graph, held, rule.status),
        "source": _grouped((one, iri) for iri, found in sources.items() for one in found if one),
        "year": _grouped((value[:4], iri) for iri, value in _values(graph, held, rule.year)),
    }
    return Catalogue(tuple(members), tables)


def _source_of(graph: str) -> str:
    slug = graph.removeprefix(GRAPH)
    return mint("source", slug).value if graph not in _CONCLUDED and slug != "ontology" else ""


def _places(graph: Graph, name: str, held: frozenset[str]) -> dict[str, set[str]]:
    """Return for each thing of a list the places that it is in directly."""
    found: dict[str, set[str]] = defaultdict(set)
    if name == "jurisdictions":
        return {iri: {iri} for iri in held}
    if name == "solutions":
        used_by = dict(_pairs(graph, LOTSE.canonicalSolution))
        for adoption, adopter in _pairs(graph, LOTSE.adopter):
            solution = used_by.get(adoption)
            if solution in held and kind_of(adopter) == "jurisdiction":
                found[solution].add(adopter)
        return found
    for iri, place in _values(graph, held, [LOTSE.takesPlaceIn, LOTSE.place]):
        found[iri].add(place)
    return found


def _kinds(graph: Graph, held: frozenset[str], rule: ListOf) -> Iterator[tuple[str, str]]:
    """Yield kinds and things; concerns are of the common category of their own one too."""
    common: dict[str, set[str]] = defaultdict(set)
    if rule.kind == LOTSE.category:
        broader = defaultdict(list)
        for own, above in _pairs(graph, SKOS.broader):
            broader[own].append(above)
        for match in (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch):
            for own, other in _pairs(graph, match):
                common[own].update((other, *broader[other]))
    for iri, value in _values(graph, held, [rule.kind] if rule.kind is not None else []):
        yield from ((one, iri) for one in (value, *common[value]))


def _levels(graph: Graph, places: Mapping[str, set[str]]) -> Table:
    levels: dict[str, list[str]] = defaultdict(list)
    for place, level in _pairs(graph, LOTSE.level):
        levels[place].append(level)
    return _grouped(
        (level, iri) for iri, own in places.items() for place in own for level in levels[place]
    )


def _table(graph: Graph, held: frozenset[str], predicates: Sequence[NamedNode]) -> Table:
    return _grouped((value, iri) for iri, value in _values(graph, held, predicates))


def _values(
    graph: Graph, held: frozenset[str], predicates: Sequence[NamedNode]
) -> Iterator[tuple[str, str]]:
    for predicate in predicates:
        for iri, value in _pairs(graph, predicate):
            if iri in held:
                yield iri, value


@lru_cache(maxsize=16)
def _pairs(graph: Graph, predicate: NamedNode) -> tuple[tuple[str, str], ...]:
    """Return subject and value of everything with this property, read once for all lists."""
    return tuple(pairs(graph, predicate))


def _grouped(pairs: Iterator[tuple[str, str]]) -> Table:
    found: dict[str, set[str]] = defaultdict(set)
    for value, iri in pairs:
        found[value].add(iri)
    return {value: frozenset(iris) for value, iris in found.items()}
