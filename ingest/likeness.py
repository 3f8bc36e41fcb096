"""Places that look like a name which no rule finds, ranked by a score; see decision 0013.

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

from kg.meaning import CAREFUL, CARELESS, Ranked
from kg.place import Place
from kg.placenames import fair, is_abbreviated, loose
from kg.places import Places
from kg.readings import Reading, reread
from kg.terms import NamedNode

OPEN: Final = 0.78
"""From this score on a place is a candidate."""
BEHIND: Final = 0.16
"""So far behind the first one a place is no candidate any more."""
MOST: Final = 5
"""Candidates of a name."""

_CEILING: Final = 0.96
_SHORTENED: Final = 0.93
_LENGTHENED: Final = 0.9
_ABBREVIATED: Final = 0.94
_GOES_ON: Final = re.compile(r" ?[(/]| (?=(?:a[mn]?|b|bei|i[mn]?|ob?|unter|v|vor|zu[mr]?)\b)")
"""Where a published name may go on behind the one of the register."""
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
    domain: str = ""
    """The domain that is to find its holder; the name is that of the list's holder."""
    point: tuple[float, float] | None = None
    """Latitude and longitude."""
    beside: frozenset[str] = frozenset()
    """Keys of the Kreise of what is named beside it."""


class Likeness:
    """All places by the letters of their names."""

    def __init__(self, places: Places) -> None:
        """Remember the names of these places."""
        self._places = places
        self._named: dict[str, list[tuple[Place, str]]] = {}
        for place in places.all():
            for name in {form for one in place.labels for form in forms(one)}:
                self._named.setdefault(loose(name), []).append((place, name))
        self._choices = sorted(self._named)

    def ranked(self, reading: Reading, context: Context) -> Sequence[Ranked]:
        """Return the candidates of a name, the best first; none where nothing looks like it."""
        reading = reread(reading) or reading
        best: dict[NamedNode, float] = {}
        for name in {reading.stated, reading.full}:
            for place, likeness in self._alike(name):
                score = round(min(_CEILING, likeness + self._moved(place, reading, context)), 3)
                best[place.iri] = max(best.get(place.iri, 0.0), score)
        order = sorted(best.items(), key=lambda pair: (-pair[1], pair[0].value))
        floor = max(OPEN, order[0][1] - BEHIND) if order else OPEN
        return [Ranked(thing, score) for thing, score in order[:MOST] if score >= floor]

    def called(self, name: str) -> Iterable[Place]:
        """Return the places whose name has this loose form."""
        return [place for place, _ in self._named.get(name, ())]

    def _alike(self, written: str) -> Iterable[tuple[Place, float]]:
        """Yield the places whose names look like this one, or are longer or shorter."""
        wanted = loose(written)
        if len(wanted) < _FEWEST:
            return
        found = process.extract(
            wanted, self._choices,
            scorer=OSA.normalized_similarity, score_cutoff=_CUT, limit=None,
        )  # fmt: skip
        for choice, likeness, _ in found:
            for place, _name in self._named[choice]:
                yield place, CARELESS if likeness == 1 else likeness * CAREFUL
        words = fair(written).split()
        for place, name in self._beginning(loose(words[0])):
            other = fair(name).split()
            if other[: len(words)] == words != other or fair(name).startswith(f"{words[-1]}-"):
                yield place, _SHORTENED
            elif is_abbreviated(words, other):
                yield place, _ABBREVIATED
        for cut in _GOES_ON.finditer(written):
            for place, _name in self._named.get(loose(written[: cut.start()]), ()):
                yield place, _LENGTHENED

    def _beginning(self, wanted: str) -> Iterable[tuple[Place, str]]:
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


def forms(label: str) -> Iterable[str]:
    """Yield a label whole, and without what stands in brackets or behind a slash."""
    yield label
    yield re.split(r" ?[(/]", label, maxsplit=1)[0] or label


def speaks_of(host: str, place: Place) -> bool:
    """Tell whether the host of a website carries the name of a place."""
    return any(loose(name) in site_names(host) for one in place.labels for name in forms(one))


@lru_cache(maxsize=20_000)
def site_names(host: str) -> frozenset[str]:
    """Return what a host may be called after: each of its labels without the words of a type."""
    labels = site_labels(host)
    return frozenset(
        loose(form.replace("-", " ")) for one in labels for form in (one, _SITE_WORDS.sub("", one))
    )


def site_labels(host: str) -> list[str]:
    """Return the labels of a host without the last one and `www`, umlauts as people see them."""
    parts = host.casefold().rstrip(".").split(".")[:-1]
    return [_unpunycoded(one) for one in parts if one != "www"]


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
