"""Content coding: what is compressed, with which tag, and that streams stay streams."""

import asyncio
import gzip
import zlib
from collections.abc import Iterator

import pytest
import zstandard
from fastapi.responses import StreamingResponse
from starlette.responses import Response
from starlette.testclient import TestClient

from api.caching import Conditional, Tags
from api.compression import Compression
from api.headers import Headers, Message

_LONG = "/api/v1/themes"
_SHORT = "/healthz"
_PACKED = {
    "zstd": zstandard.ZstdDecompressor().decompressobj,
    "gzip": lambda: zlib.decompressobj(31),
}


def _raw(client: TestClient, path: str, **headers: str) -> tuple[dict[str, str], bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with client.stream("GET", path, headers={"accept-encoding": "identity"} | named) as got:
        assert got.status_code in {200, 304}, got.status_code
        return dict(got.headers), b"".join(got.iter_raw())


@pytest.mark.parametrize("coding", ["zstd", "gzip"])
def test_an_answer_is_the_same_in_every_coding(client: TestClient, coding: str) -> None:
    plain_headers, plain = _raw(client, _LONG)
    headers, packed = _raw(client, _LONG, accept_encoding=coding)
    assert _PACKED[coding]().decompress(packed) == plain
    assert headers["content-encoding"] == coding
    assert int(headers["content-length"]) == len(packed) < len(plain) / 3
    assert headers["etag"] == plain_headers["etag"][:-1] + f'+{coding}"'
    assert "content-encoding" not in plain_headers
    assert "accept-encoding" in headers["vary"].lower()
    assert _raw(client, _LONG, accept_encoding=coding) == (headers, packed)


def test_what_is_short_or_compressed_already_stays_as_it_is(client: TestClient) -> None:
    assert "content-encoding" not in _raw(client, _SHORT, accept_encoding="gzip")[0]
    image = _through(Response(b"x" * 5000, media_type="image/png"))
    packed = Response(b"x" * 5000, headers={"content-encoding": "br"}, media_type="text/plain")
    part = Response(b"x" * 5000, 206, {"content-range": "bytes 0-4999/9000"}, "text/plain")
    as_told = Response(b"x" * 5000, 200, {"cache-control": "no-transform"}, "text/plain")
    for got in (image, _through(packed), _through(part), _through(as_told)):
        assert got[0].get("content-encoding") in {None, "br"}
        assert got[1] == [b"x" * 5000]


def test_a_tag_is_good_for_its_own_coding_only(client: TestClient) -> None:
    tag = _raw(client, _LONG)[0]["etag"]
    of_gzip = tag[:-1] + '+gzip"'
    asked = [("identity", tag), ("gzip", of_gzip), ("gzip", tag), ("zstd", of_gzip),
             ("identity", of_gzip)]  # fmt: skip
    got = [
        client.get(_LONG, headers={"accept-encoding": coding, "if-none-match": known})
        for coding, known in asked
    ]
    assert [one.status_code for one in got] == [304, 304, 304, 200, 200]
    assert [one.headers["etag"] for one in got[:3]] == [tag, of_gzip, tag]
    assert [one.content for one in got[:3]] == [b""] * 3


def test_head_has_the_headers_of_get(client: TestClient) -> None:
    for coding in ("identity", "gzip", "zstd"):
        headers = {"accept-encoding": coding}
        got, head = client.get(_LONG, headers=headers), client.head(_LONG, headers=headers)
        assert dict(head.headers) == dict(got.headers)


def test_a_write_may_name_the_tag_of_any_coding() -> None:
    seen = _through(Response(b"", 204), headers={"if-match": '"a+gzip", W/"b+zstd", "c"'})[2]
    assert seen["if-match"] == '"a", W/"b", "c"'


@pytest.mark.parametrize("coding", ["zstd", "gzip"])
def test_each_piece_of_a_stream_arrives_when_it_is_sent(coding: str) -> None:
    pieces = [b"first ", b"y" * 100_000, b"last"]

    def slow() -> Iterator[bytes]:
        yield from pieces

    answer = StreamingResponse(slow(), headers={"etag": '"a"'}, media_type="text/plain")
    headers, sent, _ = _through(answer, headers={"accept-encoding": coding})
    assert (headers["etag"], headers["content-encoding"]) == (f'"a+{coding}"', coding)
    assert "content-length" not in headers
    unpack = _PACKED[coding]()
    assert [unpack.decompress(one) for one in sent][:3] == pieces


def test_the_same_bytes_come_again(client: TestClient) -> None:
    # A strong tag promises the same bytes; gzip's head may hold the time, which would break it.
    packed = _raw(client, _LONG, accept_encoding="gzip")[1]
    assert packed[4:8] == b"\0\0\0\0"
    assert gzip.decompress(packed)


def _through(
    response: Response, headers: dict[str, str] | None = None
) -> tuple[dict[str, str], list[bytes], dict[str, str]]:
    """Send a response through the layers; returns headers, pieces, and what arrived inside."""
    seen: dict[str, str] = {}
    started: dict[str, str] = {}
    pieces: list[bytes] = []

    async def inside(scope: Message, receive: object, send: object) -> None:
        seen.update((name.decode(), value.decode()) for name, value in scope["headers"])
        await response(scope, receive, send)  # type: ignore[arg-type]

    async def receive() -> Message:
        await asyncio.Event().wait()  # the client stays
        raise AssertionError

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            started.update((name.decode(), value.decode()) for name, value in message["headers"])
        else:
            pieces.append(message["body"])

    given = {"accept-encoding": "gzip"} | (headers or {})
    layers = Headers(Compression(Conditional(inside, Tags(), lambda: (None,))))  # type: ignore[arg-type]
    scope = {
        "type": "http", "method": "GET", "path": "/", "query_string": b"", "scheme": "http",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }  # fmt: skip
    asyncio.run(layers(scope, receive, send))
    return started, pieces, seen
