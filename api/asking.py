"""The questions as calls that wait: asked only once it is clear that an answer is wanted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from fastapi import Depends, Query

from api.service import Exchange
from kg.answers.about import about
from kg.answers.adoptions import adopters, solutions_in
from kg.answers.answer import LIMIT, MOST, Answer
from kg.answers.responsible import responsible
from kg.answers.scales_where import fits_here, scales_where
from kg.answers.who_does_what import who_does_what

Ask: TypeAlias = "Callable[[], Answer[Any]]"


@dataclass(frozen=True, slots=True)
class Part:
    """Which page of an answer is asked for."""

    limit: int
    cursor: str | None


async def part_of(
    limit: Annotated[int, Query(ge=1, le=MOST, description="Zeilen je Seite / rows")] = LIMIT,
    cursor: Annotated[str | None, Query(description="`next` der Seite davor / before")] = None,
) -> Part:
    """Return which page of an answer is asked for."""
    return Part(limit, cursor or None)


PartDep = Annotated[Part, Depends(part_of)]


@dataclass(frozen=True, slots=True)
class Whose:
    """The filters of `who-does-what`."""

    theme: str | None
    place: str | None
    role: str | None
    kind: str | None
    q: str | None


async def whose_of(
    theme: Annotated[str | None, Query(description="Thema / theme: IRI, key or name")] = None,
    place: Annotated[str | None, Query(description="Ort / place: IRI, key or name")] = None,
    role: Annotated[str | None, Query(description="Rolle / role, such as `responsible`")] = None,
    kind: Annotated[str | None, Query(description="Art / kind, such as `innovation-lab`")] = None,
    q: Annotated[str | None, Query(description="Wörter, die vorkommen / words that occur")] = None,
) -> Whose:
    """Return the filters of `who-does-what`; empty ones are none."""
    return Whose(theme or None, place or None, role or None, kind or None, q or None)


@dataclass(frozen=True, slots=True)
class Where:
    """What concern, and where, of `responsible`."""

    category: str | None
    q: str | None
    place: str | None
    ars: str | None
    ags: str | None


async def where_of(
    category: Annotated[str | None, Query(description="Kategorie / category: IRI or key")] = None,
    q: Annotated[str | None, Query(description="Anliegen in Worten / concern in words")] = None,
    place: Annotated[str | None, Query(description="Ort / place: IRI, key or name")] = None,
    ars: Annotated[str | None, Query(description="Regionalschlüssel (12 Ziffern)")] = None,
    ags: Annotated[str | None, Query(description="Amtlicher Gemeindeschlüssel")] = None,
) -> Where:
    """Return what concern is asked about, and where; empty parameters are none."""
    return Where(category or None, q or None, place or None, ars or None, ags or None)


WhoseDep = Annotated[Whose, Depends(whose_of)]
WhereDep = Annotated[Where, Depends(where_of)]


def ask_who_does_what(exchange: Exchange, whose: Whose, part: Part) -> Ask:
    """Return the question who does what."""
    return lambda: who_does_what(
        exchange.release.graph, theme=whose.theme, place=whose.place, role=whose.role,
        kind=whose.kind, q=whose.q, limit=part.limit, cursor=part.cursor, lang=exchange.lang,
        index=exchange.release.index,
    )  # fmt: skip


def ask_adopters(exchange: Exchange, solution: str, part: Part) -> Ask:
    """Return the question who uses a solution."""
    return lambda: adopters(
        exchange.release.graph, solution=solution, limit=part.limit, cursor=part.cursor,
        lang=exchange.lang,
    )  # fmt: skip


def ask_solutions_in(exchange: Exchange, place: str, part: Part) -> Ask:
    """Return the question which solutions a place uses."""
    return lambda: solutions_in(
        exchange.release.graph, place=place, limit=part.limit, cursor=part.cursor,
        lang=exchange.lang,
    )  # fmt: skip


def ask_scales_where(exchange: Exchange, solution: str, part: Part) -> Ask:
    """Return the question where a solution fits next."""
    return lambda: scales_where(
        exchange.release.graph, solution=solution, limit=part.limit, cursor=part.cursor,
        lang=exchange.lang, scores=exchange.release.scores,
    )  # fmt: skip


def ask_fits_here(exchange: Exchange, place: str, part: Part) -> Ask:
    """Return the question which solutions fit a place."""
    return lambda: fits_here(
        exchange.release.graph, place=place, limit=part.limit, cursor=part.cursor,
        lang=exchange.lang, scores=exchange.release.scores,
    )  # fmt: skip


def ask_responsible(exchange: Exchange, where: Where, part: Part) -> Ask:
    """Return the question who is responsible for a concern in a place."""
    return lambda: responsible(
        exchange.release.graph, category=where.category, q=where.q, place=where.place,
        ars=where.ars, ags=where.ags, limit=part.limit, cursor=part.cursor, lang=exchange.lang,
    )  # fmt: skip


def ask_about(exchange: Exchange, thing: str, part: Part) -> Ask:
    """Return the question what is known about a thing."""
    return lambda: about(
        exchange.release.graph, thing=thing, limit=part.limit, cursor=part.cursor,
        lang=exchange.lang,
    )  # fmt: skip
