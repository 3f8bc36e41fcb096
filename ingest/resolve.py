"""Published names → things, by rules in a fixed order, and never by a silent guess.

    judgement/1      a steward decided
    official-key/1   the key beside the name; one that hits nothing is not replaced by the name
    name-type/1      name key, type word, level and Land against the register
    spelling/1       the same in another spelling
    domain/1         a domain, read with the name beside it
    label/1          an organisation's or theme's exact label
    abbreviation/1   an organisation's abbreviation, valid on the day
    organisation-name/1  an organisation's name as people write it (`kg.organisations`)
    likeness/1       places that look like the name: candidates with their scores, never a match
    neighbours/1     an open name in the Kreis of all those named beside it

What is concluded is for the graph `resolution` alone; no source graph is touched.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Final

from ingest.accounts import Account, grouped, pairs_of, told
from ingest.judgements import Judgement, Judgements, activities, activity, short_of
from ingest.mentions import Mention, mentions
from ingest.resolver import JUDGEMENT, Outcome, Resolver
from ingest.verdicts import Verdicts
from kg import nquads
from kg.iri import digest, mint, part_of
from kg.iri import graph as graph_of
from kg.meaning import MATCHED
from kg.store import Graph
from kg.terms import LOTSE, PROV, RDF, NamedNode, Triple, date, decimal, integer, text

GRAPH: Final = graph_of("resolution")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the names became: the graph `resolution`, and figures for the summary."""

    content: bytes
    """Canonical N-Quads."""
    accounts: Mapping[str, Account]
    """What became of the names, by group."""
    outcomes: Mapping[str, Mapping[str, int]]
    """Source → outcome → how many names."""
    unused: tuple[str, ...]
    """Judgements without effect, each with the reason: a thing that is gone, a name nobody uses."""

    @property
    def roles(self) -> Mapping[str, Mapping[str, int]]:
        """Return by role (`adopter`, `place` …) and outcome how many names."""
        every = (one for account in self.accounts.values() for one in account.outcomes)
        return _counts((role, result) for _, role, result in every)

    @property
    def triples(self) -> tuple[Triple, ...]:
        """Return what was concluded, in a fixed order."""
        return tuple(nquads.triples(self.content))


def resolve(
    graph: Graph,
    judgements: Judgements,
    as_of: Mapping[str, datetime.date],
    before: Mapping[str, Account] = MappingProxyType({}),
) -> Resolution:
    """Return what the published names of all source graphs mean.

    `graph` holds the accepted source graphs and the ontology; `as_of` the state of knowledge of
    each source, by slug or graph IRI; `before` what became of groups of names in an earlier build
    and stands, unless something else is said of these names now.
    """
    verdicts = Verdicts(judgements, graph)
    pairs = verdicts.pairs()

    @cache
    def resolver() -> Resolver:
        return Resolver(graph, verdicts, {other: one for other, (one, _) in pairs.items()})

    joined = pairs_of(pairs)
    accounts: dict[str, Account] = {}
    for group, mentions_of_it in grouped(mentions(graph, as_of)).items():
        of = told(mentions_of_it, verdicts, joined)
        known = before.get(group.value)
        accounts[group.value] = (
            known
            if known is not None and known.of == of
            else _account_of(mentions_of_it, of, resolver())
        )
    rest = [*activities(judgements, graph)]
    for other, (preferred, row) in pairs.items():
        rest.extend(_joined(other, preferred, row))
    every = [one for account in accounts.values() for one in account.outcomes]
    return Resolution(
        content=nquads.merged(
            [nquads.canonical(rest, GRAPH), *(one.lines for one in accounts.values())]
        ),
        accounts=accounts,
        outcomes=_counts((source, result) for source, _, result in every),
        unused=(*verdicts.problems, *verdicts.unused()),
    )


def _account_of(mentions_of_it: Sequence[Mention], of: str, resolver: Resolver) -> Account:
    """Return what becomes of the names of one group."""
    found = [(mention, resolver.outcome(mention)) for mention in mentions_of_it]
    outcomes = [*zip(mentions_of_it, resolver.beside(found), strict=True)]
    triples = (one for mention, outcome in outcomes for one in _said(mention, outcome))
    return Account(
        of=of,
        asked=resolver.asked(),
        outcomes=tuple((one.source, one.role.name, outcome.result) for one, outcome in outcomes),
        lines=nquads.canonical(triples, GRAPH),
    )


def _counts(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Mapping[str, int]]:
    counts: dict[str, Counter[str]] = {}
    for name, result in pairs:
        counts.setdefault(name, Counter())[result] += 1
    return dict(sorted(counts.items()))


def _said(mention: Mention, outcome: Outcome) -> Iterator[Triple]:
    """Yield the link and the node that says how it was found."""
    node = _node(mention.subject, mention.role.result, mention.published)
    yield from _account(node, mention.subject, mention.role.result, mention.published)
    yield Triple(node, LOTSE.outcome, LOTSE[f"outcome-{outcome.result}"])
    yield Triple(node, LOTSE.rule, text(outcome.rule))
    yield Triple(node, LOTSE.score, decimal(_score(outcome)))
    if outcome.judgement is not None:
        yield from _judgement(node, outcome.judgement)
    if outcome.result == MATCHED:
        yield Triple(mention.subject, mention.role.result, outcome.things[0])
        return
    for thing in outcome.things:
        yield Triple(node, LOTSE.candidate, thing)
    for number, (thing, score) in enumerate(zip(outcome.things, outcome.scores, strict=False), 1):
        place = part_of(node, "candidacy", str(number))
        yield Triple(node, LOTSE.candidacy, place)
        yield Triple(place, RDF.type, LOTSE.Candidacy)
        yield Triple(place, LOTSE.candidate, thing)
        yield Triple(place, LOTSE.rank, integer(number))
        yield Triple(place, LOTSE.score, decimal(Decimal(str(score))))


def _joined(other: NamedNode, preferred: NamedNode, row: Judgement) -> Iterator[Triple]:
    """Yield that two things are one, and who decided so."""
    published = short_of(other)
    node = _node(other, LOTSE.sameThingAs, published)
    yield Triple(other, LOTSE.sameThingAs, preferred)
    yield from _account(node, other, LOTSE.sameThingAs, published)
    yield Triple(node, LOTSE.outcome, LOTSE[f"outcome-{MATCHED}"])
    yield Triple(node, LOTSE.rule, text(JUDGEMENT))
    yield Triple(node, LOTSE.score, decimal(1))
    yield from _judgement(node, row)


def _node(subject: NamedNode, result: NamedNode, published: str) -> NamedNode:
    return mint("resolution", digest(subject.value, result.value, published))


def _account(
    node: NamedNode, subject: NamedNode, result: NamedNode, published: str
) -> Iterator[Triple]:
    yield Triple(node, RDF.type, LOTSE.Resolution)
    yield Triple(node, LOTSE.mention, subject)
    yield Triple(node, LOTSE.mentionProperty, result)
    yield Triple(node, LOTSE.published, text(published))


def _judgement(node: NamedNode, row: Judgement) -> Iterator[Triple]:
    yield Triple(node, LOTSE.verdict, text(row.verdict))
    yield Triple(node, LOTSE.judgedBy, text(row.author))
    yield Triple(node, LOTSE.judgedOn, date(row.date))
    yield Triple(node, LOTSE.reason, text(row.reason))
    yield Triple(node, PROV.wasGeneratedBy, activity(row))


def _score(outcome: Outcome) -> Decimal:
    """Return the best score; without one, one over the number of things that are left, or 0."""
    if outcome.scores:
        return Decimal(str(max(outcome.scores)))
    if outcome.result == MATCHED:
        return Decimal(1)
    left = len(outcome.things)
    return (Decimal(1) / max(left, 2)).quantize(Decimal("0.01")) if left else Decimal(0)
