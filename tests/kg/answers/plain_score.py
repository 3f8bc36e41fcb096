"""The score of SCALING in plain Python, place by place: oracle of the tests, baseline of the bench.

It reads the same `Known` as `kg.scaling` and shares no computation with it.
"""

import math
from collections.abc import Iterable, Sequence

from kg.uptake import Known, Places, Uptake


def _bell(apart: float) -> float:
    return math.exp(-0.5 * apart * apart) / math.sqrt(2 * math.pi)


def _point(places: Places, i: int) -> tuple[float, float, float]:
    lat, lon = math.radians(places.latitude[i]), math.radians(places.longitude[i])
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def _close(places: Places, i: int, j: int) -> float:
    km = 6371.0088 * math.dist(_point(places, i), _point(places, j))
    return math.exp(-(km * km) / (2 * 75.0**2)) if km <= 225.0 else 0.0


def _density(places: Places, i: int, masses: Iterable[tuple[int, float]]) -> tuple[float, float]:
    """Return the summed kernel at the size of place `i`, and the summed mass."""
    at = math.log(places.population[i])
    found = mass = 0.0
    for j, weight in masses:
        found += weight * _bell((at - math.log(places.population[j])) / 0.5) / 0.5
        mass += weight
    return found, mass


def _users(uptake: Uptake) -> list[tuple[int, float]]:
    return [(use.place, use.weight) for use in uptake.users]


def plain_size(known: Known, uptake: Uptake, i: int) -> float:
    """Return the factor `size` of one place."""
    places = known.places[uptake.level]
    looked = [(j, 1.0) for j, land in enumerate(places.land) if land in uptake.lands]
    all_here, count = _density(places, i, looked)
    candidates = all_here / count
    others = [
        user for other in known.uptakes
        if other.level == uptake.level and other.solution != uptake.solution
        for user in _users(other)
    ]  # fmt: skip
    pooled_here, mass = _density(places, i, others)
    pooled = pooled_here / mass if mass > 0 else candidates
    used_here, n = _density(places, i, _users(uptake))
    return math.log(((used_here + 4.0 * pooled) / (n + 4.0)) / candidates)


def plain_score(
    known: Known, uptake: Uptake, wanted: Sequence[int] | None = None
) -> dict[int, tuple[float, float]]:
    """Return size and near of the places wanted (all in covered Länder, where None)."""
    places = known.places[uptake.level]
    looked = [i for i, land in enumerate(places.land) if land in uptake.lands]
    size = {i: plain_size(known, uptake, i) for i in looked}
    total = sum(math.exp(one) for one in size.values())
    users = _users(uptake)
    n = sum(weight for _, weight in users)
    found = {}
    for i in looked if wanted is None else wanted:
        observed = sum(weight * _close(places, i, j) for j, weight in users if j != i)
        expected = sum(math.exp(size[j]) / total * _close(places, i, j) for j in looked if j != i)
        found[i] = (size[i], math.log((observed + 1) / (n * expected + 1)))
    return found
