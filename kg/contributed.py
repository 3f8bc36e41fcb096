"""Contributed sources: what others hand in, in the data directory and read like any source.

<data>/contributed/<slug>/source.toml     who contributes, under which licence
                          records.jsonl   what it says, in the release that is served; a line
                                          a record: {"key", "received", "said": [N-Triples]}
<data>/jobs/                              what was accepted and waits (`kg.jobs`)
"""

import datetime
import hashlib
import json
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from kg.errors import SourceError
from kg.iri import graph
from kg.personal import without_contacts

FOLDER: Final = "contributed"
DESCRIPTION: Final = "source.toml"
RECORDS: Final = "records.jsonl"
SLUG: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
_LINE: Final = re.compile(r"[^\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Described:
    """What a contributed source is, as its `source.toml` says."""

    slug: str
    title: str
    title_en: str
    contributor: str
    """The body that contributes; never a person."""
    homepage: str
    licence: str
    licence_title: str
    since: str
    """The day on which it was added."""
    needs: tuple[str, ...] = ()
    """Other contributed sources whose things it may refer to."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record of a contributed source: what it says of one thing."""

    key: str
    received: str
    """The day on which it came as it is."""
    said: tuple[str, ...]
    """Its statements in N-Triples, without the full stop, sorted."""


Entries = Mapping[str, Entry]


def folder_of(data: Path, slug: str) -> Path:
    """Return the folder of a contributed source."""
    return data / FOLDER / slug


def described(data: Path) -> dict[str, Described]:
    """Return all contributed sources by slug."""
    found = sorted((data / FOLDER).glob(f"*/{DESCRIPTION}"))
    return {path.parent.name: load(path.parent) for path in found}


def load(folder: Path) -> Described:
    """Return what a contributed source is; `SourceError` says what its toml lacks."""
    where = f"{FOLDER}/{folder.name}/{DESCRIPTION}"
    try:
        raw = tomllib.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"{where} cannot be read: {error}."
        raise SourceError(message) from error
    names = {one.name for one in fields(Described)} - {"slug"}
    missing, unknown = sorted(names - {"needs"} - raw.keys()), sorted(raw.keys() - names)
    if missing or unknown:
        said = [f"{name!r} is missing" for name in missing]
        said += [f"{name!r} is unknown" for name in unknown]
        message = f"{where}: {', '.join(said)}; there are {', '.join(sorted(names))}."
        raise SourceError(message)
    return checked(
        Described(slug=folder.name, **{**raw, "needs": tuple(raw.get("needs", ()))}), where
    )


def checked(one: Described, where: str) -> Described:
    """Return the description if it can stand; `SourceError` says what is wrong, and where."""
    wrong = list(_faults(one))
    if wrong:
        raise SourceError(f"{where}: {'; '.join(wrong)}.")
    return one


def _faults(one: Described) -> Iterable[str]:
    if SLUG.fullmatch(one.slug) is None:
        yield f"the slug {one.slug!r} must be 2 to 40 small letters, digits and underscores"
    for name, value in asdict(one).items():
        if name == "needs":
            if not all(isinstance(need, str) and SLUG.fullmatch(need) for need in value):
                yield "needs must be a list of slugs of contributed sources"
        elif not isinstance(value, str) or _LINE.fullmatch(value.strip()) is None:
            yield f"{name} must be one line of text that is not empty"
        elif without_contacts(value) != value:
            yield f"{name} holds an e-mail address or a telephone number; leave it out"
    if isinstance(one.homepage, str) and urlsplit(one.homepage).scheme not in {"http", "https"}:
        yield f"homepage = {one.homepage!r} must be a web address that begins with https://"
    try:
        datetime.date.fromisoformat(str(one.since))
    except ValueError:
        yield f"since = {one.since!r} must be a day such as 2026-11-24"


def add(data: Path, one: Described) -> Path:
    """Write down a new contributed source; returns its folder."""
    checked(one, one.slug)
    folder = folder_of(data, one.slug)
    if (folder / DESCRIPTION).exists():
        message = f"There is a contributed source {one.slug!r}: {folder / DESCRIPTION}."
        raise SourceError(message)
    said = {name: value for name, value in asdict(one).items() if name != "slug"}
    lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in said.items())
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / DESCRIPTION, "".join(lines).encode())
    return folder


def installed(data: Path, slug: str) -> Entries:
    """Return what a contributed source says now; empty where that is nothing."""
    try:
        return entries((folder_of(data, slug) / RECORDS).read_bytes())
    except FileNotFoundError:
        return {}


def install(data: Path, slug: str, now: Entries) -> None:
    """Let a contributed source say this from now on, in one step."""
    path = folder_of(data, slug) / RECORDS
    if now:
        write(path, lines_of(now))
    else:
        path.unlink(missing_ok=True)


def entries(content: bytes) -> dict[str, Entry]:
    """Return the records that these lines hold."""
    found: dict[str, Entry] = {}
    for line in content.splitlines():
        raw: dict[str, Any] = json.loads(line)
        found[raw["key"]] = Entry(raw["key"], raw["received"], tuple(raw["said"]))
    return found


def lines_of(found: Entries) -> bytes:
    """Return records as lines, in the order of their keys."""
    return "".join(
        json.dumps(asdict(found[key]), ensure_ascii=False) + "\n" for key in sorted(found)
    ).encode()


def merged(before: Entries, new: Entries) -> dict[str, Entry]:
    """Return the records with what is added to them; what adds nothing keeps its day."""
    together = dict(before)
    for key, one in new.items():
        old = before.get(key)
        said = tuple(sorted({*one.said, *(old.said if old is not None else ())}))
        received = old.received if old is not None and old.said == said else one.received
        together[key] = Entry(key, received, said)
    return together


def replaced(before: Entries, new: Entries) -> dict[str, Entry]:
    """Return the new records; those that say the same as before keep their day."""
    return {
        key: before[key] if key in before and before[key].said == one.said else one
        for key, one in new.items()
    }


def tag(slug: str, found: Entries) -> str:
    """Return what stands for the content of the graph; empty where there is none.

    The same as the beginning of the checksum that a release has of this graph.
    """
    end = f" {graph(slug)} .\n"
    lines = sorted({f"{one}{end}" for entry in found.values() for one in entry.said})
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:16] if lines else ""


def write(path: Path, content: bytes) -> None:
    """Write a file in one step, and to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
