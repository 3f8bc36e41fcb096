"""The verdicts of the releases that are kept: each one's report, and what came and went between.

A release's `report.nt` is the W3C report of its build; a result's IRI stands for what was found
(record, focus node, path, shape, value, constraint), so the same finding has the same IRI in every
release.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from pyoxigraph import RdfFormat, parse
from rdflib.namespace import SH

from kg import release as releases
from kg.errors import NotFoundError, Suggestion
from kg.facts import graph_of
from kg.findings import Finding
from kg.iri import graph as graph_iri
from kg.profiles import OURS
from kg.reports import Report
from kg.results import finding

Status = Literal["new", "fixed", "persisting"]
STATUSES: Final[tuple[Status, ...]] = ("new", "fixed", "persisting")
_REPORT: Final = "report.nt"


@dataclass(frozen=True, slots=True, order=True)
class Verdict:
    """A finding about a release, and whether it came, went or stayed since an earlier one."""

    status: Status
    severity: str
    shape: str
    path: str
    focus: str
    value: str
    message: str
    result: str
    """The IRI of the result in the report."""


def content_of(folder: Path, graph: str | None = None) -> bytes:
    """Return the N-Quads of a release, or of one of its graphs, named by IRI or name."""
    names = sorted(path.name.removesuffix(".nq.zst") for path in (folder / "graphs").glob("*"))
    if graph is None:
        return b"".join(releases.read_graph(folder, name) for name in names)
    for name in names:
        if graph in {name, graph_iri(name).value}:
            return releases.read_graph(folder, name)
    near = [Suggestion(graph_iri(name).value, "graph", name) for name in names]
    raise NotFoundError(graph, "graph", near)


def report_of(folder: Path) -> bytes:
    """Return the W3C report of a release's build, as N-Triples."""
    return (folder / _REPORT).read_bytes()


def history(before: Path | None, after: Path, lang: str = "de") -> Iterator[Verdict]:
    """Yield what is new, fixed or persisting in the later release, as against the earlier one."""
    old = _read(before) if before is not None else {}
    new = _read(after)
    found: dict[Status, set[str]] = {
        "new": new.keys() - old.keys(),
        "fixed": old.keys() - new.keys(),
        "persisting": new.keys() & old.keys(),
    }
    for status, results in found.items():
        held = old if status == "fixed" else new
        yield from sorted(_verdict(status, result, held[result], lang) for result in results)


def findings_of(folder: Path) -> tuple[Finding, ...]:
    """Return the findings of a release's build, sorted."""
    return tuple(sorted(_read(folder).values()))


def build_report(data: Path, release_id: str) -> Report:
    """Return the report of a release's build."""
    folder = _folder(data, release_id)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return Report(OURS, manifest["quads"], findings_of(folder), about=folder.name)


def between(
    data: Path, old: str | None, new: str, lang: str = "de"
) -> tuple[str | None, str, list[Verdict]]:
    """Return which two releases are compared, and what came, went and stayed.

    Where `old` is not named, it is the release published before; the first one has none.
    """
    after = _folder(data, new)
    before = _folder(data, old) if old is not None else None
    if before is None:
        kept = [one.id for one in releases.listed(data)]
        earlier = kept[kept.index(after.name) + 1 :]
        before = data / "releases" / earlier[0] if earlier else None
    found = list(history(before, after, lang))
    return (before.name if before is not None else None), after.name, found


def _folder(data: Path, release_id: str) -> Path:
    try:
        return releases.folder_of(data, release_id)
    except NotFoundError as error:
        kept = [Suggestion("", "release", one.id) for one in releases.listed(data)]
        raise NotFoundError(release_id, "release", kept) from error


@lru_cache(maxsize=8)
def _read(folder: Path) -> dict[str, Finding]:
    """Return what was found in a release, by the IRI of the result."""
    triples = (one.triple for one in parse(report_of(folder), format=RdfFormat.N_TRIPLES))
    report = graph_of(triples)
    return {
        str(result): finding("", focus, result, report)
        for result in report.objects(None, SH.result)
        if (focus := report.value(result, SH.focusNode)) is not None
    }


def _verdict(status: Status, result: str, one: Finding, lang: str) -> Verdict:
    return Verdict(
        status=status,
        severity=one.severity,
        shape=one.shape,
        path=one.path,
        focus=one.focus,
        value=one.value,
        message=one.message_de if lang == "de" else one.message_en,
        result=result,
    )
