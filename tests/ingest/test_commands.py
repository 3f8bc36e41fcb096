"""The commands for those who keep the data, on the small world."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ingest import commands
from ingest.pipeline import build
from kg import release
from kg.errors import RefusedError
from tests.world import small_sources


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory with two releases, the second from an edited list of labs."""
    folder = tmp_path_factory.mktemp("data")
    build(folder, small_sources())
    build(folder, small_sources(), {"labs_and_hubs": edited(folder / "labs.csv")})
    return folder


@pytest.fixture(autouse=True)
def _small_world(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSE_DATA", str(data))
    monkeypatch.setattr(commands, "sources", small_sources)
    release.point_to(data, release.listed(data)[0].id)


def edited(path: Path, status: str = "zauberei") -> Path:
    """Write the list of labs: one began earlier, one has another name, one an unknown status."""
    source = next(one for one in small_sources() if one.slug == "labs_and_hubs")
    text = (source.folder / source.extracts[0].file).read_text(encoding="utf-8")
    for old, new in (
        ("Berlin,2019,,", "Berlin,2018,,"),
        ("\nVerschwörhaus Ulm,", "\nNeuer Name (erfunden),"),
        (",active,", f",{status},"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return path


def run(*words: str) -> Result:
    found = CliRunner().invoke(commands.app, words)
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def as_json(*words: str) -> Any:  # noqa: ANN401 (what JSON can hold)
    return json.loads(run(*words, "--format", "json").stdout)


def test_a_diff_names_what_became_of_the_records(data: Path) -> None:
    new, old = (entry.id for entry in release.listed(data))
    said = as_json("release", "diff")
    assert list(said) == ["labs_and_hubs"]
    assert {name: len(keys) for name, keys in said["labs_and_hubs"].items()} == {
        "new": 1,
        "changed": 1,
        "gone": 2,  # the renamed one and the parked one
    }
    assert as_json("release", "diff", old, new) == said
    back = as_json("release", "diff", new, old)["labs_and_hubs"]
    assert (back["new"], back["gone"]) == (
        said["labs_and_hubs"]["gone"],
        said["labs_and_hubs"]["new"],
    )
    assert as_json("release", "diff", new, new) == {}
    lines = [line.split()[:3] for line in run("release", "diff").stdout.splitlines()]
    assert ["labs_and_hubs", "gone", "2"] in lines


def test_a_release_is_shown_with_its_graphs_and_sources(data: Path) -> None:
    new, old = release.listed(data)
    said = as_json("release", "show", old.id[:6])
    assert (said["id"], said["quads"], said["run"]["published"]) == (
        old.id, old.triples, old.published,
    )  # fmt: skip
    assert set(said["graphs"]) == {
        *said["sources"], "ontology", "provenance", "resolution", "derived",
    }  # fmt: skip
    assert as_json("release", "show")["sources"]["labs_and_hubs"]["parked"] == 1
    table = run("release", "show").stdout
    assert table.startswith(f"Release {new.id}, published ")
    for name, one in as_json("release", "show")["graphs"].items():
        assert [name, str(one["quads"]), one["sha256"][:16]] in [
            line.split() for line in table.splitlines()
        ]


def test_going_back_serves_the_release_before(data: Path) -> None:
    new, old = (entry.id for entry in release.listed(data))
    assert run("release", "rollback").stdout == f"Release {old} is served now.\n"
    assert [(one["id"], one["current"]) for one in as_json("release", "list")] == [
        (new, False),
        (old, True),
    ]


def test_parked_records_are_listed_with_their_reason_and_rows() -> None:
    (row,) = as_json("parked", "--source", "labs_and_hubs")
    assert "'zauberei'; allowed are" in row["reasons"][0]
    assert row["rows"][0]["status"] == "zauberei"
    assert row in as_json("parked")
    assert "zauberei" in run("parked").stdout
    assert as_json("parked", "--source", "nuts") == []
    assert run("parked", "--source", "nuts").stdout == "Nothing is parked.\n"


def test_parked_records_of_a_refused_build_are_listed_apart(data: Path, tmp_path: Path) -> None:
    assert as_json("parked", "--refused") == []
    path = edited(tmp_path / "labs.csv", status="hexerei")
    with pytest.raises(RefusedError, match="parked"):
        build(data, small_sources(parking_limit=0.0), {"labs_and_hubs": path})
    reasons = [row["reasons"][0] for row in as_json("parked", "--refused")]
    assert [one for one in reasons if "'hexerei'" in one] != []
    assert [row for row in as_json("parked") if "'hexerei'" in row["reasons"][0]] == []
    build(data, small_sources())
    assert as_json("parked", "--refused") == []


def test_records_are_held_against_what_was_read_last_time_not_what_was_accepted(
    data: Path, tmp_path: Path
) -> None:
    read = as_json("release", "show")["sources"]["labs_and_hubs"]["read"]
    lines = (data / "labs.csv").read_text(encoding="utf-8").split("\n")
    path = tmp_path / "labs.csv"
    path.write_text("\n".join([*lines[: len(lines) // 2], ""]), encoding="utf-8")
    with pytest.raises(RefusedError, match=f"% fewer than the {read} of the release"):
        build(data, small_sources(), {"labs_and_hubs": path})


def test_a_build_says_in_json_what_it_came_to(data: Path) -> None:
    said = as_json("build", "--input", f"labs_and_hubs={data / 'labs.csv'}")
    assert (said["release"], said["new"]) == (release.current_id(data), False)
    (line,) = (one for one in said["lines"] if one["source"] == "labs_and_hubs")
    assert (line["read"] - line["accepted"], line["parked"]) == (1, 1)
    assert {one["source"] for one in said["lines"]} == {one.slug for one in small_sources()}
    assert {(one["new"], one["changed"], one["gone"]) for one in said["lines"]} == {(0, 0, 0)}
    table = run("build").stdout
    assert ["labs_and_hubs", str(line["read"]), str(line["read"]), "·"] in [
        row.split()[:4] for row in table.splitlines()
    ]
    assert f"release {release.listed(data)[-1].id} is the same as before." in table


@pytest.mark.parametrize(
    "words",
    [
        ("build", "--input", "labs_and_hubs"),
        ("build", "--input", "=labs.csv"),
        ("sources", "--format", "yaml"),
    ],
    ids=str,
)
def test_what_is_asked_wrongly_ends_with_two(words: tuple[str, ...]) -> None:
    ended = run(*words)
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert words[-1] in ended.stderr
