"""`/api/v1/labs`, `/api/v1/actors` …: lists and their things; sources and releases."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Query, Response

from api.models import ListOut, RowOut, SuggestOut
from api.replies import JSON, json_reply, listed
from api.service import ExchangeDep, media_type
from kg.answers.answer import LIMIT, MOST
from kg.answers.catalogue import DIMENSIONS, LISTS
from kg.answers.formats import plain
from kg.answers.lists import SEARCH, SUGGESTED, detail, hint, listing, suggest
from kg.answers.sources import sources
from kg.answers.written import detail_as_json
from kg.errors import NotFoundError, Suggestion
from kg.release import listed as releases_kept

router = APIRouter(prefix="/api/v1", tags=["Lists"])

Limit = Annotated[int, Query(ge=1, le=MOST, description="Zeilen je Seite / rows of a page")]
Cursor = Annotated[str | None, Query(description="`next` der Seite davor / of the page before")]
_NAMES: Final = "IRI, Schlüssel oder Name / IRI, key or name"


async def filters_of(  # noqa: PLR0913, PLR0917 (the filters of the contract)
    kind: Annotated[str | None, Query(description=f"Art / kind: {_NAMES}")] = None,
    theme: Annotated[str | None, Query(description=f"Thema / theme: {_NAMES}")] = None,
    place: Annotated[str | None, Query(description=f"Ort / place: {_NAMES}")] = None,
    level: Annotated[str | None, Query(description="bund, land, regierungsbezirk, region, kreis, "
                                       "verband, gemeinde")] = None,
    status: Annotated[str | None, Query(description="Status: active, ended …")] = None,
    source: Annotated[str | None, Query(description=f"Quelle / source: {_NAMES}")] = None,
    year: Annotated[str | None, Query(description="Jahr des Beginns / year of the start")] = None,
) -> Mapping[str, str | None]:  # fmt: skip
    """Return the filters by dimension; empty ones are none."""
    given = (kind, theme, place, level, status, source, year)
    return {name: value or None for name, value in zip(DIMENSIONS, given, strict=True)}


Words = Annotated[
    str | None, Query(description="Wörter, die vorkommen / words that occur, in any spelling")
]
Sort = Annotated[
    Literal["relevance", "label", "-label", "year", "-year"] | None,
    Query(description="Ordnung / order; with `q` by relevance, else by label"),
]
Filters = Annotated[Mapping[str, str | None], Depends(filters_of)]


def _list_of(name: str) -> Callable[..., Response]:
    def list_things(  # noqa: PLR0913, PLR0917 (parameters of the contract)
        exchange: ExchangeDep,
        filters: Filters,
        limit: Limit = LIMIT,
        cursor: Cursor = None,
        q: Words = None,
        sort: Sort = None,
    ) -> Response:
        return listed(
            exchange,
            lambda: listing(
                exchange.release.graph, name, filters, q=q or None, sort=sort, limit=limit,
                cursor=cursor, lang=exchange.lang, index=exchange.release.index,
            ),
        )  # fmt: skip

    return list_things


def _thing_of(name: str) -> Callable[..., Response]:
    def one_thing(exchange: ExchangeDep, key: str) -> Response:
        exchange.media_type(JSON)
        release = exchange.release
        found = detail(release.graph, name, key, exchange.lang, release.index)
        return json_reply(exchange, detail_as_json(found, exchange.release.id))

    return one_thing


_OPTIONS: Final[dict[str, Any]] = {
    "responses": {200: {"content": {"text/csv": {}, "text/turtle": {}, "application/trig": {}}}}
}
for _name in (SEARCH, *LISTS):
    router.get(
        f"/{_name}", name=f"list {_name}", response_model=ListOut, **_OPTIONS,
        description=f"List {_name}: narrowed by filters, in a fixed order, with exact totals.",
    )(_list_of(_name))  # fmt: skip
for _name in LISTS:
    router.get(
        f"/{_name}/{{key:path}}", name=f"one of {_name}", response_model=RowOut,
        description=f"Return one of the {_name} by key, name or IRI, and who speaks of it.",
    )(_thing_of(_name))  # fmt: skip


@router.get("/suggest", response_model=SuggestOut, summary="What a name may become")
def suggest_things(
    exchange: ExchangeDep,
    q: Annotated[str, Query(description="Anfang eines Namens / beginning of a name")],
    kind: Annotated[str | None, Query(description="lab, actor, solution, theme, place …")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = SUGGESTED,
) -> Response:
    """Return things whose names begin with these words, the best first."""
    exchange.media_type(JSON)
    release = exchange.release
    found = suggest(release.graph, q, kind or None, index=release.index, limit=limit,
                    lang=exchange.lang)  # fmt: skip
    rows = [plain(one) | {"hint": hint(release.graph, one, exchange.lang)} for one in found]
    return json_reply(exchange, {"rows": rows, "release": release.id})


@router.get("/sources", summary="The sources")
def list_sources(exchange: ExchangeDep) -> Response:
    """List the sources: publisher, licence, as of when."""
    exchange.media_type(JSON)
    rows = plain(sources(exchange.release.graph, exchange.lang))
    total = {"value": len(rows), "relation": "eq"}
    return json_reply(exchange, {"list": "sources", "total": total, "rows": rows,
                                 "release": exchange.release.id, "next": None})  # fmt: skip


@router.get("/sources/{key}", summary="A source")
def one_source(exchange: ExchangeDep, key: str) -> Response:
    """Return a source: publisher, licence, as of when."""
    exchange.media_type(JSON)
    rows = plain(sources(exchange.release.graph, exchange.lang))
    return json_reply(exchange, _named(rows, "key", key, "source"))


@router.get("/releases", summary="The releases that are kept")
def list_releases(exchange: ExchangeDep) -> Response:
    """List the releases, the one published last first."""
    media_type(exchange.request, JSON)
    rows = plain(releases_kept(exchange.service.settings.data))
    total = {"value": len(rows), "relation": "eq"}
    return json_reply(exchange, {"list": "releases", "total": total, "rows": rows,
                                 "release": exchange.release.id, "next": None})  # fmt: skip


@router.get("/releases/{key}", summary="A release")
def one_release(exchange: ExchangeDep, key: str) -> Response:
    """Return a release that is kept."""
    exchange.media_type(JSON)
    rows = plain(releases_kept(exchange.service.settings.data))
    return json_reply(exchange, _named(rows, "id", key, "release"))


def _named(rows: list[dict[str, Any]], field: str, key: str, kind: str) -> dict[str, Any]:
    for row in rows:
        if row[field] == key:
            return row
    near = [Suggestion("", kind, str(row[field])) for row in rows]
    raise NotFoundError(key, kind, near)
