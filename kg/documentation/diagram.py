"""A picture of the classes and how the shapes join them: cards in layers, joined by curves.

Every property is a line of its class's card, and its curves begin at that line, so that no words
need a place on the curves. Classes that relations lead to stand to the right; where a curve passes
a layer, a place is kept for it there, so that it runs behind no card.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kg.documentation.shapes import Relation, relations
from kg.namespaces import PREFIXES, VOCABULARY

_OURS: Final = next(f"{prefix}:" for prefix, base in PREFIXES.items() if base == VOCABULARY)
WIDE: Final = 240
HEAD: Final = 30
LINE: Final = 21
_GAP: Final = 96
_APART: Final = 18
_EDGE: Final = 6


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a card: a property and the classes that it leads to."""

    path: str
    targets: tuple[str, ...]
    y: int


@dataclass(frozen=True, slots=True)
class Card:
    """A class with its relations, and where it stands."""

    name: str
    x: int
    y: int
    height: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """Cards and curves with the size of the whole."""

    width: int
    height: int
    cards: tuple[Card, ...]
    curves: tuple[str, ...]
    """Paths as SVG writes them, from a line of a card to another card."""


Pass = tuple[str, int]
"""A place kept for the curves to a class in a layer before it."""
_Node = str | Pass


@lru_cache(maxsize=1)
def diagram() -> Diagram:
    """Return the picture of our shapes."""
    return drawn(relations())


def drawn(found: Sequence[Relation]) -> Diagram:
    """Return the picture of these relations."""
    of: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        of[one.source][one.path].append(one.target)
    shown = {*of, *(one.target for one in found if one.target.startswith(_OURS))}
    leads = {
        name: {to for targets in of.get(name, {}).values() for to in targets if to in shown}
        - {name}
        for name in shown
    }
    layers = _with_passes(_layers(leads), leads)
    heights = {name: HEAD + LINE * len(of.get(name, ())) + _EDGE for name in shown}
    tall = max(sum(_height(node, heights) for node in layer) for layer in layers)
    cards: dict[str, Card] = {}
    passes: dict[Pass, int] = {}
    for number, layer in enumerate(layers):
        y = (tall - sum(_height(node, heights) for node in layer)) // 2 + _APART // 2
        for node in layer:
            if isinstance(node, str):
                x = _EDGE + number * (WIDE + _GAP)
                cards[node] = Card(node, x, y, heights[node], _rows(of.get(node, {}), y))
            else:
                passes[node] = y
            y += _height(node, heights)
    return Diagram(
        width=len(layers) * (WIDE + _GAP) - _GAP + 2 * _EDGE,
        height=tall,
        cards=tuple(cards.values()),
        curves=tuple(
            _curve(card, row, cards[to], passes)
            for card in cards.values() for row in card.rows for to in row.targets
            if to in cards and to != card.name
        ),
    )  # fmt: skip


def _height(node: _Node, heights: Mapping[str, int]) -> int:
    return _APART + (heights[node] if isinstance(node, str) else 0)


def _rows(of: Mapping[str, list[str]], y: int) -> tuple[Row, ...]:
    return tuple(
        Row(path, tuple(targets), y + HEAD + LINE * at + LINE // 2)
        for at, (path, targets) in enumerate(of.items())
    )


def _layers(leads: Mapping[str, set[str]]) -> list[list[str]]:
    """Return the classes so that each stands left of those that it leads to, where that can be."""
    depth: dict[str, int] = {}

    def deep(name: str, above: frozenset[str]) -> int:
        if name not in depth:
            below = [deep(one, above | {name}) for one in leads[name] if one not in above]
            depth[name] = 1 + max(below, default=-1)
        return depth[name]

    most = max(deep(name, frozenset({name})) for name in sorted(leads))
    return [sorted(name for name in leads if depth[name] == most - at) for at in range(most + 1)]


def _with_passes(layers: list[list[str]], leads: Mapping[str, set[str]]) -> list[list[_Node]]:
    """Return the layers with places for curves that pass them, ordered so that few cross."""
    at = {name: number for number, layer in enumerate(layers) for name in layer}
    below: dict[_Node, set[_Node]] = defaultdict(set)
    held: list[list[_Node]] = [[*layer] for layer in layers]
    for name in sorted(leads):
        for target in sorted(leads[name]):
            steps: list[_Node] = [(target, one) for one in range(at[name] + 1, at[target])]
            for left, right in pairwise([name, *steps, target]):
                below[left].add(right)
            for step, number in zip(steps, range(at[name] + 1, at[target]), strict=True):
                if step not in held[number]:
                    held[number].append(step)
    place: dict[_Node, float] = {}
    for layer in reversed(held):
        layer.sort(key=lambda node: (_mean(place[one] for one in below[node]), str(node)))
        place |= {node: (number + 0.5) / len(layer) for number, node in enumerate(layer)}
    return held


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.5


def _curve(card: Card, row: Row, target: Card, passes: Mapping[Pass, int]) -> str:
    x, y = card.x + WIDE, row.y
    path = f"M{x} {y}"
    number = card.x // (WIDE + _GAP) + 1
    while (target.name, number) in passes:
        to = passes[target.name, number]
        path += _bent(x, y, x + _GAP, to) + f"H{x + _GAP + WIDE}"
        x, y, number = x + _GAP + WIDE, to, number + 1
    return path + _bent(x, y, target.x, target.y + HEAD // 2)


def _bent(x: int, y: int, to_x: int, to_y: int) -> str:
    bend = (to_x - x) // 2
    return f"C{x + bend} {y} {to_x - bend} {to_y} {to_x} {to_y}"
