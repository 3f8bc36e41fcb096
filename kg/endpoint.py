"""What the SPARQL endpoint says of itself: a small, true service description."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.namespaces import RDF, RDFS, SCHEMA, Namespace
from kg.querytext import LONGEST
from kg.reader import GRAPHS, RESULTS
from kg.release import Release
from kg.settings import Settings
from kg.store import Graph
from kg.terms import Literal

SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID: Final = Namespace("http://rdfs.org/ns/void#")
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


_EN: Final = (
    "SPARQL 1.1 queries over the union of all graphs; no updates, no SERVICE. "
    "A query that meets one of the limits gets an error, never a cut result."
)
_DE: Final = (
    "Abfragen in SPARQL 1.1 über die Vereinigung aller Graphen; keine Änderungen, kein SERVICE. "
    "Eine Abfrage, die an eine Grenze stößt, bekommt einen Fehler, nie ein gekürztes Ergebnis."
)


def limits(settings: Settings) -> str:
    """Return the limits of a query as a header says them (a dictionary of RFC 9651)."""
    return ", ".join(f"{name}={value:g}" for name, (value, _) in _limits(settings).items())


def _limits(settings: Settings) -> dict[str, tuple[float, str]]:
    """Return each limit with its unit (codes of UN/ECE recommendation 20, or a word)."""
    return {
        "seconds": (settings.query_seconds, "SEC"),
        "memory-mib": (settings.query_memory_mib, "E63"),
        "rows": (settings.query_rows, "rows"),
        "result-mib": (settings.query_mib, "E63"),
        "query-characters": (LONGEST, "characters"),
    }


def sizes(release: Release) -> Mapping[str, int]:
    """Return the graphs of a release with their numbers of triples."""
    counted = release.manifest.get("graphs", {}).values()
    if not all(one.keys() >= {"iri", "quads"} for one in counted) or not counted:
        return _counted(release.graph)
    return {one["iri"]: one["quads"] for one in counted}


@lru_cache(maxsize=3)
def _counted(graph: Graph) -> Mapping[str, int]:
    named = (quad.graph_name for quad in graph.quads())
    return Counter(name.value for name in named if isinstance(name, NamedNode))


def described(address: str, graphs: Mapping[str, int], settings: Settings) -> list[Quad]:
    """Return the description of the endpoint at this address: its graphs, formats, limits."""
    return [
        Quad(subject, predicate, value, DefaultGraph())
        for subject, predicate, value in _said(NamedNode(address), graphs, settings)
    ]


def _said(
    service: NamedNode, graphs: Mapping[str, int], settings: Settings
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
    for name, triples in sorted(graphs.items()):
        named = NamedNode(f"{service.value}#named-{name.rpartition('/')[2]}")
        yield data_set, SD.namedGraph, named
        yield named, RDF.type, SD.NamedGraph
        yield named, SD.name, NamedNode(name)
        graph = NamedNode(f"{service.value}#graph-{name.rpartition('/')[2]}")
        yield named, SD.graph, graph
        yield graph, RDF.type, SD.Graph
        yield graph, VOID.triples, Literal(triples)
    yield from _limited(service, settings)


def _limited(
    service: NamedNode, settings: Settings
) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    for name, (value, unit) in _limits(settings).items():
        limit = NamedNode(f"{service.value}#limit-{name}")
        yield service, SCHEMA.additionalProperty, limit
        yield limit, RDF.type, SCHEMA.PropertyValue
        yield limit, SCHEMA.name, Literal(name)
        yield limit, SCHEMA.maxValue, Literal(int(value) if value == int(value) else value)
        yield limit, SCHEMA.unitCode if unit.isupper() else SCHEMA.unitText, Literal(unit)
    yield service, RDFS.comment, Literal(_EN, language="en")
    yield service, RDFS.comment, Literal(_DE, language="de")
