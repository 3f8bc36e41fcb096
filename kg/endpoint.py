"""What the SPARQL endpoint says of itself: a small, true service description."""

from collections.abc import Iterator, Sequence
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.iri import graph as graph_iri
from kg.namespaces import RDF, RDFS, Namespace
from kg.reader import GRAPHS, RESULTS
from kg.settings import Settings
from kg.terms import Literal

SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS: Final = Namespace("http://www.w3.org/ns/formats/")
_NAMED: Final = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
}


def described(address: str, graphs: Sequence[str], settings: Settings) -> list[Quad]:
    """Return the description of the endpoint at this address."""
    return [
        Quad(subject, predicate, value, DefaultGraph())
        for subject, predicate, value in _said(NamedNode(address), graphs, settings)
    ]


def _said(
    service: NamedNode, graphs: Sequence[str], settings: Settings
) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    data_set = NamedNode(f"{service.value}#dataset")
    default = NamedNode(f"{service.value}#default-graph")
    yield service, RDF.type, SD.Service
    yield service, SD.endpoint, service
    yield service, SD.supportedLanguage, SD.SPARQL11Query
    yield service, SD.feature, SD.UnionDefaultGraph
    for media_type in (*RESULTS, *GRAPHS):
        yield service, SD.resultFormat, _FORMATS[_NAMED[media_type]]
    yield service, SD.defaultDataset, data_set
    yield data_set, RDF.type, SD.Dataset
    yield data_set, SD.defaultGraph, default
    yield default, RDF.type, SD.Graph
    own = [graph_iri(name).value for name in ("ontology", "resolution", "derived", "provenance")]
    for name in sorted({*graphs, *own}):
        named = NamedNode(f"{service.value}#named-{name.rpartition('/')[2]}")
        yield data_set, SD.namedGraph, named
        yield named, RDF.type, SD.NamedGraph
        yield named, SD.name, NamedNode(name)
    limits = (
        f"Limits: {settings.query_seconds:g} s, {settings.query_memory_mib} MiB of memory, "
        f"{settings.query_rows} rows, {settings.query_mib} MiB a result. No updates, no SERVICE."
    )
    yield service, RDFS.comment, Literal(limits, language="en")
