"""The tutorial: ten steps that are queries, each with its columns and a lesson."""

from api.messages import catalogue
from kg.documentation.tutorial import columns, steps, written
from kg.store import Draft


def test_there_are_ten_steps_with_a_question_in_both_languages() -> None:
    assert [step.name[:2] for step in steps()] == [f"{number:02}" for number in range(1, 11)]
    assert [step.name for step in steps() if not step.title or not step.titel] == []
    assert [step.name for step in steps() if step.parameters] == []


def test_every_step_has_a_lesson_and_no_lesson_lacks_its_step() -> None:
    lessons = {key for key in catalogue() if key.endswith(".lesson")}
    assert lessons == {f"tutorial.{step.name}.lesson" for step in steps()}


def test_every_query_runs_and_its_columns_are_named() -> None:
    empty = Draft()
    assert [list(empty.select(step)) for step in steps()] == [[]] * 10
    assert [columns(step) for step in steps()][:2] == [["land", "name"], ["name", "people"]]
    assert columns(steps()[4]) == ["land", "labs"]


def test_what_is_shown_is_the_query_alone() -> None:
    assert written(steps()[0]).startswith("PREFIX lotse:")
