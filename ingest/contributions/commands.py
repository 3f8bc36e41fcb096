"""`lotse source add`, `lotse worker`: for those who let others contribute."""

import datetime
import json
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from ingest.contributions import gate, worker
from ingest.readers import csv_rows
from ingest.source import FOLDER, sources
from kg import contributed, copies
from kg.contributed import Described
from kg.errors import SourceError
from kg.iri import graph
from kg.isolation import limit_memory, without_network
from kg.namespaces import HOME
from kg.settings import Settings

app = typer.Typer()
source = typer.Typer(help="Contributed sources.", no_args_is_help=True)
app.add_typer(source, name="source")

_RESERVED: Final = {"ontology", "resolution", "derived", "provenance", "concerns"}
_LICENCES: Final = FOLDER / "dcat_licences" / "licences.csv"

Format = Annotated[str, typer.Option("--format", help="table or json")]


@source.command("add")
def add(  # noqa: PLR0913 (the options of a command)
    slug: Annotated[str, typer.Argument(help="Small letters, digits, underscores.")],
    *,
    title: Annotated[str, typer.Option(help="Of the source, in German.")],
    licence: Annotated[
        str, typer.Option(help="An open licence of DCAT-AP.de: cc-by/4.0, dl-zero-de/2.0 …")
    ],
    contributor: Annotated[str, typer.Option(help="The body that contributes; no person.")],
    title_en: Annotated[str | None, typer.Option("--title-en", help="The same in English.")] = None,
    homepage: Annotated[str, typer.Option(help="Of the contributor.")] = HOME,
    needs: Annotated[
        list[str] | None,
        typer.Option("--needs", help="A contributed source to whose things it refers."),
    ] = None,
    format: Format = "table",  # noqa: A002 (the option's name)
) -> None:
    """Add a contributed source, which waits for facts from whoever holds a token for it."""
    data = Settings().data
    shipped = {one.slug for one in sources()}
    if slug in shipped | _RESERVED:
        message = f"{slug!r} is the name of a source or graph that is there; choose another one."
        raise typer.BadParameter(message)
    unknown = sorted(set(needs or ()) - contributed.described(data).keys())
    if unknown:
        there = "things of the other sources may be referred to anyway"
        raise typer.BadParameter(f"--needs {unknown[0]}: no contributed source; {there}.")
    iri, called = _licence(licence)
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    one = Described(
        slug, title, title_en or title, contributor, homepage, iri, called, today,
        tuple(needs or ()),
    )  # fmt: skip
    try:
        folder = contributed.add(data, one)
    except SourceError as error:
        raise typer.BadParameter(str(error)) from error
    where = graph(slug).value
    if format == "json":
        typer.echo(json.dumps({"slug": slug, "graph": where, "folder": str(folder)}, indent=1))
        return
    typer.echo(f"{where}\nDescribed in {folder / contributed.DESCRIPTION}.")
    typer.echo(f"A token for it: lotse token create --scope source:{slug}")


def _licence(asked: str) -> tuple[str, str]:
    """Return IRI and name of an open licence, by IRI, identifier or other name."""
    rows = csv_rows(_LICENCES.name, _LICENCES.read_bytes(), None)
    wanted = asked.removeprefix("http://dcat-ap.de/def/licenses/").casefold()
    found = [
        row for row in rows
        if wanted in {str(row["identifier"]).casefold(), str(row["altLabel"]).casefold()}
    ]  # fmt: skip
    if not found or found[0]["isOpenLicense"] != "true":
        known = [str(row["identifier"]) for row in rows if row["isOpenLicense"] == "true"]
        what = "is not an open licence" if found else "is no licence of DCAT-AP.de"
        raise typer.BadParameter(f"--licence {asked}: {what}; open are {', '.join(known)}.")
    return str(found[0]["iri"]), str(found[0]["prefLabel"]).strip()


@app.command("worker")
def work(
    *,
    wait: Annotated[
        bool, typer.Option("--wait", help="Wait for jobs, until stdin is closed.")
    ] = False,
) -> None:
    """Publish the contributions that were accepted; `lotse serve` does so by itself."""
    keep_waiting = worker.parent_is_there if wait else (lambda: False)
    data = Settings().data
    done = worker.work(data, keep_waiting=keep_waiting)
    if done:
        copies.begin(data)
    typer.echo(f"{done} contributions came to their end.", err=True)


@app.command("contribution-check", hidden=True)
def check() -> None:
    """Judge one contribution: a line of JSON and the body on stdin, a line of JSON on stdout."""
    request = json.loads(sys.stdin.buffer.readline())
    without_network()
    limit_memory(request["memory"])
    content = sys.stdin.buffer.read()
    data: Path = Settings().data
    said = gate.answer(data, request["source"], request["method"], request["kind"], content)
    json.dump(said, sys.stdout)
