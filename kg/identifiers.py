"""IRIs live for ever: what earlier releases spoke of and this one does not.

Each release keeps, outside its id, `identifiers.json.zst`: every IRI of a thing that an earlier
release had and it has not, with the release that had it last and, where it was another name of a
thing, that thing. It is made from the same file of the releases before and from what went since,
so it stays whole when they are deleted.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import zstandard

from kg import release
from kg.documents import is_held, preferred
from kg.errors import LotseError
from kg.namespaces import ID
from kg.nquads import gone_lines
from kg.store import Graph

FILE: Final = "identifiers.json.zst"


@dataclass(frozen=True, slots=True)
class Last:
    """When an IRI was last spoken of, and what it was another name of."""

    release: str
    published: str
    target: str | None = None


@dataclass(slots=True)
class Register:
    """What a release knows of those before it."""

    releases: dict[str, str] = field(default_factory=dict)
    """Release → when it was published; all that are accounted for."""
    gone: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """IRI → the release that had it last, and the thing that it was another name of."""


def write(data: Path, folder: Path) -> None:
    """Write the register of the release in `folder`, whose store is finished."""
    found = Register()
    entries = sorted(release.listed(data), key=lambda entry: (entry.published, entry.id))
    graph = Graph.open(folder / "store")
    for entry in entries:
        before = read(data / "releases" / entry.id)
        found.gone |= before.gone
        found.releases |= before.releases
    for entry in entries:
        before_folder = data / "releases" / entry.id
        if entry.id not in found.releases:
            with suppress(OSError, zstandard.ZstdError):  # a broken release tells nothing
                held = Graph.open(before_folder / "store")
                for iri in _gone(before_folder, folder, graph):
                    found.gone[iri] = (entry.id, preferred(held, iri))
        found.releases[entry.id] = entry.published
    found.gone = {iri: last for iri, last in found.gone.items() if not is_held(graph, iri)}
    said = {"releases": found.releases, "gone": found.gone}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False).encode()
    (folder / FILE).write_bytes(zstandard.ZstdCompressor(level=9).compress(text))


@lru_cache(maxsize=16)
def read(folder: Path) -> Register:
    """Return the register of a release; releases made before there was one have an empty one."""
    try:
        packed = (folder / FILE).read_bytes()
        said: Mapping[str, Any] = json.loads(zstandard.ZstdDecompressor().decompress(packed))
    except FileNotFoundError:
        return Register()
    except (OSError, ValueError, zstandard.ZstdError) as error:
        message = f"{folder / FILE} cannot be read ({error}); build again: `lotse build --clean`."
        raise LotseError(message) from error
    return Register(dict(said["releases"]), {iri: tuple(one) for iri, one in said["gone"].items()})


def seen_before(of: release.Release, iri: str) -> Last | None:
    """Return when an IRI that a release has not was last spoken of before it, None if never."""
    own = read(of.folder)
    if iri not in own.gone:
        return None
    last, target = own.gone[iri]
    return Last(last, own.releases.get(last, ""), target)


def last_seen(data: Path, served: release.Release, iri: str) -> Last | None:
    """Return when an IRI that the served release has not was last spoken of, None if it never was.

    A release that is served again after later ones knows of these by asking them.
    """
    found = seen_before(served, iri)
    if found is not None:
        return found
    own = read(served.folder)
    for entry in release.listed(data):
        if entry.id == served.id or entry.id in own.releases:
            continue
        other = release.opened((data / "releases" / entry.id).resolve())
        if is_held(other.graph, iri):
            return Last(entry.id, entry.published, preferred(other.graph, iri))
        found = seen_before(other, iri)
        if found is not None:
            return found
    return None


def _gone(before: Path, after: Path, graph: Graph) -> Iterator[str]:
    """Yield the IRIs of things that one release speaks of and another does not."""
    old, new = (_graphs(folder) for folder in (before, after))
    seen: set[str] = set()
    for name in sorted(old):
        if old[name] == new.get(name):
            continue
        content = release.read_graph(after, name) if name in new else b""
        for line in gone_lines(release.read_graph(before, name), content):
            iri = line[1 : line.find(b">")].decode()
            if line.startswith(b"<") and iri.startswith(ID) and iri not in seen:
                seen.add(iri)
                if not is_held(graph, iri):
                    yield iri


def _graphs(folder: Path) -> dict[str, str]:
    said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return {name: one["sha256"] for name, one in said.get("graphs", {}).items()}
