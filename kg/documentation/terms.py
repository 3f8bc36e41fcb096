"""Our vocabulary as its page shows it: classes, properties and lists of concepts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, Namespace

from kg.documentation.shapes import constrained
from kg.files import ontology
from kg.namespaces import PREFIXES, VOCABULARY
from kg.shapes import compact

_SCHEMA: Final = Namespace(PREFIXES["schema"])
_ONTOLOGY: Final = URIRef(VOCABULARY.removesuffix("#"))
_DECISIONS: Final = "/decisions/"
_ALIGNMENTS: Final = (
    RDFS.subPropertyOf, SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch,
    SKOS.relatedMatch,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """An IRI with its short form: `lotse:since`."""

    iri: str
    short: str

    @property
    def anchor(self) -> str:
        """Return where our page shows the term; empty where it is none of ours."""
        return self.iri.removeprefix(VOCABULARY) if self.iri.startswith(VOCABULARY) else ""


@dataclass(frozen=True, slots=True)
class Term:
    """A class, a property, a list of concepts or a concept."""

    name: Named
    label: Mapping[str, str]
    definition: Mapping[str, str]
    alternatives: Mapping[str, tuple[str, ...]]
    examples: tuple[tuple[str, str], ...]
    """Language and text."""
    notation: str
    parents: tuple[Named, ...]
    """Superclasses, or the broader concepts."""
    disjoint: tuple[Named, ...]
    domain: tuple[Named, ...]
    range: tuple[Named, ...]
    aligned: tuple[tuple[Named, Named], ...]
    """How the term stands to one of another vocabulary."""
    decision: str
    """The number of the decision behind it, `0003`."""
    shapes: tuple[str, ...]
    """The shapes that constrain it, by local name."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that `/ns` shows."""

    version: str
    licence: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    classes: tuple[Term, ...]
    properties: tuple[Term, ...]
    schemes: tuple[Term, ...]
    concepts: Mapping[str, tuple[Term, ...]]
    """The concepts by the IRI of their list."""

    def properties_of(self, cls: Term) -> list[Term]:
        """Return the properties that a class may have by name of their own."""
        return [one for one in self.properties if cls.name in one.domain]


@lru_cache(maxsize=1)
def terms() -> Vocabulary:
    """Return our vocabulary, read once."""
    graph = Graph()
    for path in sorted(ontology().glob("*.ttl")):
        graph.parse(path, format="turtle")
    shapes = constrained()

    def of(*types: URIRef) -> tuple[Term, ...]:
        found = {one for kind in types for one in graph.subjects(RDF.type, kind)}
        return tuple(
            _term(graph, one, shapes)
            for one in sorted(found, key=lambda iri: str(iri).casefold())
            if isinstance(one, URIRef)
        )

    concepts: dict[str, list[Term]] = defaultdict(list)
    for one in of(SKOS.Concept):
        for scheme in graph.objects(URIRef(one.name.iri), SKOS.inScheme):
            concepts[str(scheme)].append(one)
    return Vocabulary(
        version=str(graph.value(_ONTOLOGY, OWL.versionInfo)),
        licence=str(graph.value(_ONTOLOGY, DCTERMS.license)),
        title=_spoken(graph, _ONTOLOGY, DCTERMS.title),
        description=_spoken(graph, _ONTOLOGY, DCTERMS.description),
        classes=of(OWL.Class),
        properties=of(OWL.ObjectProperty, OWL.DatatypeProperty),
        schemes=of(SKOS.ConceptScheme),
        concepts={scheme: tuple(found) for scheme, found in concepts.items()},
    )


def _term(graph: Graph, iri: URIRef, shapes: Mapping[str, tuple[str, ...]]) -> Term:
    decided = graph.value(iri, DCTERMS.source)
    return Term(
        name=_named(iri),
        label=_spoken(graph, iri, RDFS.label) or _spoken(graph, iri, SKOS.prefLabel),
        definition=_spoken(graph, iri, SKOS.definition),
        alternatives=_all_spoken(graph, iri, SKOS.altLabel),
        examples=tuple(sorted(
            (one.language or "", str(one))
            for one in graph.objects(iri, SKOS.example) if isinstance(one, Literal)
        )),
        notation=str(graph.value(iri, SKOS.notation) or ""),
        parents=_all_named(graph, iri, RDFS.subClassOf, SKOS.broader),
        disjoint=_all_named(graph, iri, OWL.disjointWith),
        domain=_all_named(graph, iri, RDFS.domain, _SCHEMA.domainIncludes),
        range=_all_named(graph, iri, RDFS.range, _SCHEMA.rangeIncludes),
        aligned=tuple(
            (_named(how), what)
            for how in _ALIGNMENTS for what in _all_named(graph, iri, how)
        ),
        decision=str(decided).rpartition(_DECISIONS)[2] if decided is not None else "",
        shapes=shapes.get(str(iri), ()),
    )  # fmt: skip


def _named(iri: object) -> Named:
    return Named(str(iri), compact(str(iri)))


def _all_named(graph: Graph, iri: URIRef, *properties: URIRef) -> tuple[Named, ...]:
    found: Iterable[object] = (
        value for one in properties for value in graph.objects(iri, one)
        if isinstance(value, URIRef)
    )  # fmt: skip
    return tuple(_named(one) for one in sorted({str(value) for value in found}))


def _spoken(graph: Graph, iri: URIRef, said: URIRef) -> Mapping[str, str]:
    return {lang: texts[0] for lang, texts in _all_spoken(graph, iri, said).items()}


def _all_spoken(graph: Graph, iri: URIRef, said: URIRef) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in graph.objects(iri, said):
        if isinstance(one, Literal):
            found[one.language or ""].append(str(one))
    return {lang: tuple(sorted(texts)) for lang, texts in found.items()}
