"""Asks the graph in SPARQL what the index is asked, for all lists, dimensions and values."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from kg.answers.catalogue import DIMENSIONS, LISTS
from kg.names import kind_of
from kg.namespaces import PREFIXES
from kg.questions import Query
from kg.search import Index, Wish
from kg.store import Graph

_MEMBERS: Final = {
    "labs": ("a lotse:Lab", ("lab",)),
    "actors": (
        "a ?class . VALUES ?class { org:Organization cv:PublicOrganisation lotse:Lab }",
        ("actor", "lab"),
    ),
    "solutions": ("a lotse:Solution", ("solution",)),
    "innovations": ("a lotse:Innovation", ("innovation",)),
    "jurisdictions": ("a lotse:Jurisdiction", ("jurisdiction",)),
    "categories": ("a lotse:ConcernCategory", ("category",)),
    "themes": ("a skos:Concept", ("theme",)),
    "services": ("a cpsv:PublicService", ("service",)),
    "concerns": ("a lotse:Concern", ("concern",)),
}  # fmt: skip
_AT: Final = {
    "jurisdictions": "?x a lotse:Jurisdiction . BIND(?x AS ?at)",
    "solutions": "?adoption lotse:canonicalSolution ?x ; lotse:adopter ?at . "
    "?at a lotse:Jurisdiction .",
}
_PLACED: Final = "?x lotse:takesPlaceIn|lotse:place ?at ."
_KIND: Final = {
    "labs": "org:classification", "actors": "org:classification", "solutions": "lotse:solutionKind",
    "innovations": "lotse:stage", "jurisdictions": "dcterms:type", "categories": "skos:inScheme",
    "services": "cv:isGroupedBy",
    "concerns": "lotse:category|(lotse:category"
    "/(skos:exactMatch|skos:closeMatch|skos:broadMatch)/skos:broader?)",
    "themes": "lotse:themesHaveNoKind",
}  # fmt: skip
_SAYS: Final = {
    "theme": "?x lotse:aboutTheme|dcterms:subject ?value",
    "place": "{at} ?at lotse:within ?value",
    "level": "{at} ?at lotse:level ?value",
    "year": "?x {years} ?date . BIND(SUBSTR(STR(?date), 1, 4) AS ?value)",
    "status": "?x {status} ?value",
    "kind": "?x {kind} ?value",
    "source": "GRAPH ?g {{ ?x {member} }} ?value a lotse:Source ; lotse:graph ?g",
}
LANDS: Final = "?value lotse:level lotse:level-land ."


def rows(graph: Graph, text: str) -> list[tuple[str, ...]]:
    head = "\n".join(f"PREFIX {name}: <{base}>" for name, base in PREFIXES.items())
    found = graph.select(Query.parse("agreement", f"{head}\n{text}"))
    return [tuple(term.value if term is not None else "" for term in row) for row in found]


def members(graph: Graph, name: str) -> set[str]:
    """Return the things of a list."""
    member, kinds = _MEMBERS[name]
    found = rows(
        graph,
        f"SELECT DISTINCT ?x {{ ?x {member} FILTER NOT EXISTS {{ ?x lotse:sameThingAs ?y }} }}",
    )
    return {iri for (iri,) in found if kind_of(iri) in kinds}


def table(graph: Graph, name: str, dimension: str) -> dict[str, set[str]]:
    """Return by value of a dimension the things of a list that have it."""
    said = _SAYS[dimension].format(
        at=_AT.get(name, _PLACED),
        years="dcterms:created|lotse:since" if name == "concerns" else "lotse:since",
        status="lotse:stage|lotse:status" if name == "innovations" else "lotse:status",
        kind=_KIND[name],
        member=_MEMBERS[name][0],
    )
    held = members(graph, name)
    found: dict[str, set[str]] = defaultdict(set)
    for iri, value in rows(graph, f"SELECT DISTINCT ?x ?value {{ {said} }}"):
        if iri in held:
            found[value].add(iri)
    return dict(found)


def disagreements(graph: Graph, index: Index, most_places: int = 1000) -> Iterator[str]:
    """Yield where index and graph differ: rows and counts of each value of each list."""
    lands = {iri for (iri,) in rows(graph, f"SELECT ?value {{ {LANDS} }}")}
    assert set(_MEMBERS) == set(LISTS), "a list is not compared"
    for name in _MEMBERS:
        whole = Wish(lists=(name,))
        yield from _differ(name, members(graph, name), index, whole)
        counts = index.counts(whole)
        for dimension in DIMENSIONS:
            said = table(graph, name, dimension)
            shown = {v: n for v, n in said.items() if dimension != "place" or v in lands}
            expected = {value: len(iris) for value, iris in shown.items()}
            if dict(counts[dimension]) != expected:
                yield f"{name} {dimension}: {dict(counts[dimension])} != {expected}"
            for value, iris in sorted(said.items())[:most_places]:
                wish = Wish(lists=(name,), filters=((dimension, value),))
                what = f"{name} {dimension} {value}"
                yield from _differ(what, iris, index, wish)
                if dimension != "place":
                    yield from _facet(what, iris, said, index.counts(wish)[dimension])


def _differ(what: str, iris: set[str], index: Index, wish: Wish) -> Iterator[str]:
    found = index.all(wish)
    total = index.find(wish, "label", 1).total
    if found != iris or total != len(iris):
        yield f"{what}: index {total}, graph {len(iris)}, not in both {sorted(found ^ iris)[:3]}"


def _facet(
    what: str, iris: set[str], said: Mapping[str, set[str]], counts: Mapping[str, int]
) -> Iterator[str]:
    """Yield where the counts of a dimension differ once the list is narrowed by it."""
    expected = {value: len(held & iris) for value, held in said.items() if held & iris}
    if dict(counts) != expected:
        yield f"{what}: facet {dict(counts)} != {expected}"
