"""Clients that others use, as they come: SPARQLWrapper and rdflib's SPARQLStore, over HTTP."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from xml.dom.minidom import Document

import pytest
import rdflib
import SPARQLWrapper
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.term import Literal, URIRef

from kg.settings import Settings
from tests.live import served

LOTSE = "https://w3id.org/innovationslotse/ns#"
LABS = f"SELECT ?s WHERE {{ ?s a <{LOTSE}Lab> }} ORDER BY ?s"
NAMES = "http://www.w3.org/2004/02/skos/core#prefLabel"


@pytest.fixture(scope="module")
def endpoint(data: Path) -> Iterator[str]:
    """Return the address of the endpoint on a real socket."""
    with served(Settings(data=data, query_readers=2, query_seconds=5, query_rows=1000)) as port:
        yield f"http://127.0.0.1:{port}/sparql"


@pytest.fixture
def asking(endpoint: str) -> SPARQLWrapper.SPARQLWrapper:
    """Return a SPARQLWrapper at the endpoint."""
    return SPARQLWrapper.SPARQLWrapper(endpoint)


@pytest.mark.parametrize("method", [SPARQLWrapper.GET, SPARQLWrapper.POST])
@pytest.mark.parametrize("way", [SPARQLWrapper.URLENCODED, SPARQLWrapper.POSTDIRECTLY])
def test_sparqlwrapper_reads_rows_by_every_method(
    asking: SPARQLWrapper.SPARQLWrapper, method: str, way: str
) -> None:
    asking.setQuery(LABS)
    asking.setMethod(method)
    asking.setRequestMethod(way)
    asking.setReturnFormat(SPARQLWrapper.JSON)
    rows = asking.queryAndConvert()["results"]["bindings"]
    assert len(rows) == 2
    assert all(row["s"]["type"] == "uri" for row in rows)


@pytest.mark.parametrize("only_accept", [True, False])
def test_sparqlwrapper_reads_every_format_of_rows(
    asking: SPARQLWrapper.SPARQLWrapper, *, only_accept: bool
) -> None:
    asking.setQuery(LABS)
    asking.setOnlyConneg(only_accept)
    found = {}
    for form in (SPARQLWrapper.JSON, SPARQLWrapper.XML, SPARQLWrapper.CSV, SPARQLWrapper.TSV):
        asking.setReturnFormat(form)
        found[form] = asking.queryAndConvert()
    assert len(found[SPARQLWrapper.JSON]["results"]["bindings"]) == 2
    assert isinstance(found[SPARQLWrapper.XML], Document)
    assert len(found[SPARQLWrapper.XML].getElementsByTagName("result")) == 2
    assert [len(found[form].splitlines()) for form in (SPARQLWrapper.CSV, SPARQLWrapper.TSV)] == [
        3,
        3,
    ]


@pytest.mark.parametrize(
    "form", [SPARQLWrapper.TURTLE, SPARQLWrapper.N3, SPARQLWrapper.RDFXML, SPARQLWrapper.JSONLD]
)
def test_sparqlwrapper_reads_every_format_of_graphs(
    asking: SPARQLWrapper.SPARQLWrapper, form: str
) -> None:
    asking.setQuery(f"CONSTRUCT WHERE {{ ?s a <{LOTSE}Lab> ; <{NAMES}> ?n }}")
    asking.setReturnFormat(form)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it uses what rdflib deprecates
        found = asking.queryAndConvert()
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(found)
    assert len(set(graph.subjects())) == 2


def test_sparqlwrapper_asks_and_is_told_its_mistakes(asking: SPARQLWrapper.SPARQLWrapper) -> None:
    asking.setReturnFormat(SPARQLWrapper.JSON)
    asking.setQuery(f"ASK {{ ?s a <{LOTSE}Lab> }}")
    assert asking.queryAndConvert()["boolean"] is True
    asking.setQuery("SELECT * { ?s ?p")
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="be read at line"):
        asking.query()
    asking.setQuery("INSERT DATA { <a:b> <a:c> 1 }")
    asking.setMethod(SPARQLWrapper.POST)
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="every fact comes"):
        asking.query()


def test_sparqlwrapper_s_graphs_are_the_data_set(asking: SPARQLWrapper.SPARQLWrapper) -> None:
    asking.setReturnFormat(SPARQLWrapper.JSON)
    asking.setQuery("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    asking.addDefaultGraph("https://w3id.org/innovationslotse/graph/ontology")
    few = int(asking.queryAndConvert()["results"]["bindings"][0]["n"]["value"])
    asking.clearParameter("default-graph-uri")
    assert 0 < few < int(asking.queryAndConvert()["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_s_store_asks_by_every_method_in_every_format(
    endpoint: str, method: str, form: str
) -> None:
    store = SPARQLStore(endpoint, method=method, returnFormat=form)
    graph = rdflib.Graph(store)
    found = {str(row[0]) for row in graph.query(LABS)}
    assert len(found) == 2
    store.close()


def test_rdflib_s_store_is_a_graph(endpoint: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph = rdflib.Graph(SPARQLStore(endpoint, returnFormat="json"))
        labs = sorted(graph.subjects(rdflib.RDF.type, URIRef(f"{LOTSE}Lab")))
        assert len(labs) == 2
        name = graph.value(labs[0], URIRef(NAMES))
        assert isinstance(name, Literal)
        assert (labs[0], URIRef(NAMES), name) in graph
        assert (labs[0], URIRef(NAMES), Literal("nobody")) not in graph


def test_rdflib_s_store_constructs_and_asks(endpoint: str) -> None:
    graph = rdflib.Graph(SPARQLStore(endpoint))
    made = graph.query(f"CONSTRUCT WHERE {{ ?s a <{LOTSE}Lab> }}").graph
    assert made is not None
    assert len(made) == 2
    assert graph.query(f"ASK {{ ?s a <{LOTSE}Lab> }}").askAnswer is True
