"""What a graph says of jurisdictions: names, official keys, coordinates."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from kg.iri import geometry_of, mint
from kg.store import Graph
from kg.terms import ADMS, DCTERMS, LOTSE, SKOS, WGS, Literal, NamedNode

HOME: Final = mint("jurisdiction", "0").value[:-1]
PROPERTIES: Final = frozenset({
    SKOS.prefLabel, SKOS.altLabel, SKOS.notation, LOTSE.officialName, LOTSE.shortCode, LOTSE.ars,
    LOTSE.ags, LOTSE.verbandKey, LOTSE.level, DCTERMS.type, ADMS.identifier, WGS.lat, WGS.long,
})  # fmt: skip
"""What is read of places to tell what a name means, besides the scheme of dated keys."""
_KEY_LENGTHS: Final = frozenset({2, 3, 5, 8, 9, 12})


def is_official(key: str) -> bool:
    """Tell whether a key has the form of an official key: digits, in one of the usual lengths."""
    return len(key) in _KEY_LENGTHS and re.fullmatch(r"[0-9]+", key) is not None


def said(graph: Graph, predicate: NamedNode) -> Iterable[tuple[NamedNode, str]]:
    """Yield what is said of jurisdictions with this predicate: (place, value)."""
    for quad in graph.quads(None, predicate):
        node, value = quad.subject, quad.object
        if (
            isinstance(node, NamedNode)
            and isinstance(value, NamedNode | Literal)
            and node.value.startswith(HOME)
            and "/" not in node.value.removeprefix(HOME)
        ):
            yield node, value.value


def point(graph: Graph, node: NamedNode) -> tuple[float, float] | None:
    """Return latitude and longitude that are said of a thing, None where none are."""
    found = [
        float(quad.object.value)
        for one in (WGS.lat, WGS.long)
        for quad in list(graph.quads(geometry_of(node), one))[:1]
        if isinstance(quad.object, Literal)
    ]
    return (found[0], found[1]) if len(found) == len(("lat", "long")) else None


def by_key(graph: Graph, places: Mapping[NamedNode, object]) -> Mapping[str, NamedNode]:
    """Return the places by ARS, AGS and Verband key, dated AGS included."""
    found = {node.value.removeprefix(HOME): node for node in places}
    for predicate in (LOTSE.ars, LOTSE.ags, LOTSE.verbandKey):
        found.update({key: node for node, key in said(graph, predicate)})
    dated = {
        quad.subject
        for quad in graph.quads(None, LOTSE.scheme)
        if isinstance(quad.object, Literal) and quad.object.value == "AGS"
    }
    for quad in graph.quads(None, ADMS.identifier):
        node, notation = quad.subject, quad.object
        if notation in dated and isinstance(notation, NamedNode) and node in places:
            for code in graph.quads(notation, SKOS.notation):
                if isinstance(code.object, Literal) and isinstance(node, NamedNode):
                    found.setdefault(code.object.value, node)
    return found
