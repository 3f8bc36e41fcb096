"""How place names are written: the words of their type, and the forms in which spellings agree.

Two forms, from the careful to the loose. In the `fair` one agree what everybody counts as one
name: "St. Märgen" and "Sankt Maergen", "Herzberg (Elster)" and "Herzberg/Elster", "Freiburg i.
Breisgau" and "Freiburg im Breisgau". In the `loose` one agree besides umlauts written as plain
vowels, and hyphens, blanks or nothing between words; by it two places may be confused.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from kg import spelling

_CITY: Final = frozenset({"41", "42", "61", "62", "63", "67"})
_FREE_CITY: Final = frozenset({"41", "42"})
_COUNTY: Final = frozenset({"43", "44", "45"})
_VILLAGE: Final = frozenset({"60", "64"})
_LAND: Final = frozenset({"land"})

TYPE_WORDS: Final[dict[str, frozenset[str]]] = {
    "land": _LAND,
    "bundesland": _LAND,
    "freistaat": _LAND,
    "state of": _LAND,
    "free state of": _LAND,
    "freie hansestadt": _LAND,
    "freie und hansestadt": _LAND,
    "free and hanseatic city of": _LAND,
    "free hanseatic city of": _LAND,
    "regierungsbezirk": frozenset({"regierungsbezirk"}),
    "kreis": _COUNTY,
    "landkreis": _COUNTY,
    "lk": _COUNTY,
    "lkr.": _COUNTY,
    "district": _COUNTY,
    "district of": _COUNTY,
    "county of": _COUNTY,
    "regionalverband": frozenset({"45"}),
    "stadt": _CITY,
    "stadtkreis": _FREE_CITY,
    "kreisfreie stadt": _FREE_CITY,
    "kreisstadt": _CITY,
    "grosse kreisstadt": _CITY,
    "landeshauptstadt": _CITY,
    "bundesstadt": _CITY,
    "bergstadt": _CITY,
    "hansestadt": _CITY,
    "universitätsstadt": _CITY,
    "universitäts- und hansestadt": _CITY,
    "hanse- und universitätsstadt": _CITY,
    "wissenschaftsstadt": _CITY,
    "city": _CITY,
    "city of": _CITY,
    "town of": _CITY,
    "lh": _CITY,
    "lhs": _CITY,
    "stadtgemeinde": _CITY,
    "gemeinde": _VILLAGE,
    "gem.": _VILLAGE,
    "ortsgemeinde": _VILLAGE,
    "municipality": _VILLAGE,
    "municipality of": _VILLAGE,
    "markt": frozenset({"60"}),
    "marktgemeinde": _VILLAGE,
    "flecken": _VILLAGE,
    "amt": frozenset({"51"}),
    "samtgemeinde": frozenset({"52"}),
    "sg": frozenset({"52"}),
    "verbandsgemeinde": frozenset({"53"}),
    "vg": frozenset({"53", "54"}),
    "vgem": frozenset({"54"}),
    "verwaltungsgemeinschaft": frozenset({"54", "57"}),
    "kirchspielslandgemeinde": frozenset({"55"}),
    "verwaltungsverband": frozenset({"56"}),
    "gemeindeverband": frozenset({"verband"}),
}
"""Type word, folded → the marks (text keys of the register, or levels) that a place may bear."""

BY_LENGTH: Final = sorted(TYPE_WORDS, key=len, reverse=True)
"""The type words, the longest first."""

LONGEST: Final = 120
"""Characters of a name that are looked at; a longer text names no place."""

_UNSEEN: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_TRANSLITERATED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_SMALL: Final = frozenset(
    [
        "a",
        "am",
        "an",
        "auf",
        "b",
        "bei",
        "d",
        "dem",
        "den",
        "der",
        "des",
        "i",
        "im",
        "in",
        "o",
        "ob",
        "u",
        "unter",
        "v",
        "vor",
        "von",
    ]
)
"""Words between a name and its river or region, which people abbreviate or leave out."""
_IN_FULL: Final = {
    "st": "sankt",
    "allg": "allgaeu", "bay": "bayern", "brsg": "breisgau", "erzgeb": "erzgebirge",
    "fichtelgeb": "fichtelgebirge", "han": "hannover", "hann": "hannover", "holst": "holstein",
    "mfr": "mittelfranken", "ndb": "niederbayern", "ob": "oberbayern", "obb": "oberbayern",
    "odw": "odenwald", "ofr": "oberfranken",
    "oldb": "oldenburg", "opf": "oberpfalz", "rhld": "rheinland",
    "sa": "sachsen", "sachs": "sachsen", "saechs": "sachsen", "schw": "schwaben",
    "schwarzw": "schwarzwald", "thuer": "thueringen", "ufr": "unterfranken",
    "vogtl": "vogtland", "westf": "westfalen", "wuertt": "wuerttemberg",
}  # fmt: skip


def visible(text: str) -> str:
    """Return a text composed, without signs that nobody sees, such as soft hyphens.

    Signs that turn the direction of what follows stay: what one reads is not what stands there.
    """
    return unicodedata.normalize("NFC", text if text.isascii() else text.translate(_UNSEEN))


@lru_cache(maxsize=50_000)
def fair(name: str) -> str:
    """Return the form in which two careful spellings of one name agree; empty for no name."""
    if len(name) > LONGEST or _TURNING.search(name):
        return ""
    plain = _without_accents(visible(name).casefold().translate(_TRANSLITERATED))
    words = _WORD.findall(plain)
    told = [
        _IN_FULL.get(word, word) if number or word == "st" else word
        for number, word in enumerate(words)
        if number in {0, len(words) - 1} or word not in _SMALL
    ]
    return " ".join(told)


@lru_cache(maxsize=50_000)
def loose(name: str) -> str:
    """Return the form in which also careless spellings of one name agree: one word of letters."""
    return spelling.folded(fair(name)).replace("-", "").replace(" ", "")


def is_abbreviated(words: Sequence[str], name: Sequence[str]) -> bool:
    """Tell whether these words are those of a name, all but the first perhaps cut short.

    "Frankfurt a. M." is Frankfurt am Main so, "Neustadt a." is nothing; both in the words of
    their fair form.
    """
    return (
        len(words) == len(name) > 1
        and words[0] == name[0]
        and words[-1] not in _SMALL
        and all(map(str.startswith, name, words))
    )


def umlauts(name: str) -> int:
    """Return how many letters are umlauts; written for "ae" they are no careful spelling."""
    return sum(name.casefold().count(one) for one in "äöü")


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(one for one in parts if not unicodedata.combining(one))
