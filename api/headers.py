"""Headers that every answer carries: safety, and the word that others may read it."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final, TypeAlias

Scope: TypeAlias = "dict[str, Any]"
Receive: TypeAlias = "Callable[[], Awaitable[MutableMapping[str, Any]]]"
Send: TypeAlias = "Callable[[MutableMapping[str, Any]], Awaitable[None]]"
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
        "ETag, Link, Content-Language, X-Release, X-Query-Limits, Retry-After"
    ),
}
PREFLIGHT: Final = {
    "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
    "access-control-allow-headers": "Accept, Accept-Language, Content-Type, If-None-Match",
    "access-control-max-age": "86400",
}
VARY: Final = "accept, accept-language, accept-encoding, origin"


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
        if scope["method"] == "OPTIONS" and _asks_before(scope):
            await _allow(send)
            return

        async def with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                added = SAFETY | OPEN | {"vary": VARY}
                message["headers"] = [
                    *message["headers"],
                    *(pair for pair in _encoded(added) if pair[0] not in given),
                ]
            await send(message)

        # The server leaves out the body of what was asked for by HEAD.
        inner = scope | {"method": "GET"} if scope["method"] == "HEAD" else scope
        await self._app(inner, receive, with_headers)


def _asks_before(scope: Scope) -> bool:
    return any(name == b"access-control-request-method" for name, _ in scope["headers"])


async def _allow(send: Send) -> None:
    headers = _encoded(OPEN | PREFLIGHT | {"vary": VARY})
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _encoded(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]
