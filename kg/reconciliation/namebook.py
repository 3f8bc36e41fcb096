"""All names of a release, by what people write for them, and how alike two names are.

The likeness is that of decision 0013, extended to names of several words: 1 is the name itself,
0.99 a careful spelling of it, 0.95 a careless one, and less where letters or words differ.
"""

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from kg import spelling
from kg.iri import kind_and_key
from kg.meaning import CAREFUL, CARELESS
from kg.names import Names, kind_of, names_of, pairs
from kg.placenames import fair, loose, umlauts
from kg.readings import folded, name_key, turned
from kg.reconciliation.types import KINDS, PLACE
from kg.spoken import spoken
from kg.store import Graph
from kg.terms import LOTSE, SKOS

ABBREVIATED: Final = 0.94
SHORTENED: Final = 0.93
LENGTHENED: Final = 0.9
ENDING: Final = 0.65
"""What ends in a name speaks of something else: "Stadtbücherei Bobingen"."""
_CUT: Final = 0.7
"""From this likeness of letters on a name is looked at."""
_FEWEST: Final = 4
"""Letters of a name that is looked for by likeness."""
_NEAREST: Final = 20
_SHORTEST: Final = 3
"""Letters of a short code of a Land, which is a key and no name."""
_SPOKEN: Final = {
    "Nordrhein-Westfalen": ("NRW",), "Baden-Württemberg": ("BaWü",),
    "Mecklenburg-Vorpommern": ("MeckPomm", "MeckPom"),
}  # fmt: skip
"""What people call a Land, and no source does."""
_KEYS: Final = (
    LOTSE.ars, LOTSE.ags, LOTSE.verbandKey, LOTSE.nuts, LOTSE.shortCode, LOTSE.leikaKey,
    LOTSE.ozgKey, SKOS.notation,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """A name in the forms in which it is compared."""

    text: str
    folded: str
    fair: str
    loose: str

    @property
    def words(self) -> list[str]:
        """Return its words, without those that people leave out."""
        return self.fair.split()


@lru_cache(maxsize=4096)
def written(text: str) -> Written:
    """Return a name in its forms; one too long for a place's name is only folded."""
    careful = fair(text) or " ".join(spelling.words(text))
    careless = loose(text) or careful.replace(" ", "")
    return Written(text, folded(text), careful, careless)


def likeness(asked: Written, name: Written) -> float:
    """Return how alike a published name is to one of ours, from 0 to 1."""
    if asked.folded == name.folded:
        return 1.0
    if asked.fair == name.fair and asked.fair:
        return CAREFUL if umlauts(asked.text) <= umlauts(name.text) else CARELESS
    if asked.loose == name.loose:
        return CARELESS
    letters = CAREFUL * OSA.normalized_similarity(asked.loose, name.loose)
    turned_about = CARELESS * fuzz.token_sort_ratio(asked.fair, name.fair) / 100
    return max(letters, turned_about, _part(asked.words, name.words))


def _part(asked: list[str], name: list[str]) -> float:
    """Return how likely a name is meant by a part of it, by itself and more, or by its letters."""
    if not asked or not name or len("".join(asked)) < _FEWEST:
        return 0.0
    if name[: len(asked)] == asked or name[0].startswith(f"{asked[-1]}-"):
        return SHORTENED - 0.3 * (1 - len(asked) / len(name)) * (len(name) > _FEWEST)
    if asked[: len(name)] == name and len("".join(name)) >= _FEWEST:
        return LENGTHENED - 0.3 * (1 - len(name) / len(asked)) * (len(asked) > _FEWEST)
    if asked[-len(name) :] == name and len("".join(name)) >= _FEWEST:
        return ENDING + 0.1 * len(name) / len(asked)
    if len(name) == len(asked) > 1 and all(map(str.startswith, name, asked)):
        return ABBREVIATED
    return 0.0


class Namebook:
    """The names and keys of everything that names are matched to."""

    def __init__(self, graph: Graph) -> None:
        """Read them."""
        names = names_of(graph)
        self.things = tuple(
            iri for iri in names.labels if kind_of(iri) in KINDS and iri not in names.same
        )
        self.names = _names(graph, names, self.things)
        """Thing → its names, the preferred ones first."""
        self.keys = _keys(graph, names, self.things)
        """Thing → its keys, its short code too."""
        self.written: Mapping[str, tuple[Written, ...]] = {
            iri: tuple(_forms(one)) for iri, one in self.names.items()
        }
        tables: dict[str, dict[str, list[str]]] = {kind: defaultdict(list) for kind in KINDS}
        keyed: dict[str, list[str]] = defaultdict(list)
        for iri in self.things:
            for form in {name.loose for name in self.written[iri]} - {""}:
                tables[kind_of(iri)][form].append(iri)
            for key in self.keys[iri]:
                keyed[key.casefold()].append(iri)
        self._tables = tables
        by_length = {kind: sorted(table, key=len) for kind, table in tables.items()}
        self._choices = {kind: (forms, [*map(len, forms)]) for kind, forms in by_length.items()}
        self._keyed = keyed

    def keyed(self, key: str) -> list[str]:
        """Return the things that have this key."""
        return self._keyed.get(key.strip().casefold(), [])

    def equal(self, asked: Written, kinds: Iterable[str]) -> Iterator[str]:
        """Yield the things that are called so, in any spelling."""
        for kind in kinds:
            yield from self._tables[kind].get(asked.loose, ())

    def near(self, asked: Written, kind: str) -> Iterator[str]:
        """Yield the things of a kind whose names look like this one, the nearest ones."""
        if len(asked.loose) < _FEWEST:
            return
        choices, lengths = self._choices[kind]
        least, most = math.floor(len(asked.loose) * _CUT), math.ceil(len(asked.loose) / _CUT)
        found = process.extract(
            asked.loose, choices[bisect_left(lengths, least) : bisect_right(lengths, most)],
            scorer=OSA.normalized_similarity, score_cutoff=_CUT, limit=_NEAREST,
        )  # fmt: skip
        for form, _, _ in found:
            yield from self._tables[kind][form]


def _forms(names: Iterable[str]) -> Iterator[Written]:
    for name in names:
        careful = fair(name) or " ".join(spelling.words(name))
        careless = loose(name) or careful.replace(" ", "")
        yield Written(name, folded(name), careful, careless)


def _names(graph: Graph, names: Names, things: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for iri in things:
        for one in names.all_of(iri):
            found[iri] |= dict.fromkeys(names.labels.get(one, {}).values())
        if kind_of(iri) == PLACE:
            found[iri][spoken(names, iri)] = None
            for label in names.labels[iri].values():
                found[iri] |= dict.fromkeys(_SPOKEN.get(label, ()))
    for prop in (SKOS.altLabel, LOTSE.abbreviation, LOTSE.officialName, SKOS.hiddenLabel):
        for iri, text in pairs(graph, prop):
            held = found.get(names.same.get(iri, iri))
            if held is not None and (kind_of(iri) != PLACE or len(text) > _SHORTEST):
                held[turned(text) if prop == LOTSE.officialName else text] = None
    return {iri: tuple(dict.fromkeys((*held, *_bare(held)))) for iri, held in found.items()}


def _bare(names: Iterable[str]) -> Iterator[str]:
    """Yield the names without what stands in brackets."""
    yield from (bare for text in names if "(" in text and (bare := name_key(text)))


def _keys(graph: Graph, names: Names, things: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for iri in things:
        own = kind_and_key(iri)
        found[iri] = {own[1]: None} if own is not None else {}
    for prop in _KEYS:
        for iri, key in pairs(graph, prop):
            held = found.get(names.same.get(iri, iri))
            if held is not None:
                held[key] = None
    return {iri: tuple(held) for iri, held in found.items()}


@lru_cache(maxsize=2)
def namebook_of(graph: Graph) -> Namebook:
    """Return the names of an opened release; releases never change, so they are read once."""
    return Namebook(graph)
