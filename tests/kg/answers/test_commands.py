import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from typer.testing import CliRunner, Result

from kg import release
from kg.answers import commands
from kg.errors import BadQueryError, NotFoundError
from kg.release import Release
from tests.kg.answers.country import of_quads, opened
from tests.kg.answers.islands import ars, country

SMALL = Path(__file__).parent / "small.trig"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    served = Release("r1", SMALL.parent / "none", {}, opened(SMALL))
    monkeypatch.setattr(commands, "current", lambda _: served)
    yield
    release.opened.cache_clear()


def run(*words: str) -> Result:
    found = CliRunner().invoke(commands.app, list(words), catch_exceptions=True)
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "words",
    [
        ("who-does-what", "--theme", "Umwelt", "--place", "Brandenburg"),
        ("adopters", "Mängelmelder"),
        ("solutions-in", "Bayern"),
        ("responsible", "--q", "Wald", "--place", "Schlieben"),
        ("about", "Isarlabor"),
    ],
    ids=str,
)
def test_every_question_is_answered_in_every_format(words: tuple[str, ...]) -> None:
    found = json.loads(run("ask", *words, "--format", "json").stdout)
    assert (found["question"], found["release"]) == (words[0], "r1")
    rows = list(csv.DictReader(io.StringIO(run("ask", *words, "--format", "csv").stdout)))
    assert len(rows) == len(found["rows"])
    assert list(parse(run("ask", *words, "--format", "trig").stdout_bytes, format=RdfFormat.TRIG))
    assert list(parse(run("ask", *words, "--format", "ttl").stdout_bytes, format=RdfFormat.TURTLE))
    assert "release r1" in run("ask", *words).stdout


def test_a_score_is_shown_with_its_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    served = Release("r1", SMALL.parent / "none", {}, of_quads(country()))
    monkeypatch.setattr(commands, "current", lambda _: served)
    shown = " ".join(run("ask", "scales-where", "melder", "--lang", "en").stdout.split())
    assert "no better than the largest towns" in shown
    rows = json.loads(run("ask", "scales-where", "melder", "--format", "json").stdout)["rows"]
    sizes = [one["value"] for row in rows for one in row["because"] if one["feature"] == "size"]
    assert sizes
    assert re.findall(r"size=([^; ]+)", shown) == [f"{one:.2f}" for one in sizes]
    assert "Elsewhere nobody has looked" in shown
    fits = json.loads(run("ask", "fits-here", ars("02", 4, 2), "--format", "json").stdout)
    assert [row["solution"]["label"] for row in fits["rows"]]


@pytest.mark.usefixtures("small")
def test_an_unknown_name_is_an_error_with_suggestions() -> None:
    with pytest.raises(NotFoundError, match="Mängelmelder"):
        run("ask", "adopters", "Mängelmelde")


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("query", "nothing_of_this_name"), NotFoundError),
        (("query", "adoptions_of"), BadQueryError),
        (("query", "adoptions_of", "-p", "colour=red"), BadQueryError),
        (("query", "who_says_so", "-p", "subject=no: iri", "-p", "graph=x"), BadQueryError),
    ],
    ids=str,
)
def test_a_saved_question_asked_wrongly_says_so(
    words: tuple[str, ...], error: type[Exception]
) -> None:
    with pytest.raises(error):
        run(*words)


@pytest.mark.usefixtures("small")
def test_a_saved_question_takes_things_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def answered(_store: object, _settings: object, text: str, written: str) -> bytes:
        asked.append(f"{written} {text}")
        return b"done"

    monkeypatch.setattr(commands, "run_text", answered)
    assert run("query", "adoptions_of", "-p", "solution=Karte", "-f", "json").stdout == "done"
    assert (
        "VALUES ?solution { <https://w3id.org/innovationslotse/id/solution/adoptions-karte> }"
        in asked[0]
    )
