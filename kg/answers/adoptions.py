"""Who uses a solution, and which solutions a place uses: one row for (solution, adopter).

What three sources say of one adoption is one row with three statements as evidence. An adopter
whose name could not be matched stays a row of its own, as published.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, TypeAlias

from kg.answers.answer import LIMIT, Answer, Evidence, Page, Total
from kg.answers.facts import Facts, evidence_of, resolutions, spoken_of
from kg.names import Names, names_of, pairs
from kg.spoken import described
from kg.store import Graph
from kg.terms import LOTSE
from kg.things import Thing, find, thing

OF: Final = "adoptions_of"
IN: Final = "adoptions_in"
"""The saved questions of the same content; a test holds them to the same rows."""
_STATUSES: Final = ("ended", "in-use", "pilot", "planned")
"""What one statement of several decides: who knows of the end knows more."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One source's statement of an adoption."""

    node: str
    published: str
    status: str | None
    since: str | None
    since_means: str | None
    until: str | None
    basis: str | None
    """`stated` by someone, or `inferred` from traces such as public DNS records."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """One row: a solution, an adopter, and every statement of it."""

    solution: Thing | None
    adopter: Thing | None
    published: str
    resolution: str
    """`matched`, `ambiguous` or `unknown`."""
    candidates: tuple[Thing, ...]
    status: str | None
    since: str | None
    since_means: str | None
    """`adoption`: the day it was taken up; `listed`: it was on a list by then."""
    until: str | None
    basis: str | None
    relation: str | None
    """`used-by`, or `member-of` a programme."""
    place: Thing | None
    """The Land of the adopter."""
    statements: tuple[Statement, ...]
    evidence: tuple[Evidence, ...]
    rests_on: tuple[str, ...] = field(default=(), compare=False)


_Key: TypeAlias = "tuple[str, str, str]"
"""Solution, adopter, name as published where there is no adopter."""
_Group: TypeAlias = "tuple[_Key, list[str]]"


def adopters(
    graph: Graph, *, solution: str, limit: int = LIMIT, cursor: str | None = None, lang: str = "de"
) -> Answer[Adopted]:
    """Answer who uses a solution, or did."""
    page = Page.of(limit, cursor)
    asked = find(graph, solution, "solution", lang)
    groups = _adoptions(graph).of.get(asked.iri, [])
    return _answer(graph, "adopters", {"solution": asked}, (groups, page), OF, lang)


def solutions_in(
    graph: Graph, *, place: str, limit: int = LIMIT, cursor: str | None = None, lang: str = "de"
) -> Answer[Adopted]:
    """Answer which solutions a place and those within it use, or did; its own come first."""
    page = Page.of(limit, cursor)
    asked = find(graph, place, "jurisdiction", lang)
    within = _adoptions(graph).within.get(asked.iri, [])
    groups = sorted(within, key=lambda group: group[0][1] != asked.iri)
    return _answer(graph, "solutions-in", {"place": asked}, (groups, page), IN, lang)


@dataclass(frozen=True, slots=True)
class _Adoptions:
    """All adoptions of a release as rows, each list in the fixed order of names."""

    of: Mapping[str, list[_Group]]
    """By solution."""
    within: Mapping[str, list[_Group]]
    """By place, of those within it too."""


@lru_cache(maxsize=4)
def _adoptions(graph: Graph) -> _Adoptions:
    """Return the adoptions of an opened release; releases never change, so they are read once."""
    names = names_of(graph)
    of: dict[str, list[_Group]] = defaultdict(list)
    within: dict[str, list[_Group]] = defaultdict(list)
    for group in _groups(graph, names):
        solution, adopter, _ = group[0]
        of[solution].append(group)
        if adopter:
            for place in (adopter, *names.ancestors(adopter)):
                within[place].append(group)
    return _Adoptions(of, within)


def _groups(graph: Graph, names: Names) -> list[_Group]:
    """Return adoptions grouped by (solution, adopter), in a fixed order of names.

    A statement whose adopter stayed open joins the row of the one adopter that another statement
    names for the same solution under the same published name.
    """
    adopter = {node: names.same.get(who, who) for node, who in pairs(graph, LOTSE.adopter)}
    published = dict(pairs(graph, LOTSE.adopterAsPublished))
    found = sorted(
        (node, names.same.get(solution, solution), published.get(node, ""))
        for node, solution in pairs(graph, LOTSE.canonicalSolution)
    )
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for node, solution, name in found:
        if node in adopter:
            named[solution, name].add(adopter[node])
    groups: dict[_Key, list[str]] = defaultdict(list)
    for node, solution, name in found:
        meant = named.get((solution, name), set())
        who = adopter.get(node) or (next(iter(meant)) if len(meant) == 1 else "")
        nodes = groups[solution, who, "" if who else name]
        if node not in nodes:
            nodes.append(node)

    def order(group: _Group) -> tuple[str, str, str, str]:
        solution, adopter, name = group[0]
        label = names.label(adopter) if adopter else name
        return label.casefold(), adopter or "~", names.label(solution).casefold(), solution

    return sorted(groups.items(), key=order)


def _answer(  # noqa: PLR0913, PLR0917 (the parts of an answer)
    graph: Graph,
    question: str,
    asked: Mapping[str, Thing],
    rows: tuple[list[_Group], Page],
    query: str,
    lang: str,
) -> Answer[Adopted]:
    groups, page = rows
    shown = page.cut(groups)
    nodes = [node for _, held in shown for node in held]
    unmatched = [node for key, held in shown if not key[1] for node in held]
    behind = _Behind(
        graph,
        Facts(graph, nodes),
        _outcomes(graph, unmatched, lang),
        evidence_of(graph, nodes, lang),
        lang,
    )
    return Answer(
        question=question,
        parameters=dict(asked),
        total=Total(len(groups)),
        rows=tuple(_row(behind, key, held) for key, held in shown),
        next=page.after(len(groups)),
        query=query,
    )


@dataclass(frozen=True, slots=True)
class _Behind:
    """What was asked for once for all rows of the page."""

    graph: Graph
    facts: Facts
    outcomes: Mapping[str, tuple[str, tuple[Thing, ...]]]
    evidence: Mapping[str, tuple[Evidence, ...]]
    lang: str


def _outcomes(
    graph: Graph, nodes: Sequence[str], lang: str
) -> dict[str, tuple[str, tuple[Thing, ...]]]:
    """Return how the search for the adopters ended, with the candidates, the likeliest first."""
    by_node = dict(resolutions(graph, nodes))
    facts = Facts(graph, by_node.values())
    ranked = Facts(
        graph, [one for node in by_node.values() for one in facts.all(node, LOTSE.candidacy)]
    )
    found = {}
    for node, resolution in by_node.items():
        if facts.one(resolution, LOTSE.mentionProperty) in {None, LOTSE.adopter.value}:
            places = {
                ranked.one(one, LOTSE.candidate): int(ranked.one(one, LOTSE.rank) or 0)
                for one in facts.all(resolution, LOTSE.candidacy)
            }
            candidates = facts.all(resolution, LOTSE.candidate)
            candidates.sort(key=lambda iri: places.get(iri, len(places) + 1))
            outcome = facts.term(resolution, LOTSE.outcome) or "unknown"
            found[node] = (outcome, tuple(_candidate(graph, one, lang) for one in candidates))
    return found


def _candidate(graph: Graph, iri: str, lang: str) -> Thing:
    """Return a place that may be meant, with type, Kreis and Land to tell it from others."""
    return replace(thing(graph, iri, lang), label=described(names_of(graph), iri, lang))


def _row(behind: _Behind, key: _Key, nodes: list[str]) -> Adopted:
    graph, lang = behind.graph, behind.lang
    said = [_statement(behind.facts, node) for node in nodes]
    outcome, candidates = behind.outcomes.get(nodes[0], ("unknown", ()))
    dated = min(
        (one for one in said if one.since is not None),
        key=lambda one: (one.since_means != "adoption", one.since),
        default=None,
    )
    statuses = {one.status for one in said}
    bases = {one.basis for one in said}
    names = names_of(graph)
    lands = [
        iri for iri in (key[1], *names.ancestors(key[1])) if "land" in names.levels.get(iri, ())
    ]
    return Adopted(
        solution=spoken_of(graph, key[0], lang),
        adopter=spoken_of(graph, key[1] or None, lang),
        published=said[0].published,
        resolution="matched" if key[1] else outcome,
        candidates=() if key[1] else candidates,
        status=next((one for one in _STATUSES if one in statuses), None),
        since=dated.since if dated is not None else None,
        since_means=dated.since_means if dated is not None else None,
        until=max((one.until for one in said if one.until is not None), default=None),
        basis=next((one for one in ("stated", "inferred") if one in bases), None),
        relation=behind.facts.term(nodes[0], LOTSE.relation),
        place=spoken_of(graph, lands[0] if lands else None, lang),
        statements=tuple(said),
        evidence=tuple(
            replace(found, published=one.published)
            for one in said
            for found in behind.evidence.get(one.node, ())
        ),
        rests_on=tuple(nodes),
    )


def _statement(facts: Facts, node: str) -> Statement:
    since_means = facts.term(node, LOTSE.sinceMeans)
    return Statement(
        node=node,
        published=facts.one(node, LOTSE.adopterAsPublished) or "",
        status=facts.term(node, LOTSE.status),
        since=facts.one(node, LOTSE.since),
        since_means=since_means.removeprefix("since-") if since_means is not None else None,
        until=facts.one(node, LOTSE.until),
        basis=facts.term(node, LOTSE.basis),
    )
