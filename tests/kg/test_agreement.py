"""The index is a projection: it and the graph give the same rows and counts."""

from pathlib import Path

import pytest

from ingest.pipeline import build
from kg import release
from kg.indexing import fault
from kg.release import Release
from kg.search import Wish, index_of
from tests.agreement import disagreements, members
from tests.world import small_sources


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Return a release of the samples of all sources."""
    data = tmp_path_factory.mktemp("small")
    build(data, small_sources(parking_limit=1.0))
    return release.current(data)


def test_index_and_graph_agree_on_every_list_dimension_and_value(small: Release) -> None:
    index = index_of(small.graph, small.index)
    assert len(members(small.graph, "jurisdictions")) > 50, "an empty list proves nothing"
    assert list(disagreements(small.graph, index)) == []


def test_a_build_leaves_an_index_that_can_serve(tmp_path: Path) -> None:
    build(tmp_path, small_sources(parking_limit=1.0))
    built = release.current(tmp_path)
    assert fault(built.index, len(built.graph)) is None


@pytest.mark.parametrize("order", ["label", "-label", "year", "-year"])
def test_each_order_pages_through_everything_once(small: Release, order: str) -> None:
    index = index_of(small.graph, small.index)
    wish = Wish(lists=("actors",))
    seen: list[str] = []
    after: int | None = 0
    while after is not None:
        page = index.find(wish, order, 7, after)
        seen += [hit.iri for hit in page.hits]
        after = page.next
    assert set(seen) == members(small.graph, "actors")
    assert len(seen) == len(set(seen)) > 20
    whole = [hit.iri for hit in index.find(wish, order, 1000).hits]
    assert seen == whole
