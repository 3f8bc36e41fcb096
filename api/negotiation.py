"""Chooses a representation as RFC 9110 §12 says: quality, specificity, `q=0`, wildcards."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_QUALITY: Final = re.compile(r"^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$")
_TOKEN: Final = re.compile(r"^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$")
_SPLIT: Final = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')


@dataclass(frozen=True, slots=True)
class Range:
    """One element of `Accept`: a range of media types and how welcome it is."""

    type: str
    subtype: str
    parameters: tuple[tuple[str, str], ...]
    quality: float

    def specificity(self, offer: str) -> int | None:
        """Return how exactly it names the offer, None where it does not cover it."""
        kind, subtype, parameters = _media_type(offer)
        if self.type == "*":
            return 0
        if self.type != kind:
            return None
        if self.subtype == "*":
            return 1
        if self.subtype != subtype or not set(self.parameters) <= set(parameters):
            return None
        return 2 + len(self.parameters)


@lru_cache(maxsize=256)
def ranges(header: str) -> tuple[Range, ...]:
    """Return the elements of an `Accept` header; what is malformed is left out."""
    found = []
    for element in _SPLIT.split(header):
        name, *rest = (part.strip() for part in element.split(";"))
        kind, slash, subtype = name.lower().partition("/")
        named = _TOKEN.match(kind) and _TOKEN.match(subtype)
        if not (slash and named) or (kind == "*" and subtype != "*"):
            continue
        quality = 1.0
        parameters = []
        for part in rest:
            key, _, value = (one.strip() for one in part.partition("="))
            if key.lower() == "q":
                quality = float(value) if _QUALITY.match(value) else -1.0
                break
            if key:
                parameters.append((key.lower(), value.strip('"').lower()))
        if quality >= 0:
            found.append(Range(kind, subtype, tuple(parameters), quality))
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
def coding(header: str | None, offers: tuple[str, ...]) -> str | None:
    """Return the best of the content codings offered, None where the answer goes as it is.

    Ours are in order of preference. `identity` is always there, the last choice among equals.
    """
    wishes: dict[str, float] = {}
    for element in (header or "").split(","):
        name, _, rest = element.partition(";")
        key, _, value = rest.partition("=")
        written = value.strip() if key.strip().lower() == "q" else "1"
        if _QUALITY.match(written):
            wishes[name.strip().lower().removeprefix("x-")] = float(written)
    rated = [(wishes.get(one, wishes.get("*", 0.0)), -at) for at, one in enumerate(offers)]
    quality, at = max(rated, default=(0.0, 0))
    return offers[-at] if quality > 0 and quality >= wishes.get("identity", 0.0) else None


def language(header: str | None, offers: Sequence[str]) -> str:
    """Return the best of the languages offered; the first one where none was asked for."""
    wishes: list[tuple[float, int, str]] = []
    for at, element in enumerate((header or "").split(",")):
        tag, _, rest = element.partition(";")
        key, _, value = rest.strip().partition("=")
        written = value.strip() if key.strip().lower() == "q" else "1"
        if _QUALITY.match(written):
            wishes.append((-float(written), at, tag.strip().lower()))
    for quality, _, tag in sorted(wishes):
        if quality == 0:
            continue
        found = next((one for one in offers if tag == one or tag.startswith(f"{one}-")), None)
        if found is not None:
            return found
        if tag == "*":
            return offers[0]
    return offers[0]


def _quality(accepted: Sequence[Range], offer: str) -> float:
    """Return the quality that the most specific range gives to an offer, 0 where none does."""
    best = (-1, 0.0)
    for one in accepted:
        specificity = one.specificity(offer)
        if specificity is not None and specificity > best[0]:
            best = (specificity, one.quality)
    return best[1]


@lru_cache(maxsize=256)
def _media_type(written: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    name, *rest = (part.strip().lower() for part in written.split(";"))
    kind, _, subtype = name.partition("/")
    pairs = (part.partition("=") for part in rest)
    return kind, subtype, tuple((key.strip(), value.strip().strip('"')) for key, _, value in pairs)


def encoding(header: str | None, offers: Sequence[str]) -> str | None:
    """Return the content coding to send in (ours in order of preference), None for plain."""
    weights: dict[str, float] = {}
    for element in (header or "").split(","):
        name, _, rest = element.partition(";")
        key, _, value = rest.strip().partition("=")
        written = value.strip() if key.strip().lower() == "q" else "1"
        weights[name.strip().lower()] = float(written) if _QUALITY.match(written) else 0.0
    rest_of_all = weights.get("*", 0.0)
    rated = [(weights.get(one, rest_of_all), -at) for at, one in enumerate(offers)]
    quality, at = max(rated, default=(0.0, 0))
    return offers[-at] if quality > 0 else None
