"""VoID: where it is, and whether its counts are true."""

from pathlib import Path

import pytest
import rdflib
from rdflib import DCTERMS, RDF, VOID, URIRef
from starlette.testclient import TestClient

from kg import release

WHOLE = URIRef("https://w3id.org/innovationslotse/dataset")


@pytest.fixture(scope="module")
def void(client: TestClient) -> rdflib.Graph:
    got = client.get("/.well-known/void")
    assert (got.status_code, got.headers["location"]) == (303, "/void.ttl")
    return rdflib.Graph().parse(data=client.get("/void.ttl").content, format="turtle")


def test_well_known_void_leads_to_the_format_that_was_asked_for(client: TestClient) -> None:
    got = client.get("/.well-known/void", headers={"Accept": "application/ld+json"})
    assert got.headers["location"] == "/void.jsonld"
    assert client.get("/void.jsonld").headers["content-type"] == "application/ld+json"
    rdf = client.get("/void.ttl", headers={"Accept": "application/rdf+xml"})
    assert rdf.headers["content-type"].startswith("application/rdf+xml")
    assert client.get("/.well-known/void", headers={"Accept": "image/png"}).status_code == 406


def test_the_counts_are_those_of_the_store(data: Path, void: rdflib.Graph) -> None:
    served = release.current(data)
    quads = list(served.graph.quads())
    named = {str(quad.graph_name.value) for quad in quads}
    assert {str(one) for one in void.objects(WHOLE, VOID.subset) if "#" not in str(one)} == named
    for name in named:
        own = [quad for quad in quads if quad.graph_name.value == name]
        node = URIRef(name)
        assert int(void.value(node, VOID.triples)) == len(own)
        properties = {quad.predicate.value for quad in own}
        assert int(void.value(node, VOID.properties)) == len(properties)
        parts = {
            str(void.value(part, VOID.property)): int(void.value(part, VOID.triples))
            for part in void.objects(node, VOID.propertyPartition)
        }
        assert set(parts) == properties
        assert sum(parts.values()) == len(own)
        typed = {
            (quad.subject, quad.object.value) for quad in own
            if quad.predicate.value == str(RDF.type)
        }  # fmt: skip
        classes = {
            str(void.value(part, VOID["class"])): int(void.value(part, VOID.entities))
            for part in void.objects(node, VOID.classPartition)
        }
        assert sum(classes.values()) == len(typed)
        assert set(classes) == {name for _, name in typed}
    assert int(void.value(WHOLE, VOID.triples)) == len(quads)


def test_each_data_set_says_licence_publisher_dumps_and_endpoint(void: rdflib.Graph) -> None:
    for node in void.subjects(VOID.sparqlEndpoint, None):
        for property_ in (DCTERMS.license, DCTERMS.publisher, DCTERMS.issued, VOID.dataDump,
                          VOID.uriSpace, VOID.vocabulary, VOID.feature):  # fmt: skip
            assert (node, property_, None) in void, (node, property_)


def test_linksets_name_where_they_lead(void: rdflib.Graph) -> None:
    found = list(void.subjects(RDF.type, VOID.Linkset))
    assert found
    for one in found:
        assert void.value(one, VOID.linkPredicate) is not None
        assert int(void.value(one, VOID.triples)) > 0
        assert void.value(void.value(one, VOID.objectsTarget), VOID.uriSpace) is not None


def test_a_release_that_is_not_kept_is_404(client: TestClient) -> None:
    assert client.get("/void.ttl?release=ffff").status_code == 404
