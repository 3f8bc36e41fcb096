"""The saved questions say the same as the typed answers, which choose their rows in memory."""

from pathlib import Path

import pytest

from kg.answers import adoptions
from kg.answers.facts import Facts, evidence_of
from kg.answers.involvements import involvements
from kg.answers.saved import PARAMETERS, saved_names
from kg.files import QUERIES
from kg.iri import graph as graph_iri
from kg.iri import mint
from kg.questions import Query, Term
from kg.store import Graph
from kg.terms import LOTSE, NamedNode
from tests.kg.answers.country import of_quads, opened
from tests.kg.answers.islands import country


@pytest.fixture(scope="module", params=["small", "islands"])
def graph(request: pytest.FixtureRequest) -> Graph:
    if request.param == "islands":
        return of_quads(country())
    return opened(Path(__file__).parent / "small.trig")


def text(term: Term | None) -> str:
    return term.value if term is not None else ""


def all_of(graph: Graph, kind: str) -> list[NamedNode]:
    found = {q.subject for q in graph.quads() if f"/id/{kind}/" in str(q.subject)}
    return sorted((one for one in found if isinstance(one, NamedNode)), key=str)


def test_adoptions_of_a_solution(graph: Graph) -> None:
    for solution in all_of(graph, "solution"):
        rows = graph.select(Query.load("adoptions_of"), solution=solution)
        held = adoptions._adoptions(graph).of.get(solution.value, [])
        assert {(text(adoption), text(who)) for adoption, _, who, _ in rows} == {
            (node, key[1]) for key, nodes in held for node in nodes
        }


def test_adoptions_in_a_place(graph: Graph) -> None:
    for place in all_of(graph, "jurisdiction"):
        rows = graph.select(Query.load("adoptions_in"), place=place)
        held = adoptions._adoptions(graph).within.get(place.value, [])
        assert {text(row[0]) for row in rows} == {node for _, nodes in held for node in nodes}


def test_involvements_on_a_theme(graph: Graph) -> None:
    every = involvements(graph)
    rows = graph.select(Query.load("involvements"))
    assert {(text(row[0]), text(row[1])) for row in rows} == {(i.node, i.role) for i in every}
    for name in ("environment", "administration"):
        theme = LOTSE[f"theme-{name}"]
        rows = graph.select(Query.load("involvements_on"), theme=theme)
        assert {text(row[0]) for row in rows} == {
            one.node for one in every if theme.value in one.themes
        }


def test_what_is_said_of_a_thing(graph: Graph) -> None:
    things = all_of(graph, "adoption")
    facts = Facts(graph, [one.value for one in things])
    rows = graph.select(Query.load("described"), thing=things)
    assert len(rows) > len(things)
    for _, thing, prop, value in rows:
        assert isinstance(prop, NamedNode)
        assert text(value) in facts.all(text(thing), prop)


def test_who_says_so(graph: Graph) -> None:
    things = all_of(graph, "adoption")
    held = evidence_of(graph, [one.value for one in things])
    rows = graph.select(Query.load("evidence"), thing=things)
    assert {(text(row[0]), text(row[2])) for row in rows} == {
        (node, one.source) for node, found in held.items() for one in found
    }
    for thing in things:
        slug = held[thing.value][0].source.rpartition("/")[2]
        rows = graph.select(Query.load("who_says_so"), subject=thing, graph=graph_iri(slug))
        assert [(text(row[0]), text(row[4]), text(row[5])) for row in rows] == [
            (mint("source", slug).value, "2026-11-24", "https://example.org/licence")
        ]


def test_every_file_is_a_question_with_titles_and_a_fixed_order() -> None:
    for name in saved_names():
        query = Query.load(name)
        assert query.title, name
        assert query.titel, name
        assert query.cq.startswith("CQ-"), name
        assert "ORDER BY" in query.text, name
        assert query.about in query.columns, name
        assert set(query.parameters) <= set(PARAMETERS), name
        needed = {one for one, required in query.parameters.items() if required}
        assert needed <= set(query.examples) <= set(query.parameters), name
    assert len(saved_names()) == len(list(QUERIES.glob("*.rq")))
