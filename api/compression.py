"""Content coding (RFC 9110 §8.4): answers compressed as the client accepts it.

Each coding of an answer has a strong tag of its own: that of the plain answer with the coding's
name behind it. Inside this layer there are plain tags only.
"""

import re
import zlib
from collections.abc import Callable
from typing import Final, Protocol

import anyio.to_thread
import zstandard

from api.headers import App, Message, Receive, Scope, Send, field_of, replaced
from api.negotiation import encoding

_LEAST: Final = 1000
"""Bytes below which compression gains nothing."""
_MUCH: Final = 65_536
"""Bytes from which compression takes long enough to leave other requests time meanwhile."""
_GZIP: Final = 5
_ZSTD: Final = 3
_TEXTS: Final = re.compile(
    rb"text/(?!event-stream)|application/(json|xml|javascript|n-triples|n-quads|trig|sparql-query"
    rb"|schema\+json|[a-z0-9.+-]+\+(json|xml))\s*(;|$)|image/svg\+xml",
    re.IGNORECASE,
)
_CODED: Final = re.compile(r'\+(gzip|zstd)"')
_WITHOUT: Final = frozenset({204, 205, 206, 304})


class Packer(Protocol):
    """What compresses piece by piece."""

    def pack(self, piece: bytes, *, last: bool) -> bytes:
        """Return all that can be sent now."""


class Gzip:
    """Compresses as `gzip`."""

    def __init__(self) -> None:
        """Begin a body."""
        self._made = zlib.compressobj(_GZIP, zlib.DEFLATED, 31)

    def pack(self, piece: bytes, *, last: bool) -> bytes:
        """Return all that can be sent now."""
        ending = zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH
        return self._made.compress(piece) + self._made.flush(ending)


class Zstd:
    """Compresses as `zstd`."""

    def __init__(self) -> None:
        """Begin a body."""
        self._made = zstandard.ZstdCompressor(level=_ZSTD).compressobj()

    def pack(self, piece: bytes, *, last: bool) -> bytes:
        """Return all that can be sent now."""
        ending = zstandard.COMPRESSOBJ_FLUSH_FINISH if last else zstandard.COMPRESSOBJ_FLUSH_BLOCK
        return self._made.compress(piece) + self._made.flush(ending)


CODINGS: Final[dict[str, Callable[[], Packer]]] = {"zstd": Zstd, "gzip": Gzip}
"""Our codings, the one that we like best first."""


class Compression:
    """A layer around the application that compresses what it answers."""

    def __init__(self, app: App) -> None:
        """Stand around an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with plain tags, and its answer back compressed."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        chosen = encoding(field_of(scope, b"accept-encoding"), tuple(CODINGS))
        held = field_of(scope, b"if-none-match")
        inner = _with_plain_tags(scope, held, chosen)
        if chosen is None:
            await self._app(inner, receive, send)
            return
        await self._app(inner, receive, _Answer(send, chosen, held or "").send)


def _with_plain_tags(scope: Scope, held: str | None, chosen: str | None) -> Scope:
    """Return the request without the codings in its tags.

    `If-None-Match` keeps the tags of codings that this answer will not have: they are of others.
    """
    given = {b"if-none-match": held, b"if-match": field_of(scope, b"if-match")}
    meant = {b"if-none-match": re.compile(rf'\+({chosen})"'), b"if-match": _CODED}
    plain = {
        name: meant[name].sub('"', value).encode("latin-1")
        for name, value in given.items()
        if value is not None and _CODED.search(value)
    }
    return {**scope, "headers": replaced(scope["headers"], plain)} if plain else scope


class _Answer:
    """The answer to one request, on its way to the client."""

    def __init__(self, send: Send, chosen: str, held: str) -> None:
        self._send = send
        self._chosen = chosen
        self._held = held
        self._start: Message | None = None
        self._packer: Packer | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self._packer is not None:
            more = message.get("more_body", False)
            packed = await self._packed(self._packer, message.get("body", b""), last=not more)
            await self._send({**message, "body": packed})
        elif self._start is not None:
            await self._decide(self._start, message)
        else:
            await self._send(message)

    async def _begin(self, start: Message) -> None:
        headers = {name.lower(): value for name, value in start["headers"]}
        tag = self._tag(headers.get(b"etag", b""))
        if start["status"] == 304 and tag.decode("latin-1") in self._held:  # noqa: PLR2004
            await self._send({**start, "headers": replaced(start["headers"], {b"etag": tag})})
        elif _gains(start["status"], headers):
            self._start = start
        else:
            await self._send(start)

    async def _decide(self, start: Message, body: Message) -> None:
        """Send the beginning of an answer, and its first or only piece."""
        self._start = None
        piece, more = body.get("body", b""), body.get("more_body", False)
        if not more and len(piece) < _LEAST:
            await self._send(start)
            await self._send(body)
            return
        packer = CODINGS[self._chosen]()
        packed = await self._packed(packer, piece, last=not more)
        given = dict(start["headers"])
        new = {b"content-encoding": self._chosen.encode()}
        if not more:
            new[b"content-length"] = str(len(packed)).encode()
        if b"etag" in given:
            new[b"etag"] = self._tag(given[b"etag"])
        if more:
            self._packer = packer
        kept = [one for one in start["headers"] if one[0].lower() != b"content-length"]
        await self._send({**start, "headers": replaced(kept, new)})
        await self._send({**body, "body": packed})

    async def _packed(self, packer: Packer, piece: bytes, *, last: bool) -> bytes:
        if len(piece) < _MUCH:
            return packer.pack(piece, last=last)
        return await anyio.to_thread.run_sync(lambda: packer.pack(piece, last=last))

    def _tag(self, plain: bytes) -> bytes:
        return plain[:-1] + b"+" + self._chosen.encode() + b'"' if plain.endswith(b'"') else plain


def _gains(status: int, headers: dict[bytes, bytes]) -> bool:
    """Return whether an answer gains by compression: a whole text that is not compressed yet."""
    return (
        status not in _WITHOUT
        and b"content-encoding" not in headers
        and b"content-range" not in headers
        and b"no-transform" not in headers.get(b"cache-control", b"").lower()
        and _TEXTS.match(headers.get(b"content-type", b"")) is not None
    )
