"""`/api/v1/answers/…`: the questions for programs, as JSON, CSV and, as their evidence, RDF."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response

from api import asking
from api.asking import Ask, PartDep, WhereDep, WhoseDep
from api.memento import Timed, TimedDep, led, with_states
from api.models import AnswerOut
from api.replies import answered

router = APIRouter(prefix="/api/v1/answers", tags=["Answers"])

_SHAPE: Final[dict[str, Any]] = {
    "response_model": AnswerOut,
    "responses": {200: {"content": {"text/csv": {}, "text/turtle": {}, "application/trig": {}}}},
}
Solution = Annotated[str, Query(min_length=1, description="Lösung / solution: IRI, key or name")]
Place = Annotated[str, Query(min_length=1, description="Ort / place: IRI, key or name")]
Thing = Annotated[str, Query(min_length=1, description="Ding / thing: IRI, key or name")]


def _answered(exchange: Timed, ask: Ask) -> Response:
    """Return the answer as of the release that the address names, or lead to one of a moment."""
    then = led(exchange)
    return then if then is not None else with_states(exchange, answered(exchange, ask))


@router.get("/who-does-what", **_SHAPE)
def who_does_what(exchange: TimedDep, whose: WhoseDep, part: PartDep) -> Response:
    """Answer who works on what, in a place and what is responsible there from above."""
    return _answered(exchange, asking.ask_who_does_what(exchange, whose, part))


@router.get("/adopters", **_SHAPE)
def adopters(exchange: TimedDep, solution: Solution, part: PartDep) -> Response:
    """Answer who uses a solution, or did, with every statement behind it."""
    return _answered(exchange, asking.ask_adopters(exchange, solution, part))


@router.get("/solutions-in", **_SHAPE)
def solutions_in(exchange: TimedDep, place: Place, part: PartDep) -> Response:
    """Answer which solutions a place and those within it use, or did."""
    return _answered(exchange, asking.ask_solutions_in(exchange, place, part))


@router.get("/scales-where", **_SHAPE)
def scales_where(exchange: TimedDep, solution: Solution, part: PartDep) -> Response:
    """Answer where a solution fits next: which places resemble its users, and what is against.

    Beside each place stand its IT providers (`providers`: who, basis, whether that is weak,
    evidence): a fact to start from, no part of the score.
    """
    return _answered(exchange, asking.ask_scales_where(exchange, solution, part))


@router.get("/fits-here", **_SHAPE)
def fits_here(exchange: TimedDep, place: Place, part: PartDep) -> Response:
    """Answer which proven solutions fit a place that does not use them yet."""
    return _answered(exchange, asking.ask_fits_here(exchange, place, part))


@router.get("/responsible", **_SHAPE)
def responsible(exchange: TimedDep, where: WhereDep, part: PartDep) -> Response:
    """Answer who is responsible for a concern in a place, by which rule; never nobody."""
    return _answered(exchange, asking.ask_responsible(exchange, where, part))


@router.get("/about", **_SHAPE)
def about(exchange: TimedDep, thing: Thing, part: PartDep) -> Response:
    """Answer everything known about a thing, fact by fact, with the source of each."""
    return _answered(exchange, asking.ask_about(exchange, thing, part))
