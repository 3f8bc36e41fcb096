"""`python -m kg.validator`: judges one file that comes from outside, and ends.

It reads a line of JSON and the file from stdin and writes a line of JSON to stdout. Before it
looks at the file it gives up the network and memory beyond its limit; its parent ends it in time.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from kg.errors import UnreadableError
from kg.isolation import limit_memory, without_network
from kg.namespaces import RDF
from kg.rdf import quads


def read(content: bytes, form: str) -> list[Triple]:
    """Return the triples of a file, whatever graphs they are in; blank nodes named in order.

    Raises `UnreadableError` with the place of the fault.
    """
    return list(_triples(quads(content, form)))


def _triples(found: Iterator[Quad]) -> Iterator[Triple]:
    names: dict[BlankNode, BlankNode] = {}
    for quad in found:
        subject, value = quad.subject, quad.object
        if isinstance(subject, BlankNode):
            subject = names.setdefault(subject, BlankNode(f"b{len(names)}"))
        if isinstance(value, BlankNode):
            value = names.setdefault(value, BlankNode(f"b{len(names)}"))
        yield Triple(subject, quad.predicate, value)


def unknown(triples: Sequence[Triple]) -> list[str]:
    """Return the IRIs that stand in subject or object and have no class here."""
    typed = {one.subject for one in triples if one.predicate == RDF.type}
    found = {
        term.value
        for one in triples
        for term in (one.subject, one.object)
        if isinstance(term, NamedNode) and term not in typed and one.predicate != RDF.type
    }
    return sorted(found)


def answer(request: dict[str, Any], content: bytes) -> dict[str, Any]:
    """Return what the request asks about the content."""
    try:
        triples = read(content, request["form"])
    except UnreadableError as error:
        return {"unreadable": asdict(error)}
    if request.get("only") == "unknown":
        return {"unknown": unknown(triples)}
    from kg.gate import judge  # noqa: PLC0415 (half a second, which the other question saves)
    from kg.profiles import shapes_of  # noqa: PLC0415

    types = {
        NamedNode(thing): frozenset(map(NamedNode, classes))
        for thing, classes in request.get("types", {}).items()
    }
    verdicts = judge({"": triples}, types, shapes_of(request["profile"]))
    return {"triples": len(triples), "findings": [asdict(one) for one in verdicts.findings]}


def main() -> None:
    """Answer the one request on stdin."""
    request = json.loads(sys.stdin.buffer.readline())
    without_network()
    limit_memory(request["memory"])
    json.dump(answer(request, sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
