"""Everything known about a thing: fact by fact, with the source of each; incoming links too.

Incoming links are many where a thing is large (all of Germany lies in the Bund): of each property
the first ones are shown, and how many there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, cast

from kg.answers.answer import LIMIT, Answer, Evidence, Page, Total
from kg.answers.facts import evidence_of, graph_of, is_concluded, resolutions
from kg.answers.labels import labelled, labels_in_between, property_label
from kg.answers.words import CONCLUDED
from kg.iri import graph as graph_iri
from kg.names import kind_of, names_of
from kg.questions import Query, Term
from kg.store import Graph
from kg.terms import LOTSE, Literal, NamedNode
from kg.things import Thing, find

LINKS: Final = Query.load("links_to")
SAMPLE: Final = 100
"""So many incoming links of a property are put into the order of their names, at least."""
_PROVENANCE: Final = graph_iri("provenance").value
_OF_PROVENANCE: Final = frozenset({"source", "record"})
"""Kinds of things that only the graph of provenance speaks of."""
_RESOLUTION: Final = graph_iri("resolution").value
_FROM_WORDS: Final = frozenset(
    one.value for one in (LOTSE.themeConcluded, LOTSE.themeWord, LOTSE.themeMethod)
)
"""What we concluded from the words of a source, and keep with what it says."""


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
    """True where we concluded it: from names (resolution), other facts (derived), or words."""
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
    exact = all(one.total.relation == "eq" for one in totals)
    counted = len(out) + sum(one.total.value for one in totals)
    extra: dict[str, Any] = {"thing": asked, "incoming": totals}
    return Answer(
        question="about",
        parameters={"thing": asked},
        total=Total(counted, "eq" if exact else "gte"),
        rows=tuple(rows),
        query="described",
        extra=extra,
    )


def _outgoing(graph: Graph, iris: list[str]) -> list[_Fact]:
    """Return what the graphs say of the thing; one fact where several graphs say the same."""
    held: dict[tuple[str, str, Term], list[str]] = {}
    for iri in iris:
        for quad in sorted(graph.quads(NamedNode(iri)), key=str):
            name = cast("NamedNode", quad.graph_name).value
            if name != _PROVENANCE or kind_of(iri) in _OF_PROVENANCE:
                fact = (iri, quad.predicate.value, cast("Term", quad.object))
                held.setdefault(fact, []).append(name)
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
        node = NamedNode(iri)
        for prop, counts in _counts(graph, node).items():
            bound = max(most, SAMPLE)
            found = _first_links(graph, prop, node, bound)
            shown = _ordered(graph, found)[:most]
            facts += [
                _Fact(one, prop.value, node, tuple(sorted(found[one])), "in") for one in shown
            ]
            if shown:
                itself = next(graph.quads(node, prop, node), None) is not None
                total = Total(max(counts) - itself, "eq" if len(counts) == 1 else "gte")
                total = total if len(found) == bound else Total(len(found))
                label = property_label(graph, prop.value, lang)
                totals.append(Incoming(prop.value, label, len(shown), total))
    return facts, totals


def _counts(graph: Graph, node: NamedNode) -> dict[NamedNode, list[int]]:
    """Return by property how many links to a thing each graph has."""
    found: dict[NamedNode, list[int]] = {}
    for prop, name, count in graph.select(LINKS, thing=node):
        if not isinstance(prop, NamedNode) or name is None or count is None:
            continue
        if name.value != _PROVENANCE:
            found.setdefault(prop, []).append(int(count.value))
    return found


def _first_links(graph: Graph, prop: NamedNode, node: NamedNode, most: int) -> dict[str, list[str]]:
    """Return the first things that name this one by a property, each with the graphs saying so."""
    found: dict[str, list[str]] = {}
    for quad in graph.quads(None, prop, node):
        subject, name = quad.subject, quad.graph_name
        if not isinstance(subject, NamedNode) or not isinstance(name, NamedNode):
            continue
        if subject != node and name.value != _PROVENANCE:
            if len(found) == most and subject.value not in found:
                break
            found.setdefault(subject.value, []).append(name.value)
    return found


def _ordered(graph: Graph, found: Iterable[str]) -> list[str]:
    names = names_of(graph)
    return sorted(found, key=lambda iri: (iri not in names.labels, names.label(iri), iri))


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
        concluded=fact.property in _FROM_WORDS or all(map(is_concluded, fact.graphs)),
        evidence=tuple(found),
        rests_on=(fact.subject, fact.value.value if isinstance(fact.value, NamedNode) else ""),
    )


def _evidence(
    graph: Graph, facts: list[_Fact], lang: str
) -> dict[tuple[str, str], tuple[Evidence, ...]]:
    """Return by subject and graph who says so; of what names led to, the resolutions."""
    by_graph: dict[tuple[str, str], tuple[Evidence, ...]] = {}
    stated = {one.subject for one in facts if not all(map(is_concluded, one.graphs))}
    for subject, held in evidence_of(graph, sorted(stated), lang).items():
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


@lru_cache(maxsize=1000)
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
