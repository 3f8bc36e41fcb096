"""What is said of each source, and what became of it in a release."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kg.answers.sources import SourceRow, sources
from kg.answers.stewarding import freshness, parked, unmapped
from kg.errors import NotFoundError, Suggestion
from kg.release import Release

COUNTED: Final = ("read", "accepted", "parked", "unmapped", "resolved", "ambiguous", "unknown")
"""What is counted of a source, in the order of its page."""
_ABOUT: Final = ("takes", "leaves", "dirt")


@dataclass(frozen=True, slots=True)
class Account:
    """A source with what is said and counted of it."""

    source: SourceRow
    about: Mapping[str, str]
    """What we take, what we leave, what is wrong in it; empty where nobody has said it."""
    age: int | None
    """Days between the state of knowledge and the publication of the release."""
    counts: Mapping[str, int]
    quads: int
    unmapped: tuple[tuple[str, int], ...]
    """Values that a list did not know (`field: value`), the commonest first."""
    parked: tuple[tuple[str, str], ...]
    """Key and reasons of each record that is kept out."""


def accounts(release: Release, lang: str) -> list[Account]:
    """Return the accounts of all sources of a release, by title."""
    fresh = {one.source.key: one for one in freshness(release, lang)}
    unknown: dict[str | None, Counter[str]] = {}
    for value in unmapped(release):
        held = unknown.setdefault(value.source.key, Counter())
        held[f"{value.field}: {value.value}"] += value.count
    kept_out: dict[str | None, list[tuple[str, str]]] = {}
    for record in parked(release):
        held_out = kept_out.setdefault(record.source.key, [])
        held_out.append((record.key, "; ".join(record.reasons)))
    found = []
    for row in sources(release.graph, lang):
        said: Mapping[str, Any] = release.manifest.get("sources", {}).get(row.key, {})
        about = said.get("about", {})
        line = fresh.get(row.key)
        counts = {name: getattr(line, name, None) for name in COUNTED}
        found.append(Account(
            source=row,
            about={name: about[_in(name, lang)] for name in _ABOUT if _in(name, lang) in about},
            age=line.age if line is not None else None,
            counts={name: count for name, count in counts.items() if count is not None},
            quads=release.manifest.get("graphs", {}).get(row.key, {}).get("quads", 0),
            unmapped=tuple(unknown.get(row.key, Counter()).most_common()),
            parked=tuple(kept_out.get(row.key, ())),
        ))  # fmt: skip
    return found


def account(release: Release, slug: str, lang: str) -> Account:
    """Return the account of one source; `NotFoundError` with all others where there is none."""
    every = accounts(release, lang)
    for one in every:
        if one.source.key == slug:
            return one
    near = [Suggestion(one.source.iri, "source", one.source.label) for one in every]
    raise NotFoundError(slug, "source", near)


def _in(name: str, lang: str) -> str:
    return name if lang == "de" else f"{name}_{lang}"
