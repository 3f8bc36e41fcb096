"""The names of things, written once.

`VOCABULARY` and `SHAPES` are fixed for every deployment; `LOTSE_BASE` moves the things
(`id/`), their documents (`doc/`) and the graphs (`graph/`) to another host.
"""

import os
from typing import Final

from pyoxigraph import NamedNode

HOME: Final = "https://w3id.org/innovationslotse/"
VOCABULARY: Final = f"{HOME}ns#"
SHAPES_NAMESPACE: Final = f"{HOME}shapes#"

BASE: Final = os.environ.get("LOTSE_BASE", HOME).rstrip("/") + "/"
ID: Final = f"{BASE}id/"
DOC: Final = f"{BASE}doc/"
GRAPH: Final = f"{BASE}graph/"
RELEASE: Final = f"{BASE}release/"
DATASET: Final = f"{BASE}dataset"
"""All of a deployment's data as one data set; VoID and DCAT describe it."""


class Namespace:
    """A vocabulary whose terms are attributes: `SKOS.prefLabel` is a `NamedNode`."""

    def __init__(self, base: str) -> None:
        """Remember the base IRI."""
        self.base = base

    def __getattr__(self, name: str) -> NamedNode:
        """Return the term called `name`."""
        if name.startswith("__"):
            raise AttributeError(name)
        term = NamedNode(self.base + name)
        setattr(self, name, term)  # found without this call from now on
        return term

    def __getitem__(self, name: str) -> NamedNode:
        """Return the term called `name`, for names that are no Python identifiers."""
        return NamedNode(self.base + name)

    def __str__(self) -> str:
        """Return the base IRI."""
        return self.base


LOTSE: Final = Namespace(VOCABULARY)
LSH: Final = Namespace(SHAPES_NAMESPACE)
ADMS: Final = Namespace("http://www.w3.org/ns/adms#")
CPSV: Final = Namespace("http://purl.org/vocab/cpsv#")
CV: Final = Namespace("http://data.europa.eu/m8g/")
DCAT: Final = Namespace("http://www.w3.org/ns/dcat#")
DCATDE: Final = Namespace("http://dcat-ap.de/def/dcatde/")
DCTERMS: Final = Namespace("http://purl.org/dc/terms/")
FOAF: Final = Namespace("http://xmlns.com/foaf/0.1/")
GEO: Final = Namespace("http://www.opengis.net/ont/geosparql#")
GOVDATA: Final = Namespace("http://govdata.de/mqa/#")
ORG: Final = Namespace("http://www.w3.org/ns/org#")
OWL: Final = Namespace("http://www.w3.org/2002/07/owl#")
PROV: Final = Namespace("http://www.w3.org/ns/prov#")
QB: Final = Namespace("http://purl.org/linked-data/cube#")
RDF: Final = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS: Final = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SCHEMA: Final = Namespace("http://schema.org/")
SH: Final = Namespace("http://www.w3.org/ns/shacl#")
SKOS: Final = Namespace("http://www.w3.org/2004/02/skos/core#")
VOID: Final = Namespace("http://rdfs.org/ns/void#")
WGS: Final = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
XSD: Final = Namespace("http://www.w3.org/2001/XMLSchema#")

PREFIXES: Final[dict[str, str]] = {
    "lotse": VOCABULARY,
    "lsh": SHAPES_NAMESPACE,
    "adms": str(ADMS),
    "cpsv": str(CPSV),
    "cv": str(CV),
    "dcat": str(DCAT),
    "dcatde": str(DCATDE),
    "dcterms": str(DCTERMS),
    "foaf": str(FOAF),
    "geo": str(GEO),
    "govdata": str(GOVDATA),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "qb": str(QB),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "sh": str(SH),
    "skos": str(SKOS),
    "wgs": str(WGS),
    "xsd": str(XSD),
}
"""The prefixes that our files use; a test holds every `PREFIX` line in the tree against them."""
