"""The start page, the lists as pages, and what this service is."""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Response

from api.pages import page
from api.questions import QUESTIONS
from api.replies import OFFERED, PAGE
from api.routes.lists import Cursor, Filters, Limit, Sort, Words
from api.service import Exchange, ExchangeDep
from api.tables import table
from kg.answers.answer import LIMIT, MOST
from kg.answers.catalogue import LISTS
from kg.answers.lists import SEARCH, Listing, listing, total
from kg.answers.sources import sources
from kg.answers.written import listing_as_json

router = APIRouter(include_in_schema=False)

_FIELDS: Final = {
    "labs": ("kind", "theme", "place", "status", "source"),
    "actors": ("kind", "theme", "place", "source"),
    "solutions": ("kind", "theme", "place", "source"),
    "innovations": ("theme", "place", "status", "source"),
    "jurisdictions": ("level", "place", "kind"),
    "themes": (),
    "categories": ("kind", "source"),
    "services": ("kind", "theme", "source"),
    SEARCH: (),
    "concerns": ("kind", "status", "year", "source"),
}
_CHOSEN: Final = ("kind", "theme", "level", "status", "source", "year")
_MANY: Final = 80
_SHOWN_FACETS: Final = 12


@router.get("/")
def start(exchange: ExchangeDep) -> Response:
    """Return the start page: the questions, with examples."""
    exchange.media_type(PAGE)
    return page(
        exchange.request, exchange.lang, "start.html", headers=exchange.headers(),
        questions=QUESTIONS, lists=list(LISTS), release=exchange.release.id,
    )  # fmt: skip


@router.get("/lists")
def lists(exchange: ExchangeDep) -> Response:
    """Return the page of all lists, with how much is in each."""
    exchange.media_type(PAGE)
    graph = exchange.release.graph
    return page(
        exchange.request, exchange.lang, "lists.html", headers=exchange.headers(),
        lists=[(name, total(graph, name, exchange.release.index)) for name in LISTS],
        release=exchange.release.id,
    )  # fmt: skip


@router.get("/info")
def info(exchange: ExchangeDep) -> Response:
    """Return the page that says what this is, and names the sources."""
    exchange.media_type(PAGE)
    return page(
        exchange.request, exchange.lang, "info.html", headers=exchange.headers(),
        sources=sources(exchange.release.graph, exchange.lang), release=exchange.release.id,
    )  # fmt: skip


def _page_of(name: str) -> Callable[..., Response]:
    def list_page(  # noqa: PLR0913, PLR0917 (parameters of the contract)
        exchange: ExchangeDep,
        filters: Filters,
        limit: Limit = LIMIT,
        cursor: Cursor = None,
        q: Words = None,
        sort: Sort = None,
    ) -> Response:
        exchange.media_type(PAGE)
        found = listing(
            exchange.release.graph, name, filters, q=q or None, sort=sort, limit=limit,
            cursor=cursor, lang=exchange.lang, index=exchange.release.index,
        )  # fmt: skip
        return _shown(exchange, found)

    return list_page


def _shown(exchange: Exchange, found: Listing) -> Response:
    given = {key: value for key, value in exchange.request.query_params.items() if value}
    said = listing_as_json(found, exchange.release.id)
    cut = found.next is not None or "cursor" in given
    all_of_it = {key: value for key, value in given.items() if key != "cursor"}
    searched = found.name == SEARCH
    return page(
        exchange.request, exchange.lang, "search.html" if searched else "list.html",
        headers=exchange.headers(), many=_SHOWN_FACETS,
        name=found.name, given=given, found=said, table=_table(said["rows"], searched=searched),
        fields=_FIELDS[found.name], options=_options(exchange, found.name),
        formats=_addresses(found.name, given),
        whole=_addresses(found.name, all_of_it | {"limit": str(MOST)}) if cut else [],
        release=exchange.release.id,
    )  # fmt: skip


def _addresses(name: str, asked: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return where programs find the same rows: the same filters, order, limit and cursor."""
    return [
        (label, f"/api/v1/{name}?{urlencode({**asked, 'format': word})}") for label, word in OFFERED
    ]


def _table(rows: list[dict[str, object]], *, searched: bool) -> object:
    """Return the rows as a table; where kinds are mixed, only what all of them have."""
    if not searched:
        return table([{key: row[key] for key in row if key != "kind"} for row in rows])
    return table([
        {"label": row["label"], "iri": row["iri"], "kind": row["kind"],
         "themes": row.get("themes"), "concludedThemes": row.get("concludedThemes"),
         "places": row.get("places") or row.get("partOf"),
         "sources": row["sources"]} for row in rows
    ])  # fmt: skip


def _options(exchange: Exchange, name: str) -> dict[str, list[tuple[str, str]]]:
    """Return what the fields offer: the values that the whole list has, unless they are many."""
    whole = listing(
        exchange.release.graph, name, {}, limit=1, lang=exchange.lang, index=exchange.release.index
    )
    return {
        field: sorted(((one.value, f"{one.label} ({one.count})") for one in facets),
                      key=lambda option: option[1].casefold())
        for field, facets in whole.facets.items()
        if field in _CHOSEN and facets and len(facets) <= _MANY
    }  # fmt: skip


for _name in (SEARCH, *LISTS):
    router.get(f"/{_name}", name=f"page {_name}")(_page_of(_name))
