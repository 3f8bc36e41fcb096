"""What a steward looks at beside the names: parked records, unmapped values, freshness, changes."""

import datetime
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from kg import release as releases
from kg.answers.facts import Facts
from kg.errors import NotFoundError, Suggestion
from kg.iri import mint
from kg.personal import without_contacts
from kg.release import Release
from kg.terms import LOTSE
from kg.things import Thing, thing

CHANGES: Final = ("new", "changed", "gone")


@dataclass(frozen=True, slots=True)
class ParkedRecord:
    """A record that was kept out of the release."""

    source: Thing
    key: str
    reasons: tuple[str, ...]
    """Why, in English; without mail addresses and telephone numbers that a source let slip in."""


@dataclass(frozen=True, slots=True)
class UnmappedValue:
    """A published value that no table of the source knows."""

    source: Thing
    field: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old a source is, and what became of its records."""

    source: Thing
    as_of: str | None
    retrieved: str | None
    age: int | None
    """Days between the state of knowledge and the publication of the release."""
    checked: str | None
    """When upstream was asked last and answered; None: never, or it is not fetched here."""
    failed: str | None
    """Why the last fetch came to nothing, in English; None where it did not."""
    read: int | None
    accepted: int | None
    parked: int | None
    unmapped: int | None
    resolved: int | None
    ambiguous: int | None
    unknown: int | None


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that is new, changed or gone between two releases."""

    source: Thing
    change: str
    key: str
    record: str | None
    """The IRI of the record where the release that is served holds it."""


def parked(release: Release, source: str | None = None, lang: str = "de") -> list[ParkedRecord]:
    """Return the parked records of a release, of one source or of all."""
    _known(release, source)
    return [
        ParkedRecord(_source(release, row["source"], lang), row["key"],
                     tuple(without_contacts(one) for one in row["reasons"]))
        for row in _parked(release.folder) if source in {None, row["source"]}
    ]  # fmt: skip


def unmapped(release: Release, source: str | None = None, lang: str = "de") -> list[UnmappedValue]:
    """Return the values that no table of their source knows, the commonest first."""
    _known(release, source)
    found = []
    for slug, values in _run(release.folder).get("unmapped", {}).items():
        if source in {None, slug}:
            of = _source(release, slug, lang)
            for named, count in values.items():
                field, _, value = named.partition(": ")
                found.append(UnmappedValue(of, field, without_contacts(value), count))
    return sorted(found, key=lambda one: (-one.count, one.source.iri, one.field, one.value))


def freshness(release: Release, lang: str = "de") -> list[Freshness]:
    """Return the sources of a release, the one whose knowledge is oldest first."""
    run = _run(release.folder)
    lines = {line["source"]: line for line in run.get("lines", ())}
    slugs = list(release.manifest.get("sources", lines))
    facts = Facts(release.graph, [mint("source", slug).value for slug in slugs])
    published = str(run.get("published", ""))[:10]
    found = []
    for slug in slugs:
        iri, line = mint("source", slug).value, lines.get(slug, {})
        looked = _looked(release, slug)
        as_of = facts.one(iri, LOTSE.asOf)
        found.append(
            Freshness(
                source=_source(release, slug, lang),
                as_of=as_of,
                retrieved=facts.one(iri, LOTSE.retrieved),
                age=_days(as_of, published),
                checked=looked.get("checked") or None,
                failed=without_contacts(looked.get("failed", "")) or None,
                **{name: line.get(name) for name in _COUNTED},
            )
        )
    return sorted(found, key=lambda one: (-(one.age or 0), one.source.key or ""))


def changes(
    data: Path, release: Release, old: str | None = None, new: str | None = None, lang: str = "de"
) -> tuple[str | None, str, list[RecordChange]]:
    """Return what differs between two releases, record by record, and which two they are.

    `new` is the release that is served where none is named; `old` the one before it.
    """
    after = _folder(data, new) if new else release.folder
    before = _before(data, after) if old is None else _folder(data, old)
    if before is None:
        return None, after.name, []
    return before.name, after.name, list(_changed(release, before, after, lang))


def _changed(release: Release, before: Path, after: Path, lang: str) -> Iterator[RecordChange]:
    served = _records(release.folder)
    for slug, change in releases.diff(_records(before), _records(after)).items():
        of = _source(release, slug, lang)
        for name in CHANGES:
            for key in getattr(change, name):
                held = key in served.get(slug, {})
                iri = mint("record", slug, key).value if held else None
                yield RecordChange(of, name, key, iri)


def _before(data: Path, folder: Path) -> Path | None:
    """Return the release that was served before this one, None where it is not kept."""
    previous = _run(folder).get("previous")
    found = data / "releases" / str(previous)
    return found if previous is not None and found.is_dir() else None


def _folder(data: Path, release_id: str) -> Path:
    try:
        return releases.folder_of(data, release_id)
    except NotFoundError as error:
        kept = [Suggestion("", "release", one.id) for one in releases.listed(data)]
        raise NotFoundError(release_id, "release", kept) from error


def _known(release: Release, source: str | None) -> None:
    slugs = [*release.manifest.get("sources", ())]
    if source is not None and source not in slugs:
        near = [Suggestion(mint("source", one).value, "source", one) for one in slugs]
        raise NotFoundError(source, "source", near)


def _source(release: Release, slug: str, lang: str) -> Thing:
    return thing(release.graph, mint("source", slug).value, lang)


def looked_at(release: Release) -> str:
    """Return what changes whenever a source was fetched, or could not be, since the release."""
    every = (release.folder.parents[1] / "fetched").glob("*.json")
    return " ".join(sorted(f"{path.name}:{path.stat().st_mtime_ns}" for path in every))


def _looked(release: Release, slug: str) -> Mapping[str, str]:
    """Return what `lotse fetch` wrote down of a source: when it was asked, and how that ended."""
    path = release.folder.parents[1] / "fetched" / f"{slug}.json"
    try:
        found: Mapping[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:
        return {"failed": f"{path.name} cannot be read; delete it and run `lotse fetch {slug}`"}
    return found


def _days(as_of: str | None, published: str) -> int | None:
    try:
        between = datetime.date.fromisoformat(published) - datetime.date.fromisoformat(as_of or "")
    except ValueError:
        return None
    return between.days


_COUNTED: Final = ("read", "accepted", "parked", "unmapped", "resolved", "ambiguous", "unknown")


@lru_cache(maxsize=4)
def _parked(folder: Path) -> tuple[Mapping[str, Any], ...]:
    path = folder / "parked.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return tuple(json.loads(line) for line in lines)


@lru_cache(maxsize=4)
def _run(folder: Path) -> Mapping[str, Any]:
    path = folder / "run.json"
    found: Mapping[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


@lru_cache(maxsize=4)
def _records(folder: Path) -> releases.RecordHashes:
    return releases.read_records(folder)
