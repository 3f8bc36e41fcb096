"""Reads suites of query evaluation in the W3C's manner, and compares results as they must be."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rdflib
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)
from rdflib.namespace import RDF, RDFS

from kg.literals import stored

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
FORMATS = {
    ".ttl": RdfFormat.TURTLE, ".n3": RdfFormat.N3, ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
}  # fmt: skip
RESULTS = {
    ".srj": QueryResultsFormat.JSON, ".srx": QueryResultsFormat.XML, ".tsv": QueryResultsFormat.TSV,
}  # fmt: skip
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A query, the data it is asked of, and what it must answer."""

    name: str
    query: Path
    data: tuple[Path, ...]
    named: Mapping[str, Path]
    result: Path
    ordered: bool

    @property
    def files(self) -> set[Path]:
        """Return the files of data that the case may need: those beside it, too (`FROM`)."""
        beside = set() if self.data or self.named else set(self.query.parent.glob("g*.ttl"))
        return {*self.data, *self.named.values(), *beside}


def cases(folder: Path) -> Iterator[Case]:
    """Yield the cases of evaluation of all manifests in a folder."""
    for path in sorted(folder.rglob("manifest.ttl")):
        said = rdflib.Graph().parse(path, publicID=path.as_uri())
        for one in sorted(said.subjects(RDF.type, MF.QueryEvaluationTest)):
            action, result = said.value(one, MF.action), said.value(one, MF.result)
            query = said.value(action, QT.query)
            named = {}
            for given in said.objects(action, QT.graphData):
                file = said.value(given, QT.graph) or given
                label = said.value(given, RDFS.label)
                named[str(label or address(_path(file)))] = _path(file)
            yield Case(
                f"{path.parent.name}/{str(one).rpartition('#')[2]}",
                _path(query),
                tuple(_path(one) for one in sorted(said.objects(action, QT.data))),
                named,
                _path(result),
                (one, MF.requires, MF.order) in said or (one, MF.requires, _ours(path)) in said,
            )


def _ours(path: Path) -> rdflib.URIRef:
    return rdflib.URIRef(f"{path.as_uri()}#order")


def _path(node: object) -> Path:
    return Path(rdflib.term.URIRef(str(node)).removeprefix("file://"))


def address(path: Path) -> str:
    """Return the IRI of a file of a suite: the name of its graph, the base of its query."""
    return f"http://example.org/suite/{path.parent.name}/{path.name}"


def rows_of(content: bytes, format_: QueryResultsFormat) -> bool | list[Row]:
    """Return a result as rows of pairs of variable and term, or as what `ASK` says."""
    found: Any = parse_query_results(content, format_)
    if not isinstance(found, QuerySolutions):
        return bool(found)
    names = sorted(variable.value for variable in found.variables)
    return [
        tuple((name, _same_form(row[name])) for name in names if row[name] is not None)
        for row in found
    ]


def _same_form(term: object) -> object:
    """Return a term as our store would keep it (ontology/decisions/0014)."""
    return stored(term) if isinstance(term, Literal) else term


def canonical(rows: Sequence[Row]) -> list[str]:
    """Return a multiset of rows so that two are equal when blank nodes may be renamed."""
    data = Dataset()
    for at, (row, times) in enumerate(Counter(rows).items()):
        node = BlankNode(f"row{at}")
        data.add(Quad(node, NamedNode("row:times"), Literal(times)))
        for name, term in row:  # type: ignore[misc]
            data.add(Quad(node, NamedNode(f"row:{name}"), term))
    return _canonical(data)


def triples_of(content: bytes, format_: RdfFormat, base: str) -> list[str]:
    """Return a graph so that two are equal when they are isomorphic."""
    return _canonical(
        Dataset(
            Quad(quad.subject, quad.predicate, _same_form(quad.object))  # type: ignore[arg-type]
            for quad in parse(content, format_, base_iri=base)
        )
    )


def _canonical(data: Dataset) -> list[str]:
    data.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, data))


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Return rows whose order counts; blank nodes are all alike there."""
    return [
        tuple((name, "_" if isinstance(term, BlankNode) else term) for name, term in row)  # type: ignore[misc]
        for row in rows
    ]
