"""Places that look like a name which no rule finds, ranked by a score; see decision 0010.

The score is the likeness of letters, moved by what stands around the name: type word, level, Land,
website, coordinates, the Kreis of what is named beside it. It orders candidates for a steward and
stays below `ACCEPTED`: a wrong letter is never taken for a name by itself, because German places
whose names differ by a letter are too many.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ingest.names import Reading, reread
from ingest.places import Place, Places
from kg.placenames import fair, loose
from kg.terms import NamedNode

ACCEPTED: Final = 0.97
"""From this score on a name is taken for its thing; exact names have 1, careful spellings 0.99."""
CAREFUL: Final = 0.99
CARELESS: Final = 0.95
OPEN: Final = 0.78
"""From this score on a place is a candidate."""
BEHIND: Final = 0.16
"""So far behind the first one a place is no candidate any more."""
MOST: Final = 5
"""Candidates of a name."""

_CEILING: Final = 0.96
_SHORTENED: Final = 0.93
_LENGTHENED: Final = 0.9
_NEAR, _FAR = 15, 100
"""Kilometres within which coordinates speak for a place, and beyond which against it."""
_FEWEST: Final = 4
"""Letters of a name that is looked for by likeness."""
_CUT: Final = 0.7
_SITE_WORDS: Final = re.compile(
    r"^(?:www|stadt|gemeinde|markt|kreis|landkreis|lk|amt|vg|sg|vgem|samtgemeinde|verbandsgemeinde)"
    r"(?=[.-])[.-]?"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a published name; all of it may be missing."""

    levels: frozenset[str] = frozenset()
    """The levels that its source allows."""
    land: str = ""
    """The key of the Land in which the source places it."""
    website: str = ""
    """The host of its website."""
    point: tuple[float, float] | None = None
    """Latitude and longitude."""
    beside: frozenset[str] = frozenset()
    """Keys of the Kreise of what is named beside it."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place that a name may mean, with its score."""

    thing: NamedNode
    score: float


class Likeness:
    """All places by the letters of their names."""

    def __init__(self, places: Places) -> None:
        """Remember the names of these places."""
        self._places = places
        self._named: dict[str, list[tuple[Place, str]]] = {}
        for place in places.all():
            for name in {form for one in place.labels for form in _forms(one)}:
                self._named.setdefault(loose(name), []).append((place, name))
        self._choices = sorted(self._named)

    def ranked(self, reading: Reading, context: Context) -> Sequence[Ranked]:
        """Return the candidates of a name, the best first; none where nothing looks like it."""
        reading = reread(reading) or reading
        wanted = loose(reading.stated)
        if len(wanted) < _FEWEST:
            return ()
        best: dict[NamedNode, float] = {}
        for place, likeness in self._alike(wanted, fair(reading.stated)):
            score = round(min(_CEILING, likeness + self._moved(place, reading, context)), 3)
            best[place.iri] = max(best.get(place.iri, 0.0), score)
        order = sorted(best.items(), key=lambda pair: (-pair[1], pair[0].value))
        floor = max(OPEN, order[0][1] - BEHIND) if order else OPEN
        return [Ranked(thing, score) for thing, score in order[:MOST] if score >= floor]

    def _alike(self, wanted: str, written: str) -> Iterable[tuple[Place, float]]:
        """Yield the places whose names look like this one, or are longer or shorter."""
        found = process.extract(
            wanted, self._choices,
            scorer=OSA.normalized_similarity, score_cutoff=_CUT, limit=None,
        )  # fmt: skip
        for choice, likeness, _ in found:
            for place, _name in self._named[choice]:
                yield place, CARELESS if likeness == 1 else likeness * CAREFUL
        for place, name in self._longer(wanted):
            if fair(name).startswith((f"{written} ", f"{written}-")):
                yield place, _SHORTENED
        for end in range(_FEWEST, len(wanted)):
            for place, name in self._named.get(wanted[:end], ()):
                if written.startswith(f"{fair(name)} "):
                    yield place, _LENGTHENED

    def _longer(self, wanted: str) -> Iterable[tuple[Place, str]]:
        for at in range(bisect_left(self._choices, wanted), len(self._choices)):
            if not self._choices[at].startswith(wanted):
                return
            yield from self._named[self._choices[at]]

    def _moved(self, place: Place, reading: Reading, context: Context) -> float:
        """Return by how much what stands around the name moves the score of a place."""
        moved = 0.0
        if reading.types:
            moved += 0.02 if place.marks & reading.types else -0.05
        if context.levels and not place.marks & context.levels:
            moved -= 0.05
        if context.land and place.land != context.land:
            moved -= 0.1
        if context.website and speaks_of(context.website, place):
            moved += 0.03
        if context.beside and place.kreis in context.beside:
            moved += 0.02
        here = self._places.point(place.iri) if context.point is not None else None
        if context.point is not None and here is not None:
            away = kilometres(context.point, here)
            moved += 0.02 if away <= _NEAR else -0.1 if away > _FAR else 0.0
        return moved


def _forms(label: str) -> Iterable[str]:
    """Yield a label whole, and without what stands in brackets or behind a slash."""
    yield label
    yield re.split(r" ?[(/]", label, maxsplit=1)[0] or label


def speaks_of(host: str, place: Place) -> bool:
    """Tell whether the host of a website carries the name of a place."""
    return any(loose(name) in site_names(host) for one in place.labels for name in _forms(one))


@lru_cache(maxsize=20_000)
def site_names(host: str) -> frozenset[str]:
    """Return what a host may be called after: each of its labels without the words of a type."""
    labels = [_unpunycoded(one) for one in host.casefold().split(".")[:-1] if one != "www"]
    return frozenset(
        loose(form) for one in labels for form in (one, _SITE_WORDS.sub("", f"{one}"))
    )


def _unpunycoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode().decode("punycode")
    except UnicodeError:
        return label


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two points (latitude, longitude) on the globe."""
    (north, east), (north_2, east_2) = (map(math.radians, point) for point in (one, other))
    angle = (
        math.sin((north_2 - north) / 2) ** 2
        + math.cos(north) * math.cos(north_2) * math.sin((east_2 - east) / 2) ** 2
    )
    return 12_742 * math.asin(math.sqrt(angle))
