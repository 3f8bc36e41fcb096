"""Types of the things that names are matched to: the kinds of things, and the levels of places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.errors import BadQueryError
from kg.names import LEVELS, Names, kind_of
from kg.terms import LOTSE

PLACE: Final = "jurisdiction"


@dataclass(frozen=True, slots=True)
class Type:
    """A type: a kind of thing, or a level at which a place may be."""

    id: str
    labels: Mapping[str, str]
    broader: str | None = None


KINDS: Final[Mapping[str, Type]] = {
    one.id: one
    for one in (
        Type(PLACE, {"de": "Gebiet oder Körperschaft", "en": "jurisdiction"}),
        Type("actor", {"de": "Akteur", "en": "actor"}),
        Type("lab", {"de": "Labor oder Hub", "en": "lab or hub"}),
        Type("solution", {"de": "Lösung", "en": "solution"}),
        Type("innovation", {"de": "Innovationsvorhaben", "en": "innovation"}),
        Type("service", {"de": "Verwaltungsleistung", "en": "public service"}),
        Type("theme", {"de": "Thema", "en": "theme"}),
        Type("category", {"de": "Kategorie von Anliegen", "en": "category of concerns"}),
    )
}
"""The kinds of things that have names, the likeliest to be looked for first."""


@lru_cache(maxsize=4)
def types(names: Names) -> Mapping[str, Type]:
    """Return all types by id: the kinds, and below the places their levels."""
    levels = {
        level: Type(level, names.labels.get(LOTSE[f"level-{level}"].value, {"de": level}), PLACE)
        for level in LEVELS
    }
    return {**KINDS, **levels}


def types_of(names: Names, iri: str) -> tuple[str, ...]:
    """Return the ids of the types that a thing bears, the narrowest first."""
    held = names.levels.get(iri, ())
    return (*(level for level in LEVELS if level in held), kind_of(iri))


def known(ids: Iterable[str]) -> tuple[str, ...]:
    """Return these ids, each once; `BadQueryError` where one is no type of ours."""
    given = tuple(dict.fromkeys(ids))
    wrong = [one for one in given if one not in KINDS and one not in LEVELS]
    if wrong:
        there_are = ", ".join((*KINDS, *LEVELS))
        raise BadQueryError(f"There is no type {wrong[0]!r}; there are {there_are}.")
    return given


def kinds_of(ids: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds that things of these types have; all of them where no type is given."""
    return tuple(dict.fromkeys(PLACE if one in LEVELS else one for one in ids)) or tuple(KINDS)
