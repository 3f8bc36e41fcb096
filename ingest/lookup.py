"""What a published place name means: exact names first, other spellings, likeness last.

name-type/1   name key, type word, level and Land against the register
spelling/1    the same in another spelling; only a careful one is certain by itself
likeness/1    scored candidates; never a match by itself
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ingest.domains import DOMAIN, holder
from ingest.likeness import ACCEPTED, CAREFUL, CARELESS, Context, Likeness, Ranked
from ingest.names import Reading, read
from ingest.places import Hits, Places
from kg.store import Graph

MATCHED: Final = "matched"
AMBIGUOUS: Final = "ambiguous"
UNKNOWN: Final = "unknown"

NAME: Final = "name-type/1"
SPELLING: Final = "spelling/1"
LIKENESS: Final = "likeness/1"

_TOO_LONG: Final = 300
"""Characters of the longest name of the register, and some more."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a place name turned out to mean, by which rule."""

    result: str
    rule: str
    ranked: tuple[Ranked, ...] = ()
    """The one place of a match, else the candidates, the best first."""
    explained: bool = False
    """Whether only its being bare keeps an exact name from being a match."""


class Gazetteer:
    """All places of a graph, to be asked for by what others call them."""

    def __init__(self, graph: Graph) -> None:
        """Read the places."""
        self.places = Places(graph)
        self._likeness = Likeness(self.places)
        self._ranked = lru_cache(maxsize=None)(self._likeness.ranked)

    def meant(self, published: str, context: Context) -> Meant:
        """Return what a name means: by the rules, else by likeness."""
        found = self.ruled(published, context)
        return found if found.result != UNKNOWN else self.alike(published, context)

    def ruled(self, published: str, context: Context) -> Meant:
        """Return what a name means by the rules; unknown where none finds a place.

        A domain that a list gives to the place must speak of it.
        """
        found = self._named(published, context)
        if found.result != MATCHED or not context.domain:
            return found
        place = self.places.place(found.ranked[0].thing)
        others = holder(place, context.domain, self.places, self._likeness)
        if others is None:
            return found
        sure = len(others) == 1 and others[0].thing != place.iri
        return Meant(MATCHED if sure else AMBIGUOUS, DOMAIN, others)

    def _named(self, published: str, context: Context) -> Meant:
        if len(published) > _TOO_LONG:
            return Meant(UNKNOWN, NAME)
        reading = read(published)
        asked = (reading, context.levels, context.land)
        hits = self.places.named(*asked)
        puzzling = bool(reading.qualifiers) and not hits.certain
        distant = not (reading.types or context.levels or self.places.is_local(hits.places))
        if hits.places and not (puzzling or distant):
            return _meant(NAME, hits, 1)
        other, careful = self.places.spelt(*asked)
        better = other.certain if puzzling else set(other.places) > set(hits.places)
        if hits.places and not (careful and better):
            return _meant(NAME, hits, 1)
        return _meant(SPELLING, other, CAREFUL if careful else _careless(reading, other))

    def alike(self, published: str, context: Context) -> Meant:
        """Return the places that look like a name, as candidates; unknown where none does."""
        if len(published) > _TOO_LONG:
            return Meant(UNKNOWN, LIKENESS)
        ranked = tuple(self._ranked(read(published), context))
        return Meant(AMBIGUOUS if ranked else UNKNOWN, LIKENESS, ranked)


def _careless(reading: Reading, hits: Hits) -> float:
    """Return the score of a careless spelling, which a type word makes good."""
    return ACCEPTED if reading.types and hits.certain else CARELESS


def _meant(rule: str, hits: Hits, score: float) -> Meant:
    """Return a match where exactly one place is left and nothing speaks against it."""
    matched = len(hits.places) == 1 and hits.certain
    share = score if matched or rule == SPELLING else 1 / max(len(hits.places), 2)
    ranked = tuple(Ranked(place, round(share, 2)) for place in hits.places)
    result = MATCHED if matched else AMBIGUOUS if ranked else UNKNOWN
    return Meant(result, rule if ranked else NAME, ranked, hits.explained)
