"""Conditional requests (RFC 9110 §13): what a client holds already is not sent again.

What can be decided at once is decided here, before any work: the tag of an answer depends on the
release, the address and what was negotiated, so it is known of everything that was asked before.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from api.headers import App, Message, Pairs, Receive, Scope, Send, encoded, field_of

_TAG: Final = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_KEPT: Final = 2000
_SELECTING: Final = (
    b"host", b"accept", b"accept-language", b"accept-datetime", b"accept-profile", b"prefer",
    b"authorization", b"cookie",
)  # fmt: skip
"""The headers of a request that may select another answer at the same address."""
_DROPPED: Final = frozenset({b"content-type", b"content-length", b"content-encoding"})
_OK: Final = 200


@lru_cache(maxsize=256)
def tags_in(header: str) -> frozenset[str]:
    """Return the tags of an `If-None-Match` or `If-Match` header, as a weak comparison sees them.

    Of `*`, which stands for any, it is all there is.
    """
    return frozenset({"*"} if header.strip() == "*" else _TAG.findall(header))


def holds(header: str | None, tag: str) -> bool:
    """Return whether an `If-None-Match` header names this tag; `*` names none before it is made."""
    return header is not None and tag.removeprefix("W/") in tags_in(header)


@dataclass(frozen=True, slots=True)
class _Known:
    edition: str
    tag: str
    headers: Pairs


@dataclass(slots=True)
class Tags:
    """The tags of what was asked for last, by all that they depend on but the edition."""

    _held: dict[tuple[object, ...], _Known] = field(default_factory=dict)

    def learn(self, scope: Scope, edition: str, tag: str, headers: Mapping[str, str]) -> None:
        """Keep the tag of an answer in an edition, and the headers that go with a 304."""
        if len(self._held) >= _KEPT:
            self._held.clear()
        self._held[_key(scope)] = _Known(edition, tag, encoded(headers))

    def of(self, scope: Scope, editions: Callable[[], tuple[str | None, ...]]) -> _Known | None:
        """Return what is known of a request's answer in the editions that there are now."""
        found = self._held.get(_key(scope))
        return found if found is not None and found.edition in editions() else None


def _key(scope: Scope) -> tuple[object, ...]:
    return (
        scope["scheme"], scope["root_path"], scope["path"], scope["query_string"],
        *(field_of(scope, name) for name in _SELECTING),
    )  # fmt: skip


class Conditional:
    """A layer around the application that answers 304 where the client has the answer."""

    def __init__(
        self, app: App, tags: Tags, editions: Callable[[], tuple[str | None, ...]]
    ) -> None:
        """Stand around an application; `editions` are those whose tags are good now."""
        self._app = app
        self._tags = tags
        self._editions = editions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it is clear already that nothing is new."""
        held = field_of(scope, b"if-none-match") if scope["type"] == "http" else None
        if held is None or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        known = self._tags.of(scope, self._editions)
        if known is not None and holds(held, known.tag):
            await send({"type": "http.response.start", "status": 304, "headers": [*known.headers]})
            await send({"type": "http.response.body", "body": b""})
            return
        await self._app(scope, receive, _unless_held(held, send))


def _unless_held(held: str, send: Send) -> Send:
    """Return where an answer is sent that turns into 304 if it is the one that is held."""
    unchanged = False

    async def given(message: Message) -> None:
        nonlocal unchanged
        if message["type"] == "http.response.start" and message["status"] == _OK:
            tag = dict(message["headers"]).get(b"etag", b"").decode("latin-1")
            unchanged = (tag != "" and holds(held, tag)) or "*" in tags_in(held)
            if unchanged:
                left = [one for one in message["headers"] if one[0].lower() not in _DROPPED]
                message = {**message, "status": 304, "headers": left}
        elif unchanged:
            message = {**message, "body": b""}
        await send(message)

    return given
