"""All steps in order: from the sources' files to a published release.

Whatever stops a build (an error, a full disk, `kill -9`), the old release stays served and the
next build starts clean: everything is written to a folder of its own until it is whole.
"""

import datetime
import errno
import hashlib
import json
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from kg.gate import Shapes, report

from ingest import derive, judgements, provenance, resolve
from ingest.admission import Admission, Parked, Types, admit
from ingest.expectations import failures
from ingest.files import Given, given, shipped
from ingest.lock import locked
from ingest.source import Source
from kg import nquads, release, scaling
from kg.errors import LotseError, RefusedError
from kg.iri import graph
from kg.store import Draft
from kg.terms import NamedNode, Triple

STEPS: Final = (
    "read", "gate", "load", "resolve", "derive", "score", "write", "publish", "published",
)  # fmt: skip
"""The steps of a build, as `Watch` hears of them."""

Watch = Callable[[str, str], None]
"""Called with a step and what it works on, before the work begins."""

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one source, for the closing summary."""

    source: str
    read: int
    accepted: int
    parked: int
    warnings: int
    unmapped: int
    resolved: int
    ambiguous: int
    unknown: int
    new: int
    changed: int
    gone: int


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to."""

    release: str
    new: bool
    """False: a release of this id was there already."""
    quads: int
    seconds: Mapping[str, float]
    lines: tuple[Line, ...]
    unmapped: Mapping[str, Mapping[str, int]]
    unused_judgements: tuple[str, ...]


@dataclass(slots=True)
class _Work:
    """A build under way."""

    data: Path
    folder: Path
    watch: Watch
    seconds: dict[str, float] = field(default_factory=dict)
    admissions: dict[str, Admission] = field(default_factory=dict)
    files: dict[str, Given] = field(default_factory=dict)
    graphs: dict[str, bytes] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str, of: str = "") -> Iterator[None]:
        self.watch(name, of)
        began = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - began


def build(
    data: Path,
    sources: Sequence[Source],
    inputs: Mapping[str, Path] | None = None,
    watch: Watch = lambda _step, _of: None,
) -> Built:
    """Build a release from the sources and publish it.

    `inputs` maps a source's slug to an upstream file to be read instead of the shipped extract.
    Raises `SourceError` or `RefusedError` where nothing may be published, `BusyError` where
    another build is under way.
    """
    with locked(data):
        shutil.rmtree(data / "tmp", ignore_errors=True)
        folder = data / "tmp" / "build"
        try:
            folder.mkdir(parents=True)
            return _build(_Work(data, folder, watch), sources, inputs or {})
        except OSError as error:
            if error.errno in _FULL:
                message = (
                    f"The disk of {data} is full; nothing was published and the old release stays. "
                    "Free some space (old releases lie in releases/) and build again."
                )
                raise LotseError(message) from error
            raise
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _build(work: _Work, sources: Sequence[Source], inputs: Mapping[str, Path]) -> Built:
    previous = release.current_id(work.data)
    before = work.data / "releases" / previous if previous is not None else None
    _read(work, sources, inputs)
    _admit(work, sources)
    _refuse(work, before)
    decided = judgements.load(work.data)
    draft, resolution = _fill(work, sources, decided)
    with work.step("score"):
        (work.folder / "scores.npz").write_bytes(scaling.precompute(draft))
    hashes = {
        slug: {
            key: nquads.digest([*triples, *one.own[key]]) for key, triples in one.accepted.items()
        }
        for slug, one in work.admissions.items()
    }
    changes = release.diff(release.read_records(before) if before is not None else {}, hashes)
    with work.step("write"):
        release_id, quads = _write(work, sources, hashes)
    lines = tuple(
        _line(one, resolution.outcomes.get(slug, {}), changes.get(slug))
        for slug, one in work.admissions.items()
    )
    unmapped = {
        slug: {f"{name}: {value}": n for (name, value), n in sorted(one.unmapped.items())}
        for slug, one in work.admissions.items()
        if one.unmapped
    }
    known = (work.data / "releases" / release_id).is_dir()
    built = Built(
        release_id, not known, quads, work.seconds, lines, unmapped, tuple(resolution.unused)
    )
    _write_beside(work, built, previous, changes)
    with work.step("publish", release_id):
        release.publish(work.data, work.folder, release_id)
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
            work.files[source.slug] = shipped(source) if path is None else given(source, path)


def _admit(work: _Work, sources: Sequence[Source]) -> None:
    types: Types = {}
    shapes = Shapes.load()
    for source in sources:
        with work.step("gate", source.slug):
            files = work.files[source.slug].files
            work.admissions[source.slug] = admit(source, files, types, shapes)


def _refuse(work: _Work, before: Path | None) -> None:
    """Raise `RefusedError` where a source must not be published; what was parked is kept."""
    last: Mapping[str, Any] = {}
    if before is not None:
        last = json.loads((before / "manifest.json").read_text(encoding="utf-8"))["sources"]
    found = [
        text
        for slug, one in work.admissions.items()
        for text in failures(
            one, shipped=work.files[slug].shipped, last=last.get(slug, {}).get("read")
        )
    ]
    refused = work.data / "refused"
    shutil.rmtree(refused, ignore_errors=True)
    if found:
        refused.mkdir(parents=True)
        (refused / "parked.jsonl").write_bytes(_parked(work.admissions.values()))
        message = (
            "The release is refused and the old one stays served.\n- "
            + "\n- ".join(found)
            + "\n`lotse parked --refused` lists the parked records."
        )
        raise RefusedError(message)


def _fill(
    work: _Work, sources: Sequence[Source], decided: judgements.Judgements
) -> tuple[Draft, resolve.Resolution]:
    """Write the store graph by graph, resolve and derive on it; returns it with the outcomes."""
    draft = Draft(work.folder / "store")

    def load(name: str, triples: Iterable[Triple]) -> None:
        work.graphs[name] = nquads.canonical(triples, graph(name))
        draft.load(work.graphs[name])

    with work.step("load"):
        load("ontology", nquads.ontology())
        for slug, one in work.admissions.items():
            load(slug, (triple for said in one.accepted.values() for triple in said))
        load("provenance", _provenance(work.admissions.values()))
    with work.step("resolve"):
        as_of = {source.slug: source.as_of for source in sources}
        resolution = resolve.resolve(draft, decided, as_of)
        load("resolution", resolution.triples)
    with work.step("derive"):
        load("derived", derive.derive(draft))
    draft.finish()
    return draft, resolution


def _provenance(admissions: Iterable[Admission]) -> Iterator[Triple]:
    for one in admissions:
        yield from provenance.of_source(one.source)
        for key, triples in one.accepted.items():
            subjects = {t.subject for t in triples if isinstance(t.subject, NamedNode)}
            yield from provenance.of_record(one.source, one.records[key], subjects, one.own[key])


def _write(work: _Work, sources: Sequence[Source], hashes: release.RecordHashes) -> tuple[str, int]:
    """Write what makes up the release; returns its id and its number of quads."""
    graphs = {}
    for name, content in sorted(work.graphs.items()):
        release.write_graph(work.folder / "graphs", name, content)
        graphs[name] = {
            "iri": graph(name).value,
            "quads": content.count(b"\n"),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
    release_id = hashlib.sha256(
        json.dumps({name: one["sha256"] for name, one in graphs.items()}, sort_keys=True).encode()
    ).hexdigest()[:16]
    quads = sum(int(str(one["quads"])) for one in graphs.values())
    release.write_records(work.folder, hashes)
    (work.folder / "parked.jsonl").write_bytes(_parked(work.admissions.values()))
    findings = [finding for one in work.admissions.values() for finding in one.findings]
    (work.folder / "report.nt").write_bytes(report(findings))
    manifest = {
        "id": release_id,
        "quads": quads,
        "graphs": graphs,
        "sources": {source.slug: _described(work, source) for source in sources},
        "versions": {"innovationslotse": version("innovationslotse")},
    }
    _json(work.folder / "manifest.json", manifest)
    return release_id, quads


def _described(work: _Work, source: Source) -> dict[str, Any]:
    one = work.admissions[source.slug]
    return {
        "title": source.title,
        "licence": source.licence,
        "attribution": source.attribution,
        "as_of": source.as_of.isoformat(),
        "retrieved": source.retrieved.isoformat(),
        "extract_sha256": work.files[source.slug].sha256,
        "read": one.read,
        "accepted": len(one.accepted),
        "parked": len(one.parked),
    }


def _write_beside(
    work: _Work, built: Built, previous: str | None, changes: Mapping[str, release.Change]
) -> None:
    """Write what belongs to the run and not to the release's id."""
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")
    _json(work.folder / "run.json", {"published": now, "previous": previous, **asdict(built)})
    _json(
        work.folder / "diff.json",
        {"against": previous, "sources": {slug: asdict(one) for slug, one in changes.items()}},
    )


def _line(one: Admission, outcomes: Mapping[str, int], change: release.Change | None) -> Line:
    return Line(
        source=one.source.slug,
        read=one.read,
        accepted=len(one.accepted),
        parked=len(one.parked),
        warnings=sum(finding.severity == "Warning" for finding in one.findings),
        unmapped=Counter(one.unmapped).total(),
        resolved=outcomes.get("matched", 0),
        ambiguous=outcomes.get("ambiguous", 0),
        unknown=outcomes.get("unknown", 0),
        new=len(change.new) if change is not None else 0,
        changed=len(change.changed) if change is not None else 0,
        gone=len(change.gone) if change is not None else 0,
    )


def _parked(admissions: Iterable[Admission]) -> bytes:
    every: list[Parked] = [parked for one in admissions for parked in one.parked]
    return "".join(
        json.dumps(asdict(parked), ensure_ascii=False, sort_keys=True) + "\n" for parked in every
    ).encode()


def _json(path: Path, content: Mapping[str, Any]) -> None:
    written = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(written + "\n", encoding="utf-8")
