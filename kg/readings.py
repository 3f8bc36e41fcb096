"""What a published name says by itself: a name, perhaps a type word, perhaps a Land.

The rule is the plain one: cut at the first comma, drop what stands in brackets, no likeness of
letters. What was cut off is kept, because a qualifier that nobody explained forbids a match.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from kg.placenames import BY_LENGTH, TYPE_WORDS, visible

_BRACKETS: Final = re.compile(r"\(([^()]*)\)")
_UNIT: Final = re.compile(
    r"amt\b|ämter|referat|stelle\b|kanzlei|abteilung|dezernat|fachbereich|projekt|betrieb|senator"
    r"|büro\b|direktion|smart city"
)

_LONG_ENOUGH: Final = 5
"""Letters that a type word must have to be known with a wrong one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A published name, taken apart; all parts are folded (lower case, single blanks)."""

    exact: str
    """The whole name."""
    stated: str
    """The name up to the first comma without its type word, brackets kept."""
    full: str
    """The name key: up to the first comma, without brackets, type word kept."""
    bare: str
    """The name key without its type word; equals `full` where there is none."""
    types: frozenset[str]
    """The marks that the type word allows; empty where there is no type word."""
    qualifiers: tuple[str, ...]
    """What stood in brackets or behind a comma and is neither type word nor department."""


def folded(text: str) -> str:
    """Return the text for comparison: composed, lower case, single blanks, none at the ends."""
    lower = visible(text).casefold()
    return " ".join(unicodedata.normalize("NFC", lower).split())


def name_key(text: str) -> str:
    """Return the name key (rule R1): cut at the first comma, brackets dropped, folded."""
    name = text.partition(",")[0]
    while (shorter := _BRACKETS.sub(" ", name)) != name:
        name = shorter
    return folded(name)


def turned(official: str) -> str:
    """Return “Wiesbaden, Landeshauptstadt” as people write it, folded: designation first."""
    name, comma, designation = official.partition(",")
    return folded(f"{designation} {name}" if comma else name)


def read(published: str) -> Reading:
    """Return what a published name says: name, type word, qualifiers."""
    exact = folded(published)
    head, *tails = (part.strip() for part in exact.split(","))
    full = name_key(head)
    word = next((one for one in BY_LENGTH if full.startswith(f"{one} ")), None)
    types = TYPE_WORDS[word] if word else frozenset()
    qualifiers = [one.strip() for one in _BRACKETS.findall(head)]
    for tail in tails:
        if not types and tail in TYPE_WORDS:
            types = TYPE_WORDS[tail]
        elif tail and not (word and _UNIT.search(tail)):
            qualifiers.append(tail)
    return Reading(
        exact=exact,
        stated=head.removeprefix(f"{word} ") if word else head,
        full=full,
        bare=full.removeprefix(f"{word} ") if word else full,
        types=types,
        qualifiers=tuple(one for one in qualifiers if one),
    )


def reread(reading: Reading) -> Reading | None:
    """Return the reading with its first word taken for the type word that it nearly is.

    One letter is wrong ("Gemeine Birkenwerder"); None where the first word is nothing of the kind.
    """
    first, blank, rest = reading.exact.partition(" ")
    if reading.types or not blank or len(first) < _LONG_ENOUGH:
        return None
    meant = [
        word
        for word in TYPE_WORDS
        if len(word) >= _LONG_ENOUGH and OSA.distance(first, word, score_cutoff=1) == 1
    ]
    return read(f"{meant[0]} {rest}") if len(meant) == 1 else None
