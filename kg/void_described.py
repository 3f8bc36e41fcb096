"""VoID: what the whole and each graph hold, from the statistics of the store."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from kg.answers.sources import SourceRow
from kg.descriptions import FORMAT, Said
from kg.dumps import SUFFIXES, file_of
from kg.namespaces import DCTERMS, FOAF, ID, OWL, RDF, VOID
from kg.settings import Settings
from kg.terms import Literal, NamedNode, integer, moment, text
from kg.void import WHOLE, Statistics

_FORMATS: Final = ("Turtle", "TriG", "N-Triples", "N-Quads", "JSON-LD", "RDF_XML")
_TITLES: Final[Mapping[str, tuple[str, str]]] = {
    "ontology": ("Vokabular", "Vocabulary"),
    "provenance": ("Herkunft: Quellen und Datensätze", "Provenance: sources and records"),
    "resolution": ("Was aus Namen geschlossen wurde", "What was concluded from names"),
    "derived": ("Hüllen und Summen", "Closures and sums"),
}


@dataclass(frozen=True, slots=True)
class About:
    """What a description of a release needs beside its statistics."""

    release: str
    published: str
    address: str
    """Scheme and host of the service."""
    sources: Mapping[str, tuple[SourceRow, SourceRow]]
    """Graph → its source, in German and in English."""
    settings: Settings


def described(about: About, found: Mapping[str, Statistics]) -> Iterator[Said]:
    """Yield the VoID description of a release: the document, the whole, each graph."""
    document = NamedNode(f"{about.address}/void.ttl")
    whole = NamedNode(WHOLE)
    yield document, RDF.type, VOID.DatasetDescription
    yield document, DCTERMS.title, text("VoID: Innovationslotse", "de")
    yield document, FOAF.primaryTopic, whole
    yield whole, RDF.type, VOID.Dataset
    yield whole, DCTERMS.title, text("Innovationslotse: alle Graphen", "de")
    yield whole, DCTERMS.title, text("Innovationslotse: all graphs", "en")
    yield whole, FOAF.homepage, NamedNode(f"{about.address}/")
    yield whole, DCTERMS.publisher, publisher(about.settings)
    yield publisher(about.settings), RDF.type, FOAF.Agent
    yield publisher(about.settings), FOAF.name, text(about.settings.publisher)
    yield whole, DCTERMS.license, NamedNode("http://dcat-ap.de/def/licenses/cc-by/4.0")
    yield from _of_release(whole, about)
    yield from _counted(whole, found[WHOLE], about, None)
    for name, one in found.items():
        if name != WHOLE:
            yield whole, VOID.subset, NamedNode(name)
            yield from _graph(NamedNode(name), one, about)


def publisher(settings: Settings) -> NamedNode:
    """Return the IRI of whoever runs this service."""
    return NamedNode(settings.publisher_iri)


def titles(name: str, of: tuple[SourceRow, SourceRow] | None) -> Iterator[Literal]:
    """Yield the title of a graph in German and in English."""
    if of is not None:
        yield text(of[0].label, "de")
        yield text(of[1].label, "en")
        return
    german, english = _TITLES.get(name, (name, name))
    yield text(german, "de")
    yield text(english, "en")


def _graph(node: NamedNode, found: Statistics, about: About) -> Iterator[Said]:
    name = node.value.rpartition("/")[2]
    of = about.sources.get(node.value)
    yield node, RDF.type, VOID.Dataset
    for title in titles(name, of):
        yield node, DCTERMS.title, title
    if of is None:
        yield node, DCTERMS.publisher, publisher(about.settings)
        yield node, DCTERMS.license, NamedNode("http://dcat-ap.de/def/licenses/cc-by/4.0")
    else:
        source = of[0]
        yield node, DCTERMS.source, NamedNode(source.iri)
        if source.licence is not None:
            yield node, DCTERMS.license, NamedNode(source.licence)
        if source.publisher is not None:
            agent = NamedNode(f"{node.value}#publisher")
            yield node, DCTERMS.publisher, agent
            yield agent, RDF.type, FOAF.Agent
            yield agent, FOAF.name, text(source.publisher)
    yield from _of_release(node, about)
    yield from _counted(node, found, about, name)


def _of_release(node: NamedNode, about: About) -> Iterator[Said]:
    yield node, DCTERMS.issued, moment(about.published)
    yield node, OWL.versionInfo, text(about.release)
    yield node, VOID.sparqlEndpoint, NamedNode(f"{about.address}/sparql")
    yield node, VOID.uriSpace, Literal(ID)
    for name in _FORMATS:
        yield node, VOID.feature, FORMAT[name]


def _counted(node: NamedNode, found: Statistics, about: About, graph: str | None) -> Iterator[Said]:
    for property_, count in (
        (VOID.triples, found.triples), (VOID.entities, found.entities),
        (VOID.classes, len(found.classes)), (VOID.properties, len(found.properties)),
        (VOID.distinctSubjects, found.subjects), (VOID.distinctObjects, found.objects),
    ):  # fmt: skip
        yield node, property_, integer(count)
    if found.example is not None:
        yield node, VOID.exampleResource, NamedNode(found.example)
    for suffix in SUFFIXES:
        yield (
            node,
            VOID.dataDump,
            NamedNode(f"{about.address}/dumps/{about.release}/{file_of(graph, suffix)}"),
        )
    for base in sorted({_base(name) for name in (*found.classes, *found.properties)}):
        yield node, VOID.vocabulary, NamedNode(base)
    yield from _partitions(node, found)
    yield from _linksets(node, found)


def _partitions(node: NamedNode, found: Statistics) -> Iterator[Said]:
    for name, count in found.classes.items():
        part = _part(node, "class", name)
        yield node, VOID.classPartition, part
        yield part, VOID["class"], NamedNode(name)
        yield part, VOID.entities, integer(count)
    for name, count in found.properties.items():
        part = _part(node, "property", name)
        yield node, VOID.propertyPartition, part
        yield part, VOID.property, NamedNode(name)
        yield part, VOID.triples, integer(count)


def _linksets(node: NamedNode, found: Statistics) -> Iterator[Said]:
    for name, homes in found.links.items():
        for home, count in homes.items():
            linkset, target = _part(node, "links", f"{name} {home}"), _part(node, "target", home)
            yield linkset, RDF.type, VOID.Linkset
            yield node, VOID.subset, linkset
            yield linkset, VOID.linkPredicate, NamedNode(name)
            yield linkset, VOID.subjectsTarget, node
            yield linkset, VOID.objectsTarget, target
            yield linkset, VOID.triples, integer(count)
            yield target, RDF.type, VOID.Dataset
            yield target, VOID.uriSpace, Literal(home)


def _part(node: NamedNode, kind: str, name: str) -> NamedNode:
    return NamedNode(f"{node.value}#{kind}-{quote(name, safe='')}")


def _base(iri: str) -> str:
    end = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:end]
