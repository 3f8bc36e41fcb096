"""What queries need and nobody states: closures and roll-ups, by `derivations/*.rq` in order."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg import nquads
from kg.iri import graph
from kg.questions import Query
from kg.store import Draft
from kg.terms import RDF

FOLDER: Final = Path(__file__).parent / "derivations"
GRAPH: Final = graph("derived")
_PREFIX: Final = re.compile(r"PREFIX\s+(\w*):\s*<([^>]*)>")
_SHORT: Final = re.compile(r"\b(\w+):([\w-]+)")
_TYPE: Final = str(RDF.type).encode()

Touched = set[tuple[bytes, bytes]]
"""Properties of which statements came or went; of `rdf:type` with the class."""


@dataclass(slots=True)
class Before:
    """The derivations of an earlier build, whose results the store still holds."""

    yielded: Mapping[str, bytes] = field(default_factory=dict)
    """Name of the derivation → what it yielded, as canonical N-Quads."""
    touched: Touched = field(default_factory=set)
    """What came and went since then in the other graphs; `derive` adds what did so in its own."""


def derive(draft: Draft, folder: Path = FOLDER, before: Before | None = None) -> dict[str, bytes]:
    """Add to the graph `derived` what the derivations yield; returns that for each by its name.

    Each derivation sees the results of those before it, and none of those after it. One that asks
    for no property of which a statement came or went yields what it yielded before.
    """
    before = before or Before()
    touched = before.touched
    held = _lines(before.yielded.values())
    found: set[bytes] = set()
    yielded: dict[str, bytes] = {}
    for path in sorted(folder.glob("*.rq")):
        query = Query.load(path.stem, folder)
        old = before.yielded.get(path.stem)
        if old is not None and not _asks_for(query.text, touched):
            new = old
        else:
            _make(draft, held, found)
            held = set(found)
            new = nquads.canonical(draft.construct(query), GRAPH)
            touched |= touched_by(_lines([new]) ^ _lines([old or b""]))
        yielded[path.stem] = new
        found |= _lines([new])
    _make(draft, held, found)
    return yielded


def touched_by(lines: Iterable[bytes]) -> Touched:
    """Return the properties of these N-Quads, of `rdf:type` with the class."""
    found: Touched = set()
    for line in lines:
        _, predicate, rest = line.split(b" ", 2)
        found.add((predicate, rest.split(b" ", 1)[0] if predicate == _TYPE else b""))
    return found


def _asks_for(query: str, touched: Touched) -> bool:
    """Return whether a query names such a property, or such a class.

    Every pattern of a derivation names its property, and where that is `a` its classes; a test
    holds them to it.
    """
    prefixes = dict(_PREFIX.findall(query))
    named = {
        f"<{prefixes.get(prefix, '')}{name}>".encode() for prefix, name in _SHORT.findall(query)
    }
    return any(
        cls in named if predicate == _TYPE else predicate in named for predicate, cls in touched
    )


def _lines(every: Iterable[bytes]) -> set[bytes]:
    return {line for one in every for line in one.splitlines(keepends=True)}


def _make(draft: Draft, held: set[bytes], wanted: set[bytes]) -> None:
    """Bring the derived statements of the store from what it holds to what is wanted."""
    draft.take_out(b"".join(held - wanted))
    draft.load(b"".join(wanted - held))
