import json
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD

from kg.namespaces import PREFIXES, VOCABULARY
from tests.ontology.vocabulary import ONTOLOGY, ontology

TEXT = (XSD.string, None)
_REUSED = {
    "skos:prefLabel", "skos:altLabel", "skos:notation", "skos:broader", "skos:inScheme",
    "dcterms:subject", "dcterms:isPartOf", "dcterms:replaces", "dcterms:license", "dcterms:type",
    "dcterms:identifier", "dcterms:publisher", "dcterms:spatial", "dcterms:date", "dcterms:created",
    "dcterms:modified", "org:classification", "foaf:homepage", "foaf:page", "schema:validFrom",
    "schema:validThrough", "schema:codeRepository", "prov:wasDerivedFrom", "adms:identifier",
    "dcatde:politicalGeocodingURI", "geo:hasGeometry", "geo:asWKT", "wgs:lat", "wgs:long",
}  # fmt: skip


def context() -> dict[str, Any]:
    """Return the JSON-LD context."""
    loaded: dict[str, Any] = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))
    return dict(loaded["@context"])


def entries() -> dict[str, dict[str, Any]]:
    """Return the entries for terms: name → its definition in the long form."""
    return {
        name: {"@id": value} if isinstance(value, str) else value
        for name, value in context().items()
        if name not in PREFIXES and not name.startswith("@") and name not in {"id", "type"}
    }


def expanded(short: str) -> URIRef:
    """Return the IRI of `prefix:name`."""
    prefix, _, name = short.partition(":")
    return URIRef(PREFIXES[prefix] + name)


def wanted(term: URIRef) -> dict[str, Any]:
    """Return how the ontology wants a property of ours to be read."""
    graph = ontology()
    if (term, RDF.type, OWL.ObjectProperty) in graph:
        return {"@type": "@id"}
    reach = graph.value(term, RDFS.range)
    if reach == RDF.langString:
        return {"@container": ["@language", "@set"]}
    if reach in TEXT:
        return {}
    return {"@type": "xsd:" + str(reach).rpartition("#")[2]}


def test_the_prefixes_are_those_of_the_one_table() -> None:
    assert {name: value for name, value in context().items() if name in PREFIXES} == PREFIXES


def test_every_property_of_ours_has_an_entry_typed_as_the_ontology_says() -> None:
    graph = ontology()
    properties = {
        *graph.subjects(RDF.type, OWL.ObjectProperty),
        *graph.subjects(RDF.type, OWL.DatatypeProperty),
    }
    stated = {
        name: {key: part for key, part in value.items() if key != "@id"}
        for name, value in entries().items()
        if expanded(value["@id"]) in properties
    }
    assert stated == {
        str(term).removeprefix(VOCABULARY): wanted(URIRef(str(term))) for term in properties
    }


def test_every_entry_points_to_a_term_that_exists_under_its_own_name() -> None:
    graph = ontology()
    ours = {
        name: str(expanded(value["@id"])).removeprefix(VOCABULARY)
        for name, value in entries().items()
        if value["@id"].startswith("lotse:")
    }
    assert {name: term for name, term in ours.items() if name != term} == {}
    assert {
        term for term in ours.values() if (URIRef(VOCABULARY + term), None, None) not in graph
    } == (set())


def test_every_class_of_ours_has_an_entry() -> None:
    classes = {str(c).removeprefix(VOCABULARY) for c in ontology().subjects(RDF.type, OWL.Class)}
    assert classes - set(entries()) == set()


def test_no_two_entries_point_to_one_term() -> None:
    terms = [value["@id"] for value in entries().values()]
    assert sorted(terms) == sorted(set(terms))


def test_the_terms_we_reuse_have_entries() -> None:
    assert _REUSED - {value["@id"] for value in entries().values()} == set()


def test_labels_are_sets_by_language() -> None:
    labels = ("prefLabel", "altLabel", "hiddenLabel", "definition", "label")
    odd = {name for name in labels if entries()[name].get("@container") != ["@language", "@set"]}
    assert odd == set()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own parser uses it
def test_a_document_read_with_the_context_means_what_it_says() -> None:
    thing = VOCABULARY.replace("ns#", "id/adoption/1")
    document = {
        "@context": context(),
        "id": thing,
        "type": "Adoption",
        "prefLabel": {"de": ["Übernahme"]},
        "adopter": VOCABULARY.replace("ns#", "id/jurisdiction/2"),
        "adopterKey": "01001",
        "since": "2021",
        "attestedOn": "2026-11-24",
    }
    graph = Graph().parse(data=json.dumps(document), format="json-ld")
    ours, subject = VOCABULARY, URIRef(thing)
    assert set(graph) == {
        (subject, RDF.type, URIRef(ours + "Adoption")),
        (subject, SKOS.prefLabel, Literal("Übernahme", lang="de")),
        (subject, URIRef(ours + "adopter"), URIRef(ours.replace("ns#", "id/jurisdiction/2"))),
        (subject, URIRef(ours + "adopterKey"), Literal("01001")),
        (subject, URIRef(ours + "since"), Literal("2021")),
        (subject, URIRef(ours + "attestedOn"), Literal("2026-11-24", datatype=XSD.date)),
    }
