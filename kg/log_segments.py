"""The event log on disk: a segment for each time that another release came to be served.

    <data>/log/000001.jsonl.zst   the events as JSON lines, a frame for each page or part of one
               000001.json        when, from which release, how many, where each frame begins

The second file is written last and renamed: a segment is there when that is. Segments are never
changed, and outlive their releases; without its first file, the pages of a segment are gone.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

import zstandard

from kg.errors import GoneError
from kg.log_changes import Event
from kg.log_history import LOG

PAGE: Final = 500
"""How many events a page has when it is full; fixed, for pages never change."""
_LEVEL: Final = 9


@dataclass
class KeptNoLongerError(GoneError):
    """Events that have been there and were taken away."""

    def __str__(self) -> str:
        """Say which, and where to begin instead."""
        return f"The events of {self.asked} are kept no longer; begin with a dump."


@dataclass(frozen=True, slots=True)
class Frame:
    """The events of one page that stand in one segment."""

    offset: int
    length: int
    count: int
    kinds: frozenset[str]
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Segment:
    """The events by which one release came out of the one before."""

    number: int
    release: str
    published: str
    """When, as an ISO moment in UTC; later than that of the segment before."""
    first: int
    """How many events there were before."""
    count: int
    graphs: Mapping[str, str]
    frames: tuple[Frame, ...]
    path: Path

    @property
    def version(self) -> str:
        """Return the name of this step of the log."""
        return f"{self.number:06}-{self.release}"


def segments(data: Path) -> list[Segment]:
    """Return all segments of the log, oldest first."""
    return [_read(path) for path in sorted((data / LOG).glob("*.json"))]


@lru_cache(maxsize=100_000)
def _read(path: Path) -> Segment:
    said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    frames = tuple(
        Frame(one["offset"], one["length"], one["count"], frozenset(one["kinds"]),
              frozenset(one["places"]))
        for one in said.pop("frames")
    )  # fmt: skip
    return Segment(**said, frames=frames, path=path.with_suffix(".jsonl.zst"))


def append(
    data: Path, release: str, published: str, graphs: Mapping[str, str], events: Iterable[Event]
) -> None:
    """Write the next segment; nothing of it is there until it is whole."""
    folder = data / LOG
    folder.mkdir(exist_ok=True)
    known = segments(data)
    number = known[-1].number + 1 if known else 1
    first = known[-1].first + known[-1].count if known else 0
    path = folder / f"{number:06}.jsonl.zst"
    frames: list[Frame] = []
    with path.open("wb") as file:
        for some in _pages(events, first):
            lines = "".join(json.dumps(e.as_json(), ensure_ascii=False) + "\n" for e in some)
            packed = zstandard.ZstdCompressor(level=_LEVEL).compress(lines.encode())
            kinds = frozenset(kind for e in some for kind in e.kinds)
            places = frozenset(place for e in some for place in e.places)
            frames.append(Frame(file.tell(), len(packed), len(some), kinds, places))
            file.write(packed)
        file.flush()
        os.fsync(file.fileno())
    said = {
        "number": number, "release": release, "published": published, "first": first,
        "count": sum(one.count for one in frames), "graphs": dict(graphs),
        "frames": [asdict(one) | {"kinds": sorted(one.kinds), "places": sorted(one.places)}
                   for one in frames],
    }  # fmt: skip
    beside = folder / f".{number:06}"
    with beside.open("w", encoding="utf-8") as file_of_it:
        json.dump(said, file_of_it)
        file_of_it.flush()
        os.fsync(file_of_it.fileno())
    beside.replace(folder / f"{number:06}.json")


def events_of(segment: Segment, frame: Frame | None = None) -> Iterator[dict[str, Any]]:
    """Yield the events of a segment, or of one frame of it, as they stand in the delta file.

    Raises `KeptNoLongerError` where they were taken away.
    """
    for part in lines(segment, frame):
        for line in part.splitlines():
            yield json.loads(line)


def gone(segment: Segment) -> KeptNoLongerError:
    """Return the error that says that the events of a segment were taken away."""
    return KeptNoLongerError(segment.version, segment.release, segment.published)


def lines(segment: Segment, frame: Frame | None = None) -> Iterator[bytes]:
    """Yield the delta file of a segment frame by frame; `KeptNoLongerError` where it is gone."""
    for one in segment.frames if frame is None else (frame,):
        try:
            with segment.path.open("rb") as file:
                file.seek(one.offset)
                packed = file.read(one.length)
        except FileNotFoundError as error:
            raise gone(segment) from error
        yield zstandard.ZstdDecompressor().decompress(packed)


def _pages(events: Iterable[Event], first: int) -> Iterator[list[Event]]:
    """Yield the events in groups that end where a page ends."""
    waiting = iter(events)
    room = PAGE - first % PAGE
    while some := list(islice(waiting, room)):
        yield some
        room = PAGE
