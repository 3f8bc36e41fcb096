"""`lotse fetch` and `lotse sources`: for those who keep the sources alive."""

import datetime
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from ingest.contributions import source as contributions
from ingest.fetching import archive
from ingest.fetching.fetch import Fetched, can_be_fetched, fetch
from ingest.fetching.freshness import freshness
from ingest.source import Source, sources
from kg import release
from kg.errors import LotseError, NotFoundError
from kg.settings import Settings

app = typer.Typer()

Format = Annotated[str, typer.Option("--format", help="table or json")]
_FAILED = 3


@app.command("fetch")
def fetch_command(
    named: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]...", help="Which sources.")
    ] = None,
    everything: Annotated[  # noqa: FBT002 (a flag)
        bool, typer.Option("--all", help="All sources that can be fetched.")
    ] = False,
    due: Annotated[  # noqa: FBT002
        bool, typer.Option("--due", help="Those whose next look is due.")
    ] = False,
    drop: Annotated[  # noqa: FBT002
        bool, typer.Option("--drop", help="Go back to the shipped extract of these sources.")
    ] = False,
    format: Format = "table",  # noqa: A002 (the option's name)
) -> None:
    """Fetch upstream files, politely; the next `lotse build` reads them."""
    data = Settings().data
    chosen = _chosen(data, named or [], everything=everything, due=due)
    if drop:
        for one in chosen:
            gone = archive.drop(data, one.slug)
            typer.echo(f"{one.slug}: {'back to what is shipped' if gone else 'nothing to drop'}.")
        return
    done, failed = _fetch_all(data, chosen)
    if format == "json":
        rows = {"fetched": [asdict(one) for one in done], "failed": failed}
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        typer.echo("".join(f"{_said(one)}\n" for one in done), nl=False)
        if any(one.changed for one in done):
            typer.echo("`lotse build` reads what is new.")
    if failed:
        raise typer.Exit(_FAILED)


def _chosen(data: Path, named: list[str], *, everything: bool, due: bool) -> list[Source]:
    every = {one.slug: one for one in sources()}
    unknown = [slug for slug in named if slug not in every]
    if unknown:
        raise NotFoundError(unknown[0], "source")
    if named:
        return [every[slug] for slug in dict.fromkeys(named)]
    today = datetime.datetime.now(datetime.UTC).date()
    living = [one for one in every.values() if can_be_fetched(one)]
    if due:
        return [one for one in living if freshness(data, one, today).overdue]
    if not everything:
        message = f"say which: {', '.join(one.slug for one in living)}; or --all or --due"
        raise typer.BadParameter(message)
    return living


def _fetch_all(data: Path, chosen: list[Source]) -> tuple[list[Fetched], dict[str, str]]:
    """Fetch one source after the other; a failure of one does not keep the others back."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    done: list[Fetched] = []
    failed: dict[str, str] = {}
    for one in chosen:
        try:
            with console.status(one.slug) as status:
                done.append(fetch(data, one, watch=status.update))
        except LotseError as error:
            if len(chosen) == 1:
                raise
            failed[one.slug] = str(error)
            console.print(f"{one.slug}: {error}", markup=False)
    return done, failed


def _said(one: Fetched) -> str:
    if not one.changed:
        return f"{one.source}: nothing new."
    files = f"{one.files} file" + ("s" if one.files > 1 else "")
    return f"{one.source}: {files}, {one.bytes:,} bytes, {one.rows:,} rows taken."


@app.command("sources")
def sources_command(format: Format = "table") -> None:  # noqa: A002
    """List the sources: state, last fetch, age, next due, what became of their records."""
    data = Settings().data
    served = release.current_id(data)
    last = release.current(data).manifest["sources"] if served is not None else {}
    today = datetime.datetime.now(datetime.UTC).date()
    every = [*sources(), *contributions.sources(data)]
    rows = [_row(data, one, last.get(one.slug, {}), today) for one in every]
    if format == "json":
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if format != "table":
        message = f"--format {format}: here it is table or json."
        raise typer.BadParameter(message)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for name in ("source", "state", "last look", "days", "next due", "parked"):
        table.add_column(name, no_wrap=True)
    for row in rows:
        late = " !" if row["overdue"] else ""
        waiting = row["age_days"] is None
        checked = "–" if waiting else (row["checked"] or row["retrieved"])[:10]
        said = [row["state"], checked, "–" if waiting else row["age_days"],
                f"{row['due'] or '–'}{late}", row["parked"] or "·"]  # fmt: skip
        table.add_row(row["source"], *map(str, said))
    console = Console(highlight=False)
    console.print(table)
    for row in rows:
        if row["failed"]:
            console.print(f"{row['source']}: last look failed: {row['failed']}", markup=False)
    if any(row["overdue"] for row in rows):
        console.print("Those marked ! are due: `lotse fetch --due`, then `lotse build`.")


def _row(data: Path, source: Source, last: dict[str, Any], today: datetime.date) -> dict[str, Any]:
    return {
        "source": source.slug,
        "title": source.title,
        "publisher": source.publisher,
        "licence": source.licence_title,
        "contributor": source.contributor or None,
        **asdict(freshness(data, source, today)),
        "every": source.fetching.every or None,
        "accepted": last.get("accepted"),
        "parked": last.get("parked"),
    }
