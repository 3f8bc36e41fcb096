"""The SHACL shapes, made ready for pySHACL, and what they must know of the ontology.

A property shape may carry a target of its own, and pySHACL then judges all its focus nodes in
one go instead of one by one: ten times faster, with the same results (a test compares both). The
files keep the usual form, `sh:property` under a node shape; `flattened` hands the target down.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Self

from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection as RdfList
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node

from kg.files import ontology as ontology_folder
from kg.files import shapes as shapes_folder
from kg.namespaces import PREFIXES

ABOUT_THE_ONTOLOGY: Final = "ontology.ttl"
"""The file with the shapes of our own terms; records of sources are not held against it."""
_SUBCLASS: Final = NamedNode(str(RDFS.subClassOf))
_TYPE: Final = NamedNode(str(RDF.type))

Types = Mapping[NamedNode, frozenset[NamedNode]]


@dataclass(frozen=True)
class Shapes:
    """Shapes, ready to judge with: the graph for pySHACL, and the ontology's classes and terms."""

    graph: Graph
    subclasses: tuple[tuple[URIRef, URIRef], ...]
    """Class and superclass, as the ontology says."""
    terms: Types
    """The ontology's own terms with their classes: themes, roles, levels …."""

    @classmethod
    def load(
        cls,
        files: Iterable[Path] | None = None,
        *,
        ontology: Path | None = None,
        flat: bool = True,
    ) -> Self:
        """Return the shapes of these files; by default those that sources are held against."""
        graph = Graph()
        for path in data_files() if files is None else files:
            graph.parse(path, format="turtle")
        subclasses, terms = _of_ontology(ontology or ontology_folder())
        return cls(flattened(graph) if flat else graph, subclasses, terms)

    @cached_property
    def messages(self) -> Mapping[str, tuple[str, str]]:
        """Return for each shape's IRI its message in German and in English."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for shape, said in self.graph.subject_objects(SH.message):
            if isinstance(said, Literal):
                found[str(shape)][said.language or "en"] = str(said)
        return {
            shape: (said.get("de", said.get("en", "")), said.get("en", said.get("de", "")))
            for shape, said in found.items()
        }

    @cached_property
    def single(self) -> frozenset[str]:
        """Return the properties that a thing has at most once, or once a language."""
        shapes = {
            *self.graph.subjects(SH.maxCount, Literal(1)),
            *self.graph.subjects(SH.uniqueLang),
        }
        return frozenset(
            str(path)
            for shape in shapes
            for path in self.graph.objects(shape, SH.path)
            if isinstance(path, URIRef)
        )

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """Return for each property shape's IRI its path: `lotse:since`, `lotse:a|lotse:b`."""
        return {
            str(shape): path_text(self.graph, path)
            for shape, path in self.graph.subject_objects(SH.path)
        }


def data_files() -> list[Path]:
    """Return the files with shapes for the data, in order."""
    return sorted(p for p in shapes_folder().glob("*.ttl") if p.name != ABOUT_THE_ONTOLOGY)


def flattened(graph: Graph) -> Graph:
    """Return the same shapes with targets handed down from node shapes to property shapes.

    Left alone: closed shapes, which must know their properties, and shapes without a target.
    """
    flat = Graph()
    for triple in graph:
        flat.add(triple)
    closed = set(graph.subjects(SH.closed, None))
    for kind in (SH.targetClass, SH.targetSubjectsOf):
        for shape, target in graph.subject_objects(kind):
            if shape not in closed:
                for part in graph.objects(shape, SH.property):
                    flat.add((part, kind, target))
                    flat.remove((shape, SH.property, part))
    return flat


def compact(iri: str) -> str:
    """Return the IRI with its prefix (`lotse:since`), or in brackets where we have none."""
    for prefix, base in PREFIXES.items():
        if iri.startswith(base) and iri[len(base) :].replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{iri[len(base) :]}"
    return f"<{iri}>"


def expanded(text: str) -> str:
    """Return the IRI that `compact` wrote as `text`."""
    if text.startswith("<"):
        return text[1:-1]
    prefix, _, name = text.partition(":")
    return PREFIXES[prefix] + name


def path_text(graph: Graph, path: Node) -> str:
    """Return a path as text: a property, or alternatives joined by `|`; empty for all others."""
    if isinstance(path, URIRef):
        return compact(str(path))
    alternatives = graph.value(path, SH.alternativePath)
    parts = [] if alternatives is None else list(RdfList(graph, alternatives))
    if not all(isinstance(part, URIRef) for part in parts):
        return ""
    return "|".join(compact(str(part)) for part in parts)


def _of_ontology(folder: Path) -> tuple[tuple[tuple[URIRef, URIRef], ...], Types]:
    subclasses = set()
    terms: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    skipped = {NamedNode(str(OWL.Class)), NamedNode(str(RDFS.Class))}
    for file in sorted(folder.glob("*.ttl")):
        for quad in parse(path=str(file), format=RdfFormat.TURTLE):
            subject, value = quad.subject, quad.object
            if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode):
                continue
            if quad.predicate == _SUBCLASS:
                subclasses.add((URIRef(subject.value), URIRef(value.value)))
            elif quad.predicate == _TYPE and value not in skipped:
                terms[subject].add(value)
    return tuple(sorted(subclasses)), {term: frozenset(found) for term, found in terms.items()}
