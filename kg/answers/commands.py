"""`lotse ask …`: a command a question; `lotse query NAME|FILE`: saved questions and free SPARQL."""

import json
import re
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from kg.answers.about import about
from kg.answers.adoptions import adopters, solutions_in
from kg.answers.answer import LIMIT, Answer
from kg.answers.formats import as_csv, as_json, as_trig, as_ttl, flat
from kg.answers.responsible import responsible
from kg.answers.saved import bound, run_text
from kg.answers.scales_where import fits_here, scales_where
from kg.answers.who_does_what import who_does_what
from kg.namespaces import ID
from kg.release import Release, current
from kg.settings import Settings

app = typer.Typer(no_args_is_help=True)
ask = typer.Typer(
    no_args_is_help=True, help="Ask one of the questions; every row says who says so."
)
app.add_typer(ask, name="ask")


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TTL = "ttl"
    TRIG = "trig"


class Language(StrEnum):
    """The languages of labels."""

    DE = "de"
    EN = "en"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to write the answer.")]
LangOption = Annotated[Language, typer.Option("--lang", help="Language of labels.")]
LimitOption = Annotated[int, typer.Option("--limit", help="Rows of a page, at most 1000.")]
CursorOption = Annotated[str | None, typer.Option("--cursor", help="`next` of the page before.")]
NamedArgument = Annotated[str | None, typer.Argument(help="IRI, key or name.")]
SolutionOption = Annotated[str | None, typer.Option("--solution", help="The same as an option.")]
ThingOption = Annotated[str | None, typer.Option("--thing", help="The same as an option.")]
PlaceOption = Annotated[str | None, typer.Option("--place", help="IRI, key or name of a place.")]

_COLUMNS: Final = {
    "who-does-what": ("who", "role", "activity", "place", "relation", "evidenceSource"),
    "adopters": ("adopter", "status", "since", "sinceMeans", "evidenceSource"),
    "solutions-in": ("solution", "adopter", "status", "since", "evidenceSource"),
    "responsible": ("body", "unit", "level", "because", "evidenceSource"),
    "about": ("label", "value", "evidenceSource"),
    "scales-where": ("place", "population", "score", "because", "against"),
    "fits-here": ("solution", "outranks", "score", "because", "against"),
}  # fmt: skip
_ROUNDED: Final = frozenset({"score", "outranks"})
_DECIMALS: Final = re.compile(r"(?<==)-?\d+\.\d{3,}")
_HEADS: Final = {"evidenceSource": "source", "sinceMeans": "since means"}


@ask.command("who-does-what")
def ask_who_does_what(  # noqa: PLR0913 (each one an option)
    *,
    theme: Annotated[str | None, typer.Option("--theme", help="IRI, key or name.")] = None,
    place: PlaceOption = None,
    role: Annotated[str | None, typer.Option("--role", help="Such as `responsible`.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Such as `lab`, `ministry`.")] = None,
    limit: LimitOption = LIMIT,
    cursor: CursorOption = None,
    lang: LangOption = Language.DE,
    written: FormatOption = Format.TABLE,
) -> None:
    """Who works on what, where, in which role."""
    _show(
        lambda release: who_does_what(
            release.graph, theme=theme, place=place, role=role, kind=kind,
            limit=limit, cursor=cursor, lang=lang.value,
        ),
        written,
    )  # fmt: skip


@ask.command("adopters")
def ask_adopters(  # noqa: PLR0913 (each one an option)
    named: NamedArgument = None,
    *,
    solution: SolutionOption = None,
    limit: LimitOption = LIMIT,
    cursor: CursorOption = None,
    lang: LangOption = Language.DE,
    written: FormatOption = Format.TABLE,
) -> None:
    """Who uses a solution, or did."""
    _show(
        lambda release: adopters(
            release.graph,
            solution=_one("solution", named, solution),
            limit=limit,
            cursor=cursor,
            lang=lang.value,
        ),
        written,
    )


@ask.command("solutions-in")
def ask_solutions_in(  # noqa: PLR0913 (each one an option)
    named: NamedArgument = None,
    *,
    place: PlaceOption = None,
    limit: LimitOption = LIMIT,
    cursor: CursorOption = None,
    lang: LangOption = Language.DE,
    written: FormatOption = Format.TABLE,
) -> None:
    """Which solutions a place and those within it use."""
    _show(
        lambda release: solutions_in(
            release.graph,
            place=_one("place", named, place),
            limit=limit,
            cursor=cursor,
            lang=lang.value,
        ),
        written,
    )


@ask.command("scales-where")
def ask_scales_where(  # noqa: PLR0913 (each one an option)
    named: NamedArgument = None,
    *,
    solution: SolutionOption = None,
    limit: LimitOption = LIMIT,
    cursor: CursorOption = None,
    lang: LangOption = Language.DE,
    written: FormatOption = Format.TABLE,
) -> None:
    """Where a solution fits next, and why."""
    _show(
        lambda release: scales_where(
            release.graph, solution=_one("solution", named, solution), limit=limit, cursor=cursor,
            lang=lang.value, scores=release.scores,
        ),
        written,
    )  # fmt: skip


@ask.command("fits-here")
def ask_fits_here(  # noqa: PLR0913 (each one an option)
    named: NamedArgument = None,
    *,
    place: PlaceOption = None,
    limit: LimitOption = LIMIT,
    cursor: CursorOption = None,
    lang: LangOption = Language.DE,
    written: FormatOption = Format.TABLE,
) -> None:
    """Which solutions fit a place, and why."""
    _show(
        lambda release: fits_here(
            release.graph, place=_one("place", named, place), limit=limit, cursor=cursor,
            lang=lang.value, scores=release.scores,
        ),
        written,
    )  # fmt: skip


@ask.command("responsible")
def ask_responsible(  # noqa: PLR0913 (each one an option)
    *,
    category: Annotated[str | None, typer.Option("--category", help="IRI, key, name.")] = None,
    q: Annotated[str | None, typer.Option("--q", help="What it is about, in words.")] = None,
    place: PlaceOption = None,
    ars: Annotated[str | None, typer.Option("--ars", help="12 digits.")] = None,
    ags: Annotated[str | None, typer.Option("--ags", help="2, 3, 5 or 8 digits.")] = None,
    limit: LimitOption = LIMIT,
    cursor: CursorOption = None,
    lang: LangOption = Language.DE,
    written: FormatOption = Format.TABLE,
) -> None:
    """Who is responsible for a concern in a place."""
    _show(
        lambda release: responsible(
            release.graph, category=category, q=q, place=place, ars=ars, ags=ags,
            limit=limit, cursor=cursor, lang=lang.value,
        ),
        written,
    )  # fmt: skip


@ask.command("about")
def ask_about(
    named: NamedArgument = None,
    *,
    thing: ThingOption = None,
    limit: LimitOption = LIMIT,
    lang: LangOption = Language.DE,
    written: FormatOption = Format.TABLE,
) -> None:
    """Everything known about a thing, fact by fact."""
    _show(
        lambda release: about(
            release.graph, thing=_one("thing", named, thing), limit=limit, lang=lang.value
        ),
        written,
    )


@app.command("query")
def query(
    asked: Annotated[str, typer.Argument(metavar="NAME|FILE", help="A saved question or a file.")],
    *,
    param: Annotated[list[str] | None, typer.Option("--param", "-p", help="name=value")] = None,
    written: Annotated[str, typer.Option("--format", "-f", help="json, xml, csv, tsv …")] = "csv",
) -> None:
    """Run a saved question by name, or SPARQL from a file within the published limits."""
    settings = Settings()
    release = current(settings.data)
    if Path(asked).is_file():
        text = Path(asked).read_text(encoding="utf-8")
    else:
        text = bound(release.graph, asked, param or [])
    sys.stdout.buffer.write(run_text(release.store, settings, text, written))
    sys.stdout.buffer.flush()


def _one(name: str, argument: str | None, option: str | None) -> str:
    """Return what was named, as argument or as option; it must be named once."""
    found = [one for one in (argument, option) if one is not None]
    if len(found) != 1:
        raise typer.BadParameter(f"Name one {name}, as argument or with --{name}.")
    return found[0]


def _show(answered: Callable[[Release], Answer[Any]], written: Format) -> None:
    release = current(Settings().data)
    answer = answered(release).of_release(release.id)
    match written:
        case Format.JSON:
            typer.echo(json.dumps(as_json(answer), ensure_ascii=False, indent=2))
        case Format.CSV:
            typer.echo(as_csv(answer), nl=False)
        case Format.TTL:
            typer.echo(as_ttl(release.graph, answer), nl=False)
        case Format.TRIG:
            typer.echo(as_trig(release.graph, answer), nl=False)
        case Format.TABLE:
            _print(answer)


def _print(answer: Answer[Any]) -> None:
    console = Console()
    columns = _COLUMNS[answer.question]
    table = Table(box=box.SIMPLE_HEAD)
    for column in columns:
        table.add_column(_HEADS.get(column, column), overflow="fold")
    for row in answer.rows:
        texts = flat(row)
        for name in ("adopter", "who", "body"):
            if name in texts and not texts[name]:
                texts[name] = f"“{texts.get('published', '')}” ({texts.get('resolution', '?')})"
        table.add_row(*(_brief(texts[column], column) for column in columns))
    console.print(table)
    for name in ("claim", "coverage", "note"):
        if answer.extra.get(name):
            console.print(answer.extra[name], markup=False)
    total = answer.total
    about_total = f"{len(answer.rows)} / {total.value}{'+' if total.relation == 'gte' else ''}"
    console.print(f"{about_total} · release {answer.release}", markup=False, highlight=False)
    if answer.next is not None:
        console.print(f"More: --cursor {answer.next}", markup=False, highlight=False)


def _brief(text: str, column: str) -> str:
    """Return a cell without the IRIs of facts, without repeats, numbers to two places."""
    if column in _ROUNDED and text:
        return f"{float(text):.2f}"
    source = f"{ID}source/"
    parts = dict.fromkeys(
        one.partition(" (http")[0].removeprefix(source) for one in text.split(" | ")
    )
    said = (one.removesuffix("=0") if one.startswith("missing") else one for one in parts)
    shown = _DECIMALS.sub(lambda found: f"{float(found[0]):.2f}", "; ".join(said))
    return shown.replace("[", r"\[")
