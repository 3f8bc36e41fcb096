"""What became of each source in a release: read beside its graphs, not from them."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kg.answers.sources import SourceRow, sources
from kg.errors import NotFoundError, Suggestion
from kg.release import Release

COUNTED: Final = (
    "read", "accepted", "parked", "warnings", "unmapped", "resolved", "ambiguous", "unknown",
)  # fmt: skip
"""What is counted of a source, in the order of its page."""
ABOUT: Final = ("takes", "leaves", "dirt")


@dataclass(frozen=True, slots=True)
class Account:
    """A source with what is said and counted of it."""

    source: SourceRow
    about: Mapping[str, str]
    """What we take, what we leave, what is wrong in it; empty where nobody has said it."""
    counts: Mapping[str, int]
    quads: int
    unmapped: tuple[tuple[str, int], ...]
    """Values that a list did not know (`field: value`), the commonest first."""
    parked: tuple[tuple[str, str], ...]
    """Key and reasons of each record that is kept out."""


def accounts(release: Release, lang: str) -> list[Account]:
    """Return the accounts of all sources of a release, by title."""
    lines, unmapped = _run(release)
    parked = _parked(release)
    found = []
    for row in sources(release.graph, lang):
        slug = row.key or ""
        said: Mapping[str, Any] = release.manifest.get("sources", {}).get(slug, {})
        about = said.get("about", {})
        line: Mapping[str, Any] = {**said, **lines.get(slug, {})}
        graph = release.manifest.get("graphs", {}).get(slug, {})
        found.append(Account(
            source=row,
            about={name: about[_in(name, lang)] for name in ABOUT if _in(name, lang) in about},
            counts={name: line[name] for name in COUNTED if name in line},
            quads=graph.get("quads", 0),
            unmapped=tuple(Counter(unmapped.get(slug, {})).most_common()),
            parked=parked.get(slug, ()),
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


def _run(release: Release) -> tuple[Mapping[str, Any], Mapping[str, Mapping[str, int]]]:
    """Return by source the line of the build's summary and the values that were not mapped."""
    path = release.folder / "run.json"
    run = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {one["source"]: one for one in run.get("lines", [])}, run.get("unmapped", {})


def _parked(release: Release) -> Mapping[str, tuple[tuple[str, str], ...]]:
    path = release.folder / "parked.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for one in map(json.loads, lines):
        said = (one["key"], "; ".join(one["reasons"]))
        found[one["source"]] = (*found.get(one["source"], ()), said)
    return found
