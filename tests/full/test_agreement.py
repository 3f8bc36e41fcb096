"""The index of the whole release is a projection of its graph."""

from kg.answers.lists import listing
from kg.release import Release
from kg.search import index_of
from tests.agreement import disagreements


def test_index_and_graph_agree_on_every_list_dimension_and_value(served: Release) -> None:
    assert list(disagreements(served.graph, index_of(served.graph, served.index))) == []


def test_a_common_category_finds_the_concerns_of_every_system(served: Release) -> None:
    found = listing(
        served.graph, "concerns", {"kind": "Wilder Müll"}, index=served.index, limit=1000
    )
    assert {row.iri.rpartition("/")[2].partition("-")[0] for row in found.rows} == {
        "berlin_concerns", "koeln_concerns",
    }  # fmt: skip
