"""`lotse resolve NAME`: what a published place name means in the release that is served."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Final

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from ingest.likeness import Context
from ingest.lookup import Gazetteer
from ingest.mentions import host
from kg import release
from kg.meaning import Meant
from kg.names import names_of
from kg.settings import Settings
from kg.spoken import described
from kg.store import Graph

LEVELS: Final = ("bund", "land", "regierungsbezirk", "region", "kreis", "verband", "gemeinde")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a name means: the one thing of a match, else the candidates, the likeliest first."""

    published: str
    outcome: str
    rule: str
    score: float
    candidates: tuple[Mapping[str, object], ...]
    """IRI, label and score of each; of a match, the one thing."""


def lookup(  # noqa: PLR0913 (what may be known beside a name)
    graph: Graph, published: str, *, land: str = "", levels: frozenset[str] = frozenset(),
    website: str = "", point: tuple[float, float] | None = None,
) -> Answer:  # fmt: skip
    """Return what a published name means, with what else its source says of it.

    `land` is a key, a short code or a name; a `website` orders candidates and decides nothing.
    """
    gazetteer = Gazetteer(graph)
    context = Context(
        levels=levels, land=_land(gazetteer, land), website=host(website), point=point
    )
    return _answer(graph, published, gazetteer.meant(published, context))


def _land(gazetteer: Gazetteer, land: str) -> str:
    key = gazetteer.places.land(land) if land else ""
    if land and not key:
        message = f"--land {land}: there is no such Land; give 05, NW or Nordrhein-Westfalen."
        raise typer.BadParameter(message)
    return key


def _answer(graph: Graph, published: str, meant: Meant) -> Answer:
    names = names_of(graph)
    candidates = tuple(
        {
            "iri": one.thing.value,
            "label": described(names, one.thing.value, "de"),
            "score": one.score,
        }
        for one in meant.ranked
    )
    best = max((one.score for one in meant.ranked), default=0.0)
    return Answer(published, meant.result, meant.rule, best, candidates)


def resolve_command(  # noqa: PLR0913, PLR0917 (the options of a command)
    name: Annotated[str, typer.Argument(help="The name as published.")],
    land: Annotated[str, typer.Option(help="The Land it lies in: key, short code or name.")] = "",
    level: Annotated[list[str] | None, typer.Option(help="Only this level; repeatable.")] = None,
    website: Annotated[str, typer.Option(help="Its website; orders candidates.")] = "",
    at: Annotated[str, typer.Option(help="LAT,LON: where it lies.")] = "",
    format: Annotated[str, typer.Option("--format", help="table or json")] = "table",  # noqa: A002
) -> None:
    """Say what a published place name means: matched, ambiguous with candidates, or unknown."""
    if format not in {"json", "table"}:
        message = f"--format {format}: here it is table or json."
        raise typer.BadParameter(message)
    levels, point = _levels(level or []), _point(at)
    graph = release.current(Settings().data).graph
    found = lookup(graph, name, land=land, levels=levels, website=website, point=point)
    if format == "json":
        typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        _show(found)
    if found.outcome != "matched":
        raise typer.Exit(1)


def _levels(given: list[str]) -> frozenset[str]:
    wrong = [one for one in given if one not in LEVELS]
    if wrong:
        message = f"--level {wrong[0]}: levels are {', '.join(LEVELS)}."
        raise typer.BadParameter(message)
    return frozenset(given)


def _point(given: str) -> tuple[float, float] | None:
    if not given:
        return None
    latitude, _, longitude = given.partition(",")
    try:
        return float(latitude), float(longitude)
    except ValueError as error:
        message = f"--at {given}: write latitude and longitude, such as 51.5,7.4."
        raise typer.BadParameter(message) from error


def _show(found: Answer) -> None:
    console = Console(highlight=False, markup=False)
    console.print(f"{found.outcome}, by rule {found.rule}")
    if found.candidates:
        table = Table("place", "score", "iri", box=box.SIMPLE_HEAD)
        for one in found.candidates:
            table.add_row(*(str(one[column]) for column in ("label", "score", "iri")))
        console.print(table)
