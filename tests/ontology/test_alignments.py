from functools import cache

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDFS, SKOS

from kg.namespaces import PREFIXES, VOCABULARY
from tests.ontology.vocabulary import ONTOLOGY, ontology, own, raw

LINKS = {
    *(SKOS[name] for name in ("exactMatch", "closeMatch", "broadMatch", "relatedMatch")),
    *(RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty),
}
CPSV = "http://purl.org/vocab/cpsv#"
FILES = {
    "cv": ("cpov-2.1.2", "cpsv-ap-3.2.0"),
    "cpsv": ("cpsv-ap-3.2.0",),
    "dcatde": ("dcat-ap.de-3.0",),
}
BASES = {"cv": PREFIXES["cv"], "cpsv": CPSV, "dcatde": PREFIXES["dcatde"]}


def targets(base: str) -> set[str]:
    """Return the terms of a foreign vocabulary that our classes and properties are tied to."""
    return {
        str(target)
        for source, link, target in ontology()
        if str(source).startswith(VOCABULARY) and link in LINKS and str(target).startswith(base)
    }


@cache
def standard(folder: str) -> frozenset[str]:
    """Return every IRI that the Turtle files of a standard name."""
    named: set[str] = set()
    for path in sorted(raw(f"standards/{folder}").glob("*.ttl")):
        for triple in Graph().parse(path, format="turtle"):
            named.update(str(term) for term in triple if isinstance(term, URIRef))
    return frozenset(named)


@pytest.mark.parametrize("prefix", sorted(FILES))
def test_what_we_align_to_exists_in_the_file_of_the_standard(prefix: str) -> None:
    ours = targets(BASES[prefix])
    assert ours, f"nothing is aligned to {prefix}"
    known = frozenset[str]().union(*(standard(folder) for folder in FILES[prefix]))
    assert ours - known == set()


def test_what_is_aligned_is_a_term_of_ours() -> None:
    aligned = Graph().parse(ONTOLOGY / "alignments.ttl", format="turtle")
    assert len(aligned) > 50
    assert own(aligned) - own(Graph().parse(ONTOLOGY / "lotse.ttl", format="turtle")) == set()
    assert {str(s) for s in aligned.subjects() if not str(s).startswith(VOCABULARY)} == set()


def test_alignments_use_only_mapping_terms() -> None:
    aligned = Graph().parse(ONTOLOGY / "alignments.ttl", format="turtle")
    assert set(aligned.predicates()) - LINKS == set()


def test_memberships_and_participations_are_close_and_nothing_more() -> None:
    involvement = URIRef(VOCABULARY + "Involvement")
    org, cv, prov = (PREFIXES[name] for name in ("org", "cv", "prov"))
    assert set(ontology().objects(involvement, SKOS.closeMatch)) == {
        URIRef(org + "Membership"),
        URIRef(cv + "Participation"),
        URIRef(prov + "Association"),
    }
    assert set(ontology().objects(involvement, RDFS.subClassOf)) == set()
