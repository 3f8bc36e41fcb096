"""What our words mean and what good data is: `/ns`, `/shapes`, the JSON-LD context."""

from collections.abc import Iterable
from typing import Any, Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.pages import page
from api.replies import PAGE, as_text
from api.service import Reading, ReadingDep
from api.thing_pages import WORDS
from kg.documentation import decisions
from kg.documentation.diagram import WIDE, diagram
from kg.documentation.shapes import groups, relations
from kg.documentation.terms import terms
from kg.documents import JSON_LD, constraints, vocabulary, written
from kg.errors import NotFoundError
from kg.jsonld import context
from kg.namespaces import SHAPES_NAMESPACE, VOCABULARY
from kg.terms import Quad

router = APIRouter(tags=["Linked data"])

_OFFERS: Final = {**WORDS, **PAGE}
_COPIES: Final = tuple((media_type, word) for word, media_type in WORDS.items())
_SEE_OTHER: Final = 303
_IN: Final[dict[str, Any]] = {
    "response_class": Response,
    "responses": {200: {"content": {one: {} for one in _OFFERS.values()}}},
}
_AS_CONTEXT: Final[dict[str, Any]] = {
    "response_class": Response, "responses": {200: {"content": {JSON_LD: {}}}},
}  # fmt: skip


@router.get("/ns", summary="The vocabulary", **_IN)
def terms_of_ours(reading: ReadingDep) -> Response:
    """Return our vocabulary: every term with label and definition in German and English."""
    chosen = reading.media_type(_OFFERS)
    if chosen != PAGE["html"]:
        return _as_rdf(reading, vocabulary(), chosen)
    return page(
        reading.request, reading.lang, "ns.html", headers=reading.headers(),
        vocabulary=terms(), namespace=VOCABULARY, formats=_COPIES,
    )  # fmt: skip


@router.get("/ns/{version}", summary="A version of the vocabulary", status_code=_SEE_OTHER)
def version_of_ours(reading: ReadingDep, version: str) -> Response:
    """Redirect from the version that is served to the vocabulary."""
    if version != terms().version:
        raise NotFoundError(version, "version of the vocabulary")
    query = reading.request.url.query
    return RedirectResponse("/ns" + (f"?{query}" if query else ""), _SEE_OTHER)


@router.get("/shapes", summary="The shapes", **_IN)
def shapes_of_ours(reading: ReadingDep) -> Response:
    """Return our SHACL shapes: what good data looks like."""
    chosen = reading.media_type(_OFFERS)
    if chosen != PAGE["html"]:
        return _as_rdf(reading, constraints(), chosen)
    drawn = diagram()
    return page(
        reading.request, reading.lang, "shapes.html", headers=reading.headers(),
        groups=groups(), relations=relations(), namespace=SHAPES_NAMESPACE, formats=_COPIES,
        diagram=drawn, drawn={card.name for card in drawn.cards}, wide=WIDE,
    )  # fmt: skip


@router.get("/decisions", include_in_schema=False)
def all_decisions(reading: ReadingDep) -> Response:
    """Return the page of the decisions behind the model."""
    reading.media_type(PAGE)
    return page(
        reading.request, reading.lang, "decisions.html", headers=reading.headers(),
        decisions=decisions.all_decisions(),
    )  # fmt: skip


@router.get("/decisions/{number}", include_in_schema=False)
def one_decision(reading: ReadingDep, number: str) -> Response:
    """Return the page of a decision behind the model."""
    reading.media_type(PAGE)
    return page(
        reading.request, reading.lang, "decision.html", headers=reading.headers(),
        decision=decisions.decision(number),
    )  # fmt: skip


@router.get("/context.jsonld", summary="The JSON-LD context", **_AS_CONTEXT)
def json_ld_context() -> Response:
    """Return our JSON-LD context."""
    return Response(as_text(context()), media_type=JSON_LD)


def _as_rdf(reading: Reading, quads: Iterable[Quad], chosen: str) -> Response:
    return Response(written(quads, chosen), headers=reading.headers(), media_type=chosen)
