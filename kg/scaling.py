"""Which solution scales where: a score of two factors that people can follow.

`size`: how much denser its users are at a place's size than all candidates are.
`near`: how much more use there is around a place than the sizes of the places there explain.
Score = size + near, both logarithms, each of weight 1; nothing is learnt. What may be
claimed, and the choices behind it, stand in decision 0009. Places that cannot be scored are
NaN. Distances are straight lines through the earth, at 225 km 12 m shorter than along it.
"""

import io
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.store import Graph
from kg.terms import NamedNode
from kg.uptake import RESTS_ON, Known, Places, Uptake, Use, known

Numbers: TypeAlias = NDArray[np.float64]
Indexes: TypeAlias = NDArray[np.intp]

BANDWIDTH: Final = 0.5
"""Of the Gaussian kernel on the logarithm of the population."""
PSEUDO: Final = 4.0
"""Pseudo-adopters drawn from the sizes at which other solutions are used."""
SIGMA_KM: Final = 75.0
CUT: Final = 3.0
"""Beyond this many sigma nothing counts as near."""
LEAST_ADOPTERS: Final = 4
LEAST_KREISE: Final = 3
_EARTH_KM: Final = 6371.0088
_BLOCK: Final = 512
_VERSION: Final = 1


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The places of a level, ready for computing."""

    places: Places
    size: Numbers
    """Logarithm of the population."""
    point: Numbers
    """Position on the unit sphere, a row a place."""
    people: NDArray[np.int64]
    lands: tuple[str, ...]
    land: NDArray[np.int64]
    """Of each place, as its number among `lands`."""

    @classmethod
    def of(cls, places: Places) -> "Ground":
        """Return the ground of these places."""
        people = np.array(places.population, dtype=np.int64)
        lat, lon = np.radians(places.latitude), np.radians(places.longitude)
        point = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], 1)
        lands = tuple(sorted(set(places.land)))
        number = {land: n for n, land in enumerate(lands)}
        land = np.array([number[one] for one in places.land], dtype=np.int64)
        return cls(places, np.log(people.astype(float)), point.reshape(-1, 3), people, lands, land)

    def alike(self, here: Any, there: Any) -> Numbers:  # noqa: ANN401 (any numpy index)
        """Return the size kernel between places, a row for each of `here`."""
        apart = (self.size[here][:, None] - self.size[there][None, :]) / BANDWIDTH
        found: Numbers = np.exp(-0.5 * apart * apart) / (BANDWIDTH * np.sqrt(2 * np.pi))
        return found

    def close(self, here: Any, there: Any) -> Numbers:  # noqa: ANN401 (any numpy index)
        """Return the distance kernel between places, 1 at no distance, 0 beyond the cut."""
        half = np.clip(1.0 - self.point[here] @ self.point[there].T, 0.0, None)
        half *= -((_EARTH_KM / SIGMA_KM) ** 2)
        near = half >= -0.5 * CUT * CUT
        found: Numbers = np.exp(half, out=half)
        found *= near
        return found

    def within(self, lands: tuple[str, ...]) -> NDArray[np.bool_]:
        """Return which places lie in these Länder."""
        return np.isin(self.land, [n for n, land in enumerate(self.lands) if land in lands])


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """The factors of one solution for all places of its level; NaN where nobody has looked."""

    uptake: Uptake
    ground: Ground
    size: Numbers
    near: Numbers
    candidate: NDArray[np.bool_]
    """Places in covered Länder that do not use it yet."""

    total: Numbers
    """The score of each candidate, NaN elsewhere."""

    @property
    def enough(self) -> bool:
        """Return whether there is evidence enough for a score."""
        return enough(self.uptake)


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """The factors of all solutions."""

    known: Known
    grounds: dict[str, Ground]
    size: dict[str, Numbers]
    """Level → a row for each of its solutions, a column for each of its places."""
    near: dict[str, Numbers]
    rows: dict[str, tuple[str, int]]
    """Solution → level and row."""

    def of(self, solution: str) -> Score | None:
        """Return the factors of a solution, None where nothing is known of its users."""
        return _score(self, solution) if solution in self.rows else None

    def to_bytes(self) -> bytes:
        """Return the scores as the content of an npz file."""
        written = np.frombuffer(_head(self.known), dtype=np.uint8)
        arrays = {f"size_{level}": found for level, found in self.size.items()}
        arrays |= {f"near_{level}": found for level, found in self.near.items()}
        file = io.BytesIO()
        np.savez(file, head=written, **arrays)  # type: ignore[arg-type]
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Scores":
        """Return the scores of the content of an npz file."""
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            head = json.loads(file["head"].tobytes().decode())
            arrays = {name: file[name] for name in file.files if name != "head"}
        places = {
            level: Places(**{name: tuple(values) for name, values in held.items()})
            for level, held in head["known"]["places"].items()
        }
        found = Known(places, tuple(_uptake(one) for one in head["known"]["uptakes"]))
        return cls(
            found,
            {level: Ground.of(held) for level, held in places.items()},
            {level: arrays[f"size_{level}"] for level in places},
            {level: arrays[f"near_{level}"] for level in places},
            _rows(found),
        )


def _head(found: Known) -> bytes:
    said = {"version": _VERSION, "known": asdict(found)}
    return json.dumps(said, ensure_ascii=False).encode()


def precompute(
    graph: Graph, before: Path | None = None, touched: Collection[str] | None = None
) -> bytes:
    """Return the factors of all solutions for all places, as a release keeps them in a file.

    `before` is such a file of an earlier release; it stays where it rests on the same uptake.
    `touched`: the properties in which the graph differs from that release, None for any.
    """
    same = touched is not None and RESTS_ON.isdisjoint(map(NamedNode, touched))
    if same and before is not None and before.is_file():
        return before.read_bytes()
    found = known(graph)
    if before is not None and before.is_file():
        with np.load(before, allow_pickle=False) as file:
            if file["head"].tobytes() == _head(found):
                return before.read_bytes()
    return compute(found).to_bytes()


@lru_cache(maxsize=4)
def scores_of(graph: Graph, file: Path | None = None) -> Scores:
    """Return the scores of a release: from its file, else computed; once for each release."""
    if file is not None and file.is_file():
        return Scores.from_bytes(file.read_bytes())
    return compute(known(graph))


@lru_cache(maxsize=1024)
def _score(scores: Scores, solution: str) -> Score:
    level, row = scores.rows[solution]
    uptake = next(one for one in scores.known.uptakes if one.solution == solution)
    ground, size, near = scores.grounds[level], scores.size[level][row], scores.near[level][row]
    candidate = ground.within(uptake.lands)
    candidate[list(uptake.taken)] = False
    total = np.where(candidate, size + near, np.nan)
    return Score(uptake, ground, size, near, candidate, total)


def enough(uptake: Uptake) -> bool:
    """Return whether there is evidence enough for a score."""
    return len(uptake.users) >= LEAST_ADOPTERS and uptake.kreise >= LEAST_KREISE


def compute(found: Known) -> Scores:
    """Return the factors of all solutions for all places."""
    grounds = {level: Ground.of(places) for level, places in found.places.items()}
    size, near = {}, {}
    for level, ground in grounds.items():
        uptakes = [one for one in found.uptakes if one.level == level]
        size[level] = _size(ground, uptakes)
        near[level] = _near(ground, uptakes, size[level])
        for row, one in enumerate(uptakes):
            if not enough(one):
                size[level][row] = near[level][row] = np.nan
    return Scores(found, grounds, size, near, _rows(found))


def _rows(found: Known) -> dict[str, tuple[str, int]]:
    rows: dict[str, tuple[str, int]] = {}
    for level in found.places:
        of_level = [one.solution for one in found.uptakes if one.level == level]
        rows |= {solution: (level, row) for row, solution in enumerate(of_level)}
    return rows


def _weights(ground: Ground, uptakes: list[Uptake]) -> Numbers:
    """Return the weight of each place as a user: a row a solution."""
    found = np.zeros((len(uptakes), len(ground.size)))
    for row, one in enumerate(uptakes):
        for use in one.users:
            found[row, use.place] = use.weight
    return found


def _size(ground: Ground, uptakes: list[Uptake]) -> Numbers:
    """Return ln(density of users' sizes ÷ density of candidates' sizes) at each place.

    Places of one population are one place here; densities of candidates are added up by Land.
    """
    if not uptakes or not len(ground.size):
        return np.zeros((len(uptakes), len(ground.size)))
    sizes, first, at = np.unique(ground.size, return_index=True, return_inverse=True)
    lands = ground.lands
    mass = np.zeros((len(sizes), len(lands) + len(uptakes)))
    np.add.at(mass, (at, ground.land), 1.0)
    for column, one in enumerate(uptakes, start=len(lands)):
        for use in one.users:
            mass[at[use.place], column] += use.weight
    density = np.empty_like(mass)
    for start in range(0, len(sizes), _BLOCK):
        here = first[start : start + _BLOCK]
        density[start : start + _BLOCK] = ground.alike(here, first) @ mass
    used, used_by_all = density[:, len(lands) :], density[:, len(lands) :].sum(axis=1)
    n = mass[:, len(lands) :].sum(axis=0)
    size = np.full((len(uptakes), len(ground.size)), np.nan)
    for row, one in enumerate(uptakes):
        covered = [lands.index(land) for land in one.lands if land in lands]
        count = mass[:, covered].sum()
        if not count or not n[row]:
            continue
        candidates = density[:, covered].sum(axis=1) / count
        others = n.sum() - n[row]
        pooled = (used_by_all - used[:, row]) / others if others > 0 else candidates
        users = (used[:, row] + PSEUDO * pooled) / (n[row] + PSEUDO)
        looked = ground.within(one.lands)
        with np.errstate(divide="ignore"):
            size[row, looked] = np.log(users / candidates)[at][looked]
    return size


def _near(ground: Ground, uptakes: list[Uptake], size: Numbers) -> Numbers:
    """Return ln((use around ÷ use expected there from size), each + 1) at each place."""
    weight = _weights(ground, uptakes)
    expected = np.exp(np.where(np.isnan(size), -np.inf, size))
    total = expected.sum(axis=1, keepdims=True)
    expected *= weight.sum(axis=1, keepdims=True) / np.where(total > 0, total, 1.0)
    both = np.concatenate([weight, expected]).T
    order = np.argsort(ground.point[:, 2], kind="stable")
    height = ground.point[order, 2]
    reach = CUT * SIGMA_KM / _EARTH_KM
    around = np.zeros((len(ground.size), both.shape[1]))
    for start in range(0, len(order), _BLOCK):
        here = order[start : start + _BLOCK]
        low = np.searchsorted(height, height[start] - reach)
        high = np.searchsorted(height, height[start + len(here) - 1] + reach, side="right")
        kernel = ground.close(here, order[low:high])
        kernel[np.arange(len(here)), np.arange(len(here)) + start - low] = 0.0
        around[here] = kernel @ both[order[low:high]]
    observed, awaited = around[:, : len(uptakes)].T, around[:, len(uptakes) :].T
    return np.where(np.isnan(size), np.nan, np.log((observed + 1.0) / (awaited + 1.0)))


def _uptake(held: dict[str, Any]) -> Uptake:
    def uses(name: str) -> tuple[Use, ...]:
        return tuple(
            Use(one["place"], one["weight"], tuple(one["adoptions"])) for one in held[name]
        )

    return Uptake(
        **{
            **held,
            "users": uses("users"),
            "former": uses("former"),
            "taken": tuple(held["taken"]),
            "lands": tuple(held["lands"]),
        }
    )
