"""Reads RDF that comes from outside: nothing is fetched, no entity is resolved."""

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import Quad, RdfFormat, Triple, parse

from kg.errors import UnreadableError

READERS: Final = {
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


def quads(content: bytes, form: str, base: str = "") -> Iterator[Quad]:
    """Yield the quads of a file; `UnreadableError` with the place of the fault.

    Relative IRIs start from `base`; without one they are a fault.
    """
    for quad in parsed(content, form, base):
        if isinstance(quad.subject, Triple) or isinstance(quad.object, Triple):
            raise triple_term()
        yield quad


def triple_term() -> UnreadableError:
    """Return the error that a triple term is."""
    return UnreadableError("triple terms (RDF 1.2) are not read here; leave them out")


def parsed(content: bytes, form: str, base: str) -> Iterator[Quad]:
    """Yield what the parser reads, triple terms too, with our errors."""
    try:
        written = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableError("the file is not in UTF-8; save it as UTF-8", line) from error
    if form == "rdfxml" and "<!" in written.replace("<!--", "").replace("<![CDATA[", ""):
        raise UnreadableError("RDF/XML with a DOCTYPE or ENTITY is not read; leave it out")
    try:
        yield from parse(written, format=READERS[form], base_iri=base or None)
    except SyntaxError as error:
        raise _unreadable(error) from error
    except ValueError as error:
        raise UnreadableError(f"the base “{base}” is no absolute IRI") from error


def _unreadable(error: SyntaxError) -> UnreadableError:
    problem = _WHERE_AGAIN.sub("", _WHERE.sub("", error.msg or str(error)))
    if "LoadDocumentCallback" in problem:
        problem = "the file names a remote @context, and we fetch nothing; write the context inline"
    return UnreadableError(problem, error.lineno, error.offset)
