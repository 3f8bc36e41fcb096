"""The forms in which a contribution comes: RDF, a table by our template, a publiccode.yml."""

from collections.abc import Callable, Mapping
from typing import Final

from ingest.contributions.things import Statements, in_graph, named
from kg import rdf

_OTHERS: Final[Mapping[str, Callable[[bytes, str], Statements]]] = {}


def read(content: bytes, kind: str, slug: str) -> Statements:
    """Return what a contribution says; `UnreadableError` with the place of the fault."""
    if kind in _OTHERS:
        return _OTHERS[kind](content, slug)
    return named(in_graph(rdf.quads(content, kind), slug), slug)
