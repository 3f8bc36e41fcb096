"""Property paths as text, as SPARQL writes them, and back into the nodes that SHACL asks for."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.iri import digest
from kg.namespaces import RDF, SH
from kg.shapes import expanded

_TOKEN: Final = re.compile(r"<[^<>]*>|[\w-]+:[\w-]*|[()|/^*+?]")
_REPEATED: Final = {"*": SH.zeroOrMorePath, "+": SH.oneOrMorePath, "?": SH.zeroOrOnePath}

Path = NamedNode | BlankNode


def path_node(text: str) -> tuple[Path, list[Triple]]:
    """Return the node of a path and the triples that describe it; blank nodes by their content."""
    triples: list[Triple] = []
    tokens = _TOKEN.findall(text)
    node = _alternatives(tokens, triples)
    return node, triples


def _alternatives(tokens: list[str], triples: list[Triple]) -> Path:
    parts = [_sequence(tokens, triples)]
    while tokens and tokens[0] == "|":
        tokens.pop(0)
        parts.append(_sequence(tokens, triples))
    if len(parts) == 1:
        return parts[0]
    node = _named("|", parts)
    triples.append(Triple(node, SH.alternativePath, _list(parts, triples)))
    return node


def _sequence(tokens: list[str], triples: list[Triple]) -> Path:
    parts = [_step(tokens, triples)]
    while tokens and tokens[0] == "/":
        tokens.pop(0)
        parts.append(_step(tokens, triples))
    return parts[0] if len(parts) == 1 else _list(parts, triples)


def _step(tokens: list[str], triples: list[Triple]) -> Path:
    token = tokens.pop(0)
    if token == "^":  # noqa: S105 (a sign, no secret)
        inner = _step(tokens, triples)
        node: Path = _named("^", [inner])
        triples.append(Triple(node, SH.inversePath, inner))
        return node
    if token == "(":  # noqa: S105
        node = _alternatives(tokens, triples)
        tokens.pop(0)
    else:
        node = NamedNode(expanded(token))
    while tokens and tokens[0] in _REPEATED:
        sign = tokens.pop(0)
        repeated = _named(sign, [node])
        triples.append(Triple(repeated, _REPEATED[sign], node))
        node = repeated
    return node


def _named(sign: str, parts: Sequence[Path]) -> BlankNode:
    return BlankNode(f"p{digest(sign, *map(str, parts))}")


def _list(parts: Sequence[Path], triples: list[Triple]) -> Path:
    cells = [BlankNode(f"l{digest(str(at), *map(str, parts))}") for at in range(len(parts))]
    rests: list[Path] = [*cells[1:], RDF.nil]
    for cell, part, rest in zip(cells, parts, rests, strict=True):
        triples += [Triple(cell, RDF.first, part), Triple(cell, RDF.rest, rest)]
    return cells[0]


def steps(text: str) -> Iterator[str]:
    """Yield the properties of a path, as text."""
    yield from (token for token in _TOKEN.findall(text) if len(token) > 1)
