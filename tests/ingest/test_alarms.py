"""A build tells of names that went and of saved questions that have no answers any longer."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest import commands
from ingest.pipeline import build
from kg import identifiers, release
from kg.alarms import FILE, Emptied
from kg.answers.saved import saved_names
from tests.world import small_sources

LOST = "competences"


@pytest.mark.full
def test_what_a_build_loses_is_told_and_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = small_sources()
    first = build(tmp_path, every)
    folder = tmp_path / "releases" / first.release
    (folder / FILE).write_text(json.dumps({"answered": {LOST: True, "uses": True}}))
    second = build(tmp_path, [one for one in every if one.slug != "prototype_fund"])
    after = tmp_path / "releases" / second.release
    assert set(json.loads((after / FILE).read_text())["answered"]) == set(saved_names())
    assert Emptied(LOST, first.release) in second.emptied
    gone = identifiers.read(after).gone
    assert any("/id/innovation/prototype_fund-" in one for one in gone)
    assert {of for of, _ in gone.values()} == {first.release}
    assert all("prototype_fund" in one or "/resolution/" in one for one in gone)

    monkeypatch.setattr(commands, "build", lambda *_, **__: second)
    monkeypatch.setenv("LOTSE_DATA", str(tmp_path))
    said = CliRunner().invoke(commands.app, ["build"]).output
    assert f"ALARM: the saved question {LOST} has no rows any longer" in said.replace("\n", " ")
    assert release.current_id(tmp_path) == second.release
    assert replace(second, emptied=()) != second
