"""Headers that every answer carries: safety, and the word that others may read it."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any, Final, TypeAlias

Scope: TypeAlias = "MutableMapping[str, Any]"
Message: TypeAlias = "MutableMapping[str, Any]"
Receive: TypeAlias = "Callable[[], Awaitable[Message]]"
Send: TypeAlias = "Callable[[Message], Awaitable[None]]"
Pair: TypeAlias = "tuple[bytes, bytes]"
Pairs: TypeAlias = "tuple[Pair, ...]"
App: TypeAlias = "Callable[[Scope, Receive, Send], Awaitable[None]]"

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
SAFETY: Final = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "geolocation=(), camera=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
}
OPEN: Final = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": (
        "Accept-Post, Allow, Content-Language, ETag, Link, Location, Memento-Datetime, "
        "Retry-After, WWW-Authenticate, X-Query-Limits, X-Release"
    ),
}
PREFLIGHT: Final = {
    "access-control-allow-methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
    "access-control-allow-headers": (
        "Accept, Accept-Datetime, Accept-Language, Authorization, Content-Type, If-Match, "
        "If-None-Match"
    ),
    "access-control-max-age": "86400",
}
VARY: Final = "accept, accept-language, accept-encoding, origin"
_EVERYWHERE: Final = (b"accept-encoding", b"origin")
"""What the layers around every route look at."""


def encoded(headers: Mapping[str, str]) -> Pairs:
    """Return headers as they are sent."""
    return tuple((name.lower().encode(), value.encode()) for name, value in headers.items())


def field_of(scope: Scope, name: bytes) -> str | None:
    """Return all lines of a request's header as one, None where there is none."""
    lines = [value for key, value in scope["headers"] if key == name]
    return b", ".join(lines).decode("latin-1") if lines else None


def replaced(headers: Iterable[tuple[bytes, bytes]], new: Mapping[bytes, bytes]) -> list[Pair]:
    """Return headers with some of them new: each in the place of the old ones, else at the end."""
    return [*(one for one in headers if one[0].lower() not in new), *new.items()]


_ADDED: Final = encoded(SAFETY | OPEN | {"vary": VARY})


class Headers:
    """A layer around the application: headers, preflight requests, HEAD as GET without a body."""

    def __init__(self, app: App) -> None:
        """Stand around an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS" and field_of(scope, b"access-control-request-method"):
            await _allow(send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _complete(message["headers"])
            await send(message)

        # The server leaves out the body of what was asked for by HEAD.
        inner = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        await self._app(inner, receive, with_headers)


def _complete(headers: Iterable[tuple[bytes, bytes]]) -> list[Pair]:
    """Return headers with those that every answer has; a route's own win."""
    held = list(headers)
    given = {name.lower(): value for name, value in held}
    vary = given.get(b"vary", b"").lower()
    missing = [one for one in _EVERYWHERE if one not in vary] if vary and vary != b"*" else []
    if missing:
        held = replaced(held, {b"vary": b", ".join([given[b"vary"], *missing])})
    return [*held, *(pair for pair in _ADDED if pair[0] not in given)]


async def _allow(send: Send) -> None:
    headers = encoded(OPEN | PREFLIGHT | {"vary": VARY})
    await send({"type": "http.response.start", "status": 204, "headers": [*headers]})
    await send({"type": "http.response.body", "body": b""})
