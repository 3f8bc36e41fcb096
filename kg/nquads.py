"""Canonical N-Quads: one line a quad, sorted, each once; what release ids and diffs rest on."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, Triple, parse

from kg.files import ontology as ontology_folder


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
