"""Everything known about a thing: fact by fact, with the source of each; incoming links too.

Incoming links are many where a thing is large (all of Germany lies in the Bund): of each property
the first ones are shown, and how many there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any, Final, TypeAlias
from typing import Literal as OneOf

from kg.answers.answer import LIMIT, Answer, Evidence, Page, Total
from kg.answers.facts import DESCRIBED, evidence_of, graph_of, is_concluded, resolutions
from kg.answers.labels import labelled, labels_in_between, property_label
from kg.answers.words import CONCLUDED
from kg.iri import graph as graph_iri
from kg.names import names_of
from kg.questions import Term
from kg.store import Graph
from kg.terms import (
    ADMS,
    DCTERMS,
    GEO,
    ORG,
    OWL,
    RDF,
    SKOS,
    Literal,
    NamedNode,
    Quad,
)
from kg.things import Thing, find

MOST: Final = 1000
"""Incoming links of one property are counted up to here."""
_PROVENANCE: Final = graph_iri("provenance").value
_RESOLUTION: Final = graph_iri("resolution").value


@dataclass(frozen=True, slots=True)
class Value:
    """A literal value."""

    text: str
    datatype: str
    lang: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """One row: a fact about the thing, or (direction `in`) about another one that names it."""

    property: str
    label: str
    value: Thing | Value
    direction: str
    concluded: bool
    """True where we concluded it: from names (resolution), or from other facts (derived)."""
    evidence: tuple[Evidence, ...]
    rests_on: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Incoming:
    """How many other things name this one by a property, and how many of them are shown."""

    property: str
    label: str
    shown: int
    total: Total


@dataclass(frozen=True, slots=True)
class _Fact:
    subject: str
    property: str
    value: Term
    graphs: tuple[str, ...]
    direction: str


def about(
    graph: Graph, *, thing: str, limit: int = LIMIT, cursor: str | None = None, lang: str = "de"
) -> Answer[Known]:
    """Answer what is known about a thing; `limit` bounds the incoming links of each property.

    Everything comes in one page: a `cursor` is read for its form only.
    """
    page = Page.of(limit, cursor)
    asked = find(graph, thing, lang=lang)
    iris = names_of(graph).all_of(asked.iri)
    out = _outgoing(graph, iris)
    into, totals = _incoming(graph, iris, page.limit, lang)
    facts = [*out, *into]
    evidence = _evidence(graph, facts, lang)
    labels = labels_in_between(graph, _shown(facts), lang)
    rows = [_known(graph, one, evidence, labels, lang) for one in facts]
    rows.sort(key=lambda row: (row.direction != "out", row.label.casefold(), row.property))
    counted = len(out) + sum(one.total.value for one in totals)
    exact = all(one.total.relation == "eq" for one in totals)
    extra: dict[str, Any] = {"thing": asked, "incoming": totals}
    return Answer(
        question="about",
        parameters={"thing": asked},
        total=Total(counted, "eq" if exact else "gte"),
        rows=tuple(rows),
        query=DESCRIBED.name,
        extra=extra,
    )


def _outgoing(graph: Graph, iris: list[str]) -> list[_Fact]:
    """Return what the graphs say of the thing; one fact where several graphs say the same."""
    held: dict[tuple[str, str, Term], list[str]] = {}
    for name, node, prop, value in graph.select(DESCRIBED, thing=[NamedNode(i) for i in iris]):
        if name is None or node is None or prop is None or value is None:
            continue
        if name.value != _PROVENANCE:
            held.setdefault((node.value, prop.value, value), []).append(name.value)
    return [
        _Fact(node, prop, value, tuple(sorted(names)), "out")
        for (node, prop, value), names in held.items()
    ]


def _incoming(
    graph: Graph, iris: list[str], most: int, lang: str
) -> tuple[list[_Fact], list[Incoming]]:
    """Return the first incoming links by each property, and the counts."""
    facts, totals = [], []
    for iri in iris:
        for prop, (found, relation) in sorted(_linked(graph, NamedNode(iri)).items()):
            shown = _ordered(graph, found)[:most]
            facts += [
                _Fact(one, prop, NamedNode(iri), tuple(sorted(found[one])), "in") for one in shown
            ]
            label = property_label(graph, prop, lang)
            totals.append(Incoming(prop, label, len(shown), Total(len(found), relation)))
    return facts, totals


_Links: TypeAlias = "dict[str, tuple[dict[str, list[str]], OneOf['eq', 'gte']]]"
"""Property → (subject → graphs, whether these are all)."""


def _linked(graph: Graph, node: NamedNode) -> _Links:
    """Return what links to a thing: all of it, or of each property the first ones."""
    quads = list(islice(graph.quads(None, None, node), MOST + 1))
    if len(quads) <= MOST:
        return {prop: (found, "eq") for prop, found in _by_property(quads).items()}
    links: _Links = {}
    for prop in _linking(graph):
        quads = list(islice(graph.quads(None, prop, node), MOST + 1))
        for name, found in _by_property(quads[:MOST]).items():
            links[name] = (found, "gte" if len(quads) > MOST else "eq")
    return links


def _by_property(quads: Iterable[Quad]) -> dict[str, dict[str, list[str]]]:
    held: dict[str, dict[str, list[str]]] = {}
    for quad in quads:
        subject, name = quad.subject, quad.graph_name
        if not isinstance(subject, NamedNode) or not isinstance(name, NamedNode):
            continue
        if subject != quad.object and name.value != _PROVENANCE:
            found = held.setdefault(quad.predicate.value, {})
            found.setdefault(subject.value, []).append(name.value)
    return held


def _ordered(graph: Graph, found: Iterable[str]) -> list[str]:
    names = names_of(graph)
    return sorted(found, key=lambda iri: (iri not in names.labels, names.label(iri), iri))


_REUSED: Final = (
    ADMS.identifier, DCTERMS.isPartOf, DCTERMS.license, DCTERMS.replaces, DCTERMS.subject,
    DCTERMS.type, GEO.hasGeometry, ORG.classification, RDF.type, SKOS.broader, SKOS.inScheme,
    SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.topConceptOf,
)  # fmt: skip
"""The properties of other vocabularies by which our things name each other."""


@lru_cache(maxsize=4)
def _linking(graph: Graph) -> tuple[NamedNode, ...]:
    """Return the properties by which things name each other: our own, and those reused."""
    own = {quad.subject for quad in graph.quads(None, RDF.type, OWL.ObjectProperty)}
    return tuple(sorted({one for one in own if isinstance(one, NamedNode)} | {*_REUSED}, key=str))


def _known(
    graph: Graph,
    fact: _Fact,
    evidence: dict[tuple[str, str], tuple[Evidence, ...]],
    labels: dict[str, str],
    lang: str,
) -> Known:
    shown: Thing | Value
    if fact.direction == "in":
        shown = labelled(graph, fact.subject, labels, lang)
    elif isinstance(fact.value, Literal):
        shown = Value(fact.value.value, fact.value.datatype.value, fact.value.language)
    else:
        shown = labelled(graph, fact.value.value, labels, lang)
    found = [one for name in fact.graphs for one in evidence.get((fact.subject, name), ())]
    return Known(
        property=fact.property,
        label=property_label(graph, fact.property, lang),
        value=shown,
        direction=fact.direction,
        concluded=all(is_concluded(name) for name in fact.graphs),
        evidence=tuple(found),
        rests_on=(fact.subject, fact.value.value if isinstance(fact.value, NamedNode) else ""),
    )


def _evidence(
    graph: Graph, facts: list[_Fact], lang: str
) -> dict[tuple[str, str], tuple[Evidence, ...]]:
    """Return by subject and graph who says so; of what names led to, the resolutions."""
    by_graph: dict[tuple[str, str], tuple[Evidence, ...]] = {}
    for subject, held in evidence_of(graph, {fact.subject for fact in facts}, lang).items():
        for one in held:
            key = (subject, graph_of(one.source))
            by_graph[key] = (*by_graph.get(key, ()), one)
    resolved = {fact.subject for fact in facts if _RESOLUTION in fact.graphs}
    for mention, resolution in resolutions(graph, sorted(resolved)):
        one = _conclusion(_RESOLUTION, resolution, lang)
        by_graph[mention, _RESOLUTION] = (*by_graph.get((mention, _RESOLUTION), ()), one)
    for fact in facts:
        for name in filter(is_concluded, fact.graphs):
            by_graph.setdefault((fact.subject, name), (_conclusion(name, name, lang),))
    return by_graph


def _conclusion(name: str, record: str, lang: str) -> Evidence:
    """Return the evidence of what no source says: that it was concluded, and how."""
    said = CONCLUDED["resolution" if name == _RESOLUTION else "derived"][lang]
    return Evidence(name, said, name, record, retrieved=None, licence=None, node=record)


def _shown(facts: list[_Fact]) -> set[str]:
    """Return the IRIs of the things at the other end of these facts."""
    return {
        one.subject if one.direction == "in" else one.value.value
        for one in facts
        if one.direction == "in" or isinstance(one.value, NamedNode)
    }
