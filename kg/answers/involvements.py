"""The involvements of a release in memory: what who-does-what chooses from."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from kg.names import names_of, pairs
from kg.store import Graph
from kg.terms import LOTSE, RDF, NamedNode


@dataclass(frozen=True, slots=True)
class Involvement:
    """An involvement in memory: what it is chosen by."""

    node: str
    role: str
    actors: tuple[str, ...]
    places: tuple[str, ...]
    themes: tuple[str, ...]
    activity: str | None


@lru_cache(maxsize=4)
def involvements(graph: Graph) -> tuple[Involvement, ...]:
    """Return the involvements of an opened release, in the order of their actors' names.

    Releases never change, so they are read once.
    """
    names = names_of(graph)
    nodes = {
        quad.subject.value for quad in graph.quads(None, RDF.type, LOTSE.Involvement)
        if isinstance(quad.subject, NamedNode)
    }  # fmt: skip

    def table(prop: NamedNode) -> dict[str, tuple[str, ...]]:
        held: dict[str, set[str]] = defaultdict(set)
        for node, value in pairs(graph, prop):
            if node in nodes:
                held[node].add(names.same.get(value, value))
        return {node: tuple(sorted(values)) for node, values in held.items()}

    roles, actors, places = table(LOTSE.role), table(LOTSE.actor), table(LOTSE.takesPlaceIn)
    themes, activities = table(LOTSE.aboutTheme), table(LOTSE.activity)
    found = [
        Involvement(
            node, role, actors.get(node, ()), places.get(node, ()), themes.get(node, ()),
            activities.get(node, (None,))[0],
        )
        for node in nodes for role in roles.get(node, ())
    ]  # fmt: skip
    found.sort(key=lambda one: (
        not one.actors, [names.label(iri).casefold() for iri in one.actors], one.node, one.role
    ))  # fmt: skip
    return tuple(found)
