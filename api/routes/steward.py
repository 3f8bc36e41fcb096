"""`/steward`: what waits for those who keep the data, as pages and as JSON or CSV."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from api.models import StewardOut
from api.pages import page
from api.replies import PAGE, TABLES
from api.service import Exchange, ExchangeDep
from kg import alarms
from kg.answers import stewarding
from kg.answers.answer import LIMIT, MOST
from kg.answers.formats import plain
from kg.answers.open_names import OUTCOMES, open_names
from kg.answers.written import as_csv
from kg.release import listed

router = APIRouter(prefix="/api/v1/steward", tags=["Stewards"])
pages = APIRouter(prefix="/steward", include_in_schema=False)

_FEW: Final = 5
_OPTIONS: Final[dict[str, Any]] = {
    "response_model": StewardOut,
    "responses": {200: {"content": {"text/csv": {}}}},
}

Slug = Annotated[str | None, Query(description="Quelle (Kürzel) / source (slug)")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="Zeilen je Seite / rows of a page")]
Cursor = Annotated[
    str | None,
    Query(pattern=r"^\d{0,9}$", description="`next` der Seite davor / of the page before"),
]
Outcome = Annotated[
    Literal["ambiguous", "unknown", "all", ""],
    Query(description="mehrdeutig, unbekannt, alle / ambiguous, unknown, all"),
]
Old = Annotated[str | None, Query(description="Ausgabe davor / earlier release")]
New = Annotated[str | None, Query(description="Ausgabe danach / later release")]


@router.get("/parked", summary="Parked records", **_OPTIONS)
def list_parked(
    exchange: ExchangeDep, source: Slug = None, limit: Limit = LIMIT, cursor: Cursor = None
) -> Response:
    """List the records that were kept out of the release, and why."""
    return _reply(exchange, _parked(exchange, source), limit, cursor)


@router.get("/names", summary="Names that wait for a steward", **_OPTIONS)
def list_names(
    exchange: ExchangeDep, source: Slug = None, outcome: Outcome = "ambiguous",
    limit: Limit = LIMIT, cursor: Cursor = None,
) -> Response:  # fmt: skip
    """List the names that have no thing or several, worst first, with the deciding commands."""
    return _reply(exchange, _names(exchange, source, outcome), limit, cursor)


@router.get("/unmapped", summary="Unmapped values", **_OPTIONS)
def list_unmapped(
    exchange: ExchangeDep, source: Slug = None, limit: Limit = LIMIT, cursor: Cursor = None
) -> Response:
    """List the published values that no table of their source knows."""
    return _reply(exchange, _unmapped(exchange, source), limit, cursor)


@router.get("/freshness", summary="Freshness of the sources", **_OPTIONS)
def list_freshness(
    exchange: ExchangeDep, limit: Limit = MOST, cursor: Cursor = None
) -> Response:  # fmt: skip
    """List the sources, the one whose knowledge is oldest first, with what became of each."""
    return _reply(exchange, _fresh(exchange), limit, cursor)


@router.get("/changes", summary="What differs between two releases", **_OPTIONS)
def list_changes(  # noqa: PLR0913, PLR0917 (parameters of the contract)
    exchange: ExchangeDep, old: Old = None, new: New = None, source: Slug = None,
    limit: Limit = LIMIT, cursor: Cursor = None,
) -> Response:  # fmt: skip
    """List the records that are new, changed or gone between two releases."""
    before, after, rows = _changes(exchange, old, new, source)
    return _reply(exchange, rows, limit, cursor, old=before, new=after)


@pages.get("")
def overview(exchange: ExchangeDep) -> Response:
    """Return the page of everything that waits: the sources, and the worst of each kind."""
    before, after, changed = _changes(exchange, None, None, None)
    sections = {
        "names": _names(exchange, None, "ambiguous"),
        "parked": _parked(exchange, None),
        "unmapped": _unmapped(exchange, None),
        "changes": changed,
    }
    return _page(
        exchange, "", fresh=_fresh(exchange), old=before, new=after,
        emptied=alarms.read(exchange.release.folder),
        sections={name: (rows[:_FEW], len(rows)) for name, rows in sections.items()},
    )  # fmt: skip


@pages.get("/parked")
def parked_page(
    exchange: ExchangeDep, source: Slug = None, limit: Limit = LIMIT, cursor: Cursor = None
) -> Response:
    """Return the page of the parked records."""
    return _section(exchange, "parked", _parked(exchange, source or None), limit, cursor)


@pages.get("/names")
def names_page(
    exchange: ExchangeDep, source: Slug = None, outcome: Outcome = "ambiguous",
    limit: Limit = LIMIT, cursor: Cursor = None,
) -> Response:  # fmt: skip
    """Return the page of the names that wait."""
    return _section(exchange, "names", _names(exchange, source, outcome), limit, cursor)


@pages.get("/unmapped")
def unmapped_page(
    exchange: ExchangeDep, source: Slug = None, limit: Limit = LIMIT, cursor: Cursor = None
) -> Response:
    """Return the page of the values that no table knows."""
    return _section(exchange, "unmapped", _unmapped(exchange, source or None), limit, cursor)


@pages.get("/changes")
def changes_page(  # noqa: PLR0913, PLR0917 (parameters of the contract)
    exchange: ExchangeDep, old: Old = None, new: New = None, source: Slug = None,
    limit: Limit = LIMIT, cursor: Cursor = None,
) -> Response:  # fmt: skip
    """Return the page of what differs between two releases."""
    before, after, rows = _changes(exchange, old, new, source)
    return _section(exchange, "changes", rows, limit, cursor, old=before, new=after)


def _parked(exchange: Exchange, source: str | None) -> Sequence[Any]:
    return stewarding.parked(exchange.release, source or None, exchange.lang)


def _names(exchange: Exchange, source: str | None, outcome: str) -> Sequence[Any]:
    wanted = OUTCOMES if outcome == "all" else (outcome or OUTCOMES[0],)
    return open_names(exchange.release.graph, source or None, wanted, exchange.lang)


def _unmapped(exchange: Exchange, source: str | None) -> Sequence[Any]:
    return stewarding.unmapped(exchange.release, source or None, exchange.lang)


def _fresh(exchange: Exchange) -> Sequence[Any]:
    exchange.edition = f"{exchange.release.id} {stewarding.looked_at(exchange.release)}"
    return stewarding.freshness(exchange.release, exchange.lang)


def _changes(
    exchange: Exchange, old: str | None, new: str | None, source: str | None
) -> tuple[str | None, str, Sequence[Any]]:
    before, after, rows = stewarding.changes(
        exchange.service.settings.data, exchange.release, old or None, new or None, exchange.lang
    )
    return before, after, [row for row in rows if not source or row.source.key == source]


def _cut(
    rows: Sequence[Any], limit: int, cursor: str | None
) -> tuple[Sequence[Any], str | None]:  # fmt: skip
    """Return a page of rows, and where the next one begins."""
    start = int(cursor or 0)
    end = start + limit
    return rows[start:end], str(end) if end < len(rows) else None


def _reply(
    exchange: Exchange, rows: Sequence[Any], limit: int, cursor: str | None, **more: object
) -> Response:
    chosen = exchange.media_type(TABLES)
    shown, onward = _cut(rows, limit, cursor)
    said = plain(shown)
    if chosen == TABLES["csv"]:
        return Response(as_csv(said), headers=exchange.headers(), media_type=chosen)
    found = {"total": {"value": len(rows), "relation": "eq"}, "rows": said, **more,
             "release": exchange.release.id, "next": onward}  # fmt: skip
    return JSONResponse(found, headers=exchange.headers())


def _section(
    exchange: Exchange, name: str, rows: Sequence[Any], limit: int, cursor: str | None,
    **more: object,
) -> Response:  # fmt: skip
    shown, onward = _cut(rows, limit, cursor)
    return _page(
        exchange, name, sections={name: (shown, len(rows))}, next=onward, fresh=_fresh(exchange),
        **({"old": None, "new": None} | more),
    )  # fmt: skip


def _page(exchange: Exchange, section: str, **shown: Any) -> Response:  # noqa: ANN401
    exchange.media_type(PAGE)
    given: Mapping[str, str] = {
        key: value for key, value in exchange.request.query_params.items() if value
    }
    return page(
        exchange.request, exchange.lang, "steward.html", headers=exchange.headers(),
        section=section, given=given, release=exchange.release.id,
        api_page=lambda form: _api(section, given, form),
        releases=listed(exchange.service.settings.data),
        **({"next": None, "emptied": ()} | shown),
    )  # fmt: skip


def _api(section: str, given: Mapping[str, str], form: str) -> str:
    """Return where programs find the same page of the same rows."""
    asked = {key: value for key, value in given.items() if key != "format"} | {"format": form}
    return f"{router.prefix}/{section}?{urlencode(asked)}"
