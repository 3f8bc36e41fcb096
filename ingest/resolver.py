"""The rules that say what a published name means, asked in a fixed order."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingest.judgements import Judgement
from ingest.likeness import Context
from ingest.lookup import Gazetteer
from ingest.mentions import Mention
from ingest.verdicts import Opinion, Verdicts
from kg.iri import geometry_of, mint
from kg.labels import Found, alike, organisations, themes
from kg.meaning import AMBIGUOUS, CAREFUL, MATCHED, NAME, UNKNOWN, Meant
from kg.organisations import respelt
from kg.register import is_official, point
from kg.store import Graph
from kg.terms import RDF, NamedNode

JUDGEMENT: Final = "judgement/1"
_KEY: Final = "official-key/1"
_LABEL: Final = "label/1"
_ABBREVIATION: Final = "abbreviation/1"
_WRITTEN: Final = "organisation-name/1"
NEIGHBOURS: Final = "neighbours/1"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a name turned out to mean, by which rule."""

    result: str
    rule: str
    things: tuple[NamedNode, ...] = ()
    """The one thing of a match, else the candidates, the likeliest first."""
    judgement: Judgement | None = None
    scores: tuple[float, ...] = ()
    """The score of each thing; empty where none is likelier than another."""
    explained: bool = False
    """Whether only its being bare, or others of the name, keep a place from being the one."""


class Resolver:
    """Asks the rules in their order."""

    def __init__(
        self, graph: Graph, verdicts: Verdicts, preferred: Mapping[NamedNode, NamedNode]
    ) -> None:
        self._graph = graph
        self._verdicts = verdicts
        self._preferred = preferred
        self._gazetteer = Gazetteer(graph)
        self._places = self._gazetteer.places
        self._labels, self._abbreviations = organisations(graph)
        self._alike = alike(graph)
        self._themes = themes(graph)
        self._tables = (self._labels, self._abbreviations, self._alike, self._themes)
        self._single: set[str] = set()
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

    def asked(self) -> tuple[str, ...]:
        """Return what was asked for since the last call, besides the places; found or not."""
        found = self._single.union(*(one.asked for one in self._tables))
        self._single.clear()
        for one in self._tables:
            one.asked.clear()
        return tuple(sorted(found))

    def beside(self, found: Sequence[tuple[Mention, Outcome]]) -> Iterator[Outcome]:
        """Yield the outcomes anew: an open exact name is the one in the Kreis of those beside it.

        Only where all names beside it that were matched lie in one Kreis, or are that Kreis.
        """
        kreise: dict[object, set[str]] = defaultdict(set)
        for mention, outcome in found:
            if outcome.result == MATCHED and outcome.things[0] in self._places:
                kreise[mention.role.name, mention.group].add(self._places.kreis(outcome.things[0]))
        for mention, outcome in found:
            around = kreise[mention.role.name, mention.group] - {""}
            near = [one for one in outcome.things if self._places.kreis(one) in around]
            if outcome.result == AMBIGUOUS and outcome.explained and len(around) == len(near) == 1:
                yield Outcome(MATCHED, NEIGHBOURS, (near[0],), scores=(CAREFUL,))
            else:
                yield outcome

    def _one(self, found: Outcome) -> Outcome:
        """Let two IRIs of one thing count as the one to speak of."""
        if not any(one in self._preferred for one in found.things):
            return found
        things = tuple(dict.fromkeys(self._preferred.get(one, one) for one in found.things))
        return replace(found, things=things, scores=())

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
            thing for kind in ("lab", "actor") if self._is_there(thing := mint(kind, mention.key))
        ]
        if own:
            return _counted(_KEY, own, certain=True)
        return self._labelled(
            _ABBREVIATION, self._abbreviations.named(mention.key, mention.day), _KEY
        )

    def _is_there(self, thing: NamedNode) -> bool:
        self._single.add(thing.value)
        return next(self._graph.quads(thing, RDF.type), None) is not None

    def _by_name(self, mention: Mention) -> Outcome:
        found = self._by_rooms(mention)
        if found.result == UNKNOWN and "organisations" in mention.role.order:
            found = self._respelt(mention, found)
        if found.result != UNKNOWN or "places" not in mention.role.order:
            return found
        proposed = self._gazetteer.alike(mention.published, self._context(mention))
        return _placed(proposed) if proposed.result != UNKNOWN else found

    def _respelt(self, mention: Mention, found: Outcome) -> Outcome:
        """Return what an organisation's name means in another spelling, `found` if nothing."""

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
        return _placed(self._gazetteer.ruled(mention.published, self._context(mention)))

    def _context(self, mention: Mention) -> Context:
        self._single.add(geometry_of(mention.subject).value)
        return Context(
            levels=mention.levels,
            land=self._places.land(mention.land) if mention.land else "",
            website=mention.website or mention.domain,
            domain=mention.domain,
            point=point(self._graph, mention.subject),
        )

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


def _placed(meant: Meant) -> Outcome:
    """Return what a place name means; exact names are alike likely, others are ranked."""
    things = tuple(one.thing for one in meant.ranked)
    scores = () if meant.rule == NAME else tuple(one.score for one in meant.ranked)
    return Outcome(meant.result, meant.rule, things, scores=scores, explained=meant.explained)


def _counted(rule: str, things: Sequence[NamedNode], *, certain: bool) -> Outcome:
    """Return a match where exactly one thing is left and nothing speaks against it."""
    if not things:
        return Outcome(UNKNOWN, rule)
    matched = len(things) == 1 and certain
    return Outcome(MATCHED if matched else AMBIGUOUS, rule, tuple(things))


def _judged(found: Outcome, opinion: Opinion) -> Outcome:
    """Return what a steward's opinion makes of what the rules found."""
    if opinion.same is not None:
        return Outcome(MATCHED, JUDGEMENT, (opinion.same,), opinion.last)
    left = tuple(one for one in found.things if one not in opinion.different)
    if opinion.last.verdict == "unsure":
        return Outcome(
            AMBIGUOUS, JUDGEMENT, tuple(dict.fromkeys((*left, *opinion.unsure))), opinion.last
        )
    if left == found.things:
        return found
    return Outcome(AMBIGUOUS if left else UNKNOWN, JUDGEMENT, left, opinion.last)
