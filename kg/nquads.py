"""Canonical N-Quads: one line a quad, sorted, each once; what release ids and diffs rest on."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, Triple, parse

from kg.files import ontology as ontology_folder

_PIECE: Final = 1 << 16


def canonical(triples: Iterable[Triple | str], graph: NamedNode) -> bytes:
    """Return the triples, or their texts, as sorted N-Quads lines of this graph, each once."""
    end = f" {graph} .\n"
    return "".join(sorted({f"{triple}{end}" for triple in triples})).encode()


def merged(parts: Iterable[bytes]) -> bytes:
    """Return the lines of canonical N-Quads of one graph as canonical N-Quads."""
    return b"".join(sorted({line for part in parts for line in part.splitlines(keepends=True)}))


def triples(content: bytes) -> Iterator[Triple]:
    """Yield the triples of a graph's N-Quads."""
    for quad in parse(content, format=RdfFormat.N_QUADS):
        yield quad.triple


def of_rdf_xml(content: bytes) -> Iterator[Triple]:
    """Yield the triples of an RDF/XML file; `SyntaxError` says where it is not one."""
    for quad in parse(content, format=RdfFormat.RDF_XML):
        yield quad.triple


def digest(triples: Iterable[Triple | str]) -> str:
    """Return 16 hexadecimal digits that stand for this set of triples, or of their texts."""
    lines = "\n".join(sorted({str(triple) for triple in triples}))
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def ontology(folder: Path | None = None) -> Iterator[Triple]:
    """Yield the triples of our ontology, blank nodes named by their content (RDFC-1.0)."""
    dataset = Dataset(
        Quad(quad.subject, quad.predicate, quad.object)
        for path in sorted((folder or ontology_folder()).glob("*.ttl"))
        for quad in parse(path=str(path), format=RdfFormat.TURTLE)
    )
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    for quad in dataset:
        yield quad.triple


def gone_lines(old: bytes, new: bytes) -> Iterator[bytes]:
    """Yield the lines of canonical N-Quads that are not in others, quickly where these are alike.

    Both are sorted, so they are compared piece by piece; only pieces that differ are looked into.
    """
    start = at = 0
    while start < len(old):
        end = old.find(b"\n", start + _PIECE) + 1 or len(old)
        piece = old[start:end]
        stop = at + len(piece)
        if new[at:stop] != piece:
            after = old[end : old.find(b"\n", end)]
            stop = _place(new, at, after) if after else len(new)
            yield from sorted(set(piece.splitlines()) - set(new[at:stop].splitlines()))
        start, at = end, stop


def _place(lines: bytes, low: int, line: bytes) -> int:
    """Return where a line stands, or would stand, among sorted lines from a place on."""
    high = len(lines)
    while low < high:
        start = max(lines.rfind(b"\n", low, (low + high) // 2) + 1, low)
        end = lines.find(b"\n", start) + 1 or high
        if lines[start:end].rstrip(b"\n") < line:
            low = end
        else:
            high = start
    return low
