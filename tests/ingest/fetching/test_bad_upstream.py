"""Answers that are no file, not whole, too large or lead astray: said, and nothing is taken."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from ingest.fetching import visiting
from ingest.fetching.fetch import fetch
from ingest.fetching.visiting import AGENT, Visitor
from ingest.pipeline import build
from ingest.source import Fetch, Source
from tests.ingest.fetching.trying import NEW, PATH, fetch_now, refuse
from tests.ingest.invented import labs, written
from tests.ingest.upstream import Played, Reply, file, played


def test_half_a_body_is_never_taken_for_the_whole(
    data: Path, labs_source: Source, server: Played
) -> None:
    server.answers[PATH] = [Reply(NEW, cut=len(NEW) // 2)]
    refuse(data, labs_source, "connection failed")
    assert len(server.asked) == visiting.ATTEMPTS


def test_half_a_body_without_a_stated_length_is_seen_by_the_reader(
    data: Path, labs_source: Source, server: Played
) -> None:
    half = NEW[: len(NEW) // 2 + 3]
    server.answers[PATH] = [Reply(half)]
    refuse(data, labs_source, "cut short")
    assert not (data / "fetched" / "parts" / "example_labs").exists()


@pytest.mark.parametrize("body", [b"<!DOCTYPE html><p>Error", b"\n <html><body>Login", b"{}"])
def test_a_web_page_is_refused_though_it_comes_with_200(
    data: Path, labs_source: Source, server: Played, body: bytes
) -> None:
    kind = "text/html; charset=utf-8" if body == b"{}" else "text/csv"
    server.answers[PATH] = [Reply(body, headers={"Content-Type": kind})]
    refuse(data, labs_source, "answers with a web page, not with labs.csv")
    assert len(server.asked) == 1


def test_another_encoding_is_refused(data: Path, labs_source: Source, server: Played) -> None:
    server.answers[PATH] = [Reply(NEW.replace(b"Neustadt", "Nürnberg".encode("latin-1")))]
    refuse(data, labs_source, "byte [0-9]+ is not UTF-8. Save the file as UTF-8")


def test_a_redirect_is_followed_only_to_declared_hosts(
    data: Path, labs_source: Source, server: Played
) -> None:
    with played() as other:
        other.answers["/moved.csv"] = file(NEW)
        server.answers[PATH] = [Reply(status=302, headers={"Location": other.url("/moved.csv")})]
        refuse(data, labs_source, f"leads to another host, {other.host}, which source.toml does")
        assert other.asked == []
        both = replace(labs_source.fetching, hosts=(server.host, other.host))
        assert fetch_now(data, replace(labs_source, fetching=both)).changed
    server.answers[PATH] = [Reply(status=302, headers={"Location": "/there.csv"})]
    server.answers["/there.csv"] = file(written(labs()), '"v2"')
    assert fetch_now(data, labs_source).changed
    server.answers["/there.csv"] = [Reply(status=301, headers={"Location": PATH})]
    refuse(data, labs_source, "leads on and on")


def test_undeclared_hosts_and_open_connections_are_never_asked(
    data: Path, labs_source: Source
) -> None:
    for url, said in (
        ("http://127.0.0.1:9/labs.csv", "127.0.0.1:9, which source.toml does not allow"),
        ("file:///etc/passwd", "which source.toml does not allow"),
        ("http://example.org/labs.csv", "is no https address"),
    ):
        upstream = replace(labs_source.upstream[0], fetch=Fetch("file", url))
        hosts = (*labs_source.fetching.hosts, "example.org")
        one = replace(
            labs_source,
            upstream=(upstream,),
            fetching=replace(labs_source.fetching, hosts=hosts),
        )
        refuse(data, one, said)


def test_busy_servers_are_asked_again_and_not_too_early(
    data: Path, labs_source: Source, server: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    server.answers[PATH] = [
        Reply(status=503, headers={"Retry-After": "7"}),
        Reply(status=429, headers={"Retry-After": soon}),
        Reply(status=500),
        Reply(NEW),
    ]
    assert fetch_now(data, labs_source).changed
    asked = [one for one in waits if one > 0]
    assert (asked[0], len(asked)) == (7.0, 2)
    assert 30 < asked[1] <= 40


def test_a_server_that_asks_for_hours_is_left_alone(
    data: Path, labs_source: Source, server: Played
) -> None:
    server.answers[PATH] = [Reply(status=503, headers={"Retry-After": "7200"})]
    refuse(data, labs_source, "asks to come back in 7200 s")
    assert len(server.asked) == 1


def test_a_pause_lies_between_requests_and_we_say_who_we_are(
    data: Path, labs_source: Source, server: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    server.answers[PATH] = [
        Reply(status=302, headers={"Location": "/there.csv"}),
        Reply(status=302, headers={"Location": "/there.csv"}),
    ]
    server.answers["/there.csv"] = file(NEW)
    fetch(data, labs_source, Visitor(labs_source.fetching.hosts, pause=5.0, patience=0))
    assert [round(one) for one in waits] == [0, 5]
    assert {headers["User-Agent"] for _, headers in server.asked} == {AGENT}
    assert "+https://" in AGENT


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(status=404), "is gone .404.. Look for its new address"),
        (Reply(status=403), "answers 403; it does not want to give"),
        (Reply(b""), "is empty"),
        (Reply(NEW, headers={"Content-Encoding": "br"}), "comes packed as 'br'"),
        (Reply(NEW, headers={"Content-Length": str(3 << 20)}, cut=0), "larger than 1 MiB"),
        (Reply(b"x" * (2 << 20)), "larger than 1 MiB"),
        (Reply(status=304), "answers 304, which is no file"),
    ],
    ids=["gone", "forbidden", "empty", "packed", "stated-large", "large", "unasked-304"],
)
def test_what_is_no_usable_file_is_refused(
    data: Path, labs_source: Source, server: Played, reply: Reply, said: str
) -> None:
    small = replace(labs_source, fetching=replace(labs_source.fetching, max_mib=1))
    server.answers[PATH] = [reply]
    refuse(data, small, said)


def test_a_size_without_a_stated_length_is_watched_while_it_comes(
    data: Path, labs_source: Source, server: Played
) -> None:
    small = replace(labs_source, fetching=replace(labs_source.fetching, max_mib=1))
    server.answers[PATH] = [Reply(b"x" * (2 << 20), headers={"Transfer": "until closed"})]
    refuse(data, small, "larger than 1 MiB")


def test_a_column_that_is_gone_is_refused_and_the_old_file_stays(
    data: Path, labs_source: Source, server: Played
) -> None:
    fetch_now(data, labs_source)
    server.answers[PATH] = file(NEW.replace(b"founded", b"since", 1), '"v2"')
    refuse(data, labs_source, "columns 'founded' are missing.*stays in use")
    assert build(data, [labs_source]).quads
