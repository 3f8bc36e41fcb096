"""`lotse build`, `parked`, `release …`: for those who keep the data."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from ingest import asking, judging
from ingest.contributions import commands as contributing
from ingest.contributions import source as contributions
from ingest.fetching import commands as fetching
from ingest.pipeline import STEPS, build
from ingest.source import sources
from ingest.writing import Built
from kg import copies, release
from kg.settings import Settings

app = typer.Typer()
app.add_typer(judging.app)
app.add_typer(fetching.app)
app.add_typer(contributing.app)
app.command()(judging.ambiguous)
app.command("resolve")(asking.resolve_command)
releases = typer.Typer(help="Releases: list, show, compare, go back.", no_args_is_help=True)
app.add_typer(releases, name="release")

Format = Annotated[str, typer.Option("--format", help="table or json")]


@app.command("build")
def build_command(
    inputs: Annotated[
        list[str] | None,
        typer.Option("--input", help="SLUG=FILE: try this upstream file for this source."),
    ] = None,
    accept_drift: Annotated[
        list[str] | None,
        typer.Option(
            "--accept-drift", help="SLUG: a file whose change was looked at and is right."
        ),
    ] = None,
    clean: Annotated[  # noqa: FBT002
        bool, typer.Option("--clean", help="Pass over all that the last build left.")
    ] = False,
    format: Format = "table",  # noqa: A002 (the option's name)
) -> None:
    """Build a release from all sources and publish it; offline; only what changed is done again."""
    data = Settings().data
    every = [*sources(), *contributions.sources(data)]
    with Progress(
        SpinnerColumn(), TextColumn("{task.description:32}"), BarColumn(), TimeElapsedColumn(),
        console=Console(stderr=True),
    ) as progress:  # fmt: skip
        task = progress.add_task("", total=2 * len(every) + len(STEPS) - 2)

        def watch(step: str, of: str) -> None:
            progress.update(task, description=f"{step} {of}", advance=1)

        built = build(data, every, _inputs(inputs or []), watch, accept_drift or (), clean=clean)
    copies.begin(data)
    if format == "json":
        typer.echo(json.dumps(asdict(built), ensure_ascii=False, indent=1))
    else:
        _show(built)


def _inputs(given: list[str]) -> dict[str, Path]:
    found = {}
    for one in given:
        slug, equals, path = one.partition("=")
        if not equals or not slug or not path:
            message = f"--input {one}: write SLUG=FILE, such as --input adoptions=adoptions.csv."
            raise typer.BadParameter(message)
        found[slug] = Path(path)
    return found


def _show(built: Built) -> None:
    """Print the closing summary: a line a source, then what a steward can do."""
    console = Console(highlight=False)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("source", no_wrap=True)
    for name in ("read", "accepted", "parked", "unmapped"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("resolved/\nambig./unkn.", justify="right", no_wrap=True)
    table.add_column("new/chg./\ngone", justify="right", no_wrap=True)
    for line in built.lines:
        table.add_row(
            line.source,
            *(str(n or "·") for n in (line.read, line.accepted, line.parked, line.unmapped)),
            "/".join(str(n) for n in (line.resolved, line.ambiguous, line.unknown)),
            "/".join(str(n) for n in (line.new, line.changed, line.gone)),
        )
    console.print(table)
    state = "new" if built.new else "the same as before"
    seconds = sum(built.seconds.values())
    console.print(f"{built.quads:,} quads in {seconds:.1f} s; release {built.release} is {state}.")
    for one in built.emptied:
        console.print(
            f"ALARM: the saved question {one.question} has no rows any longer; "
            f"the last release in which it had some is {one.release}.",
            style="bold red",
        )
    for name in built.broken:
        console.print(f"{name} of the last build could not be read and was made anew.")
    warned = sum(line.warnings for line in built.lines)
    if warned:
        console.print(f"Warnings of the shapes: {warned}; they stand in the release's report.nt.")
    if any(line.parked for line in built.lines):
        console.print("Parked records: `lotse parked`.")
    if any(line.ambiguous or line.unknown for line in built.lines):
        console.print("Names nobody decided about: `lotse ambiguous`.")
    for slug, values in built.unmapped.items():
        shown = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))
        some = ", ".join(f"{value} ({n})" for value, n in shown[:4])
        more = f" and {len(shown) - 4} more" if len(shown) > 4 else ""  # noqa: PLR2004
        console.print(f"Unmapped in {slug}: {some}{more}", markup=False)
    for unused in built.unused_judgements:
        console.print(f"Judgement without effect: {unused}", markup=False)


@app.command()
def parked(
    refused: Annotated[  # noqa: FBT002 (a flag)
        bool, typer.Option("--refused", help="Those of the last build that was refused.")
    ] = False,
    source: Annotated[str | None, typer.Option(help="Only this source.")] = None,
    format: Format = "table",  # noqa: A002
) -> None:
    """List the records that were kept out of the release, and why."""
    data = Settings().data
    folder = data / "refused" if refused else release.current(data).folder
    path = folder / "parked.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = [row for row in map(json.loads, lines) if source in (None, row["source"])]
    if format == "json":
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    table = Table("source", "record", "why", box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(row["source"], row["key"], "\n".join(row["reasons"]))
    Console(highlight=False).print(table if rows else "Nothing is parked.")


@releases.command("list")
def list_releases(format: Format = "table") -> None:  # noqa: A002
    """List the releases that are kept, newest first."""
    _print([asdict(entry) for entry in release.listed(Settings().data)], format)


@releases.command("show")
def show_release(
    release_id: Annotated[str | None, typer.Argument(help="Id or its beginning.")] = None,
    format: Format = "table",  # noqa: A002
) -> None:
    """Show a release: its graphs with counts and checksums, its sources, its run."""
    folder = _folder(release_id)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    if format == "json":
        typer.echo(json.dumps({**manifest, "run": run}, ensure_ascii=False, indent=1))
        return
    console = Console(highlight=False)
    console.print(f"Release {manifest['id']}, published {run['published']}")
    _print(
        [
            {"graph": name, "quads": one["quads"], "sha256": one["sha256"][:16]}
            for name, one in manifest["graphs"].items()
        ],
        format,
    )
    columns = ("title", "as_of", "read", "accepted", "parked")
    _print(
        [
            {"source": slug, **{name: one[name] for name in columns}}
            for slug, one in manifest["sources"].items()
        ],
        format,
    )


@releases.command("diff")
def diff_releases(
    old: Annotated[str | None, typer.Argument(help="Id; default: the one before.")] = None,
    new: Annotated[str | None, typer.Argument(help="Id; default: the one served.")] = None,
    format: Format = "table",  # noqa: A002
) -> None:
    """Compare two releases record by record."""
    after = _folder(new)
    run = json.loads((after / "run.json").read_text(encoding="utf-8"))
    before = old or run["previous"]
    earlier = release.read_records(_folder(before)) if before else {}
    found = release.diff(earlier, release.read_records(after))
    if format == "json":
        changes = {slug: asdict(one) for slug, one in found.items()}
        typer.echo(json.dumps(changes, ensure_ascii=False, indent=1))
        return
    rows = [
        {"source": slug, "change": name, "records": len(keys), "such as": ", ".join(keys[:3])}
        for slug, change in found.items()
        for name, keys in asdict(change).items()
        if keys
    ]
    _print(rows, format)


@releases.command("rollback")
def roll_back(
    release_id: Annotated[str | None, typer.Argument(help="Id; default: the one before.")] = None,
) -> None:
    """Serve an earlier release again; takes effect at once."""
    typer.echo(f"Release {release.rollback(Settings().data, release_id)} is served now.")
    copies.begin(Settings().data)


def _folder(release_id: str | None) -> Path:
    data = Settings().data
    if release_id is None:
        return release.current(data).folder
    return release.folder_of(data, release_id)


def _print(rows: list[dict[str, Any]], format: str) -> None:  # noqa: A002
    if format == "json":
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if format != "table":
        message = f"--format {format}: here it is table or json."
        raise typer.BadParameter(message)
    table = Table(box=box.SIMPLE_HEAD)
    for number, name in enumerate(rows[0] if rows else ()):
        table.add_column(name, no_wrap=number == 0, overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    Console(highlight=False).print(table if rows else "Nothing to show.")
