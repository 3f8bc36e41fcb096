"""The index of all sources and the graph give the same rows and counts."""

from kg.release import Release
from kg.search import index_of
from tests.agreement import disagreements


def test_index_and_graph_agree_on_every_list_dimension_and_value(served: Release) -> None:
    assert list(disagreements(served.graph, index_of(served.graph, served.index))) == []
