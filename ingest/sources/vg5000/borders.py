"""Simplifies areas so that neighbours still share their borders.

Rings are cut into arcs where the neighbours of a vertex are not the same two in all rings; each
arc is simplified once, whichever area asks, so no gap and no overlap can come in between.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[Point, ...]
"""A closed line without its last vertex, which is the first."""
_LEAST: Final = 3


def simplified(rings: Sequence[Ring], tolerance: float) -> dict[Ring, Ring | None]:
    """Return each ring with the vertices that are needed to stay within `tolerance` of it.

    None where nothing of it is left that has an area.
    """
    fixed = _junctions(rings)
    known: dict[Ring, Ring] = {}
    found: dict[Ring, Ring | None] = {}
    for ring in rings:
        made: list[Point] = []
        for arc in _arcs(ring, fixed):
            made.extend(_once(arc, tolerance, known)[:-1])
        found[ring] = tuple(made) if len(made) >= _LEAST else None
    return found


def _junctions(rings: Iterable[Ring]) -> frozenset[Point]:
    """Return the vertices at which borders part: not the same two neighbours in all rings."""
    beside: Mapping[Point, set[frozenset[Point]]] = defaultdict(set)
    for ring in rings:
        for number, point in enumerate(ring):
            beside[point].add(frozenset((ring[number - 1], ring[(number + 1) % len(ring)])))
    return frozenset(point for point, found in beside.items() if len(found) > 1)


def _arcs(ring: Ring, fixed: frozenset[Point]) -> list[Ring]:
    """Return the arcs of a ring, each with both its ends.

    A ring without junctions (an island, an enclave) is cut at its least vertex and the farthest
    one from it, so that both of its sides cut it alike.
    """
    cuts = [number for number, point in enumerate(ring) if point in fixed]
    if len(cuts) <= 1:
        start = cuts[0] if cuts else ring.index(min(ring))
        far = max(ring, key=lambda point: (_between(point, ring[start]), point))
        cuts = sorted({start, ring.index(far)})
    turned = (*ring[cuts[0] :], *ring[: cuts[0]], ring[cuts[0]])
    ends = [*(cut - cuts[0] for cut in cuts), len(ring)]
    return [turned[a : b + 1] for a, b in pairwise(ends)]


def _once(arc: Ring, tolerance: float, known: dict[Ring, Ring]) -> Ring:
    """Return the arc simplified; read from its other end it gives the same line."""
    turned = arc[::-1]
    forward = arc <= turned
    canonical = arc if forward else turned
    if canonical not in known:
        known[canonical] = _needed(canonical, tolerance)
    return known[canonical] if forward else known[canonical][::-1]


def _needed(line: Ring, tolerance: float) -> Ring:
    """Return the vertices that Douglas and Peucker keep."""
    kept = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        inner = range(first + 1, last)
        if not inner:
            continue
        far = max(inner, key=lambda number: _off(line[number], line[first], line[last]))
        if _off(line[far], line[first], line[last]) > tolerance**2:
            kept.add(far)
            spans += [(first, far), (far, last)]
    return tuple(line[number] for number in sorted(kept))


def _between(one: Point, other: Point) -> float:
    """Return the square of the distance of two points."""
    return float((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2)


def _off(point: Point, start: Point, end: Point) -> float:
    """Return the square of the distance of a point from the line between two others."""
    length = _between(start, end)
    if length == 0:
        return _between(point, start)
    along = (point[0] - start[0]) * (end[0] - start[0]) + (point[1] - start[1]) * (
        end[1] - start[1]
    )
    share = min(1.0, max(0.0, along / length))
    foot = (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
    return _between(point, foot)
