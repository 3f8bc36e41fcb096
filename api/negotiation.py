"""Chooses a representation as RFC 9110 §12 says: quality, specificity, `q=0`, wildcards."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

_QUALITY: Final = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.ASCII)
_TOKEN: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_COMMAS: Final = re.compile(r'(?:[^",]|"(?:[^"\\]|\\.)*"?)+')
_SEMICOLONS: Final = re.compile(r'(?:[^";]|"(?:[^"\\]|\\.)*"?)+')
"""What stands between separators; those inside quotes separate nothing."""
_OURS: Final = ("charset", "utf-8")
"""Everything that we write has this, so whoever asks for it gets it."""
Parameters: TypeAlias = "frozenset[tuple[str, str]]"


@dataclass(frozen=True, slots=True)
class Range:
    """One element of `Accept`: a range of media types and how welcome it is."""

    type: str
    subtype: str
    parameters: Parameters
    quality: float

    def specificity(self, offer: str) -> tuple[int, int] | None:
        """Return how exactly it names the offer, None where it does not cover it."""
        kind, subtype, parameters = _media_type(offer)
        if not self.parameters <= parameters:
            return None
        if (self.type, self.subtype) == (kind, subtype):
            return 2, len(self.parameters)
        if self.subtype == "*" and self.type in {kind, "*"}:
            return int(self.type == kind), len(self.parameters)
        return None


def _elements(header: str) -> Iterator[tuple[str, list[tuple[str, str]], float]]:
    """Yield name, parameters and quality of what a header lists; what is malformed is left out.

    What follows the quality is an extension that nobody defined, and is passed over.
    """
    for element in _COMMAS.findall(header):
        name, *rest = (part.strip() for part in _SEMICOLONS.findall(element) or [""])
        quality, parameters = "1", []
        for part in rest:
            key, _, value = (one.strip() for one in part.partition("="))
            if key.lower() == "q":
                quality = value
                break
            if key:
                parameters.append((key.lower(), _unquoted(value).lower()))
        if _QUALITY.fullmatch(quality):
            yield name.lower(), parameters, float(quality)


def _unquoted(value: str) -> str:
    inside = value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value
    return re.sub(r"\\(.)", r"\1", inside) if inside is not value else value


@lru_cache(maxsize=256)
def ranges(header: str) -> tuple[Range, ...]:
    """Return the elements of an `Accept` header; what is malformed is left out."""
    found = []
    for name, parameters, quality in _elements(header):
        kind, _, subtype = name.partition("/")
        named = _TOKEN.fullmatch(kind) and _TOKEN.fullmatch(subtype)
        if named and (kind != "*" or subtype == "*"):
            wanted = frozenset(parameters) - {_OURS}
            found.append(Range(kind, subtype, wanted, quality))
    return tuple(found)


def choose(header: str | None, offers: Sequence[str]) -> str | None:
    """Return the best of the offers (ours in order of preference), None where none will do.

    Without a header, or with one that says nothing readable, the first offer is fine.
    """
    accepted = ranges(header) if header else ()
    if not accepted:
        return offers[0] if offers else None
    rated = [(_quality(accepted, offer), -at) for at, offer in enumerate(offers)]
    quality, at = max(rated, default=(0.0, 0))
    return offers[-at] if quality > 0 else None


@lru_cache(maxsize=256)
def encoding(header: str | None, offers: tuple[str, ...]) -> str | None:
    """Return the best of the content codings offered, None where the answer goes as it is.

    Ours are in order of preference. `identity` is always there, the last choice among equals.
    """
    wishes = {name.removeprefix("x-"): quality for name, _, quality in _elements(header or "")}
    rated = [(wishes.get(one, wishes.get("*", 0.0)), -at) for at, one in enumerate(offers)]
    quality, at = max(rated, default=(0.0, 0))
    return offers[-at] if quality > 0 and quality >= wishes.get("identity", 0.0) else None


def language(header: str | None, offers: Sequence[str]) -> str:
    """Return the best of the languages offered; the first one where none was asked for."""
    wishes = {name: quality for name, _, quality in _elements(header or "")}
    refused = {name for name, quality in wishes.items() if quality == 0}
    asked = sorted(wishes.keys() - refused, key=lambda name: -wishes[name])
    named = {name.partition("-")[0] for name in asked}
    for tag in asked:
        for one in offers:
            fits = one not in named if tag == "*" else tag == one or tag.startswith(f"{one}-")
            if fits and one not in refused:
                return one
    return offers[0]


def _quality(accepted: Sequence[Range], offer: str) -> float:
    """Return the quality that the most specific range gives to an offer, 0 where none does."""
    best, quality = (-1, 0), 0.0
    for one in accepted:
        specificity = one.specificity(offer)
        if specificity is not None and specificity > best:
            best, quality = specificity, one.quality
    return quality


@lru_cache(maxsize=256)
def _media_type(written: str) -> tuple[str, str, Parameters]:
    name, parameters, _ = next(_elements(written))
    kind, _, subtype = name.partition("/")
    return kind, subtype, frozenset(parameters)
