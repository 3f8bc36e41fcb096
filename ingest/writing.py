"""What is written of a build: the release's files, and beside them what belongs to the run."""

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ingest.admitted import Admitted, Parked
from ingest.files import Given
from kg import release
from kg.alarms import Emptied
from kg.gate import report
from kg.iri import graph


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
    accepted_drift: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Source → what had changed its nature and was let through by a steward."""
    emptied: tuple[Emptied, ...] = ()
    """Saved questions that had rows and have none any longer."""
    broken: tuple[str, ...] = ()
    """What the last build left and this one could not read."""


def write_release(
    folder: Path,
    graphs: Mapping[str, bytes],
    admissions: Sequence[Admitted],
    files: Mapping[str, Given],
    before: Path | None = None,
) -> tuple[str, int]:
    """Write what makes up the release; returns its id and its number of quads.

    `before` is the folder of an earlier release; files of graphs that stayed are shared with it.
    """
    listed = {}
    for name, content in sorted(graphs.items()):
        release.write_graph(folder / "graphs", name, content, before)
        listed[name] = {
            "iri": graph(name).value,
            "quads": content.count(b"\n"),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
    release_id = hashlib.sha256(
        json.dumps({name: one["sha256"] for name, one in listed.items()}, sort_keys=True).encode()
    ).hexdigest()[:16]
    quads = sum(int(str(one["quads"])) for one in listed.values())
    (folder / "parked.jsonl").write_bytes(parked_lines(admissions))
    findings = [finding for one in admissions for finding in one.findings]
    (folder / "report.nt").write_bytes(report(findings))
    manifest = {
        "id": release_id,
        "quads": quads,
        "graphs": listed,
        "sources": {one.source.slug: _described(one, files[one.source.slug]) for one in admissions},
        "versions": {"innovationslotse": version("innovationslotse")},
    }
    _json(folder / "manifest.json", manifest)
    return release_id, quads


def _described(admission: Admitted, given: Given) -> dict[str, Any]:
    source = admission.source
    return {
        "title": source.title,
        "licence": source.licence,
        "attribution": source.attribution,
        "as_of": source.as_of.isoformat(),
        "retrieved": source.retrieved.isoformat(),
        "about": dict(source.about),
        "extract_sha256": given.sha256,
        "read": admission.read,
        "accepted": len(admission.hashes),
        "parked": len(admission.parked),
    }


def write_beside(
    folder: Path, built: Built, previous: str | None, changes: Mapping[str, release.Change]
) -> None:
    """Write what belongs to the run and not to the release's id."""
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")
    _json(folder / "run.json", {"published": now, "previous": previous, **asdict(built)})
    _json(
        folder / "diff.json",
        {"against": previous, "sources": {slug: asdict(one) for slug, one in changes.items()}},
    )


def line(one: Admitted, outcomes: Mapping[str, int], change: release.Change | None) -> Line:
    """Return the line of the closing summary for one source."""
    return Line(
        source=one.source.slug,
        read=one.read,
        accepted=len(one.hashes),
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


def parked_lines(admissions: Iterable[Admitted]) -> bytes:
    """Return the parked records as JSON lines."""
    every: list[Parked] = [parked for one in admissions for parked in one.parked]
    return "".join(
        json.dumps(asdict(parked), ensure_ascii=False, sort_keys=True) + "\n" for parked in every
    ).encode()


def _json(path: Path, content: Mapping[str, Any]) -> None:
    written = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(written + "\n", encoding="utf-8")
