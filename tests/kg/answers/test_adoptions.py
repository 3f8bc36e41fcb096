from pathlib import Path

import pytest

from kg.answers.adoptions import Adopted, adopters, solutions_in
from kg.iri import mint
from kg.store import Graph
from kg.terms import LOTSE, Quad, text
from tests.kg.answers.country import of_quads, opened
from tests.kg.answers.islands import adoption, ars, solution, territory


@pytest.fixture(scope="module")
def graph() -> Graph:
    return opened(Path(__file__).parent / "small.trig")


def shown(row: Adopted) -> tuple[object, ...]:
    return (
        row.solution.label if row.solution else None,
        row.adopter.iri.rpartition("/")[2] if row.adopter else None,
        row.published,
        row.resolution,
        [one.label for one in row.candidates],
        (row.status, row.since, row.since_means, row.until, row.basis),
        [(one.published, one.title) for one in row.evidence],
    )


SCHLIEBEN = (
    "Mängelmelder", "120625209445", "Stadt Schlieben", "matched", [],
    ("in-use", "2021", "adoption", None, "stated"),
    [("Stadt Schlieben", "Quelle adoptions"), ("Schlieben (Stadt)", "Quelle publiccode")],
)  # fmt: skip
AMT = (
    "Karte", "120625209000", "Amt Schlieben", "matched", [],
    ("in-use", None, None, None, None), [("Amt Schlieben", "Quelle adoptions")],
)  # fmt: skip
ASCHHEIM = (
    "Mängelmelder", "091840112112", "Aschheim", "matched", [],
    ("ended", None, None, "2022", None),
    [("Aschheim", "Quelle adoptions"), ("Markt Aschheim", "Quelle publiccode")],
)  # fmt: skip
ATLANTIS = (
    "Mängelmelder", None, "Atlantis", "unknown", [],
    ("in-use", None, None, None, None), [("Atlantis", "Quelle adoptions")],
)  # fmt: skip
NEUSTADT = (
    "Mängelmelder", None, "Neustadt", "ambiguous",
    ["Neustadt (Gemeinde, Elbe-Elster, Brandenburg)", "Neustadt (Stadt, München, Bayern)"],
    ("in-use", None, None, None, None), [("Neustadt", "Quelle adoptions")],
)  # fmt: skip


@pytest.mark.parametrize(
    "asked", ["Mängelmelder", "damage reporter", "Maengelmelder-App", "adoptions-melder"]
)
def test_adopters_of_a_solution_are_exactly_these(graph: Graph, asked: str) -> None:
    rows = [shown(row) for row in adopters(graph, solution=asked).rows]
    assert rows == [ASCHHEIM, ATLANTIS, NEUSTADT, SCHLIEBEN]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Brandenburg", [AMT, SCHLIEBEN]),
        ("Amt Schlieben", [AMT, SCHLIEBEN]),
        ("Schlieben", [SCHLIEBEN]),
        ("Bayern", [ASCHHEIM]),
        ("München", []),
        ("Deutschland", [ASCHHEIM, AMT, SCHLIEBEN]),
    ],
)
def test_solutions_in_a_place_are_exactly_these(
    graph: Graph, place: str, expected: list[object]
) -> None:
    assert [shown(row) for row in solutions_in(graph, place=place).rows] == expected


def test_the_place_itself_comes_before_those_within_it(graph: Graph) -> None:
    first = solutions_in(graph, place="Amt Schlieben").rows[0].adopter
    assert first is not None
    assert first.iri == mint("jurisdiction", "120625209000").value


@pytest.mark.parametrize("others", [0, 1])
def test_an_open_name_joins_the_one_adopter_named_so_elsewhere(others: int) -> None:
    """The key of one list tells whom the bare name of another list means, if only one can be."""
    first, second = ars("01", 0, 1), ars("01", 1, 1)
    named = [*adoption("app", first), *(adoption("app", second) if others else [])]
    named = [
        Quad(quad.subject, quad.predicate, text("Ort"), quad.graph_name)
        if quad.predicate == LOTSE.adopterAsPublished
        else quad
        for quad in named
    ]
    unmatched = [quad for quad in adoption("app", "x") if quad.predicate != LOTSE.adopter]
    unmatched = [
        Quad(quad.subject, quad.predicate, text("Ort"), quad.graph_name)
        if quad.predicate == LOTSE.adopterAsPublished
        else quad
        for quad in unmatched
    ]
    graph = of_quads([*territory(), *solution("app"), *named, *unmatched])
    rows = adopters(graph, solution="app").rows
    found = [(row.adopter.key if row.adopter else None, len(row.statements)) for row in rows]
    assert sorted(found, key=str) == (
        [(first, 1), (second, 1), (None, 1)] if others else [(first, 2)]
    )
