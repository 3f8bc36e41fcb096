"""What uptake is read from: the score of a release stays where nothing of it changed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.pipeline import build
from kg import release
from kg.scaling import precompute
from kg.store import Graph
from kg.terms import LOTSE, NamedNode, Quad
from kg.uptake import RESTS_ON, USES, known
from tests.world import small_sources


class Without(Graph):
    """A graph that does not say one thing of anything."""

    def __init__(self, of: Graph, prop: NamedNode) -> None:
        super().__init__(of._store)
        self._prop = prop

    def quads(
        self, subject: NamedNode | None = None, predicate: NamedNode | None = None, *rest: object
    ) -> Iterator[Quad]:
        found = super().quads(subject, predicate, *rest)  # type: ignore[arg-type]
        return (one for one in found if one.predicate != self._prop)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    data = tmp_path_factory.mktemp("small")
    build(data, small_sources(parking_limit=1.0))
    return release.current(data).graph


def test_uptake_rests_on_the_stated_properties_alone(graph: Graph) -> None:
    whole = known(graph)
    assert len(whole.uptakes) > 3
    others = {quad.predicate for quad in graph.quads()} - RESTS_ON
    assert len(others) > 50
    assert [
        prop.value for prop in sorted(others, key=str) if known(Without(graph, prop)) != whole
    ] == []


def test_each_pattern_of_the_question_is_among_them() -> None:
    asked = set(re.findall(r"lotse:(\w+)", USES.text))
    assert {LOTSE[name] for name in asked} <= RESTS_ON
    assert len(asked) > 3


def test_a_file_stays_where_nothing_of_it_was_touched(graph: Graph, tmp_path: Path) -> None:
    before = tmp_path / "scores.npz"
    before.write_bytes(b"as it was (invented)")
    assert precompute(graph, before, {LOTSE.since.value}) == b"as it was (invented)"
    before.write_bytes(precompute(graph))
    assert precompute(graph, before, {LOTSE.population.value}) == before.read_bytes()
    before.unlink()
    assert precompute(graph, before, set()) == precompute(graph)
