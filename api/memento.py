"""Earlier states (RFC 7089): every address of a document or answer is its own time gate.

`Accept-Datetime` leads (302) to the same address with `release=<id>`, which never changes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, TypeAlias

from fastapi import Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.replies import public_url
from api.service import Exchange, LanguageDep, format_of
from kg.mementos import Memento, at, http_date, named, opened, timeline

Speaks: TypeAlias = Callable[[Memento], bool]

IMMUTABLE: Final = "public, max-age=31536000, immutable"
LINK_FORMAT: Final = "application/link-format"
_FOUND: Final = 302
_PLACES: Final = ("first", "last", "prev", "next")


@dataclass(slots=True)
class Timed(Exchange):
    """A request for the present state, for that of a release, or for that of a moment."""

    memento: Memento | None
    """The state of the past that the address names, None for the present."""
    moment: datetime | None
    """The moment asked for, for which an address is to be found."""

    def headers(self) -> dict[str, str]:
        """Return the headers of the answer."""
        said = Exchange.headers(self)
        said["Vary"] += ", Accept-Datetime"
        if self.memento is not None:
            said |= {"Memento-Datetime": self.memento.written, "Cache-Control": IMMUTABLE}
        return said

    @property
    def kept(self) -> tuple[Memento, ...]:
        """Return the releases that are kept, the oldest first."""
        return timeline(self.service.settings.data)


async def timed_exchange(
    request: Request,
    lang: LanguageDep,
    _format: Annotated[None, Depends(format_of)],
    release: Annotated[
        str | None, Query(description="Stand einer früheren Ausgabe / state of an earlier release")
    ] = None,
    moment: Annotated[
        str | None,
        Header(alias="Accept-Datetime", description="Stand zu einem Zeitpunkt / state at a moment"),
    ] = None,
) -> Timed:
    """Return the exchange that a request begins, with the release that it is about.

    Raises `PrunedError`, `NotFoundError` where there is no such release, `BadQueryError` where the
    moment is none. An address that names a release has one state: `Accept-Datetime` is passed over.
    """
    service = request.app.state.service
    if release is not None:
        memento = named(service.settings.data, release)
        past = await run_in_threadpool(opened, service.settings.data, memento)
        return Timed(request, service, lang, past.id, past, memento, None)
    asked = http_date(moment) if moment is not None else None
    present = service.release()
    return Timed(request, service, lang, present.id, present, None, asked)


TimedDep = Annotated[Timed, Depends(timed_exchange)]


def led(exchange: Timed, speaks: Speaks = lambda _: True) -> Response | None:
    """Return the way to the state at the moment asked for, None where none was asked for.

    The last state until then, else the first one, of those that speak of what is asked for.
    """
    if exchange.moment is None:
        return None
    best = at(exchange.kept, exchange.moment)
    place = exchange.kept.index(best)
    order = [*reversed(exchange.kept[: place + 1]), *exchange.kept[place + 1 :]]
    found = next((one for one in order if speaks(one)), None)
    if found is None:
        return None
    address = Address.of(exchange)
    headers = exchange.headers() | {
        "Location": address.state(found),
        "Link": ", ".join(links(exchange, speaks, found)),
    }
    return Response(status_code=_FOUND, headers=headers)


@dataclass(frozen=True, slots=True)
class Address:
    """An address without the release that it names, and the addresses of its states."""

    root: str
    path: str
    query: str

    @classmethod
    def of(cls, exchange: Exchange, before: str = "") -> "Address":
        """Return the address of a request, or what stands in it after `before`."""
        raw = exchange.request.scope["raw_path"].partition(b"?")[0].decode("ascii", "replace")
        pairs = exchange.request.scope["query_string"].decode("latin-1").split("&")
        query = "&".join(one for one in pairs if one and one.partition("=")[0] != "release")
        return cls(public_url(exchange), raw.removeprefix(before), query)

    @property
    def original(self) -> str:
        """Return the address of what changes, which is its time gate too."""
        return self.root + self.path + (f"?{self.query}" if self.query else "")

    def state(self, memento: Memento) -> str:
        """Return the address of a state."""
        return f"{self.original}{'&' if self.query else '?'}release={memento.release}"

    def timemap(self, form: str) -> str:
        """Return the address of the list of all states."""
        end = f"?{self.query}" if self.query else ""
        return f"{self.root}/timemap/{form}{self.path}{end}"


def links(
    exchange: Timed, speaks: Speaks = lambda _: True, here: Memento | None = None
) -> Iterator[str]:
    """Yield the links of an answer to its other states; `here` is the state that it is or names."""
    address = Address.of(exchange)
    yield f'<{address.original}>; rel="original timegate"'
    yield f'<{address.timemap("link")}>; rel="timemap"; type="{LINK_FORMAT}"'
    yield f'<{address.timemap("json")}>; rel="timemap"; type="application/json"'
    own = here or exchange.memento
    ids = [one.release for one in exchange.kept]
    current = own.release if own is not None else exchange.release.id
    if current not in ids:
        return
    place = ids.index(current)
    before, after = exchange.kept[:place], exchange.kept[place + 1 :]
    ways = (exchange.kept, reversed(exchange.kept), reversed(before), after)
    found: dict[Memento, list[str]] = {}
    for name, way in zip(_PLACES, ways, strict=True):
        state = next((one for one in way if speaks(one)), None)
        if state is not None:
            found.setdefault(state, []).append(name)
    if own is not None:
        found.setdefault(own, [])
    for state, names in found.items():
        word = " ".join([*names, "memento", *(["predecessor-version"] if "prev" in names else [])])
        yield f'<{address.state(state)}>; rel="{word}"; datetime="{state.written}"'


def with_states(exchange: Timed, answer: Response) -> Response:
    """Return an answer with the links to its other states."""
    said = [answer.headers["Link"]] if "Link" in answer.headers else []
    answer.headers["Link"] = ", ".join([*said, *links(exchange)])
    return answer
