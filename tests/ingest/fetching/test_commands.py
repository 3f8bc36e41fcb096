"""`lotse fetch` and `lotse sources`, run as people run them, on an invented source."""

import datetime
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from ingest import commands
from ingest.fetching import archive, visiting
from ingest.fetching import commands as fetching
from ingest.fetching.freshness import freshness
from ingest.source import EVERY, Fetching, Source, sources
from kg.errors import NotFoundError, SourceError
from tests.ingest.fetching.trying import NEW, PATH
from tests.ingest.invented import unshipped
from tests.ingest.upstream import Played, Reply

TODAY = datetime.date(2026, 2, 28)


@pytest.fixture(autouse=True)
def _one_source(data: Path, labs_source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSE_DATA", str(data))
    by_hand = replace(
        labs_source, slug="by_hand", upstream=(replace(labs_source.upstream[0], fetch=None),)
    )
    monkeypatch.setattr(fetching, "sources", lambda: [labs_source, by_hand])
    monkeypatch.setattr(visiting.time, "sleep", lambda _seconds: None)


def run(*words: str) -> Result:
    found = CliRunner().invoke(commands.app, words)
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def as_json(*words: str) -> Any:  # noqa: ANN401 (what JSON can hold)
    return json.loads(run(*words, "--format", "json").stdout)


def test_a_source_is_fetched_and_said_so() -> None:
    said = run("fetch", "example_labs").stdout
    assert said == (
        f"example_labs: 1 file, {len(NEW):,} bytes, 60 rows taken.\n"
        "`lotse build` reads what is new.\n"
    )
    assert run("fetch", "example_labs").stdout == "example_labs: nothing new.\n"
    assert (
        run("fetch", "--drop", "example_labs").stdout == "example_labs: back to what is shipped.\n"
    )
    assert run("fetch", "--drop", "example_labs").stdout == "example_labs: nothing to drop.\n"


def test_retries_leave_the_output_alone(server: Played) -> None:
    server.answers[PATH] = [Reply(status=503), Reply(NEW)]
    assert as_json("fetch", "--all") == {
        "fetched": [
            {"source": "example_labs", "changed": True, "files": 1, "bytes": len(NEW), "rows": 60}
        ],
        "failed": {},
    }


def test_wrong_use_is_said() -> None:
    assert run("fetch").exit_code == 2
    assert "say which: example_labs; or --all or --due" in run("fetch").stderr
    with pytest.raises(NotFoundError, match="no source called “nix”"):
        run("fetch", "nix")
    with pytest.raises(SourceError, match="by_hand has no upstream that can be fetched"):
        run("fetch", "by_hand")


def test_one_that_fails_does_not_keep_the_others_back(
    server: Played, labs_source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(labs_source, slug="other_labs")
    monkeypatch.setattr(fetching, "sources", lambda: [labs_source, other])
    server.answers[PATH] = [Reply(status=404), Reply(NEW)]
    found = run("fetch", "--all", "--format", "json")
    assert found.exit_code == 3
    said = json.loads(found.stdout)
    assert [one["source"] for one in said["fetched"]] == ["other_labs"]
    assert list(said["failed"]) == ["example_labs"]
    assert "example_labs: " in found.stderr


def test_sources_say_how_fresh_they_are(server: Played) -> None:
    shipped, by_hand = as_json("sources")
    assert (shipped["state"], shipped["as_of"], shipped["checked"]) == (
        "shipped",
        "2026-01-01",
        None,
    )
    assert (shipped["due"], shipped["overdue"]) == ("2026-03-01", True)
    assert (by_hand["state"], by_hand["due"]) == ("fixed", None)
    assert "2026-03-01 !" in run("sources").stdout
    run("fetch", "--due")
    fetched, _ = as_json("sources")
    assert (fetched["state"], fetched["overdue"]) == ("fetched", False)
    assert fetched["checked"] is not None
    server.answers[PATH] = [Reply(status=410)]
    with pytest.raises(visiting.FetchError):
        run("fetch", "example_labs")
    failed, _ = as_json("sources")
    assert (failed["state"], failed["checked"]) == ("fetched", fetched["checked"])
    assert "is gone (410)" in failed["failed"]
    assert "last look failed" in run("sources").stdout


def test_a_source_without_extract_is_due_until_it_is_fetched(
    data: Path, labs_source: Source
) -> None:
    found = freshness(data, unshipped(labs_source), TODAY)
    assert (found.state, found.due, found.overdue) == ("not fetched yet", "2026-02-28", True)
    assert found.age_days is None


@pytest.mark.parametrize(
    ("every", "due"),
    [("P7D", "2024-02-07"), ("P1M", "2024-02-29"), ("P13M", "2025-02-28"), ("P1Y", "2025-01-31")],
)
def test_a_period_later_is_a_day_that_there_is(
    data: Path, labs_source: Source, every: str, due: str
) -> None:
    rhythm = replace(labs_source.fetching, every=every)
    one = replace(labs_source, retrieved=datetime.date(2024, 1, 31), fetching=rhythm)
    assert freshness(data, one, TODAY).due == due


def test_a_state_that_cannot_be_read_is_said(data: Path) -> None:
    archive.remember(data, "example_labs", archive.State())
    (data / "fetched" / "example_labs.json").write_text("{", encoding="utf-8")
    with pytest.raises(SourceError, match=r"cannot be read.*run `lotse fetch example_labs`"):
        run("sources")


def test_what_we_ship_asks_only_declared_hosts_over_https() -> None:
    for source in sources():
        ways = [one.fetch for one in source.upstream if one.fetch is not None]
        assert all(way.url.startswith("https://") for way in ways), source.slug
        assert not any(":" in host or host == "localhost" for host in source.fetching.hosts)
        assert len(ways) in (0, len(source.upstream)), source.slug
        assert bool(source.fetching.hosts) == bool(ways), source.slug
        assert bool(EVERY.fullmatch(source.fetching.every).group(2)) == bool(ways), source.slug  # type: ignore[union-attr]
        assert all((way.how == "repository") == bool(way.paths) for way in ways), source.slug
        if not ways:
            assert source.fetching == Fetching(), source.slug
