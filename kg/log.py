"""The event log: each change of what is served, appended once, replayed to the same graph."""

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from kg import release
from kg.errors import NotFoundError
from kg.log_changes import DEL, NOTHING, State, changes, state
from kg.log_entities import graph_of
from kg.log_segments import PAGE, Frame, Segment, append, events_of, segments
from kg.namespaces import BASE

MEMBER: Final = f"{BASE}log/"


@dataclass(frozen=True, slots=True)
class Logged:
    """An event where it stands in the log."""

    number: int
    """How many events there were before, and one."""
    segment: Segment
    op: str
    entity: str
    quads: tuple[str, ...]
    kinds: frozenset[str]
    places: frozenset[str]

    @property
    def iri(self) -> str:
        """Return the name of this event, and of what its entity says from it on."""
        return f"{MEMBER}{self.number}"

    @property
    def last(self) -> bool:
        """Return whether the release is complete with it."""
        return self.number == self.segment.first + self.segment.count


def catch_up(data: Path) -> None:
    """Append what was published since the log was last written, release by release.

    One process at a time may do this. A release that is served again after another one is an
    event of its own, at the time it is noticed.
    """
    while (step := _next(data)) is not None:
        target, published = step
        known = segments(data)
        before = _state(data, known[-1].release) if known else NOTHING
        if known and before is None:
            before = replayed(data)
        after = _state(data, target)
        if after is None:
            return
        last = known[-1].published if known else ""
        append(data, target, _later(published, last), after.sums,
               changes(before or NOTHING, after))  # fmt: skip


def _next(data: Path) -> tuple[str, str] | None:
    """Return the release that the log lacks next, and when it was published."""
    known = segments(data)
    last = known[-1] if known else None
    logged = {one.release for one in known}
    for entry in reversed(release.listed(data)):
        if entry.id not in logged and (last is None or entry.published > last.published):
            return entry.id, entry.published
    served = release.current_id(data)
    if served is None or (last is not None and last.release == served):
        return None
    return served, datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")


def _state(data: Path, release_id: str) -> State | None:
    folder = data / "releases" / release_id
    try:
        manifest: Mapping[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    except OSError:
        return None
    return state(folder, manifest.get("graphs", {}))


def replayed(data: Path) -> State:
    """Return the state that the whole log comes to."""
    entities: dict[str, tuple[str, ...]] = {}
    for one in log(data):
        entities[one.entity] = one.quads
    return state_of(entities.items(), segments(data)[-1].graphs)


def state_of(entities: Iterable[tuple[str, Iterable[str]]], sums: Mapping[str, str]) -> State:
    """Return the state in which the entities say these lines of N-Quads."""
    graphs: dict[str, list[str]] = {}
    for entity, lines in entities:
        for line in lines:
            graphs.setdefault(graph_of(entity, line.rsplit(" ", 2)[0]), []).append(line)
    written = {name: "".join(f"{one}\n" for one in sorted(some)) for name, some in graphs.items()}
    return State(dict(sums), lambda name: written.get(name, ""))


def log(data: Path, segment: Segment | None = None) -> Iterator[Logged]:
    """Yield all events, or those of a segment, oldest first."""
    for one in segments(data) if segment is None else [segment]:
        number = one.first
        for frame in one.frames:
            yield from _logged(one, frame, number)
            number += frame.count


Part: TypeAlias = "tuple[Segment, Frame, int]"
"""What a page has of a segment, and how many events there were before."""


def pages(data: Path) -> tuple[tuple[Part, ...], ...]:
    """Return what each page is made of; the last one may still grow."""
    known = segments(data)
    return _pages(data, len(known), known[-1].version if known else "")


@lru_cache(maxsize=4)
def _pages(data: Path, _count: int, _newest: str) -> tuple[tuple[Part, ...], ...]:
    found: list[list[Part]] = []
    for one in segments(data):
        before = one.first
        for frame in one.frames:
            if before % PAGE == 0:
                found.append([])
            found[-1].append((one, frame, before))
            before += frame.count
    return tuple(tuple(parts) for parts in found)


def page(data: Path, number: int) -> list[Logged]:
    """Return the events of a page, from 1; `NotFoundError` beyond the last."""
    every = pages(data)
    if not 1 <= number <= len(every):
        raise NotFoundError(str(number), "page")
    return [one for part in every[number - 1] for one in _logged(*part)]


def _logged(segment: Segment, frame: Frame, before: int) -> Iterator[Logged]:
    for at, said in enumerate(events_of(segment, frame), before + 1):
        about = said["entity"]
        yield Logged(
            at, segment, said["op"], about["id"],
            () if said["op"] == DEL else tuple(about["quads"]),
            frozenset(about["kinds"]), frozenset(about["places"]),
        )  # fmt: skip


def _later(published: str, last: str) -> str:
    """Return the moment of publication, or just after the last one where the clock went back."""
    if published > last:
        return published
    moment = datetime.datetime.fromisoformat(last) + datetime.timedelta(microseconds=1)
    return moment.isoformat(timespec="microseconds")
