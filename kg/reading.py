"""Reads the triples of a file that comes from outside, their blank nodes named in order."""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, Quad, Triple

from kg.rdf import parsed, triple_term

_LINES: Final = frozenset({"ntriples", "nquads"})
"""Formats in which a blank node can be seen by its name: without one there is nothing to do."""


def read(content: bytes, form: str, base: str = "", prefix: str = "b") -> list[Triple]:
    """Return the triples of a file, whatever graphs they are in.

    `prefix` begins the names of its blank nodes: another one for each of several files. Raises
    `UnreadableError` with the place of the fault.
    """
    found = parsed(content, form, base)
    if form in _LINES and b"_:" not in content and b"<<" not in content:
        return [quad.triple for quad in found]
    return list(_triples(found, prefix))


def _triples(found: Iterable[Quad], prefix: str) -> Iterator[Triple]:
    names: dict[BlankNode, BlankNode] = {}
    for quad in found:
        triple = quad.triple
        subject, predicate, value = triple
        if isinstance(subject, Triple) or isinstance(value, Triple):
            raise triple_term()
        renamed = False
        if isinstance(subject, BlankNode):
            subject, renamed = names.setdefault(subject, BlankNode(f"{prefix}{len(names)}")), True
        if isinstance(value, BlankNode):
            value, renamed = names.setdefault(value, BlankNode(f"{prefix}{len(names)}")), True
        yield Triple(subject, predicate, value) if renamed else triple
