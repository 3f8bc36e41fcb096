"""How well names are reconciled on the whole release; `make bench` prints all the figures."""

from collections.abc import Mapping

import pytest

from kg.reconciliation.matching import matcher_of
from kg.release import Release
from tests.bench.reconciliation import Figures, figures, lists

LEAST_PRECISION = 0.98
LEAST_FIRST = {
    "municipalities of NRW: name, Land": 0.99,
    "of these, misspelt or not there": 0.95,
    "users of the Smart Village App": 0.95,
    "organisations labelled by hand": 0.9,
}
"""The share of names whose thing is the first candidate."""


@pytest.fixture(scope="module")
def found(served: Release) -> Mapping[str, Figures]:
    matcher = matcher_of(served.graph, served.index)
    every = lists(served.graph, matcher)
    return {title: figures(matcher, every[title]) for title in LEAST_FIRST}


@pytest.mark.parametrize("title", LEAST_FIRST)
def test_matches_are_right_and_the_right_thing_comes_first(
    found: Mapping[str, Figures], title: str
) -> None:
    one = found[title]
    assert one.there > 20
    assert one.wrong <= (1 - LEAST_PRECISION) * (one.right + one.wrong)
    assert one.first >= LEAST_FIRST[title] * one.there


def test_no_misspelt_name_is_matched(found: Mapping[str, Figures]) -> None:
    one = found["of these, misspelt or not there"]
    assert (one.right, one.wrong, one.open) == (0, 0, one.names)
