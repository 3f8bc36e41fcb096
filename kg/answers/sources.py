"""The sources of a release: who publishes what, under which licence, as of when."""

from dataclasses import dataclass

from kg.answers.facts import Facts
from kg.names import kind_of, names_of
from kg.store import Graph
from kg.terms import DCTERMS, FOAF, LOTSE, RDF, NamedNode
from kg.things import thing


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source."""

    iri: str
    kind: str
    label: str
    key: str | None
    publisher: str | None
    homepage: str | None
    licence: str | None
    licence_title: str | None
    attribution: str | None
    retrieved: str | None
    as_of: str | None
    graph: str | None
    contributor: str | None


def sources(graph: Graph, lang: str = "de") -> list[SourceRow]:
    """Return all sources by their label."""
    found = [
        quad.subject.value for quad in graph.quads(None, RDF.type, LOTSE.Source)
        if isinstance(quad.subject, NamedNode)
    ]  # fmt: skip
    names = names_of(graph)
    ordered = sorted(set(found), key=lambda iri: (names.label(iri, lang).casefold(), iri))
    facts = Facts(graph, ordered)
    return [_row(graph, facts, iri, lang) for iri in ordered if kind_of(iri) == "source"]


def graphs(graph: Graph) -> list[str]:
    """Return the IRIs of the graphs that sources speak in."""
    return sorted(
        quad.object.value for quad in graph.quads(None, LOTSE.graph)
        if isinstance(quad.object, NamedNode)
    )  # fmt: skip


def _row(graph: Graph, facts: Facts, iri: str, lang: str) -> SourceRow:
    shown = thing(graph, iri, lang)
    return SourceRow(
        iri=iri,
        kind=shown.kind,
        label=shown.label,
        key=shown.key,
        publisher=facts.text(iri, DCTERMS.publisher, lang),
        homepage=facts.one(iri, FOAF.homepage),
        licence=facts.one(iri, DCTERMS.license),
        licence_title=facts.text(iri, LOTSE.licenceTitle, lang),
        attribution=facts.text(iri, LOTSE.attribution, lang),
        retrieved=facts.one(iri, LOTSE.retrieved),
        as_of=facts.one(iri, LOTSE.asOf),
        graph=facts.one(iri, LOTSE.graph),
        contributor=facts.text(iri, DCTERMS.contributor, lang),
    )
