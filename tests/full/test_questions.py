"""The hand-checked questions of tests/questions.toml, asked of the release of all sources."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.answers.about import Value, about
from kg.answers.adoptions import adopters, solutions_in
from kg.answers.answer import Answer
from kg.answers.responsible import responsible
from kg.answers.scales_where import fits_here, scales_where
from kg.answers.who_does_what import who_does_what
from kg.release import Release
from kg.things import Thing

QUESTIONS = tomllib.loads(
    (Path(__file__).parents[1] / "questions.toml").read_text(encoding="utf-8")
)["question"]
ASK: dict[str, Callable[..., Answer[Any]]] = {
    "who-does-what": who_does_what,
    "adopters": adopters,
    "solutions-in": solutions_in,
    "scales-where": scales_where,
    "fits-here": fits_here,
    "responsible": responsible,
    "about": about,
}


def ask(served: Release, question: dict[str, Any]) -> Answer[Any]:
    more = {"scores": served.scores} if question["ask"] in {"scales-where", "fits-here"} else {}
    return ASK[question["ask"]](served.graph, limit=1000, **question["with"], **more)


def shown(row: object, column: str) -> str:
    value = getattr(row, column)
    if isinstance(value, Value):
        return value.text
    return value.label if isinstance(value, Thing) else str(value)


def name(question: dict[str, Any]) -> str:
    return f"{question['ask']} {' '.join(question['with'].values())} {question['column']}"


def test_there_are_at_least_forty_questions_over_all_answers() -> None:
    assert len(QUESTIONS) >= 40
    assert {question["ask"] for question in QUESTIONS} == set(ASK)


@pytest.mark.parametrize("question", QUESTIONS, ids=name)
def test_the_answer_names_what_it_must_and_nothing_that_it_must_not(
    served: Release, question: dict[str, Any]
) -> None:
    answer = ask(served, question)
    found = {shown(row, question["column"]) for row in answer.rows}
    assert [one for one in question["expect"] if one not in found] == []
    assert [one for one in question["absent"] if one in found] == []
    if "total" in question:
        assert answer.total.value == question["total"]
    else:
        assert answer.rows, "an empty answer proves nothing"
    if "evidence" in question:
        assert answer.extra["enough"] is False


@pytest.mark.parametrize("question", QUESTIONS, ids=name)
def test_every_row_says_who_says_so(served: Release, question: dict[str, Any]) -> None:
    for row in ask(served, question).rows:
        if hasattr(row, "evidence") and getattr(row, "rule", "") != "general-competence":
            assert row.evidence
            for one in row.evidence:
                assert one.source
                if getattr(row, "concluded", False):
                    continue
                assert one.record.startswith("http")
                assert one.retrieved
                assert one.licence
