"""Places by the codes of others: AGS, ARS and NUTS, in every length that people write them in."""

import re
from collections.abc import Iterator
from typing import Final

from kg.names import Names, names_of
from kg.store import Graph

_PLACE: Final = "jurisdiction"
_FORMS: Final = {
    "ags": re.compile(r"\d{2}|\d{3}|\d{5}|\d{8}"),
    "ars": re.compile(r"\d{2}|\d{3}|\d{5}|\d{9}|\d{12}"),
    "nuts": re.compile(r"DE[0-9A-Z]{0,3}"),
}
_AGS: Final = 8
_VERBAND: Final = 9
_ARS: Final = 12
_LEVELS: Final = (5, 3, 2)
_NUTS_3: Final = 5


def place_of_code(graph: Graph, code: str, scheme: str = "") -> str | None:
    """Return the place of a code; None where there is none, or where it is no such code.

    `scheme` is `ags`, `ars` or `nuts`, or empty for whichever it is. An AGS may be filled up with
    zeros to eight digits; nine digits of an ARS may stand for the only municipality of a Verband
    that is none; a NUTS region that is no Kreis is the place with just the Kreise of that region.
    """
    names, code = names_of(graph), code.upper()
    schemes = [scheme] if scheme in _FORMS else [] if scheme else list(_FORMS)
    for one in schemes:
        if _FORMS[one].fullmatch(code):
            found = next(_region(names, code) if one == "nuts" else _number(names, code, one), None)
            if found is not None:
                return found
    return None


def _number(names: Names, code: str, scheme: str) -> Iterator[str]:
    held = names.keys.get(_PLACE, {})
    yield from _only(held.get(code, []))
    if len(code) < _ARS:
        yield from _only(held.get(code.ljust(_ARS, "0"), []))
    if scheme == "ags" and len(code) == _AGS:
        for length in _LEVELS:
            if not code[length:].strip("0"):
                yield from _only(held.get(code[:length].ljust(_ARS, "0"), []))
    if scheme == "ars" and len(code) == _VERBAND:
        below = {iri for key, iris in held.items() for iri in iris
                 if len(key) == _ARS and key.startswith(code)}  # fmt: skip
        yield from _only(sorted(below))


def _only(iris: list[str]) -> list[str]:
    return iris if len(iris) == 1 else []


def _region(names: Names, code: str) -> Iterator[str]:
    every = {key.upper(): iris[0] for key, iris in names.keys.get(_PLACE, {}).items()
             if len(key) == _NUTS_3 and _FORMS["nuts"].fullmatch(key.upper())}  # fmt: skip
    meant = {iri for key, iri in every.items() if key.startswith(code)}
    if len(meant) == 1:
        yield from meant
    for place in names.ancestors(next(iter(sorted(meant)), "")):
        within = {iri for iri in every.values() if place in names.ancestors(iri)}
        if within == meant:
            yield place
