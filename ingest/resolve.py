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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ingest.judgements import Judgement, Judgements, activities, activity, short_of
from ingest.mentions import Mention, mentions
from ingest.resolver import JUDGEMENT, Outcome, Resolver
from ingest.verdicts import Verdicts
from kg.iri import digest, mint, part_of
from kg.meaning import MATCHED
from kg.store import Graph
from kg.terms import LOTSE, PROV, RDF, NamedNode, Triple, date, decimal, integer, text


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the names became: the graph `resolution`, and figures for the summary."""

    triples: tuple[Triple, ...]
    outcomes: Mapping[str, Mapping[str, int]]
    """Source → outcome → how many names."""
    roles: Mapping[str, Mapping[str, int]]
    """Role (`adopter`, `place` …) → outcome → how many names."""
    unused: tuple[str, ...]
    """Judgements without effect, each with the reason: a thing that is gone, a name nobody uses."""


def resolve(graph: Graph, judgements: Judgements, as_of: Mapping[str, datetime.date]) -> Resolution:
    """Return what the published names of all source graphs mean, in a fixed order.

    `graph` holds the accepted source graphs and the ontology; `as_of` the state of knowledge of
    each source, by slug or graph IRI.
    """
    verdicts = Verdicts(judgements, graph)
    pairs = verdicts.pairs()
    resolver = Resolver(graph, verdicts, {other: one for other, (one, _) in pairs.items()})
    triples: set[Triple] = set(activities(judgements, graph))
    counts: dict[str, Counter[str]] = {}
    roles: dict[str, Counter[str]] = {}
    asked = list(mentions(graph, as_of))
    found = [(mention, resolver.outcome(mention)) for mention in asked]
    for mention, outcome in zip(asked, resolver.beside(found), strict=True):
        triples.update(_said(mention, outcome))
        counts.setdefault(mention.source, Counter())[outcome.result] += 1
        roles.setdefault(mention.role.name, Counter())[outcome.result] += 1
    for other, (preferred, row) in pairs.items():
        triples.update(_joined(other, preferred, row))
    return Resolution(
        triples=tuple(sorted(triples, key=str)),
        outcomes=dict(sorted(counts.items())),
        roles=dict(sorted(roles.items())),
        unused=(*verdicts.problems, *verdicts.unused()),
    )


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
