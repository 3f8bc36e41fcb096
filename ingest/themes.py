"""What a thing is about, concluded from the words of its name and its text.

The words are the labels of the themes in the ontology. A theme is concluded where its words weigh
enough; which words those were is told with it. Texts are read when extracts are made, and only
there: themes, words and method travel, texts do not.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ingest.fields import Fields
from ingest.source import Row
from kg.documents import vocabulary
from kg.namespaces import VOCABULARY
from kg.readings import folded
from kg.spelling import analyzer
from kg.terms import LOTSE, SKOS, Literal, NamedNode, Triple, text

METHOD: Final = "theme-words/1"
COLUMNS: Final = ("concluded_themes", "theme_words", "theme_method")
"""What an extract has of a conclusion; all three are empty where there is none."""

THRESHOLD: Final = 3
"""Points that a theme needs."""
SECOND_THRESHOLD: Final = 4
"""Points that a second theme needs."""
IN_NAME: Final = 5
"""Points of a word in the name."""
IN_LEAD: Final = 3
"""Points of a word in the lead, the first words of the text; later each time counts one."""
LEAD: Final = 30
"""Words of the text that are its lead."""
READ: Final = 120
"""Words of the text that are read."""
MOST_OF_A_WORD: Final = 2
"""Points that one word can have after the lead."""
SECOND: Final = 0.6
"""Part of the first theme's points that a second theme needs."""
GENERAL: Final = frozenset({"administration", "technology"})
"""Themes that nearly everything here has to do with: their words count half beside others."""
SILENT: Final = frozenset({
    "accessibility", "accounting", "administration", "arbeit", "archive", "archives", "arts",
    "bauen", "bibliothek", "bibliotheken", "budget", "building", "business", "collections",
    "construction", "culture", "customs", "data", "daten", "digitalisierung", "employment",
    "eu", "europa", "europe", "family", "fees", "food", "förderung", "gesellschaft", "grants",
    "gründung", "handel", "handwerk", "haushalt", "heritage", "hobby", "inclusion", "industry",
    "infrastructure", "infrastruktur", "integration", "internationales", "interoperability",
    "karten", "kreatives", "kunst", "law", "learning", "luft", "maps", "mobility", "music",
    "nahversorgung", "natur", "nature", "parken", "parking", "permits", "pflege", "politik",
    "population", "recht", "research", "roads", "sammlungen", "schools", "schule", "science",
    "security", "sicherheit", "society", "standardisation", "standards", "steuern", "straßen",
    "strom", "sustainability", "technik", "technologie", "technology", "trade", "training",
    "transparency", "trees", "unternehmen", "unternehmerinnen", "vereine", "verwaltung",
    "wahlen", "wasser", "water", "wirtschaft", "work",
})  # fmt: skip
"""Labels that name a theme when they stand alone, and say too little within a text."""

_LANGUAGES: Final = {"de": "german", "en": "english"}
_LABELS: Final = frozenset({SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel})
_THEME: Final = f"{VOCABULARY}theme-"
_COMPOUND: Final = 6
"""Letters that the first part of a German compound must have to be recognised."""
_SECOND_PART: Final = 4
_NO_WORDS: Final = re.compile(
    r"<script.*?</script>|<[^>]*>|\]\([^)]*\)|https?://\S+|&\w+;", re.DOTALL
)

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A label of a theme."""

    theme: str
    label: str


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The themes of a thing, the weightiest first, and the words that decided."""

    themes: tuple[str, ...]
    words: tuple[str, ...]


NOTHING: Final = Conclusion((), ())


class Classifier:
    """Words of themes, looked for in texts."""

    def __init__(self, words: Iterable[tuple[Word, str]]) -> None:
        """Take the words, each with its language."""
        self._analyzers = {tag: analyzer(name) for tag, name in _LANGUAGES.items()}
        self._words: dict[str, dict[Stems, Word]] = {tag: {} for tag in _LANGUAGES}
        self._published: set[str] = set()
        for word, tag in words:
            self._published.add(folded(word.label))
            if word.label.lower() not in SILENT:
                stems = tuple(self._analyzers[tag].analyze(word.label))
                self._words[tag].setdefault(stems, word)
        self._longest = max(len(one) for known in self._words.values() for one in known)

    def conclude(self, name: str, told: str = "", published: Collection[str] = ()) -> Conclusion:
        """Return what a thing is about by its name and text.

        Nothing is concluded where the source itself publishes a theme that we know.
        """
        if any(folded(one) in self._published for one in published):
            return NOTHING
        points: dict[Word, int] = {}
        found = [(at - LEAD, word) for at, word in self._found(told) if at < READ]
        for words, most in (
            (dict.fromkeys(word for _, word in self._found(name)), IN_NAME),
            (dict.fromkeys(word for at, word in found if at < 0), IN_LEAD),
        ):
            for word in words:
                points[word] = points.get(word, 0) + most
        for word, count in Counter(word for at, word in found if at >= 0).items():
            points[word] = points.get(word, 0) + min(count, MOST_OF_A_WORD)
        return _decided(points)

    def _found(self, told: str) -> Iterator[tuple[int, Word]]:
        """Yield place and word of the themes' words in a text, at each place the longest one."""
        plain = _NO_WORDS.sub(" ", told).replace("\xad", "")
        stems = {tag: tuple(one.analyze(plain)) for tag, one in self._analyzers.items()}
        at, end = 0, max(len(one) for one in stems.values())
        while at < end:
            word, length = self._longest_at(stems, at)
            if word is not None:
                yield at, word
            at += length

    def _longest_at(self, stems: Mapping[str, Stems], at: int) -> tuple[Word | None, int]:
        for length in range(self._longest, 0, -1):
            for tag, known in self._words.items():
                word = known.get(stems[tag][at : at + length])
                if word is not None:
                    return word, length
        return self._compound(stems["de"][at]), 1

    def _compound(self, stem: str) -> Word | None:
        """Return the word that a German compound begins with."""
        for end in range(len(stem) - _SECOND_PART, _COMPOUND - 1, -1):
            word = self._words["de"].get((stem[:end],))
            if word is not None:
                return word
        return None


def _decided(points: Mapping[Word, int]) -> Conclusion:
    weights: dict[str, float] = {}
    for word, count in points.items():
        weights[word.theme] = weights.get(word.theme, 0) + count
    weights = {
        theme: weight / 2 if theme in GENERAL else weight
        for theme, weight in weights.items()
        if weight >= THRESHOLD
    }
    heavy = sorted(weights, key=lambda theme: (-weights[theme], theme in GENERAL, theme))
    themes = heavy[:1] + [
        theme
        for theme in heavy[1:2]
        if weights[theme] >= max(SECOND_THRESHOLD, SECOND * weights[heavy[0]])
        and theme not in GENERAL
    ]
    words = sorted(
        (word for word in points if word.theme in themes),
        key=lambda word: (themes.index(word.theme), -points[word], word.label),
    )
    return Conclusion(tuple(themes), tuple(word.label for word in words))


@lru_cache(maxsize=1)
def classifier() -> Classifier:
    """Return the classifier of the ontology's themes."""
    return Classifier(
        (Word(quad.subject.value.removeprefix(_THEME), quad.object.value), quad.object.language)
        for quad in sorted(vocabulary(), key=str)
        if quad.predicate in _LABELS
        and isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(_THEME)
        and isinstance(quad.object, Literal)
        and quad.object.language is not None
    )


def concluded(
    row: Row, name: str, told: Iterable[object] = (), published: Collection[str] = ()
) -> dict[str, str]:
    """Return the columns of what a row is about, none where nothing can be concluded.

    A row of an extract, which has no texts any more, keeps what was concluded from them.
    """
    if row.get(COLUMNS[0]):
        return {column: str(row[column]) for column in COLUMNS}
    found = classifier().conclude(name, " ".join(map(str, told)), published)
    if not found.themes:
        return {}
    return dict(zip(COLUMNS, (";".join(found.themes), ";".join(found.words), METHOD), strict=True))


def statements(row: Fields, thing: NamedNode) -> Iterator[Triple]:
    """Yield what the columns of a conclusion say of a thing: themes, words and method."""
    themes, words, method = COLUMNS
    for theme in row.texts(themes, ";"):
        yield Triple(thing, LOTSE.themeConcluded, LOTSE[f"theme-{theme}"])
    for word in row.texts(words, ";"):
        yield Triple(thing, LOTSE.themeWord, text(word))
    how = row.maybe(method)
    if how is not None:
        yield Triple(thing, LOTSE.themeMethod, text(how))
