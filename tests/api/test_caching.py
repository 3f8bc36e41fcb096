"""Conditional requests, preflight requests, HEAD and OPTIONS, on every path alike."""

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.caching import tags_in
from kg.settings import Settings

_LIST = "/api/v1/labs"
_PATHS = [
    "/", "/labs", _LIST, "/api/v1/answers/about?thing=Oststadt", "/sparql", "/healthz", "/ns",
    "/static/lotse.css", "/openapi.json", "/nowhere", "/api/v1/nowhere",
]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ('"a"', {'"a"'}),
        ('W/"a", "b,c" , ""', {'"a"', '"b,c"', '""'}),
        (" * ", {"*"}),
        ('"*"', {'"*"'}),
        ("a", set()),
        ("", set()),
        ('"a', set()),
    ],
)
def test_tags_are_read_as_the_rfc_writes_them(header: str, tags: set[str]) -> None:
    assert tags_in(header) == tags


@pytest.mark.parametrize("path", [_LIST, "/ns", "/sparql?query=ASK{}", "/static/lotse.css"])
def test_what_is_held_is_not_sent_again(client: TestClient, path: str) -> None:
    plain = {"Accept-Encoding": "identity"}
    first = client.get(path, headers=plain)
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        got = client.get(path, headers=plain | {"If-None-Match": known})
        assert (got.status_code, got.content, got.headers["etag"]) == (304, b"", tag), known
        assert "content-type" not in got.headers
        assert got.headers["vary"] == first.headers["vary"]
        assert client.head(path, headers={"If-None-Match": known}).status_code == 304
    for unknown in ('"other"', tag.strip('"'), f'"{tag[1:-1]}x"', ""):
        assert client.get(path, headers={"If-None-Match": unknown}).status_code == 200


def test_nothing_is_held_of_what_is_not_there(client: TestClient) -> None:
    held = {"If-None-Match": "*"}
    assert client.get("/api/v1/labs/nobody", headers=held).status_code == 404
    assert client.post("/sparql", data={"query": "ASK {}"}, headers=held).status_code == 200


def test_a_tag_stands_for_release_address_and_what_was_negotiated(client: TestClient) -> None:
    asked = [
        (_LIST, {}), (f"{_LIST}?limit=1", {}), (_LIST, {"Accept": "text/csv"}),
        (_LIST, {"Accept-Language": "en"}), (_LIST, {"Host": "elsewhere.example"}),
    ]  # fmt: skip
    tags = [client.get(path, headers=headers).headers["etag"] for path, headers in asked]
    assert len(set(tags)) == len(asked)
    for path, headers in asked:
        known = [client.get(path, headers={**headers, "If-None-Match": tag}) for tag in tags]
        assert [one.status_code for one in known].count(304) == 1


def test_what_is_known_of_one_release_is_forgotten_with_the_next(
    tmp_path: Path, publish: Callable[[Path, str], None]
) -> None:
    publish(tmp_path, "a" * 16)
    with TestClient(create_app(Settings(data=tmp_path, query_readers=1))) as client:
        held = {"If-None-Match": client.get(_LIST).headers["etag"]}
        assert client.get(_LIST, headers=held).status_code == 304
        publish(tmp_path, "b" * 16)
        assert client.get(_LIST, headers=held).status_code == 200


@pytest.mark.parametrize("path", _PATHS)
def test_head_is_get_without_a_body(client: TestClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert (head.status_code, dict(head.headers)) == (got.status_code, dict(got.headers))


@pytest.mark.parametrize("path", [one for one in _PATHS if "nowhere" not in one])
def test_options_name_the_methods_of_every_path(client: TestClient, path: str) -> None:
    got = client.options(path)
    assert (got.status_code, got.content) == (204, b"")
    allowed = set(got.headers["allow"].split(", "))
    assert {"GET", "HEAD", "OPTIONS"} <= allowed
    refused = client.request("PATCH", path)
    assert (refused.status_code, set(refused.headers["allow"].split(", "))) == (405, allowed)


@pytest.mark.parametrize("path", _PATHS)
def test_other_sites_may_ask_on_every_path(client: TestClient, path: str) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "PUT"}
    got = client.options(path, headers=asked)
    assert (got.status_code, got.content) == (204, b"")
    allowed = got.headers["access-control-allow-methods"].split(", ")
    assert {"GET", "HEAD", "POST", "PUT", "DELETE"} <= set(allowed)
    named = got.headers["access-control-allow-headers"].lower()
    for header in ("authorization", "if-match", "if-none-match", "accept-datetime", "content-type"):
        assert header in named
    answer = client.get(path, headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    shown = answer.headers["access-control-expose-headers"]
    for header in ("ETag", "Link", "Location", "Allow", "Memento-Datetime", "X-Query-Limits"):
        assert header in shown
