"""Releases: immutable folders named by a hash of their graphs, and the pointer to the one served.

    <data>/releases/<id>/   graphs/<name>.nq.zst   canonical, sorted N-Quads
                            manifest.json          counts, sha256, versions, licences
                            records.json.zst       hash of each record, for diffs
                            report.nt, parked.jsonl
                            run.json, diff.json    outside the id: when, how long, against what
                            store/, index/, scores.npz     made from the graphs, outside the id
    <data>/current          symbolic link to the release that is served

A release folder is finished under another name and then renamed; the pointer is replaced in one
step. Whoever is interrupted anywhere leaves the old release served.
"""

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import zstandard

from kg.errors import LotseError, NoReleaseError, NotFoundError
from kg.store import Graph

POINTER: Final = "current"
_LEVEL: Final = 9

RecordHashes = Mapping[str, Mapping[str, str]]
"""Source → record key → hash of what the record says."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release, opened read-only; a reader keeps the one it began with."""

    id: str
    folder: Path
    manifest: Mapping[str, Any]
    graph: Graph

    @property
    def store(self) -> Path:
        """Return the folder of the Oxigraph store."""
        return self.folder / "store"

    @property
    def index(self) -> Path:
        """Return the folder of the full-text index."""
        return self.folder / "index"

    @property
    def scores(self) -> Path:
        """Return the file of the precomputed factors of `scales_where`."""
        return self.folder / "scores.npz"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of `lotse release list`."""

    id: str
    published: str
    current: bool
    triples: int


@dataclass(frozen=True, slots=True)
class Change:
    """The records of one source that are new, changed or gone between two releases."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def current_id(data: Path) -> str | None:
    """Return the id of the release that is served, None where there is none."""
    try:
        return (data / POINTER).readlink().name
    except OSError:
        return None


def current(data: Path) -> Release:
    """Return the release that is served; `NoReleaseError` where there is none.

    The same object comes back until the pointer moves.
    """
    found = current_id(data)
    if found is None:
        message = f"There is no release in {data}. Run `lotse build` first."
        raise NoReleaseError(message)
    return opened((data / "releases" / found).absolute())


@lru_cache(maxsize=3)
def opened(folder: Path) -> Release:
    """Return the release in this folder, opened; releases never change, so it is opened once."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        graph = Graph.open(folder / "store")
    except (OSError, ValueError) as error:
        message = (
            f"Release {folder.name} cannot be opened ({error}). Publish another one: "
            "`lotse release list`, `lotse release rollback`, or `lotse build`."
        )
        raise NoReleaseError(message) from error
    return Release(folder.name, folder, manifest, graph)


def listed(data: Path) -> list[Entry]:
    """Return all releases that are kept, the one published last first."""
    served = current_id(data)
    entries = []
    for folder in sorted((data / "releases").glob("*/")):
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        except OSError:
            continue
        entries.append(
            Entry(folder.name, run["published"], folder.name == served, manifest["quads"])
        )
    return sorted(entries, key=lambda entry: (entry.published, entry.id), reverse=True)


def folder_of(data: Path, release_id: str) -> Path:
    """Return the folder of the release whose id begins so; exactly one must."""
    found = [entry.id for entry in listed(data) if entry.id.startswith(release_id)]
    if not release_id or len(found) != 1:
        raise NotFoundError(release_id, "release")
    return data / "releases" / found[0]


def publish(data: Path, draft: Path, release_id: str) -> Path:
    """Give a finished folder its name and serve it; returns where it lies now.

    A release of this id that is there already is the same by content and stays.
    """
    folder = data / "releases" / release_id
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.is_dir():
        shutil.rmtree(draft)
    else:
        _sync(draft)
        draft.rename(folder)
        _sync_folder(folder.parent)
    point_to(data, release_id)
    return folder


def point_to(data: Path, release_id: str) -> None:
    """Serve this release from now on; one atomic step."""
    beside = data / f".{POINTER}-{os.getpid()}"
    beside.unlink(missing_ok=True)
    beside.symlink_to(Path("releases") / release_id)
    beside.replace(data / POINTER)
    _sync_folder(data)


def rollback(data: Path, release_id: str | None = None) -> str:
    """Serve an earlier release: the one named, else the one published before; returns its id."""
    entries = listed(data)
    if release_id is not None:
        target = folder_of(data, release_id).name
    else:
        at = next((n for n, entry in enumerate(entries) if entry.current), len(entries))
        if at + 1 >= len(entries):
            message = "There is no earlier release to go back to; see `lotse release list`."
            raise LotseError(message)
        target = entries[at + 1].id
    point_to(data, target)
    return target


def write_graph(folder: Path, name: str, nquads: bytes, before: Path | None = None) -> None:
    """Write a graph's canonical N-Quads, compressed.

    Where the release in the folder `before` has the same, its file is shared by a hard link.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if before is not None and (before / "graphs" / f"{name}.nq.zst").is_file():
        with suppress(OSError, zstandard.ZstdError):
            if read_graph(before, name) == nquads:
                (folder / f"{name}.nq.zst").hardlink_to(before / "graphs" / f"{name}.nq.zst")
                return
    packed = zstandard.ZstdCompressor(level=_LEVEL).compress(nquads)
    (folder / f"{name}.nq.zst").write_bytes(packed)


def read_graph(folder: Path, name: str) -> bytes:
    """Return the canonical N-Quads of a graph of the release in this folder."""
    packed = (folder / "graphs" / f"{name}.nq.zst").read_bytes()
    return zstandard.ZstdDecompressor().decompress(packed)


def write_records(folder: Path, hashes: RecordHashes) -> None:
    """Write the hash of each record, by source and key."""
    packed = zstandard.ZstdCompressor(level=_LEVEL).compress(
        json.dumps(hashes, sort_keys=True, ensure_ascii=False).encode()
    )
    (folder / "records.json.zst").write_bytes(packed)


def read_records(folder: Path) -> RecordHashes:
    """Return the hash of each record of the release in this folder."""
    packed = (folder / "records.json.zst").read_bytes()
    found: RecordHashes = json.loads(zstandard.ZstdDecompressor().decompress(packed))
    return found


def diff(old: RecordHashes, new: RecordHashes) -> dict[str, Change]:
    """Return by source which records are new, changed or gone; sources without change left out."""
    found = {}
    for source in sorted({*old, *new}):
        before, after = old.get(source, {}), new.get(source, {})
        change = Change(
            new=tuple(sorted(set(after) - set(before))),
            changed=tuple(sorted(k for k in set(after) & set(before) if after[k] != before[k])),
            gone=tuple(sorted(set(before) - set(after))),
        )
        if change.new or change.changed or change.gone:
            found[source] = change
    return found


def _sync(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            _sync_folder(path)
        else:
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
