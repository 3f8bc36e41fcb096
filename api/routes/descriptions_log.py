"""The event log in three views: `/ldes`, `/delta.json`, `/feed.atom`."""

from collections.abc import Sequence
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse, StreamingResponse

from api.negotiation import encoding
from api.replies import JSON, public_url
from api.routes.descriptions import RDF, Number
from api.service import Exchange, ExchangeDep, NotModifiedError, header
from kg import log
from kg.descriptions import dataset, rdf
from kg.errors import BusyError, NotFoundError, Suggestion
from kg.iri import KINDS
from kg.log_feed import MEDIA_TYPE, Feed, Wish, written
from kg.log_ldes import Page, page, root
from kg.log_segments import PAGE, gone, lines, segments
from kg.terms import LOTSE, NamedNode
from kg.things import find

router = APIRouter(tags=["Descriptions and copies"])

_SEE_OTHER: Final = 303
_FOREVER: Final = "public, max-age=31536000, immutable"
_BEFORE: Final = "1970-01-01T00:00:00Z"
_LINES: Final = "application/x-ndjson"
_ATOM: Final = {"atom": MEDIA_TYPE}
_TREE: Final = {"trig": RDF["trig"], **{k: v for k, v in RDF.items() if k not in {"trig", "rdf"}}}
"""What has no graphs (Turtle, N-Triples) says everything, but not which member says it."""
_ANSWERS: Final[dict[str, Any]] = {
    "responses": {200: {"content": {one: {} for one in _TREE.values()}}}
}

Kind = Annotated[
    str | None, Query(description="Art der Dinge, wie in /id/… / kind of things, as in /id/…")
]
Where = Annotated[
    str | None, Query(description="Ort: Name, Schlüssel, IRI / place: name, key, IRI")
]


@router.get("/ldes", summary="The event log as a Linked Data Event Stream", **_ANSWERS)
def event_stream(exchange: ExchangeDep, page: Number = None) -> Response:
    """Return the root of the stream or a page of its members; a full page never changes."""
    _caught_up(exchange)
    return _root(exchange) if page is None else _page(exchange, page)


def _root(exchange: Exchange) -> Response:
    data = exchange.service.settings.data
    exchange.edition = "".join(one.version for one in segments(data)[-1:])
    chosen = exchange.media_type(_TREE)
    numbers = range(1, len(log.pages(data)) + 1)
    begin = next((found for one in numbers if (found := _where(exchange, one, kept=True))), None)
    said = root(f"{public_url(exchange)}/ldes", begin)
    return Response(rdf(said, chosen), headers=exchange.headers(), media_type=chosen)


def _where(exchange: Exchange, number: int, *, kept: bool = False) -> Page | None:
    """Return a page, None where there is none, or (`kept`) where it can be read no longer."""
    every = log.pages(exchange.service.settings.data)
    if number > len(every):
        return None
    parts = every[number - 1]
    if kept and not all(segment.path.exists() for segment, _, _ in parts):
        return None
    return Page(number, parts[0][0].published)


def _page(exchange: Exchange, number: int) -> Response:
    events = log.page(exchange.service.settings.data, number)
    following = _where(exchange, number + 1)
    exchange.edition = f"{number}-{len(events)}-{following is not None}"
    chosen = exchange.media_type(_TREE)
    said = page(f"{public_url(exchange)}/ldes", number, events, following)
    headers = _kept(exchange, full=following is not None)
    return Response(dataset(said, chosen), headers=headers, media_type=chosen)


@router.get("/log/{number}", summary="An event of the log", status_code=_SEE_OTHER)
def one_event(exchange: ExchangeDep, number: int) -> Response:
    """Redirect from the name of an event to the page that has it."""
    at = -(-number // PAGE)
    if not 1 <= at <= len(log.pages(exchange.service.settings.data)):
        raise NotFoundError(str(number), "event")
    return RedirectResponse(f"/ldes?page={at}", _SEE_OTHER, exchange.headers())


@router.get("/delta.json", summary="The event log as files, one for each release")
def delta(exchange: ExchangeDep) -> Response:
    """Return the address of each file of changes by its version, oldest first."""
    _caught_up(exchange)
    exchange.media_type(JSON)
    base = f"{public_url(exchange)}/delta"
    known = segments(exchange.service.settings.data)
    versions = {one.version: f"{base}/{one.version}.jsonl" for one in known if one.path.exists()}
    return JSONResponse({"versions": versions}, headers=exchange.headers())


@router.get("/delta/{version}.jsonl", summary="What came, changed and went with a release",
            responses={200: {"content": {_LINES: {}}}})  # fmt: skip
def changes_of(exchange: ExchangeDep, version: str) -> Response:
    """Return the events of a release as JSON lines (`op`: ADD, MOD, DEL); it never changes."""
    known = {one.version: one for one in segments(exchange.service.settings.data)}
    if version not in known:
        near = [Suggestion("", "version", one) for one in known]
        raise NotFoundError(version, "version", near)
    path = known[version].path
    if not path.exists():
        raise gone(known[version])
    coding = encoding(header(exchange.request, "accept-encoding"), ("zstd",))
    exchange.edition = version
    exchange.tag = f'"{version}-{coding or "plain"}"'
    headers = _kept(exchange, full=True) | {"Vary": "Accept-Encoding, Origin"}
    if exchange.tag in (header(exchange.request, "if-none-match") or ""):
        raise NotModifiedError(headers)
    if coding is not None:
        return FileResponse(path, headers=headers | {"Content-Encoding": coding}, media_type=_LINES)
    return StreamingResponse(lines(known[version]), headers=headers, media_type=_LINES)


@router.get("/feed.atom", summary="The event log as an Atom feed",
            responses={200: {"content": {MEDIA_TYPE: {}}}})  # fmt: skip
def feed(
    exchange: ExchangeDep, page: Number = None, kind: Kind = None, place: Where = None
) -> Response:
    """Return the newest events, of all things or of a kind or place; older ones by archives."""
    _caught_up(exchange)
    if kind is not None and kind not in KINDS:
        raise NotFoundError(kind, "kind", [Suggestion("", "kind", one) for one in KINDS])
    wish = Wish(kind, _within(exchange, place) if place is not None else None)
    every = log.pages(exchange.service.settings.data)
    numbers = [at for at, parts in enumerate(every, 1) if wish.may_be_in(parts)]
    number = page or (numbers[-1] if numbers else len(every))
    events = log.page(exchange.service.settings.data, number) if every else []
    exchange.edition = f"{exchange.release.id} {number} {len(events)} {numbers[-1:]}"
    exchange.media_type(_ATOM)
    head = _head(exchange, numbers, number, archived=page is not None and len(events) == PAGE)
    content = written(head, list(wish.of(events)))
    return Response(content, headers=exchange.headers(), media_type=MEDIA_TYPE)


def _head(exchange: Exchange, numbers: Sequence[int], number: int, *, archived: bool) -> Feed:
    """Return the head of a document; archives lead to those before and after them."""
    every = log.pages(exchange.service.settings.data)
    before = [one for one in numbers if one < number]
    after = [one for one in numbers if one > number]
    links = {"self": _address(exchange, exchange.request.query_params.get("page"))}
    if archived:
        links["current"] = _address(exchange, None)
    if before:
        links["prev-archive"] = _address(exchange, str(before[-1]))
    if archived and len(after) > 1:
        links["next-archive"] = _address(exchange, str(after[0]))
    titles = {"de": "Innovationslotse: Änderungen", "en": "Innovationslotse: changes"}
    moment = every[number - 1][-1][0].published if every else _BEFORE
    return Feed(
        _address(exchange, None), titles[exchange.lang], exchange.service.settings.publisher,
        exchange.lang, moment.replace("+00:00", "Z"), links, archived=archived,
    )  # fmt: skip


def _within(exchange: Exchange, place: str) -> frozenset[str]:
    """Return the keys of a place and of all places in it."""
    graph = exchange.release.graph
    where = find(graph, place, "jurisdiction", exchange.lang)
    inside = (
        quad.subject for quad in graph.quads(None, LOTSE.within, where.node)
        if isinstance(quad.subject, NamedNode)
    )  # fmt: skip
    return frozenset(node.value.rpartition("/")[2] for node in (where.node, *inside))


def _caught_up(exchange: Exchange) -> None:
    """Wait until the log has the release that is served; where that takes long, go by what is."""
    data, served = exchange.service.settings.data, exchange.release.id
    try:
        exchange.service.copier.wait_for(
            data, served, lambda: [one.release for one in segments(data)[-1:]] == [served]
        )
    except BusyError:
        if not segments(data):
            raise


def _kept(exchange: Exchange, *, full: bool) -> dict[str, str]:
    """Return the headers of what never changes any more once it is full."""
    return exchange.headers() | ({"Cache-Control": _FOREVER} if full else {})


def _address(exchange: Exchange, page: str | None) -> str:
    """Return the address of a document of the feed, with the wishes that this request has."""
    given = {key: value for key, value in exchange.request.query_params.items() if key != "page"}
    query = urlencode(given | ({"page": page} if page is not None else {}))
    return f"{public_url(exchange)}/feed.atom" + (f"?{query}" if query else "")
