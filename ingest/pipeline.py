"""All steps in order: from the sources' files to a published release.

Whatever stops a build (an error, a full disk, `kill -9`), the old release stays served and the
next build starts clean: everything is written to a folder of its own until it is whole.
"""

import errno
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ingest import drift, filling, judgements
from ingest.admission import Types
from ingest.admitted import Admitted
from ingest.expectations import failures
from ingest.fetching import archive
from ingest.files import Given, given, shipped
from ingest.kept import Kept, admitted, programme
from ingest.lock import locked
from ingest.source import Source
from ingest.writing import (
    Built,
    line,
    parked_lines,
    write_beside,
    write_release,
)
from kg import alarms, identifiers, nquads, release, scaling
from kg.errors import LotseError, RefusedError
from kg.indexer import Indexer
from kg.iri import graph
from kg.store import Graph

STEPS: Final = (
    "read", "gate", "load", "resolve", "derive", "score", "index", "write", "publish", "published",
)  # fmt: skip
"""The steps of a build, as `Watch` hears of them."""

Watch = Callable[[str, str], None]
"""Called with a step and what it works on, before the work begins."""

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(slots=True)
class _Work:
    """A build under way."""

    data: Path
    folder: Path
    watch: Watch
    kept: Kept
    accepted_drift: Collection[str] = ()
    drifts: dict[str, list[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    admissions: dict[str, Admitted] = field(default_factory=dict)
    files: dict[str, Given] = field(default_factory=dict)
    graphs: dict[str, bytes] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str, of: str = "") -> Iterator[None]:
        self.watch(name, of)
        began = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - began


def build(  # noqa: PLR0913 (one call says all of a build)
    data: Path,
    sources: Sequence[Source],
    inputs: Mapping[str, Path] | None = None,
    watch: Watch = lambda _step, _of: None,
    accept_drift: Collection[str] = (),
    *,
    clean: bool = False,
) -> Built:
    """Build a release from the sources and publish it; only what changed is done again.

    `inputs` maps a source's slug to an upstream file to be read instead of its extract;
    `accept_drift` names the sources whose drift a steward has looked at and lets through;
    `clean` passes over all that the last build left, and comes to the same release.
    Raises `SourceError` or `RefusedError` where nothing may be published, `BusyError` where
    another build is under way.
    """
    with _room(data), locked(data):
        shutil.rmtree(data / "tmp", ignore_errors=True)
        (data / "tmp").mkdir()
        folder = Path(tempfile.mkdtemp(prefix="build-", dir=data / "tmp"))
        try:
            kept = Kept(data / "kept", programme(), clean)
            work = _Work(data, folder, watch, kept, accept_drift)
            return _build(work, archive.alive(data, sources, inputs or {}), inputs or {})
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _room(data: Path) -> Iterator[None]:
    """Say what to do where the disk is full."""
    try:
        yield
    except OSError as error:
        if not _is_full(error):
            raise
        message = (
            f"The disk of {data} is full; nothing was published and the old release stays. "
            "Free some space (old releases lie in releases/) and build again."
        )
        raise LotseError(message) from error


def _is_full(error: OSError) -> bool:
    """Tell whether an error means a full disk; the store's own errors say so in words only."""
    return error.errno in _FULL or any(os.strerror(code) in str(error) for code in _FULL)


def _build(work: _Work, sources: Sequence[Source], inputs: Mapping[str, Path]) -> Built:
    previous = release.current_id(work.data)
    before = work.data / "releases" / previous if previous is not None else None
    last = filling.last(work.data / "releases", work.kept)
    with Indexer() as indexer:
        if last is not None:
            indexer.start(last.quads, last.folder / "store")
        _read(work, sources, inputs)
        _admit(work, sources)
        _refuse(work, before)
        filled = _fill(work, sources, last, indexer)
        return _published(work, filled, last, indexer)


def _published(
    work: _Work, filled: filling.Filled, last: filling.Last | None, indexer: Indexer
) -> Built:
    """Write the release beside its store and publish it."""
    previous = release.current_id(work.data)
    before = work.data / "releases" / previous if previous is not None else None
    every = list(work.admissions.values())
    hashes = {slug: one.hashes for slug, one in work.admissions.items()}
    changes = release.diff(release.read_records(before) if before is not None else {}, hashes)
    with work.step("write"):
        release.write_records(work.folder, hashes)
        release_id, quads = write_release(
            work.folder, work.graphs, every, work.files, last.folder if last is not None else None
        )
    known = (work.data / "releases" / release_id).is_dir()
    emptied: tuple[alarms.Emptied, ...] = ()
    if not known:
        _project(work, filled, last, indexer)
        emptied = alarms.write(work.folder, before)
    built = Built(
        release=release_id,
        new=not known,
        quads=quads,
        seconds=work.seconds,
        lines=tuple(
            line(one, filled.outcomes.get(slug, {}), changes.get(slug))
            for slug, one in work.admissions.items()
        ),
        unmapped={
            slug: {f"{name}: {value}": n for (name, value), n in sorted(one.unmapped.items())}
            for slug, one in work.admissions.items()
            if one.unmapped
        },
        unused_judgements=filled.unused,
        broken=tuple(work.kept.broken),
        accepted_drift=work.drifts,
        emptied=emptied,
    )
    write_beside(work.folder, built, previous, changes)
    with work.step("publish", release_id):
        release.publish(work.data, work.folder, release_id)
        filling.remember(work.kept, filled, release_id)
        work.kept.prune()
    work.watch("published", release_id)
    return built


def _read(work: _Work, sources: Sequence[Source], inputs: Mapping[str, Path]) -> None:
    unknown = sorted(set(inputs) - {source.slug for source in sources})
    if unknown:
        message = f"--input names no source: {', '.join(unknown)}; see `lotse sources`."
        raise RefusedError(message)
    for source in sources:
        with work.step("read", source.slug):
            path = inputs.get(source.slug)
            work.files[source.slug] = (
                given(source, path)
                if path is not None
                else archive.given(work.data, source) or shipped(source)
            )


def _admit(work: _Work, sources: Sequence[Source]) -> None:
    types: Types = {}
    for source in sources:
        with work.step("gate", source.slug):
            given = work.files[source.slug]
            work.admissions[source.slug] = admitted(source, given, types, work.kept)


def _refuse(work: _Work, before: Path | None) -> None:
    """Raise `RefusedError` where a source must not be published; what was parked is kept."""
    last: Mapping[str, Any] = {}
    if before is not None:
        last = json.loads((before / "manifest.json").read_text(encoding="utf-8"))["sources"]
    found: list[str] = []
    for slug, one in work.admissions.items():
        given, known = work.files[slug], last.get(slug, {})
        let_through = slug in work.accepted_drift
        found.extend(
            failures(one, shipped=given.shipped, last=None if let_through else known.get("read"))
        )
        if given.shipped or given.sha256 == known.get("extract_sha256"):
            continue
        seen = list(drift.drifts(one, given, work.data))
        if let_through:
            work.drifts[slug] = seen
        else:
            found.extend(drift.refusal(slug, text) for text in seen)
    refused = work.data / "refused"
    shutil.rmtree(refused, ignore_errors=True)
    if found:
        refused.mkdir(parents=True)
        (refused / "parked.jsonl").write_bytes(parked_lines(work.admissions.values()))
        message = (
            "The release is refused and the old one stays served.\n- "
            + "\n- ".join(found)
            + "\n`lotse parked --refused` lists the parked records."
        )
        raise RefusedError(message)


def _fill(
    work: _Work, sources: Sequence[Source], last: filling.Last | None, indexer: Indexer
) -> filling.Filled:
    """Make all graphs of the release, and its store; begin its index."""
    work.graphs = {
        "ontology": nquads.canonical(nquads.ontology(), graph("ontology")),
        **{slug: one.quads for slug, one in work.admissions.items()},
        "provenance": nquads.merged(one.provenance for one in work.admissions.values()),
    }
    as_of = {source.slug: source.as_of for source in sources}
    known = filling.known(work.graphs, judgements.load(work.data), as_of)
    if last is None:
        indexer.start(sum(content.count(b"\n") for content in work.graphs.values()))
    filled = filling.fill(work.folder / "store", work.graphs, known, last, work.step)
    indexer.write(work.folder, filled.touched)
    return filled


def _project(
    work: _Work, filled: filling.Filled, last: filling.Last | None, indexer: Indexer
) -> None:
    """Write what is read off the store: the scores and the index."""
    finished = Graph.open(work.folder / "store")
    with work.step("score"):
        before = last.folder / "scores.npz" if last is not None else None
        differs = filled.touched
        touched = None if differs is None else {prop.decode()[1:-1] for prop, _ in differs}
        (work.folder / "scores.npz").write_bytes(scaling.precompute(finished, before, touched))
    with work.step("write"):
        identifiers.write(work.data, work.folder)
    with work.step("index"):
        indexer.finish()
