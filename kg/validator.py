"""`python -m kg.validator`: judges one file that comes from outside, and ends.

It reads a line of JSON and the file from stdin and writes a line of JSON to stdout. Before it
looks at the file it gives up the network and memory beyond its limit; its parent ends it in time.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import UnreadableError
from kg.isolation import limit_memory, without_network
from kg.namespaces import RDF

_READERS: Final = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
_WHERE: Final = re.compile(
    r"^Parser error at line \d+ (?:column \d+|between columns \d+ and \d+): "
)
_WHERE_AGAIN: Final = re.compile(r" \(line \d+\)$")


def read(content: bytes, form: str) -> list[Triple]:
    """Return the triples of a file, whatever graphs they are in; blank nodes named in order.

    Raises `UnreadableError` with the place of the fault.
    """
    try:
        written = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableError("the file is not in UTF-8; save it as UTF-8", line) from error
    if form == "rdfxml" and "<!" in written.replace("<!--", "").replace("<![CDATA[", ""):
        raise UnreadableError("RDF/XML with a DOCTYPE or ENTITY is not read; leave it out")
    try:
        return list(_triples(parse(written, format=_READERS[form])))
    except SyntaxError as error:
        raise _unreadable(error) from error


def _triples(quads: Iterator[Quad]) -> Iterator[Triple]:
    names: dict[BlankNode, BlankNode] = {}
    for quad in quads:
        subject, value = quad.subject, quad.object
        if isinstance(subject, Triple) or isinstance(value, Triple):
            raise UnreadableError("triple terms (RDF 1.2) are not judged here; leave them out")
        if isinstance(subject, BlankNode):
            subject = names.setdefault(subject, BlankNode(f"b{len(names)}"))
        if isinstance(value, BlankNode):
            value = names.setdefault(value, BlankNode(f"b{len(names)}"))
        yield Triple(subject, quad.predicate, value)


def _unreadable(error: SyntaxError) -> UnreadableError:
    problem = _WHERE_AGAIN.sub("", _WHERE.sub("", error.msg or str(error)))
    if "LoadDocumentCallback" in problem:
        problem = "the file names a remote @context, and we fetch nothing; write the context inline"
    return UnreadableError(problem, error.lineno, error.offset)


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
