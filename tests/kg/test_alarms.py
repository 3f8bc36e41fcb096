"""A saved question that had rows and has none any longer raises an alarm, until it has some."""

from pathlib import Path

import pytest
from pyoxigraph import Quad

from kg import alarms
from kg.alarms import Emptied, has_rows
from kg.answers.saved import load_saved, saved_names
from kg.iri import graph, mint
from kg.store import Draft
from kg.terms import LOTSE, NamedNode, Triple

ADOPTION = mint("adoption", "adoptions-1")
BODY = mint("jurisdiction", "990010000000")
USE = [
    Triple(ADOPTION, LOTSE.canonicalSolution, mint("solution", "adoptions-app")),
    Triple(ADOPTION, LOTSE.adopter, BODY),
]


def _release(data: Path, name: str, triples: list[Triple]) -> Path:
    folder = data / name
    folder.mkdir()
    draft = Draft(folder / "store")
    draft.add(graph("adoptions"), triples)
    draft.finish()
    draft.close()
    return folder


def test_an_emptied_question_is_told_until_it_has_rows_again(tmp_path: Path) -> None:
    first, second, third, last = (
        _release(tmp_path, name, said)
        for name, said in (("r1", USE), ("r2", []), ("r3", []), ("r4", USE))
    )
    assert alarms.write(first, None) == ()
    assert alarms.write(second, first) == (Emptied("uses", "r1"),)
    assert alarms.write(third, second) == alarms.read(third) == (Emptied("uses", "r1"),)
    assert alarms.write(last, third) == ()


def test_a_release_from_before_there_were_alarms_raises_none(tmp_path: Path) -> None:
    assert alarms.read(tmp_path) == ()
    first, second = _release(tmp_path, "r1", USE), _release(tmp_path, "r2", [])
    assert alarms.write(second, first) == ()


@pytest.mark.parametrize("name", saved_names())
def test_whether_there_are_rows_is_asked_as_the_question_asks(name: str, tmp_path: Path) -> None:
    query = load_saved(name)
    empty = Draft()
    assert not has_rows(empty, query)
    assert empty.select(query, **query.example) == []
    del tmp_path


def test_one_row_is_enough() -> None:
    draft = Draft()
    draft.add(graph("adoptions"), USE)
    query = load_saved("uses")
    assert has_rows(draft, query)
    assert len(draft.select(query)) == 1
    said = next(draft.quads(ADOPTION))
    assert isinstance(said, Quad)
    assert isinstance(said.subject, NamedNode)
