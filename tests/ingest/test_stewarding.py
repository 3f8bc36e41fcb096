"""A steward's day on the small world: look, decide, build, take back; and decisions gone wrong."""

import json
import os
import shlex
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from ingest import commands
from ingest.judgements import Judgement, activity, append, own_table, read_table
from ingest.pipeline import build
from ingest.writing import Built
from kg import release
from kg.answers.open_names import shell_word
from kg.errors import LotseError, SourceError
from kg.iri import mint
from kg.terms import LOTSE, PROV, RDF, NamedNode
from tests.world import small_sources

NAME, SOURCE = "Zentrum für erfundene Fälle", "labs_and_hubs"
BERLIN, BRANDENBURG = mint("jurisdiction", "110000000000"), mint("jurisdiction", "120000000000")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data directory with a release in which one lab lies in a place nobody knows."""
    monkeypatch.setenv("LOTSE_DATA", str(tmp_path))
    monkeypatch.setattr(commands, "sources", small_sources)
    rebuilt(tmp_path)
    return tmp_path


def rebuilt(data: Path, name: str = NAME) -> Built:
    """Build the small world anew, with a name in place of the first lab's place."""
    source = next(one for one in small_sources() if one.slug == SOURCE)
    text = (source.folder / source.extracts[0].file).read_text(encoding="utf-8")
    assert ",Berlin," in text
    edited = data / "labs.csv"
    edited.write_text(text.replace(",Berlin,", f',"{name}",', 1), encoding="utf-8")
    return build(data, small_sources(), {SOURCE: edited})


def run(*words: str) -> Result:
    found = CliRunner().invoke(commands.app, words)
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def typed(command: str) -> Result:
    """Run a command as it is printed."""
    words = shlex.split(command)
    assert words[0] == "lotse"
    return run(*words[1:])


def waiting(*options: str) -> list[Any]:
    every = json.loads(run("ambiguous", "--source", SOURCE, "--format", "json", *options).stdout)
    return [one for one in every if one["published"] == NAME]


def means(data: Path) -> tuple[str, str | None, list[str]]:
    """Return what the name turned out to mean, which decision says so, and the candidates."""
    graph = release.current(data).graph
    (node,) = (
        quad.subject for quad in graph.quads(None, LOTSE.published)
        if quad.object.value == NAME and next(graph.quads(quad.subject, LOTSE.outcome), None)
        and next(graph.quads(quad.subject, LOTSE.mentionProperty, LOTSE.place), None)
    )  # fmt: skip
    (subject,) = (quad.object for quad in graph.quads(node, LOTSE.mention))
    places = [quad.object.value for quad in graph.quads(subject, LOTSE.place)]
    found = [quad.object.value for quad in graph.quads(node, LOTSE.candidate)]
    decided = [quad.object.value for quad in graph.quads(node, PROV.wasGeneratedBy)]
    (outcome,) = (quad.object.value for quad in graph.quads(node, LOTSE.outcome))
    return outcome.rpartition("-")[2], decided[0] if decided else None, [*places, *found]


def decision(verdict: str, thing: str, reason: str, data: Path) -> str:
    (row,) = (
        one for one in read_table(own_table(data))
        if (one.verdict, one.thing, one.reason) == (verdict, thing, reason)
    )  # fmt: skip
    return activity(row).value


def test_what_is_copied_from_the_list_counts_at_the_next_build_until_it_is_undone(
    data: Path,
) -> None:
    (unknown,) = waiting("--unknown")
    assert (unknown["outcome"], unknown["candidates"]) == ("unknown", [])
    assert waiting() == []
    run("judge", "unsure", "--name", NAME, "--reason", "first look", "jurisdiction/110000000000")
    assert waiting() == []
    rebuilt(data)
    (open_,) = waiting()
    assert open_["outcome"] == "ambiguous"
    (candidate,) = open_["candidates"]
    assert candidate["thing"]["key"] == "110000000000"
    assert candidate["thing"]["label"].startswith("Berlin")
    assert (open_["source"]["key"], "place" in open_["properties"]) == (SOURCE, True)

    assert typed(candidate["command"]).exit_code == 0
    assert means(data)[0] == "ambiguous"
    rebuilt(data)
    same = decision("same", "jurisdiction/110000000000", "am Eintrag der Quelle geprüft", data)
    assert means(data) == ("matched", same, [BERLIN.value])
    assert waiting("--unknown") == []
    graph = release.current(data).graph
    node = NamedNode(same)
    kinds = {quad.object for quad in graph.quads(node, RDF.type)}
    assert kinds == {LOTSE.Judgement, PROV.Activity}
    (ended,) = (quad.object for quad in graph.quads(node, PROV.endedAtTime))
    assert ended.value == f"{read_table(own_table(data))[-1].date}T00:00:00Z"
    assert [quad.object for quad in graph.quads(node, PROV.wasAssociatedWith)] == [
        mint("agent", "redaktion")
    ]

    assert run("judge", "--undo").exit_code == 0
    rebuilt(data)
    assert means(data)[::2] == ("ambiguous", [BERLIN.value])
    assert len(read_table(own_table(data))) == 3


def test_of_two_decisions_that_contradict_each_other_the_later_counts_and_both_are_kept(
    data: Path,
) -> None:
    for key, why in (("110000000000", "one"), ("120000000000", "other")):
        said = run("judge", "same", "--name", NAME, "--reason", why, f"jurisdiction/{key}")
    assert "both are kept, the later one counts" in said.stdout
    built = rebuilt(data)
    earlier = decision("same", "jurisdiction/110000000000", "one", data)
    later = decision("same", "jurisdiction/120000000000", "other", data)
    assert means(data) == ("matched", later, [BRANDENBURG.value])
    graph = release.current(data).graph
    assert all(next(graph.quads(NamedNode(one)), None) for one in (earlier, later))
    assert [row.verdict for row in read_table(own_table(data))] == ["same", "same"]
    assert not [one for one in built.unused_judgements if NAME in one]


def test_a_decision_on_a_thing_that_nobody_knows_is_refused_with_what_may_be_meant(
    data: Path,
) -> None:
    for target in ("jurisdiction/999999999999", "Brandenbrug"):
        with pytest.raises(LotseError) as refused:
            run("judge", "same", "--name", NAME, "--reason", "r", target)
        assert f"called “{target}”" in str(refused.value)
    assert "Did you mean: Brandenburg" in str(refused.value)
    assert not own_table(data).exists()


def test_a_decision_whose_thing_is_gone_is_kept_without_effect_and_the_build_says_so(
    data: Path,
) -> None:
    gone = Judgement("same", "name", SOURCE, NAME, "jurisdiction/999999999999", "", "redaktion",
                     "2026-11-24", "was there once")  # fmt: skip
    append(data, [gone])
    built = rebuilt(data)
    (said,) = (one for one in built.unused_judgements if NAME in one)
    assert said == (
        f"judgements.csv, row 2: same “{NAME}” in {SOURCE} {gone.thing}: there is no {gone.thing} "
        "in this release"
    )
    assert means(data) == ("unknown", None, [])
    assert [replace(row, where="") for row in read_table(own_table(data))] == [gone]
    graph = release.current(data).graph
    assert [quad.object.value for quad in graph.quads(activity(gone), LOTSE.verdict)] == ["same"]
    assert next(graph.quads(activity(gone), PROV.used), None) is None


def test_a_table_that_cannot_be_read_stops_the_build_and_the_old_release_stays(
    data: Path,
) -> None:
    before = release.current_id(data)
    own_table(data).write_text("verdict,what\nsame,name\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"judgements\.csv"):
        rebuilt(data)
    assert release.current_id(data) == before


@pytest.mark.parametrize(
    "name",
    ["x" * 10_000, "🚀 Lab", "\u202eBerlin\u202c", "' OR 1=1 --", "$(rm -rf ~)",
     '{ ?s ?p ?o } # "', "-rf", "a`b`"],
)  # fmt: skip
def test_any_name_can_be_listed_and_decided_as_it_was_published(data: Path, name: str) -> None:
    rebuilt(data, name.replace('"', '""'))
    every = json.loads(run("ambiguous", "--unknown", "--format", "json").stdout)
    (one,) = (one for one in every if one["published"] == name)
    words = as_bash(one["otherwise"])
    assert run(*words[1:]).exit_code == 0
    assert read_table(own_table(data))[-1].published == name
    listed = run("ambiguous", "--unknown", "--limit", "100000")
    assert "\u202e" not in listed.stdout
    assert listed.exit_code == 0


def as_bash(command: str) -> list[str]:
    """Return the words that a shell makes of a command."""
    script = f'set -- {command}; printf "%s\\0" "$@"'
    said = subprocess.run(
        ["bash", "-c", script],
        check=True, capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    return said.stdout.decode().split("\0")[:-1]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40))
def test_a_shell_reads_every_text_back_as_one_word(text: str) -> None:
    assert as_bash(f"x {shell_word(text)} y") == ["x", text, "y"]
