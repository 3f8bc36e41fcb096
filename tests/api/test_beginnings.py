"""What a request begins with: nothing that goes to another thread, nothing that is shared."""

import inspect
from collections.abc import Iterator
from pathlib import Path

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from api.app import create_app
from kg.answers.formats import plain
from kg.settings import Settings
from kg.things import Thing


def _within(dependant: Dependant) -> Iterator[Dependant]:
    for one in dependant.dependencies:
        yield one
        yield from _within(one)


def test_nothing_before_reading_goes_to_another_thread(tmp_path: Path) -> None:
    routers = create_app(Settings(data=tmp_path)).state.routers
    routes = [one for router in routers for one in router.routes if isinstance(one, APIRoute)]
    reading = [route for route in routes if "GET" in route.methods]
    asked = [one for route in reading for one in _within(route.dependant)]
    plain_functions = {
        str(one.call) for one in asked if not inspect.iscoroutinefunction(one.call)
    }  # fmt: skip
    assert (plain_functions, len(asked) > 100) == (set(), True)


def test_a_thing_is_written_with_the_others_of_its_name_or_without() -> None:
    alone = Thing("https://example.org/a", "theme", "A")
    beside = Thing("https://example.org/a", "theme", "A", alternatives=(alone,))
    shown = [plain(one) for one in (alone, beside, alone)]
    assert [("alternatives" in one) for one in shown] == [False, True, False]
