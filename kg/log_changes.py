"""What differs between two states, entity by entity; only graphs that differ are read."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.log_entities import PROVENANCE, Lines, Owners, by_group, group_of, kinds_of, places_of
from kg.release import read_graph

ADD: Final = "ADD"
MOD: Final = "MOD"
DEL: Final = "DEL"


@dataclass(frozen=True, slots=True)
class State:
    """A release as the log sees it: graphs by name, with their checksums."""

    sums: Mapping[str, str]
    read: Callable[[str], str]
    """Returns the canonical N-Quads of a graph."""


NOTHING: Final = State({}, lambda _: "")


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to an entity."""

    op: str
    entity: str
    quads: tuple[str, ...]
    """What it says from now on, as lines of N-Quads; nothing where it is gone."""
    kinds: tuple[str, ...]
    places: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the line of the delta file."""
        said = {"id": self.entity, "kinds": self.kinds, "places": self.places}
        return {"op": self.op, "entity": said if self.op == DEL else said | {"quads": self.quads}}


def state(folder: Path, graphs: Mapping[str, Mapping[str, Any]]) -> State:
    """Return the state that the release in this folder is; `graphs` are of its manifest."""
    return State(
        {name: str(one["sha256"]) for name, one in graphs.items()},
        lambda name: read_graph(folder, name).decode(),
    )


def changes(old: State, new: State) -> Iterator[Event]:
    """Yield what must be done to the one state to come to the other, in a fixed order."""
    if old.sums.get(PROVENANCE) == new.sums.get(PROVENANCE):
        after = before = _Share(new)
    else:
        before, after = _Share(old), _Share(new)
    for name in sorted({*old.sums, *new.sums}):
        same = old.sums.get(name) == new.sums.get(name)
        if not (same and before.lines.get(name) == after.lines.get(name)):
            yield from _events(before.entities(old, name), after.entities(new, name))


class _Share:
    """The graph `provenance` of a state, shared out to the graphs that its entities are in."""

    def __init__(self, of: State) -> None:
        text = of.read(PROVENANCE) if PROVENANCE in of.sums else ""
        self.owners = Owners(text)
        self.lines: dict[str, list[str]] = defaultdict(list)
        for line in text.splitlines():
            self.lines[group_of(self.owners.of(PROVENANCE, line))].append(line)

    def entities(self, of: State, name: str) -> Lines:
        own = of.read(name).splitlines() if name in of.sums and name != PROVENANCE else []
        return by_group({name: own, PROVENANCE: self.lines.get(name, [])}, self.owners)


def _events(before: Lines, after: Lines) -> Iterator[Event]:
    for entity in sorted({*before, *after}):
        old, new = before.get(entity), after.get(entity)
        if old == new:
            continue
        op = ADD if old is None else DEL if new is None else MOD
        lines = new or old or []
        yield Event(op, entity, tuple(new or ()), tuple(kinds_of(lines)), tuple(places_of(lines)))
