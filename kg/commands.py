"""`lotse validate`: says what the shapes have to say about a file."""

import sys
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kg import release, tokens_commands
from kg.answers import commands as answers
from kg.errors import LotseError, NoReleaseError, NotFoundError, UnreadableError
from kg.reports import Report
from kg.settings import Settings
from kg.validation import FORMATS, Known, format_of, held_by, validate

app = typer.Typer()
app.add_typer(answers.app)
app.add_typer(tokens_commands.app, name="token")
_OUTPUTS: Final = ("table", "ttl", "jsonld", "json")
_FOUND, _WRONG, _FAILED = 1, 2, 3


@app.command("validate")
def validate_command(
    file: Annotated[Path, typer.Argument(help="An RDF file; - reads from stdin.")],
    form: Annotated[
        str, typer.Option("--format", help=f"Of the report: {', '.join(_OUTPUTS)}.")
    ] = "table",
    input_format: Annotated[
        str | None,
        typer.Option(
            "--input-format",
            help=f"Of the file, where its name does not say: {', '.join(FORMATS)}.",
        ),
    ] = None,
    profile: Annotated[str, typer.Option(help="The shapes to hold the file against.")] = "lotse",
    *,
    alone: Annotated[
        bool, typer.Option("--alone", help="Judge without what our release knows.")
    ] = False,
) -> None:
    """Hold an RDF file against the shapes; nothing is fetched, nothing is stored.

    Ends with 0 where nothing is violated, 1 where something is, 2 where the file cannot be read.
    """
    if form not in _OUTPUTS:
        _stop(f"--format {form}: the report comes as {', '.join(_OUTPUTS)}.", _WRONG)
    read_as = input_format or format_of(file.name)
    if read_as is None:
        _stop(f"{file}: what is in it? Say so with --input-format ({', '.join(FORMATS)}).", _WRONG)
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        found = validate(content, read_as, profile, known=None if alone else _known())
    except OSError as error:
        _stop(f"{file}: {error.strerror}.", _WRONG)
    except UnreadableError as error:
        _stop(f"{file}: {error}", _WRONG)
    except NotFoundError as error:
        _stop(str(error), _WRONG)
    except LotseError as error:
        _stop(f"{file}: {error}", _FAILED)
    if form == "table":
        _show(found)
    else:
        typer.echo(found.as_text(form), nl=False)
    raise typer.Exit(_FOUND if found.violations else 0)


def _known() -> Known | None:
    """Return what tells the classes of the things in the served release, None without one."""
    try:
        return held_by(release.current(Settings().data).graph)
    except NoReleaseError:
        return None


def _show(found: Report) -> None:
    console = Console(highlight=False)
    for group in found.groups():
        table = Table(show_header=False, title=None, box=None, padding=(0, 1))
        table.add_row(f"{group.severity} × {group.count}", escape(f"{group.shape}  {group.path}"))
        table.add_row("", escape(group.message_de))
        table.add_row("", escape(group.message_en))
        table.add_row("", escape(group.example))
        console.print(table)
    counted = ", ".join(f"{count} {severity}" for severity, count in found.counts.items())
    console.print(f"{found.triples:,} triples, profile {found.profile}: {counted}")


def _stop(text: str, code: int) -> NoReturn:
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"lotse: {text}", markup=False)
    raise typer.Exit(code)
