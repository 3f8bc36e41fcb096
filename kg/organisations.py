"""Names of organisations as people write them: other spellings, translations, several in one.

    brackets            “Bundesagentur für Arbeit (Federal Labor Agency)” is what stands before them
    brackets, federal   “Federal Office for Information Security (BSI)” is what stands in them
    article, country    “Der Bundesbeauftragte …”, “German Federal Foreign Office”, “… Germany”
    city                “City of Bonn”, “Cologne City” are “Stadt Bonn”, “Stadt Köln”
    several             “Cities of A and B”, “A; B”, “A / B”: candidates, never one of them
    unit                “Bundesministerium der Finanzen, Abteilung VI”: the ministry is a candidate

An institution that names its parent in brackets is not the parent: what stands in brackets counts
only behind the English or German name of a federal body.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from kg.terms import NamedNode

Said: TypeAlias = tuple[str, tuple[NamedNode, ...]]
Ask: TypeAlias = Callable[[str, bool], Said]
"""What a name means by the plain rules; `True`: on whichever day it bore the name."""

MATCHED: Final = "matched"
AMBIGUOUS: Final = "ambiguous"
UNKNOWN: Final = "unknown"

_ON_THE_DAY: Final = False
_EVER: Final = True

_LONGEST: Final = 300
"""No name of an organisation has more letters; what has is a text."""

_BRACKETS: Final = re.compile(r"^(?P<head>[^()]+?)\s*\((?P<inside>[^()]+)\)?$")
_FEDERAL: Final = re.compile(r"(german )?(federal|bundes)", re.IGNORECASE)
_AROUND: Final = re.compile(
    r"^(the )?german (?=federal)|^(the|de[rs]|die|das) | germany$", re.IGNORECASE
)
_CITY: Final = (
    (re.compile(r"^free and hanseatic city of ", re.IGNORECASE), "Freie und Hansestadt "),
    (re.compile(r"^free hanseatic city of ", re.IGNORECASE), "Freie Hansestadt "),
    (re.compile(r"^(the )?(city|town) of ", re.IGNORECASE), "Stadt "),
    (re.compile(r"^(?P<name>\w+) city$", re.IGNORECASE), r"Stadt \g<name>"),
    (re.compile(r"^municipality of ", re.IGNORECASE), "Gemeinde "),
    (re.compile(r"^district of ", re.IGNORECASE), "Landkreis "),
    (re.compile(r"^(the )?(free |federal )?state of ", re.IGNORECASE), "Land "),
)
_CITIES: Final = re.compile(r"^cities of ", re.IGNORECASE)
_EXONYMS: Final = {
    "Brunswick": "Braunschweig", "Cologne": "Köln", "Hanover": "Hannover", "Munich": "München",
    "Nuremberg": "Nürnberg",
}  # fmt: skip
_LISTED: Final = re.compile(r"\s*;\s*|\s+/\s+|\s*,\s+")
_AND: Final = re.compile(r"\s+(?:und|and|&|sowie)\s+")


def respelt(published: str, ask: Ask) -> Said:
    """Return what a name means that the plain rules do not know, unknown if that stays so."""
    name = " ".join(published.split()).rstrip(",;")
    if len(name) > _LONGEST:
        return UNKNOWN, ()
    for spelling in _spellings(name):
        found = ask(spelling, _ON_THE_DAY)
        if found[0] != UNKNOWN:
            return found
    found = _translated(name, ask)
    return found if found[0] != UNKNOWN else _several(name, ask)


def _spellings(name: str) -> Iterator[str]:
    """Yield the spellings that mean the same, as they stand or under another rule again."""
    heads = [name]
    if (brackets := _BRACKETS.match(name)) is not None:
        heads.append(brackets["head"])
    for head in heads:
        plain = _AROUND.sub("", head)
        yield plain
        if (city := _city(plain)) is not None:
            yield city


def _city(name: str) -> str | None:
    """Return an English name of a city, district or Land as the German type word and name."""
    for pattern, german in _CITY:
        found, times = pattern.subn(german, name)
        if times:
            word, _, place = found.rpartition(" ")
            return f"{word} {_EXONYMS.get(place, place)}"
    return None


def _translated(name: str, ask: Ask) -> Said:
    """Return the federal body whose German name or abbreviation stands in brackets.

    An abbreviation counts if only one body ever bore it.
    """
    brackets = _BRACKETS.match(name)
    if brackets is None or _FEDERAL.match(brackets["head"]) is None:
        return UNKNOWN, ()
    for part in re.split(r", | - | – ", brackets["inside"]):
        found = ask(part.strip(), _EVER)
        if found[0] != UNKNOWN:
            return found
    return UNKNOWN, ()


def _several(name: str, ask: Ask) -> Said:
    """Return the bodies of a name that joins several, as candidates.

    An “und” may belong to a name: then all parts must mean something; of a list the first.
    """
    named, plural = _CITIES.subn("", name)
    before = "Stadt " if plural else ""
    listed = [one for one in _LISTED.split(named) if one]
    each = [said for one in listed for said in _joined(one, before, ask)]
    things = tuple(dict.fromkeys(thing for _, found in each for thing in found))
    if len(each) < 2 or not things:  # noqa: PLR2004 (several are two)
        return UNKNOWN, ()
    first = len(listed) > 1 and each[0][0] != UNKNOWN
    every = all(result != UNKNOWN for result, _ in each)
    return (AMBIGUOUS, things) if every or plural or first else (UNKNOWN, ())


def _joined(name: str, before: str, ask: Ask) -> list[Said]:
    """Return what the parts of a name mean, cut at the “und” that leaves the longest known name."""
    whole = ask(before + name, _ON_THE_DAY)
    if whole[0] == UNKNOWN:
        for cut in reversed(list(_AND.finditer(name))):
            left = ask(before + name[: cut.start()], _ON_THE_DAY)
            if left[0] != UNKNOWN:
                return [left, *_joined(name[cut.end() :], before, ask)]
    return [whole]
