"""Published names → things, by rules in a fixed order, and never by a silent guess.

    judgement/1      a steward decided
    official-key/1   the key beside the name; one that hits nothing is not replaced by the name
    name-type/1      name key, type word, level and Land against the register
    label/1          an organisation's or theme's exact label
    abbreviation/1   an organisation's abbreviation, valid on the day
    organisation-name/1  an organisation's name as people write it (`ingest.organisations`)

What is concluded is for the graph `resolution` alone; no source graph is touched.
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from ingest.judgements import Judgement, Judgements, activities, activity, short_of
from ingest.labels import Found, alike, organisations, themes
from ingest.mentions import Mention, mentions
from ingest.names import read
from ingest.organisations import respelt
from ingest.places import Places, is_official
from ingest.verdicts import Opinion, Verdicts
from kg.iri import digest, mint
from kg.store import Graph
from kg.terms import LOTSE, PROV, RDF, NamedNode, Triple, date, decimal, text

MATCHED: Final = "matched"
AMBIGUOUS: Final = "ambiguous"
UNKNOWN: Final = "unknown"

_KEY: Final = "official-key/1"
_NAME: Final = "name-type/1"
_LABEL: Final = "label/1"
_ABBREVIATION: Final = "abbreviation/1"
_WRITTEN: Final = "organisation-name/1"
_JUDGEMENT: Final = "judgement/1"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a name turned out to mean, by which rule."""

    result: str
    rule: str
    things: tuple[NamedNode, ...] = ()
    """The one thing of a match, else the candidates."""
    judgement: Judgement | None = None


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
    resolver = _Resolver(graph, verdicts, {other: one for other, (one, _) in pairs.items()})
    triples: set[Triple] = set(activities(judgements, graph))
    counts: dict[str, Counter[str]] = {}
    roles: dict[str, Counter[str]] = {}
    for mention in mentions(graph, as_of):
        outcome = resolver.outcome(mention)
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


class _Resolver:
    """Asks the rules in their order."""

    def __init__(
        self, graph: Graph, verdicts: Verdicts, preferred: Mapping[NamedNode, NamedNode]
    ) -> None:
        self._graph = graph
        self._verdicts = verdicts
        self._preferred = preferred
        self._places = Places(graph)
        self._labels, self._abbreviations = organisations(graph)
        self._alike = alike(graph)
        self._themes = themes(graph)
        self._asks = {
            "places": self._by_place,
            "organisations": self._by_organisation,
            "themes": self._by_theme,
        }

    def outcome(self, mention: Mention) -> Outcome:
        """Return what this name means."""
        opinion = self._verdicts.of_name(mention.source, mention.published)
        found = self._by_key(mention) if mention.key else self._by_name(mention)
        return self._one(found if opinion is None else _judged(found, opinion))

    def _one(self, found: Outcome) -> Outcome:
        """Let two IRIs of one thing count as the one to speak of."""
        things = tuple(dict.fromkeys(self._preferred.get(one, one) for one in found.things))
        return Outcome(found.result, found.rule, things, found.judgement)

    def _by_key(self, mention: Mention) -> Outcome:
        if is_official(mention.key) and "places" in mention.role.order:
            place = self._places.keyed(mention.key)
            if place is None:
                return Outcome(UNKNOWN, _KEY)
            levels = self._places.levels_of(place)
            fits = not mention.levels or bool(levels & mention.levels)
            return Outcome(MATCHED if fits else AMBIGUOUS, _KEY, (place,))
        if "organisations" not in mention.role.order:
            return Outcome(UNKNOWN, _KEY)
        own = [
            thing
            for kind in ("lab", "actor")
            if next(self._graph.quads(thing := mint(kind, mention.key), RDF.type), None)
        ]
        if own:
            return _counted(_KEY, own, certain=True)
        return self._labelled(
            _ABBREVIATION, self._abbreviations.named(mention.key, mention.day), _KEY
        )

    def _by_name(self, mention: Mention) -> Outcome:
        found = self._by_rooms(mention)
        if found.result != UNKNOWN or "organisations" not in mention.role.order:
            return found

        def ask(name: str, any_day: bool) -> tuple[str, tuple[NamedNode, ...]]:  # noqa: FBT001
            day = None if any_day else mention.day
            said = self._by_rooms(replace(mention, published=name, day=day))
            if said.result == UNKNOWN:
                said = _counted(
                    _WRITTEN, self._merged(self._alike.named(name, day).things), certain=True
                )
            return said.result, said.things

        result, things = respelt(mention.published, ask)
        return Outcome(result, _WRITTEN, things) if result != UNKNOWN else found

    def _by_rooms(self, mention: Mention) -> Outcome:
        found = Outcome(UNKNOWN, _LABEL)
        for room in mention.role.order:
            found = self._asks[room](mention)
            if found.result != UNKNOWN:
                break
        return found

    def _by_place(self, mention: Mention) -> Outcome:
        hits = self._places.named(read(mention.published), mention.levels)
        return _counted(_NAME, hits.places, certain=hits.certain)

    def _by_organisation(self, mention: Mention) -> Outcome:
        named = self._labels.named(mention.published)
        if named.things:
            valid = self._labels.named(mention.published, mention.day)
            return _counted(_LABEL, self._merged(valid.things), certain=True)
        short = self._abbreviations.named(mention.published, mention.day)
        return self._labelled(_ABBREVIATION, short, _LABEL)

    def _by_theme(self, mention: Mention) -> Outcome:
        return _counted(_LABEL, self._themes.named(mention.published).things, certain=True)

    def _labelled(self, rule: str, found: Found, otherwise: str) -> Outcome:
        """Return the outcome of an abbreviation; one that was not valid that day is no match."""
        if not found.things:
            return Outcome(UNKNOWN, otherwise)
        return _counted(rule, self._merged(found.things), certain=found.valid)

    def _merged(self, things: Sequence[NamedNode]) -> Sequence[NamedNode]:
        return tuple(dict.fromkeys(self._preferred.get(one, one) for one in things))


def _counted(rule: str, things: Sequence[NamedNode], *, certain: bool) -> Outcome:
    """Return a match where exactly one thing is left and nothing speaks against it."""
    if not things:
        return Outcome(UNKNOWN, rule)
    matched = len(things) == 1 and certain
    return Outcome(MATCHED if matched else AMBIGUOUS, rule, tuple(things))


def _judged(found: Outcome, opinion: Opinion) -> Outcome:
    """Return what a steward's opinion makes of what the rules found."""
    if opinion.same is not None:
        return Outcome(MATCHED, _JUDGEMENT, (opinion.same,), opinion.last)
    left = tuple(one for one in found.things if one not in opinion.different)
    if opinion.last.verdict == "unsure":
        return Outcome(
            AMBIGUOUS, _JUDGEMENT, tuple(dict.fromkeys((*left, *opinion.unsure))), opinion.last
        )
    if left == found.things:
        return found
    return Outcome(AMBIGUOUS if left else UNKNOWN, _JUDGEMENT, left, opinion.last)


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


def _joined(other: NamedNode, preferred: NamedNode, row: Judgement) -> Iterator[Triple]:
    """Yield that two things are one, and who decided so."""
    published = short_of(other)
    node = _node(other, LOTSE.sameThingAs, published)
    yield Triple(other, LOTSE.sameThingAs, preferred)
    yield from _account(node, other, LOTSE.sameThingAs, published)
    yield Triple(node, LOTSE.outcome, LOTSE[f"outcome-{MATCHED}"])
    yield Triple(node, LOTSE.rule, text(_JUDGEMENT))
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
    """Return one over the number of things that are left, 0 where none is."""
    if outcome.result == MATCHED:
        return Decimal(1)
    left = len(outcome.things)
    return (Decimal(1) / max(left, 2)).quantize(Decimal("0.01")) if left else Decimal(0)
