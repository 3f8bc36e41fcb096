"""Reads the triples of a file that comes from outside, their blank nodes named in order."""

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Quad, Triple

from kg.rdf import quads


def read(content: bytes, form: str, base: str = "") -> list[Triple]:
    """Return the triples of a file, whatever graphs they are in.

    Raises `UnreadableError` with the place of the fault.
    """
    return list(_triples(quads(content, form, base)))


def _triples(found: Iterable[Quad]) -> Iterator[Triple]:
    names: dict[BlankNode, BlankNode] = {}
    for quad in found:
        subject, value = quad.subject, quad.object
        if isinstance(subject, BlankNode):
            subject = names.setdefault(subject, BlankNode(f"b{len(names)}"))
        if isinstance(value, BlankNode):
            value = names.setdefault(value, BlankNode(f"b{len(names)}"))
        yield Triple(subject, quad.predicate, value)
