"""`lotse validate`: says what the shapes have to say about a file, a release or a graph."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kg import release, tokens_commands
from kg.answers import commands as answers
from kg.auditing import ENGINES
from kg.errors import (
    FaultyShapesError,
    LotseError,
    NoReleaseError,
    NotFoundError,
    UnreadableError,
)
from kg.profiles import OURS
from kg.report_forms import FORMS, written
from kg.reports import Report
from kg.settings import Settings
from kg.validation import FORMATS, Given, Known, Limits, Wish, format_of, held_by, validate
from kg.verdicts import content_of

app = typer.Typer()
app.add_typer(answers.app)
app.add_typer(tokens_commands.app, name="token")
_OUTPUTS: Final = ("table", *FORMS)
_FOUND, _WRONG, _FAILED = 1, 2, 3
_LANGUAGES: Final = ("de", "en")


@app.command("validate")
def validate_command(  # noqa: PLR0913, PLR0917 (each is an option that auditors asked for)
    file: Annotated[
        Path | None, typer.Argument(help="An RDF file; - reads from stdin.", show_default=False)
    ] = None,
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
    profile: Annotated[
        str,
        typer.Option(
            help="The shapes: lotse, ontology, one of LOTSE_SHAPES_DIR; self: in the data."
        ),
    ] = OURS,
    shapes: Annotated[Path | None, typer.Option(help="A file with shapes to judge by.")] = None,
    release_id: Annotated[
        str | None,
        typer.Option("--release", help="Judge a whole release; `current` for the one served."),
    ] = None,
    graph: Annotated[
        str | None,
        typer.Option("--graph", help="Judge one graph of a release, by its IRI or name."),
    ] = None,
    base: Annotated[
        str | None, typer.Option(help="What relative IRIs start from; by default the file.")
    ] = None,
    engine: Annotated[
        str, typer.Option(help=f"{', '.join(ENGINES)}; the report is pySHACL's in each case.")
    ] = "auto",
    seconds: Annotated[float, typer.Option(help="Time that judging may take.")] = 600.0,
    memory: Annotated[int, typer.Option(help="Memory that judging may take, MiB.")] = 8192,
    lang: Annotated[str, typer.Option(help="Language of an HTML report: de, en.")] = "de",
    *,
    alone: Annotated[
        bool, typer.Option("--alone", help="Judge without what our release knows.")
    ] = False,
) -> None:
    """Hold an RDF file, a release or a graph against shapes; nothing is fetched or stored.

    Ends with 0 where nothing is violated, 1 where something is, 2 where the file or the shapes
    cannot be used, 3 where judging failed or met a limit.
    """
    if form not in _OUTPUTS:
        _stop(f"--format {form}: the report comes as {', '.join(_OUTPUTS)}.", _WRONG)
    if lang not in _LANGUAGES:
        _stop(f"--lang {lang}: a page is in {' or '.join(_LANGUAGES)}.", _WRONG)
    if (file is None) == (release_id is None and graph is None):
        _stop("Name a file, or --release, or --graph (or these two together).", _WRONG)
    about = str(file or " ".join(filter(None, (release_id, graph))))
    try:
        given = _file(file, input_format, base) if file else _held(release_id, graph)
        wish = Wish(profile, _file(shapes, None, base) if shapes else None, engine)
        known = None if alone else _known()
        limits = Limits(seconds, memory, mib=4096)
        found = replace(validate(given, wish, known=known, limits=limits), about=about)
    except OSError as error:
        _stop(f"{error.filename}: {error.strerror}.", _WRONG)
    except (UnreadableError, FaultyShapesError) as error:
        _stop(f"{about}: {error}", _WRONG)
    except NotFoundError as error:
        _stop(str(error), _WRONG)
    except LotseError as error:
        _stop(f"{about}: {error}", _FAILED)
    if form == "table":
        _show(found)
    else:
        typer.echo(written(found, form, lang), nl=False)
    raise typer.Exit(_FOUND if found.violations else 0)


def _file(path: Path, form: str | None, base: str | None) -> Given:
    """Return what is in a file, or in stdin."""
    read_as = form or format_of(path.name)
    if read_as is None:
        problem = f"what is in {path}? Say so with --input-format ({', '.join(FORMATS)})."
        raise UnreadableError(problem)
    piped = str(path) == "-"
    content = sys.stdin.buffer.read() if piped else path.read_bytes()
    return Given(content, read_as, base or ("" if piped else path.resolve().as_uri()))


def _held(release_id: str | None, graph: str | None) -> Given:
    """Return what a release says, or one of its graphs."""
    data = Settings().data
    if release_id in {None, "current"}:
        folder = release.current(data).folder
    else:
        folder = release.folder_of(data, str(release_id))
    return Given(content_of(folder, graph), "nquads")


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
        if group.message_en != group.message_de:
            table.add_row("", escape(group.message_en))
        for one in group.shown:
            table.add_row("", escape(one))
        console.print(table)
    counted = ", ".join(f"{count} {severity}" for severity, count in found.counts.items())
    console.print(f"{found.triples:,} triples, profile {found.profile}: {counted}")
    console.print(f"judged by {found.method}")


def _stop(text: str, code: int) -> NoReturn:
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"lotse: {text}", markup=False)
    raise typer.Exit(code)
