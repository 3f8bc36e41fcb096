"""Fetching a file from a server on this machine: right, slow, broken and hostile answers."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.fetching import archive
from ingest.fetching.fetch import Fetched
from ingest.pipeline import build
from ingest.source import Source
from kg import release
from kg.errors import BusyError, SourceError
from tests.ingest.fetching.trying import NEW, PATH, fetch_now
from tests.ingest.invented import labs, unshipped, written
from tests.ingest.upstream import Played, Reply, file


def test_what_was_fetched_is_archived_and_read_by_the_next_build(
    data: Path, labs_source: Source
) -> None:
    shipped = build(data, [labs_source]).release
    assert fetch_now(data, labs_source) == Fetched(
        "example_labs", changed=True, files=1, bytes=len(NEW), rows=60
    )
    state = archive.state(data, "example_labs")
    folder = data / "archive" / "example_labs" / state.entry
    assert {path.name for path in folder.rglob("*") if path.is_file()} == {
        "entry.json", "extract.csv",
    }  # fmt: skip
    assert not (data / "fetched" / "parts" / "example_labs").exists()
    built = build(data, [labs_source])
    assert built.release != shipped
    said = release.current(data).manifest["sources"]["example_labs"]
    assert said["retrieved"] == state.fetched[:10]
    assert b"Neustadt" in release.read_graph(release.current(data).folder, "example_labs")


def test_upstream_itself_is_kept_only_where_it_names_no_persons(
    data: Path, labs_source: Source
) -> None:
    open_data = replace(labs_source, fetching=replace(labs_source.fetching, personal=False))
    fetch_now(data, open_data)
    folder = data / "archive" / "example_labs" / archive.state(data, "example_labs").entry
    assert (folder / "upstream" / "labs.csv").read_bytes() == NEW


def test_going_back_uses_the_shipped_extract_again(data: Path, labs_source: Source) -> None:
    shipped = build(data, [labs_source]).release
    fetch_now(data, labs_source)
    assert archive.drop(data, "example_labs")
    assert not archive.drop(data, "example_labs")
    assert build(data, [labs_source]).release == shipped


def test_what_did_not_change_is_not_sent_again(
    data: Path, labs_source: Source, server: Played
) -> None:
    fetch_now(data, labs_source)
    before = archive.state(data, "example_labs")
    assert fetch_now(data, labs_source) == Fetched(
        "example_labs", changed=False, files=1, bytes=0, rows=0
    )
    assert server.asked[-1][1]["If-None-Match"] == '"v1"'
    assert archive.state(data, "example_labs").entry == before.entry
    server.answers[PATH] = file(written(labs()), '"v2"')
    assert fetch_now(data, labs_source).changed
    assert archive.state(data, "example_labs").seen["labs.csv"].etag == '"v2"'


def test_a_server_without_etag_is_asked_by_date_and_compared_by_checksum(
    data: Path, labs_source: Source, server: Played
) -> None:
    date = "Mon, 05 Oct 2026 10:00:00 GMT"
    server.answers[PATH] = [Reply(NEW, headers={"Last-Modified": date})]
    fetch_now(data, labs_source)
    assert not fetch_now(data, labs_source).changed
    assert server.asked[-1][1]["If-Modified-Since"] == date
    (dated,) = archive.alive(data, [labs_source])
    assert dated.as_of.isoformat() == "2026-10-05"


def test_a_changed_extractor_reads_the_file_anew(
    data: Path, labs_source: Source, server: Played
) -> None:
    fetch_now(data, labs_source)
    (labs_source.folder / "extract.py").write_text('"""Another one."""\n', encoding="utf-8")
    assert fetch_now(data, labs_source).changed
    assert "If-None-Match" not in server.asked[-1][1]


def test_half_a_body_is_gone_on_with(data: Path, labs_source: Source, server: Played) -> None:
    whole = file(NEW)

    def breaks(path: str, headers: Mapping[str, str]) -> Reply:
        found = whole(path, headers)
        return replace(found, cut=1000) if len(server.asked) < 3 else found

    server.answers[PATH] = breaks
    assert fetch_now(data, labs_source).bytes == len(NEW)
    assert [headers.get("Range") for _, headers in server.asked] == [
        None, "bytes=1000-", "bytes=2000-",
    ]  # fmt: skip
    assert {headers.get("If-Range") for _, headers in server.asked} == {None, '"v1"'}


def test_a_part_that_is_shorter_than_asked_for_is_not_the_end(
    data: Path, labs_source: Source, server: Played
) -> None:
    whole = file(NEW)

    def in_parts(path: str, headers: Mapping[str, str]) -> Reply:
        found = whole(path, headers)
        if found.status == 200:
            return replace(found, cut=1000)
        return replace(found, body=found.body[:2000])

    server.answers[PATH] = in_parts
    assert fetch_now(data, labs_source).bytes == len(NEW)


def test_a_file_that_changed_meanwhile_is_begun_anew(
    data: Path, labs_source: Source, server: Played
) -> None:
    newer = written(labs()[:50])
    old, new = file(NEW), file(newer, '"v2"')

    def changes(path: str, headers: Mapping[str, str]) -> Reply:
        return (
            replace(old(path, headers), cut=1000) if len(server.asked) < 2 else new(path, headers)
        )

    server.answers[PATH] = changes
    assert fetch_now(data, labs_source).rows == 50


def test_the_newest_entries_are_kept_and_the_one_in_use(
    data: Path, labs_source: Source, server: Played
) -> None:
    for number in range(5):
        changed = [{**one, "city": f"Ort {number}"} for one in labs()]
        server.answers[PATH] = file(written(changed), f'"{number}"')
        fetch_now(data, labs_source)
    kept = {path.name for path in (data / "archive" / "example_labs").iterdir()}
    assert len(kept) == archive.KEPT
    assert archive.state(data, "example_labs").entry in kept


def test_an_archive_that_was_changed_is_refused(data: Path, labs_source: Source) -> None:
    fetch_now(data, labs_source)
    entry = archive.state(data, "example_labs").entry
    path = data / "archive" / "example_labs" / entry / "extract" / "extract.csv"
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(SourceError, match=r"is not what was archived.*--drop example_labs"):
        build(data, [labs_source])


def test_a_source_without_shipped_extract_waits_until_it_is_fetched(
    data: Path, labs_source: Source, server: Played
) -> None:
    waiting = unshipped(labs_source)
    assert "example_labs" not in {line.source for line in build(data, [waiting]).lines}
    fetch_now(data, waiting)
    (line,) = build(data, [waiting]).lines
    assert (line.source, line.accepted) == ("example_labs", 60)
    server.answers[PATH] = file(written(labs()[:40]), '"v2"')
    fetch_now(data, waiting)
    with pytest.raises(Exception, match="40 records, 33 % fewer than the 60"):
        build(data, [waiting])


def test_one_fetch_at_a_time(data: Path, labs_source: Source, server: Played) -> None:
    came, go = threading.Event(), threading.Event()

    def slow(_path: str, _headers: Mapping[str, str]) -> Reply:
        came.set()
        go.wait(10)
        return Reply(NEW)

    server.answers[PATH] = slow
    first = threading.Thread(target=fetch_now, args=(data, labs_source))
    first.start()
    assert came.wait(10)
    with pytest.raises(BusyError, match="Another fetch"):
        fetch_now(data, labs_source)
    go.set()
    first.join()
    assert archive.state(data, "example_labs").entry


_KILLED = """
import sys
from pathlib import Path
from ingest.fetching.fetch import fetch
from ingest.source import Fetch
from tests.ingest.invented import labs, source
host, folder = sys.argv[1:]
one = source(Path(folder) / "source", labs(), Fetch("file", f"http://{host}/labs.csv"), host)
fetch(Path(folder) / "data", one)
"""


def test_a_killed_fetch_changes_nothing_and_the_next_goes_on(
    tmp_path: Path, data: Path, labs_source: Source, server: Played
) -> None:
    stop, whole = threading.Event(), file(NEW)
    server.answers[PATH] = lambda path, headers: replace(whole(path, headers), cut=1500, hold=stop)
    code = [sys.executable, "-c", _KILLED, server.host, str(tmp_path)]
    part = data / "fetched" / "parts" / "example_labs" / "labs.csv"
    process = subprocess.Popen(code, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    try:
        for _ in range(400):
            if part.exists() and part.stat().st_size == 1500:
                break
            time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        stop.set()
    assert archive.state(data, "example_labs").entry == ""
    server.answers[PATH] = whole
    server.asked.clear()
    assert fetch_now(data, labs_source).rows == 60
    assert [headers.get("Range") for _, headers in server.asked] == ["bytes=1500-"]
    entry = data / "archive" / "example_labs" / archive.state(data, "example_labs").entry
    assert json.loads((entry / "entry.json").read_text())["seen"]["labs.csv"]["size"] == len(NEW)
