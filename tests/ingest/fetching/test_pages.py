"""Answers in pages: JSON lists, and a SPARQL endpoint that answers as recorded ones do."""

import json
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from ingest.fetching.paging import pages, results
from ingest.fetching.visiting import AGENT, FetchError, Visitor
from ingest.source import Fetch, Source
from tests.ingest.fetching.trying import PATH
from tests.ingest.upstream import Played, Reply

ROWS = [{"id": number} for number in range(25)]


def visitor(server: Played) -> Visitor:
    return Visitor([server.host], pause=0, patience=0)


def asked(path: str, name: str) -> int:
    return int(parse_qs(urlsplit(path).query)[name][0])


def by_page(path: str, _headers: Mapping[str, str]) -> Reply:
    at, size = (asked(path, "page") - 1) * asked(path, "limit"), asked(path, "limit")
    return Reply(json.dumps({"index": ROWS[at : at + size]}).encode())


def by_row(path: str, _headers: Mapping[str, str]) -> Reply:
    at = asked(path, "offset")
    return Reply(json.dumps(ROWS[at : at + asked(path, "limit")]).encode())


@pytest.mark.parametrize(("size", "requests"), [(10, 3), (5, 6), (25, 2), (100, 1)])
def test_all_pages_are_put_together_in_the_shape_of_one(
    server: Played, size: int, requests: int
) -> None:
    server.answers[PATH] = by_page
    fetch = Fetch("pages", server.url(PATH), items="index", size=("limit", size))
    assert json.loads(pages(visitor(server), fetch, 1)) == {"index": ROWS}
    assert len(server.asked) == requests


def test_pages_may_be_counted_by_rows_and_only_the_first_be_wanted(server: Played) -> None:
    server.answers[PATH] = by_row
    fetch = Fetch(
        "pages", server.url(f"{PATH}?lang=de"), page="offset", by="row", size=("limit", 10), pages=2
    )
    assert json.loads(pages(visitor(server), fetch, 1)) == ROWS[:20]
    assert [path for path, _ in server.asked] == [
        f"{PATH}?lang=de&offset=0&limit=10",
        f"{PATH}?lang=de&offset=10&limit=10",
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (json.dumps({"index": ROWS[:10]}).encode(), "page 2 repeats what came before"),
        (b'{"rows": []}', "no JSON list under 'index'"),
        (b'{"index": {}}', "should be a list is a dict"),
        (b'{"index": [{"id": 1}', "no JSON list"),
    ],
)
def test_answers_that_are_no_pages_are_refused(server: Played, body: bytes, said: str) -> None:
    server.answers[PATH] = [Reply(body)]
    fetch = Fetch("pages", server.url(PATH), items="index", size=("limit", 10))
    with pytest.raises(FetchError, match=said):
        pages(visitor(server), fetch, 1)


QUERY = """# title: Things
# titel: Dinge
# cq: CQ-00
# param: after required
SELECT ?item ?label WHERE {
  VALUES ?after { UNDEF }
  ?item <urn:label> ?label FILTER(STR(?item) > ?after)
} ORDER BY ?item LIMIT 2
"""


def bindings(*items: str) -> bytes:
    found = [{"item": {"type": "uri", "value": item}} for item in items]
    return json.dumps(
        {"head": {"vars": ["item", "label"]}, "results": {"bindings": found}}
    ).encode()


@pytest.fixture
def asking(labs_source: Source, server: Played) -> tuple[Source, Fetch]:
    (labs_source.folder / "things.rq").write_text(QUERY, encoding="utf-8")
    return labs_source, Fetch("sparql", server.url("/sparql"), query="things.rq")


def test_a_sparql_endpoint_is_asked_until_nothing_comes(
    server: Played, asking: tuple[Source, Fetch]
) -> None:
    server.answers["/sparql"] = [
        Reply(bindings("urn:a", "urn:b")),
        Reply(bindings("urn:c")),
        Reply(bindings()),
    ]
    found = results(visitor(server), *asking, 1)
    assert found == b"item,label\nurn:a,\nurn:b,\nurn:c,\n"
    sent = [parse_qs(one.decode())["query"][0] for one in server.posted]
    slots = ['VALUES ?after { "" }', 'VALUES ?after { "urn:b" }', 'VALUES ?after { "urn:c" }']
    assert [slot in text for slot, text in zip(slots, sent, strict=True)] == [True] * 3
    headers = server.asked[0][1]
    assert headers["User-Agent"] == AGENT
    assert "application/sparql-results+json" in headers["Accept"]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(status=400, body=b"Malformed query"), "answers 400: Malformed query"),
        (Reply(status=302, headers={"Location": "http://127.0.0.1:9/"}), "leads to http://127.0."),
        (Reply(bindings("urn:a")[:-20]), "cut short or no SPARQL result"),
        (Reply(b"<html>Timeout</html>"), "cut short or no SPARQL result"),
        (Reply(bindings("urn:a")), "goes on without end"),
        (Reply(status=503, headers={"Retry-After": "7200"}), "answers 503"),
        (Reply(bindings("urn:a"), cut=10), "cut short or no SPARQL result"),
    ],
    ids=["bad-query", "redirect", "cut", "html", "endless", "busy", "broken"],
)
def test_an_endpoint_that_does_not_answer_is_refused(
    server: Played, asking: tuple[Source, Fetch], reply: Reply, said: str
) -> None:
    server.answers["/sparql"] = [reply]
    with pytest.raises(FetchError, match=said):
        results(visitor(server), *asking, 1)


def test_a_busy_endpoint_is_asked_again_when_it_says(
    server: Played, asking: tuple[Source, Fetch], monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    server.answers["/sparql"] = [
        Reply(status=429, headers={"Retry-After": "9"}),
        Reply(bindings("urn:a")),
        Reply(bindings()),
    ]
    assert results(visitor(server), *asking, 1) == b"item,label\nurn:a,\n"
    assert [one for one in waits if one > 0] == [9.0]


def test_an_undeclared_endpoint_is_never_asked(
    server: Played, asking: tuple[Source, Fetch], tmp_path: Path
) -> None:
    source, fetch = asking
    other = replace(fetch, url="http://127.0.0.1:9/sparql")
    with pytest.raises(FetchError, match=r"127.0.0.1:9, which source.toml does not allow"):
        results(visitor(server), source, other, 1)
    assert (server.asked, tmp_path.exists()) == ([], True)
