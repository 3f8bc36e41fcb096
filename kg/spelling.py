"""How texts are cut into words for the index, and how a word is spelt there.

Umlauts come in three spellings (Gebäude, Gebaeude, Gebaude) and mean one word. The German stemmer
takes care of that for stems; whole words and their beginnings are folded here, by the same rule.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

LONGEST: Final = 60
"""Characters that a word may have; longer ones are no words and name nothing."""
MOST: Final = 32
"""Different words of a question that are looked at."""
_WORD: Final = re.compile(r"[^\W_]+")
_UMLAUT: Final = re.compile(r"([ao])e|(?<![aeq])(u)e")
_FILLERS: Final = (
    "am an auf aus bei das dem den der des die ein eine für im in ist mit oder und vom von zu zum "
    "zur a and at by for is of on or the to with"
)
_LEFT_OUT: Final = frozenset(_FILLERS.split())
"""Words that say nothing by themselves; a question of nothing else keeps them."""


def cleaned(text: str) -> str:
    """Return a text composed and without signs that nobody sees, such as marks of direction."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():
        return composed
    return "".join(" " if unicodedata.category(one)[0] == "C" else one for one in composed)


@lru_cache(maxsize=10_000)
def folded(text: str) -> str:
    """Return a text in the one spelling that stands for all three, lower case, without accents."""
    plain = cleaned(text).casefold()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain)
        plain = "".join(one for one in parts if not unicodedata.combining(one))
    return _UMLAUT.sub(lambda found: found.group(1) or found.group(2), plain)


def words(text: str) -> list[str]:
    """Return the folded words of a text, in their order."""
    return [word for word in _WORD.findall(folded(text)) if len(word) <= LONGEST]


def whole(text: str) -> str:
    """Return a name as one folded text, cut where it is very long."""
    return " ".join(_WORD.findall(folded(text[: 4 * LONGEST])))[:LONGEST]


def as_written(name: str) -> str:
    """Return a name as one text in small letters, its umlauts as they were written."""
    return " ".join(_WORD.findall(cleaned(name[: 4 * LONGEST]).casefold()))[:LONGEST]


def of_beginnings() -> TextAnalyzer:
    """Return what cuts a text into all its beginnings, the whole one too."""
    cut = Tokenizer.ngram(min_gram=1, max_gram=LONGEST, prefix_only=True)
    return TextAnalyzerBuilder(cut).build()


def asked(text: str) -> list[str]:
    """Return the words of a question, each once, as they were written and without fillers."""
    every = [one for one in dict.fromkeys(_WORD.findall(cleaned(text))) if one][:MOST]
    telling = [word for word in every if word.casefold() not in _LEFT_OUT]
    return telling or every


def analyzer(language: str) -> TextAnalyzer:
    """Return what cuts texts of a language (`german`, `english`) into stems."""
    return (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(LONGEST))
        .filter(Filter.lowercase())
        .filter(Filter.stemmer(language))
        .filter(Filter.ascii_fold())
        .build()
    )
