"""When each graph came and when it last changed: from the log, and the releases that are kept."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

LOG: Final = "log"


@dataclass(frozen=True, slots=True)
class Span:
    """When a graph was first published, and when it last became another one (ISO, UTC)."""

    issued: str
    modified: str


def spans(data: Path) -> dict[str, Span]:
    """Return issue and last change by name of graph; a graph that went and came back is new."""
    found: dict[str, Span] = {}
    before: Mapping[str, str] = {}
    for published, sums in _served(data):
        for name, sum_ in sums.items():
            if name not in before:
                found[name] = Span(published, published)
            elif before[name] != sum_:
                found[name] = Span(found[name].issued, published)
        before = sums
    return found


def _served(data: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield when something else was served, and the checksum of each graph, oldest first."""
    logged = [json.loads(path.read_text("utf-8")) for path in sorted((data / LOG).glob("*.json"))]
    for one in logged:
        yield one["published"], one["graphs"]
    last = logged[-1]["published"] if logged else ""
    known = {one["release"] for one in logged}
    yield from sorted(
        ((published, sums) for published, name, sums in _kept(data)
         if published > last and name not in known),
        key=lambda one: one[0],
    )  # fmt: skip


def _kept(data: Path) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    for folder in (data / "releases").glob("*/"):
        with suppress(OSError, ValueError):
            run: Mapping[str, Any] = json.loads((folder / "run.json").read_text("utf-8"))
            graphs = json.loads((folder / "manifest.json").read_text("utf-8")).get("graphs", {})
            yield run["published"], folder.name, {n: one["sha256"] for n, one in graphs.items()}
