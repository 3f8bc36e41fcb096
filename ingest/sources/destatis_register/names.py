"""How places are called: the register's names, and the forms in which people write them."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ingest.sources.destatis_register.keys import BEZIRK, GEMEINDE, KREIS, VERBAND, Key
from kg.terms import Literal, text

TYPE_WORDS: Final[Mapping[str, str]] = {
    "43": "Kreis",
    "44": "Landkreis",
    "51": "Amt",
    "52": "Samtgemeinde",
    "53": "Verbandsgemeinde",
    "54": "Verwaltungsgemeinschaft",
    "55": "Kirchspielslandgemeinde",
    "56": "Verwaltungsverband",
    "58": "Erfüllende Gemeinde",
}
"""Text key → the word that people put before a name which the register gives without it."""
ABBREVIATED: Final = (
    (re.compile(r"^VVG der "), "Vereinbarte Verwaltungsgemeinschaft der "),
    (re.compile(r"^GVV "), "Gemeindeverwaltungsverband "),
    (re.compile(r"^(.+) \(VGem\)$"), r"Verwaltungsgemeinschaft \1"),
    (re.compile(r"^früher: Reg\.-Bez\. "), "Früherer Regierungsbezirk "),
    (re.compile(r"^früher: "), "Früherer "),
    (re.compile(r"^Reg\.-Bez\. "), "Regierungsbezirk "),
)
LOWER_SORBIAN: Final = frozenset({"12052", "12061", "12066", "12071"})
UPPER_SORBIAN: Final = frozenset({"14625", "14626"})
"""Kreise in whose Gemeinden a name after the slash is the Sorbian one."""
_HAS_TYPE: Final = re.compile(r"kreis|^(Region|Städteregion|Amt) ", re.IGNORECASE)


def one_line(name: str) -> str:
    """Return a name without doubled blanks."""
    return " ".join(name.split())


def label(key: Key, name: str) -> str:
    """Return the name by which a place is called: the register's, cut at the first comma.

    Regierungsbezirke get their word in full. A Verwaltungsgemeinschaft that lists its members
    keeps them all.
    """
    whole = one_line(name)
    if key.level == BEZIRK:
        return spelt_out(whole) or whole
    before, _, after = whole.partition(",")
    if key.level == VERBAND and not key.alone and " und " in after:
        return whole
    return before.strip()


def spelt_out(name: str) -> str | None:
    """Return a name with its abbreviated type word in full, None where it has none."""
    for pattern, words in ABBREVIATED:
        if pattern.search(name):
            return pattern.sub(words, name)
    return None


def other_names(key: Key, kind: str, name: str) -> Iterator[Literal]:
    """Yield further names of a place at one of its levels; `kind` is the text key."""
    called = label(key, name)
    tidy = re.sub(r"(?<! )/ ", "/", called)
    if tidy != called:
        yield text(tidy, "de")
    full = spelt_out(called)
    if full is not None:
        yield text(full, "de")
    elif key.level == BEZIRK and " " not in called:
        yield text(f"Regierungsbezirk {called}", "de")
    elif key.level in {KREIS, VERBAND} and kind in TYPE_WORDS and not _HAS_TYPE.search(called):
        yield text(f"{TYPE_WORDS[kind]} {called}", "de")
    if key.level == GEMEINDE:
        yield from _bilingual(key.digits[:5], one_line(name))


def _bilingual(kreis: str, name: str) -> Iterator[Literal]:
    """Yield the German and the Sorbian part of a name that has both."""
    if kreis in LOWER_SORBIAN:
        language, slash = "dsb", " / " if " / " in name else "/"
    elif kreis in UPPER_SORBIAN:
        language, slash = "hsb", " / "
    else:
        return
    german, found, sorbian = name.partition(slash)
    if found:
        yield text(german.partition(",")[0].strip(), "de")
        yield text(sorbian.partition(",")[0].strip(), language)
