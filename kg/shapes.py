"""The SHACL shapes, made ready for pySHACL, and what they must know of the ontology.

A property shape may carry a target of its own, and pySHACL then judges all its focus nodes in
one go instead of one by one: ten times faster, with the same results (a test compares both). The
files keep the usual form, `sh:property` under a node shape; `flattened` hands the target down.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Self

from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from pyshacl.monkey import rdflib_bool_patch, rdflib_bool_unpatch
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection as RdfList
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node

from kg.facts import graph_of
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

    @classmethod
    def foreign(cls, triples: Iterable[Triple]) -> Self:
        """Return shapes of others as they are, without anything of our ontology.

        As pySHACL reads shapes, only `true` is true in them, and not `1`: call it where no other
        thread reads literals. Prefixes of what `sh:prefixes` imports count, as SHACL has it.
        """
        rdflib_bool_patch()
        try:
            graph = graph_of(triples)
        finally:
            rdflib_bool_unpatch()
        for asked in set(graph.objects(None, SH.prefixes)):
            for imported in set(graph.transitive_objects(asked, OWL.imports)) - {asked}:
                for declared in list(graph.objects(imported, SH.declare)):
                    graph.add((asked, SH.declare, declared))
        return cls(graph, (), {})

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


_REPEATED: Final = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def path_text(graph: Graph, path: Node | None) -> str:
    """Return a path as SPARQL writes it: `lotse:since`, `lotse:a|lotse:b`, `^lotse:of/lotse:by`."""
    if isinstance(path, URIRef):
        return compact(str(path))
    if path is None or isinstance(path, Literal):
        return ""
    alternatives = graph.value(path, SH.alternativePath)
    if alternatives is not None:
        return "|".join(path_text(graph, part) for part in RdfList(graph, alternatives))
    if (path, RDF.first, None) in graph:
        parts = [path_text(graph, part) for part in RdfList(graph, path)]
        return "/".join(f"({one})" if "|" in one else one for one in parts)
    for kind, sign in ((SH.inversePath, "^"), *_REPEATED.items()):
        inner = graph.value(path, kind)
        if inner is not None:
            written = _bracketed(path_text(graph, inner))
            return f"^{written}" if sign == "^" else f"{written}{sign}"
    return ""


def _bracketed(path: str) -> str:
    return path if re.fullmatch(r"[\w-]+:[\w-]*|<[^<>]*>", path) else f"({path})"


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
