"""`/id/…` names a thing, `/doc/…` says what we hold of it."""

from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.service import Exchange, ExchangeDep
from api.thing_pages import FORMATS, thing_page
from kg.documents import JSON_LD, document, iri_of, preferred
from kg.namespaces import ID

router = APIRouter(tags=["Linked data"])

_PERMANENT, _SEE_OTHER = 308, 303


@router.get("/id/{kind}/{key:path}", status_code=_SEE_OTHER, summary="A thing")
def thing_named(exchange: ExchangeDep, kind: str, key: str) -> Response:
    """Redirect to the document about a thing (303), or to the name to speak of (308)."""
    del key  # as decoded; the path says how it was written
    iri = iri_of(kind, _raw_key(exchange.request, kind))
    return _moved(exchange, iri) or _redirected(exchange, _SEE_OTHER, "/doc/", iri)


@router.get("/doc/{kind}/{key:path}", summary="The document about a thing")
def document_about(exchange: ExchangeDep, kind: str, key: str) -> Response:
    """Return exactly what is said of a thing; in TriG with graphs and provenance."""
    del key
    iri = iri_of(kind, _raw_key(exchange.request, kind))
    moved = _moved(exchange, iri)
    if moved is not None:
        return moved
    found = document(exchange.release.graph, iri)
    chosen = exchange.media_type(FORMATS)
    if chosen == FORMATS["html"]:
        return thing_page(exchange, iri, found)
    chosen = JSON_LD if chosen == FORMATS["json"] else chosen
    links = [f'<{iri}>; rel="describes"', '</ns>; rel="profile"']
    headers = exchange.headers() | {"Link": ", ".join(links)}
    return Response(found.written(chosen), headers=headers, media_type=chosen)


def _raw_key(request: Request, kind: str) -> str:
    """Return the key as it stands in the path, percent signs included."""
    raw: bytes = request.scope["raw_path"]
    path = raw.partition(b"?")[0].decode("utf-8", "replace")
    return path.split(f"/{kind}/", 1)[-1]


def _moved(exchange: Exchange, iri: str) -> Response | None:
    target = preferred(exchange.release.graph, iri)
    if target is None:
        return None
    if not target.startswith(ID):
        return RedirectResponse(target, _PERMANENT, exchange.headers())
    return _redirected(exchange, _PERMANENT, "/id/", target)


def _redirected(exchange: Exchange, status: int, base: str, iri: str) -> Response:
    if status == _SEE_OTHER:
        document(exchange.release.graph, iri)
    query = exchange.request.url.query
    path = quote(base + iri.removeprefix(ID), safe="/%-._~")
    return RedirectResponse(path + (f"?{query}" if query else ""), status, exchange.headers())
