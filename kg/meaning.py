"""What a place name means by the rules: exact names first, other spellings last.

name-type/1   name key, type word, level and Land against the register
spelling/1    the same in another spelling; only a careful one is certain by itself
"""

from dataclasses import dataclass
from typing import Final

from kg.places import Hits, Places
from kg.readings import Reading, read
from kg.terms import NamedNode

MATCHED: Final = "matched"
AMBIGUOUS: Final = "ambiguous"
UNKNOWN: Final = "unknown"

NAME: Final = "name-type/1"
SPELLING: Final = "spelling/1"

ACCEPTED: Final = 0.97
"""From this score on a name is taken for its thing; exact names have 1, careful spellings 0.99."""
CAREFUL: Final = 0.99
CARELESS: Final = 0.95

TOO_LONG: Final = 300
"""Characters of the longest name of the register, and some more."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place that a name may mean, with its score."""

    thing: NamedNode
    score: float


@dataclass(frozen=True, slots=True)
class Meant:
    """What a place name turned out to mean, by which rule."""

    result: str
    rule: str
    ranked: tuple[Ranked, ...] = ()
    """The one place of a match, else the candidates, the best first."""
    explained: bool = False
    """Whether only its being bare keeps an exact name from being a match."""


def meant(
    places: Places, published: str, levels: frozenset[str] = frozenset(), land: str = ""
) -> Meant:
    """Return what a place name means; `levels` and `land` are what stands around it."""
    if len(published) > TOO_LONG:
        return Meant(UNKNOWN, NAME)
    reading = read(published)
    asked = (reading, levels, land)
    hits = places.named(*asked)
    puzzling = bool(reading.qualifiers) and not hits.certain
    distant = not (reading.types or levels or places.is_local(hits.places))
    if hits.places and not (puzzling or distant):
        return _by(NAME, hits, 1)
    other, careful = places.spelt(*asked)
    better = other.certain if puzzling else set(other.places) > set(hits.places)
    if hits.places and not (careful and better):
        return _by(NAME, hits, 1)
    return _by(SPELLING, other, CAREFUL if careful else _careless(reading, other))


def _careless(reading: Reading, hits: Hits) -> float:
    """Return the score of a careless spelling, which a type word makes good."""
    return ACCEPTED if reading.types and hits.certain else CARELESS


def _by(rule: str, hits: Hits, score: float) -> Meant:
    """Return a match where exactly one place is left and nothing speaks against it."""
    matched = len(hits.places) == 1 and hits.certain
    share = score if matched or rule == SPELLING else 1 / max(len(hits.places), 2)
    ranked = tuple(Ranked(place, round(share, 2)) for place in hits.places)
    result = MATCHED if matched else AMBIGUOUS if ranked else UNKNOWN
    return Meant(result, rule if ranked else NAME, ranked, hits.explained)
