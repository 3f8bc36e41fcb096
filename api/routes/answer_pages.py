"""The questions as pages: a form, and below it the answer once something was asked."""

from fastapi import APIRouter, Response

from api import asking
from api.asking import PartDep, WhereDep, WhoseDep
from api.replies import PAGE, question_page
from api.service import ExchangeDep
from api.thing_pages import thing_page
from kg.things import find

router = APIRouter(include_in_schema=False)


@router.get("/who-does-what")
def who_does_what(exchange: ExchangeDep, whose: WhoseDep, part: PartDep) -> Response:
    """Return the page of the question who does what."""
    asked = whose.theme or whose.place or whose.role or whose.kind or whose.q
    ask = asking.ask_who_does_what(exchange, whose, part) if asked else None
    return question_page(exchange, "who-does-what", ask)


@router.get("/adopters")
def adopters(exchange: ExchangeDep, part: PartDep, solution: str = "") -> Response:
    """Return the page of the question who uses a solution."""
    ask = asking.ask_adopters(exchange, solution, part) if solution else None
    return question_page(exchange, "adopters", ask)


@router.get("/solutions-in")
def solutions_in(exchange: ExchangeDep, part: PartDep, place: str = "") -> Response:
    """Return the page of the question which solutions a place uses."""
    ask = asking.ask_solutions_in(exchange, place, part) if place else None
    return question_page(exchange, "solutions-in", ask)


@router.get("/scales-where")
def scales_where(exchange: ExchangeDep, part: PartDep, solution: str = "") -> Response:
    """Return the page of the question where a solution fits next."""
    ask = asking.ask_scales_where(exchange, solution, part) if solution else None
    return question_page(exchange, "scales-where", ask)


@router.get("/fits-here")
def fits_here(exchange: ExchangeDep, part: PartDep, place: str = "") -> Response:
    """Return the page of the question which solutions fit a place."""
    ask = asking.ask_fits_here(exchange, place, part) if place else None
    return question_page(exchange, "fits-here", ask)


@router.get("/responsible")
def responsible(exchange: ExchangeDep, where: WhereDep, part: PartDep) -> Response:
    """Return the page of the question who is responsible."""
    asked = (where.category or where.q) and (where.place or where.ars or where.ags)
    ask = asking.ask_responsible(exchange, where, part) if asked else None
    return question_page(exchange, "responsible", ask)


@router.get("/about")
def about(exchange: ExchangeDep, part: PartDep, thing: str = "") -> Response:
    """Return the page of everything known about a thing."""
    del part  # the same parameters as everywhere; this page shows all at once
    if not thing:
        return question_page(exchange, "about", None)
    exchange.media_type(PAGE)
    return thing_page(exchange, find(exchange.release.graph, thing, lang=exchange.lang).iri)
