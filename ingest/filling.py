"""The graphs and the store of a release: built anew, or the release before with what changed.

Both ways lead to the same graphs. The store of the release before is copied by hard links, so that
only statements that came or went are written; which of them decide about a derivation is said in
`ingest.derive`.
"""

import datetime
import hashlib
import json
import shutil
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import zstandard

from ingest import accounts, derive, resolve
from ingest.accounts import Account
from ingest.judgements import Judgements, as_table
from ingest.kept import Kept
from kg import nquads, release
from kg.iri import digest, graph
from kg.store import AtRest, Draft, Graph

_CONCLUDED: Final = ("resolution", "derived")
_NAME: Final = "build"
_WORTH: Final = 5
"""Where more than one statement in so many changed, a new store is written faster."""


class Step(Protocol):
    """Names a step and takes its time."""

    def __call__(self, name: str, of: str = "") -> AbstractContextManager[None]:
        """Return what surrounds the step."""


@dataclass(frozen=True, slots=True)
class Last:
    """The last build of the same programme, whose release is still there."""

    folder: Path
    said: Mapping[str, Any]
    yielded: Mapping[str, bytes]
    accounts: Mapping[str, Account]
    sha256: Mapping[str, str]
    """Graph → checksum."""
    quads: int


@dataclass(frozen=True, slots=True)
class Known:
    """What names are resolved by, besides the graphs."""

    judgements: Judgements
    as_of: Mapping[str, datetime.date]
    """Source → its state of knowledge."""
    decided: str
    """A hash of these."""
    inputs: str
    """A hash of these and the graphs."""
    sha256: Mapping[str, str]
    """Graph → checksum."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of the names, and what the next build may rest on."""

    outcomes: Mapping[str, Mapping[str, int]]
    unused: tuple[str, ...]
    known: Known
    yielded: Mapping[str, bytes]
    accounts: Mapping[str, Account]
    touched: derive.Touched | None = None
    """The properties in which the store differs from the one before; None: it is written anew."""


def last(releases: Path, kept: Kept) -> Last | None:
    """Return the last build, None where there is none that one may go on from."""
    found = kept.load(_NAME)
    if found is None:
        return None
    said, parts = found
    folder = releases / said["release"]
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    sha256 = {name: one["sha256"] for name, one in manifest["graphs"].items()}
    split = len(said["derivations"])
    return Last(
        folder,
        said,
        dict(zip(said["derivations"], parts[:split], strict=True)),
        {
            group: accounts.read(one, lines)
            for (group, one), lines in zip(said["accounts"].items(), parts[split:], strict=True)
        },
        sha256,
        manifest["quads"],
    )


def known(
    graphs: Mapping[str, bytes], judged: Judgements, as_of: Mapping[str, datetime.date]
) -> Known:
    """Return what the names of these graphs are resolved by."""
    days = "".join(f"\0{name}\0{day}" for name, day in sorted(as_of.items()))
    decided = hashlib.sha256(as_table(judged) + days.encode()).hexdigest()
    sha256 = {name: hashlib.sha256(content).hexdigest() for name, content in graphs.items()}
    return Known(judged, as_of, decided, digest(decided, *map(str, sorted(sha256.items()))), sha256)


def remember(kept: Kept, filled: Filled, release_id: str) -> None:
    """Keep what the next build may rest on."""
    said = {
        "release": release_id, "inputs": filled.known.inputs, "decided": filled.known.decided,
        "outcomes": filled.outcomes,
        "unused": filled.unused, "derivations": list(filled.yielded),
        "accounts": {group: one.said() for group, one in filled.accounts.items()},
    }  # fmt: skip
    lines = (one.lines for one in filled.accounts.values())
    kept.save(_NAME, said, [*filled.yielded.values(), *lines])


def fill(
    folder: Path,
    graphs: dict[str, bytes],
    known: Known,
    before: Last | None,
    step: Step,
) -> Filled:
    """Write the store of these graphs, and add to both what is concluded from them.

    Where nothing changed since the last build, no store is written: its release is there.
    """
    try:
        if before is not None and before.said["inputs"] == known.inputs:
            concluded = {name: release.read_graph(before.folder, name) for name in _CONCLUDED}
            graphs.update(concluded)
            outcomes, unused = before.said["outcomes"], tuple(before.said["unused"])
            return Filled(outcomes, unused, known, before.yielded, before.accounts)
        return _filled(folder, graphs, known, before, step)
    except (OSError, RuntimeError, zstandard.ZstdError):
        if before is None:
            raise
    shutil.rmtree(folder, ignore_errors=True)
    return _filled(folder, graphs, known, None, step)


def _filled(
    folder: Path,
    graphs: dict[str, bytes],
    known: Known,
    before: Last | None,
    step: Step,
) -> Filled:
    """Write the store; `OSError` where the one before is broken."""
    with step("load"):
        store = _Store(folder, graphs, known.sha256, before)
    with step("resolve"):
        resolution = _resolved(store, known, before)
        graphs["resolution"] = resolution.content
        store.put("resolution", graphs["resolution"])
    with step("derive"):
        yielded = derive.derive(store.draft, before=store.derived())
        graphs["derived"] = nquads.merged(yielded.values())
        store.finish(sum(content.count(b"\n") for content in graphs.values()))
    return Filled(
        resolution.outcomes, resolution.unused, known, yielded, resolution.accounts,
        store.touched,
    )  # fmt: skip


def _resolved(store: "_Store", known: Known, before: Last | None) -> resolve.Resolution:
    """Return what the names became: what they were, where nothing that this rests on changed."""
    given = AtRest(store.given())
    standing = store.standing(given)
    if before is not None and standing and len(standing) == len(before.accounts):
        decided = before.said["decided"] == known.decided
        if decided and accounts.says_the_same(store.changed(), known.judgements):
            return resolve.Resolution(
                content=release.read_graph(before.folder, "resolution"),
                accounts=before.accounts,
                outcomes=before.said["outcomes"],
                unused=tuple(before.said["unused"]),
            )
    return resolve.resolve(given, known.judgements, known.as_of, standing)


@dataclass(frozen=True, slots=True)
class _Change:
    gone: Collection[bytes]
    come: Collection[bytes]


class _Store:
    """A store under construction."""

    def __init__(
        self,
        folder: Path,
        graphs: Mapping[str, bytes],
        sha256: Mapping[str, str],
        before: Last | None,
    ) -> None:
        """Write the store of these graphs: from the store before where that is the faster way."""
        self._before = before
        self._touched: derive.Touched = set()
        self._changed: list[bytes] = []
        changes = _changes(graphs, sha256, before) if before is not None else {}
        changed = sum(len(one.gone) + len(one.come) for one in changes.values())
        whole = sum(content.count(b"\n") for content in graphs.values())
        if before is None or changed * _WORTH > whole:
            self._before = None
            self.draft = Draft(folder)
            self.draft.load(b"".join(graphs.values()))
            return
        Graph.open(before.folder / "store").copy(folder)
        self.draft = Draft(folder)
        for one in changes.values():
            self._change(one)

    def given(self) -> Graph:
        """Return what the graphs of the sources say."""
        return self.draft.without(*map(graph, _CONCLUDED))

    def standing(self, given: Graph) -> Mapping[str, Account]:
        """Return what became of names in the last build and rests on nothing that changed."""
        if self._before is None:
            return {}
        return accounts.standing(self._before.accounts, self.changed(), given)

    def changed(self) -> bytes:
        """Return the statements that came and went since the last build."""
        return b"".join(self._changed)

    def put(self, name: str, content: bytes) -> None:
        """Give a graph this content."""
        old = release.read_graph(self._before.folder, name) if self._before else b""
        self._change(_change(old, content))

    @property
    def touched(self) -> derive.Touched | None:
        """Return the properties in which it differs from the one before, None if it is new."""
        return self._touched if self._before is not None else None

    def derived(self) -> derive.Before | None:
        """Return what derivations may go on from."""
        return derive.Before(self._before.yielded, self._touched) if self._before else None

    def finish(self, quads: int) -> None:
        """Write everything to disk; `OSError` where the store does not hold so many quads."""
        if self._before is not None and len(self.draft) != quads:
            message = f"the store of {self._before.folder.name} was not whole"
            raise OSError(message)
        self.draft.finish(optimize=self._before is None)
        self.draft.close()

    def _change(self, one: _Change) -> None:
        self.draft.take_out(b"".join(one.gone))
        self.draft.load(b"".join(one.come))
        self._changed += [*one.gone, *one.come]
        self._touched |= derive.touched_by([*one.gone, *one.come])


def _changes(
    graphs: Mapping[str, bytes], sha256: Mapping[str, str], before: Last
) -> dict[str, _Change]:
    """Return which statements of the sources' graphs came and went."""
    changes = {}
    for name in sorted({*graphs, *before.sha256} - set(_CONCLUDED)):
        content = graphs.get(name, b"")
        if sha256.get(name) != before.sha256.get(name):
            old = release.read_graph(before.folder, name) if name in before.sha256 else b""
            changes[name] = _change(old, content)
    return changes


def _change(old: bytes, new: bytes) -> _Change:
    gone, come = nquads.gone_lines(old, new), nquads.gone_lines(new, old)
    return _Change([one + b"\n" for one in gone], [one + b"\n" for one in come])
