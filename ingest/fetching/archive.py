"""What was fetched, and which of it the next build reads.

    <data>/archive/<source>/<hash>/   extract/<file>      what extract.py made of it
                                      upstream/<name>     only where upstream names no persons
                                      entry.json          addresses, checksums, dates
    <data>/fetched/parts/<source>/    what is being fetched, to be gone on with; deleted after
    <data>/fetched/<source>.json      points to the entry that is read; says when it was looked at

The hash is that of the upstream files as they came. An entry is finished under another name and
then renamed, the pointer is replaced in one step: whoever is interrupted leaves the old one.
"""

import dataclasses
import datetime
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from ingest.files import Given, checksum, shipped
from ingest.source import Source
from kg.errors import SourceError

KEPT: Final = 3
"""Entries of one source that are kept: the one in use and those before it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An upstream file as it came last."""

    url: str
    sha256: str
    size: int
    etag: str = ""
    modified: str = ""
    commit: str = ""
    as_of: str = ""
    """The day that upstream states for it; empty: it states none."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a source stands: what is in use, when it was looked at last, what went wrong."""

    entry: str = ""
    """The archive entry that builds read; empty: the shipped extract."""
    fetched: str = ""
    """When its content came."""
    checked: str = ""
    """When upstream was asked last and answered."""
    failed: str = ""
    """Why the last attempt came to nothing; empty where it did not."""
    extractor: str = ""
    """Checksum of the extract.py that made the extract."""
    seen: Mapping[str, Seen] = field(default_factory=dict)


def now() -> str:
    """Return this second in UTC."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def state(data: Path, slug: str) -> State:
    """Return where a source stands; an empty state where it was never fetched."""
    path = data / "fetched" / f"{slug}.json"
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        seen = {name: Seen(**one) for name, one in raw.pop("seen").items()}
        return State(**raw, seen=seen)
    except FileNotFoundError:
        return State()
    except (ValueError, TypeError, KeyError) as error:
        message = f"{path} cannot be read: {error}. Delete it and run `lotse fetch {slug}`."
        raise SourceError(message) from error


def remember(data: Path, slug: str, changed: State) -> None:
    """Write down where a source stands, in one step."""
    folder = data / "fetched"
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{slug}-{os.getpid()}"
    beside.write_text(json.dumps(asdict(changed), indent=1) + "\n", encoding="utf-8")
    beside.replace(folder / f"{slug}.json")


def drop(data: Path, slug: str) -> bool:
    """Go back to the shipped extract; returns whether another one was in use."""
    used = bool(state(data, slug).entry)
    (data / "fetched" / f"{slug}.json").unlink(missing_ok=True)
    shutil.rmtree(data / "fetched" / "parts" / slug, ignore_errors=True)
    return used


def keep(
    data: Path,
    slug: str,
    seen: Mapping[str, Seen],
    extract: Mapping[str, bytes],
    upstream: Mapping[str, Path],
) -> str:
    """Archive what was fetched; returns the entry's hash. `upstream`: files to be kept as well."""
    whole = "".join(f"{name}\0{seen[name].sha256}\n" for name in sorted(seen))
    sums = {name: checksum(content) for name, content in sorted(extract.items())}
    entry = checksum((whole + json.dumps(sums)).encode())
    place = data / "archive" / slug
    place.mkdir(parents=True, exist_ok=True)
    if (place / entry).is_dir():
        os.utime(place / entry)
        return entry
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=place))
    try:
        (draft / "extract").mkdir()
        for name, content in extract.items():
            (draft / "extract" / name).write_bytes(content)
        if upstream:
            (draft / "upstream").mkdir()
        for name, path in upstream.items():
            shutil.copyfile(path, draft / "upstream" / name)
        described = {
            "fetched": now(),
            "seen": {name: asdict(one) for name, one in seen.items()},
            "extract": sums,
        }
        written = json.dumps(described, indent=1, ensure_ascii=False)
        (draft / "entry.json").write_text(written + "\n", encoding="utf-8")
        draft.rename(place / entry)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return entry


def prune(data: Path, slug: str, entry: str) -> None:
    """Delete all but the newest entries; the one in use always stays."""
    found = sorted(
        (path for path in (data / "archive" / slug).iterdir() if path.is_dir()),
        key=lambda path: (path.name == entry, path.stat().st_mtime_ns),
        reverse=True,
    )
    for path in found[KEPT:]:
        shutil.rmtree(path)


def given(data: Path, source: Source) -> Given | None:
    """Return the fetched extract that a source is to be read from; None where there is none."""
    entry = state(data, source.slug).entry
    if not entry:
        return None
    found = _entry(data, source, entry)
    files = {}
    for name, stated in found["extract"].items():
        path = _folder(data, source.slug, entry) / "extract" / name
        files[name] = path.read_bytes() if path.exists() else b""
        if checksum(files[name]) != stated:
            message = (
                f"{source.slug}: the fetched {name} is not what was archived. Run `lotse fetch "
                f"{source.slug}` again, or go back with `lotse fetch --drop {source.slug}`."
            )
            raise SourceError(message)
    if set(files) != {one.file for one in source.extracts} and source.shipped:
        files = {**shipped(source).files, **files}
    return Given(files, shipped=False)


def alive(data: Path, sources: Sequence[Source], tried: Collection[str] = ()) -> list[Source]:
    """Return the sources that a build can read, those that were fetched with their new dates.

    A source that ships no extract is left out until it was fetched or is tried with `--input`.
    """
    found = []
    for source in sources:
        entry = state(data, source.slug).entry
        if entry and source.slug not in tried:
            found.append(_dated(source, _entry(data, source, entry)))
        elif source.shipped or source.slug in tried:
            found.append(source)
    return found


def extract(data: Path, slug: str, sha256: str) -> Mapping[str, bytes]:
    """Return the archived extract of this checksum; nothing where it is not kept."""
    for path in sorted((data / "archive" / slug).glob("[!.]*/extract")):
        found = Given({one.name: one.read_bytes() for one in path.iterdir()}, shipped=False)
        if found.sha256 == sha256:
            return found.files
    return {}


def _dated(source: Source, entry: Mapping[str, Any]) -> Source:
    retrieved = datetime.date.fromisoformat(entry["fetched"][:10])
    stated = [datetime.date.fromisoformat(one["as_of"]) for one in entry["seen"].values()
              if one["as_of"]]  # fmt: skip
    return dataclasses.replace(source, retrieved=retrieved, as_of=max([source.as_of, *stated]))


def _entry(data: Path, source: Source, entry: str) -> Mapping[str, Any]:
    path = _folder(data, source.slug, entry) / "entry.json"
    try:
        found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = (
            f"{source.slug}: what was fetched is gone from the archive ({error}). Run `lotse fetch "
            f"{source.slug}` again, or go back with `lotse fetch --drop {source.slug}`."
        )
        raise SourceError(message) from error
    return found


def _folder(data: Path, slug: str, entry: str) -> Path:
    return data / "archive" / slug / entry
