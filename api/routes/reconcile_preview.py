"""A thing in a small window, for clients of reconciliation."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from api.pages import page
from api.reconciling import Desk
from api.replies import PAGE
from api.service import ExchangeDep
from kg.errors import NotFoundError
from kg.reconciliation.extending import proposed, wanted

router = APIRouter(tags=["Reconciliation"])

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
_SHOWN: Final = 5
_LEFT_OUT: Final = frozenset({"name", "partOf", "officialName", "definition"})


@router.get(
    "/reconcile/v1/preview",
    summary="Reconciliation 1.0: a thing in a small window",
    response_class=HTMLResponse,
)
@router.get(
    "/reconcile/preview",
    summary="Reconciliation 0.2: a thing in a small window",
    response_class=HTMLResponse,
)
def preview(
    exchange: ExchangeDep,
    ident: Annotated[str, Query(alias="id", description="Kennung / id")],
) -> Response:
    """Return a small page about a thing, to be framed by the pages of others; no scripts."""
    exchange.media_type(PAGE)
    desk = Desk(exchange)
    iri = desk.one(ident)
    if iri is None:
        raise NotFoundError(ident)
    facts: list[tuple[str, list[str]]] = []
    for prop in proposed(desk.properties, desk.kinds(iri)):
        if prop.id in _LEFT_OUT or len(facts) == _SHOWN:
            continue
        cells = desk.cells(iri, wanted(desk.properties, prop.id, {"form": "name", "limit": 3}))
        if cells:
            facts.append((prop.labels[desk.lang], [str(next(iter(one.values()))) for one in cells]))
    return page(
        exchange.request, exchange.lang, "preview.html", thing=desk.shown(iri), facts=facts,
        headers=exchange.headers() | {"Content-Security-Policy": _POLICY},
    )  # fmt: skip
