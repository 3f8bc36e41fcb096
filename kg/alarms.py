"""Alarms: saved questions that had rows and have none any longer.

Each release keeps, outside its id, `questions.json`: which saved questions have rows with their
example, and for those that have none since when. It is read by the next build.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.answers.saved import load_saved, saved_names
from kg.questions import Query
from kg.store import Graph

FILE: Final = "questions.json"
_ORDER: Final = "ORDER BY"


@dataclass(frozen=True, slots=True)
class Emptied:
    """A saved question that has no rows any longer."""

    question: str
    release: str
    """The last release in which it had some."""


def write(folder: Path, before: Path | None) -> tuple[Emptied, ...]:
    """Ask all saved questions of the release in `folder`; return those that are empty now.

    `before` is the folder of the release that was served until now.
    """
    graph = Graph.open(folder / "store")
    queries = {name: load_saved(name) for name in saved_names()}
    answered = {name: has_rows(graph, query) for name, query in queries.items()}
    last = _read(before) if before is not None else {}
    had: dict[str, str] = dict(last.get("emptied", {}))
    if before is not None:
        had |= {name: before.name for name, rows in last.get("answered", {}).items() if rows}
    emptied = {name: had[name] for name, rows in answered.items() if not rows and name in had}
    said = {"answered": answered, "emptied": emptied}
    (folder / FILE).write_text(json.dumps(said, indent=1, sort_keys=True), encoding="utf-8")
    return read(folder)


def read(folder: Path) -> tuple[Emptied, ...]:
    """Return the questions that had rows before this release and have none in it."""
    found = _read(folder).get("emptied", {})
    return tuple(Emptied(name, of) for name, of in sorted(found.items()))


def has_rows(graph: Graph, query: Query) -> bool:
    """Return whether a question has rows with its example; their order takes no time here."""
    unordered = Query.parse(query.name, f"{query.text.rpartition(_ORDER)[0]} LIMIT 1")
    return bool(graph.select(unordered, **query.example))


def _read(folder: Path) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found
