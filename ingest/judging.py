"""`lotse judge …`: stewards decide what a name means; each decision counts at the next build."""

import datetime
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, Final

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from ingest import judgements
from ingest.judgements import Judgement
from ingest.mentions import ROLES
from ingest.names import folded
from kg import release
from kg.iri import graph as graph_of
from kg.namespaces import GRAPH, VOCABULARY
from kg.questions import Query
from kg.settings import Settings
from kg.store import Graph, ask
from kg.terms import SKOS, Literal, NamedNode
from kg.things import find

app = typer.Typer(
    name="judge",
    help="What a published name means, and which two things are one; takes effect at a build.",
    no_args_is_help=True,
)

_OPEN_COLUMNS: Final = {
    "published": "published", "property": "as", "outcome": "outcome", "mentions": "n",
    "candidates": "candidates",
}  # fmt: skip
_JUDGED_COLUMNS: Final = {
    "verdict": "verdict", "published": "name", "other": "or thing", "thing": "target",
    "reason": "reason",
}  # fmt: skip
_OPEN: Final = Query.load("open_names", Path(__file__).parent / "resolution")

Target = Annotated[
    str | None,
    typer.Argument(help="IRI, key (ARS, AGS …), kind/key or exact label of the thing meant."),
]
Name = Annotated[str, typer.Option("--name", help="The name as published.")]
Slug = Annotated[str, typer.Option("--source", help="Only as published by this source.")]
Other = Annotated[str, typer.Option("--thing", help="This thing and TARGET (to speak of) are one.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, in a sentence.")]
Author = Annotated[str, typer.Option("--author", help="The role that decides; no person's name.")]
Format = Annotated[str, typer.Option("--format", help="table or json")]


@dataclass(frozen=True, slots=True)
class OpenName:
    """A published name that has no thing, or several."""

    published: str
    property: str
    outcome: str
    rule: str
    mentions: int
    candidates: str | None


def _register(verdict: str, what_it_does: str) -> None:
    """Add the command of one verdict."""

    @app.command(verdict if verdict != "revoked" else "revoke", help=what_it_does)
    def decide(  # noqa: PLR0913 (the options of a command)
        target: Target = None,
        *,
        reason: Reason,
        name: Name = "",
        source: Slug = "",
        thing: Other = "",
        author: Author = "redaktion",
    ) -> None:
        if bool(name) == bool(thing):
            message = "give either --name (what a name means) or --thing (that two things are one)"
            raise typer.BadParameter(message)
        if target is None and (thing or verdict in {"same", "different"}):
            named = "name means" if name else "thing is one with"
            raise typer.BadParameter(f"say as TARGET what the {named}, or does not")
        today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
        what = "name" if name else "thing"
        _keep(Judgement(verdict, what, source, name, target or "", thing, author, today, reason))


for _verdict, _help in (
    ("same", "The name means TARGET; or, with --thing, both things are one."),
    ("different", "The name does not mean TARGET; or the two things are two."),
    ("unsure", "It stays open, whatever the rules say; TARGET becomes a candidate."),
    ("revoked", "Take back what was decided about the name (and TARGET), or the two things."),
):
    _register(_verdict, _help)


@app.command("list")
def listed(
    *,
    open_names: Annotated[
        bool, typer.Option("--open", help="The names that nobody decided about, instead.")
    ] = False,
    format: Format = "table",  # noqa: A002 (the option's name)
) -> None:
    """List all judgements, or the names that wait for one."""
    data = Settings().data
    rows = [
        asdict(one)
        for one in (
            ask(release.current(data).graph, _OPEN, OpenName)
            if open_names
            else judgements.load(data)
        )
    ]
    if format == "json":
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    _print(rows, _OPEN_COLUMNS if open_names else _JUDGED_COLUMNS)


def _print(rows: list[dict[str, object]], columns: dict[str, str]) -> None:
    """Print the columns that fit beside each other; `--format json` has them all."""
    if not rows:
        typer.echo("Nothing to list.")
        return
    table = Table(*columns.values(), box=box.SIMPLE_HEAD)
    for column in table.columns:
        column.overflow = "fold"
    for row in rows:
        table.add_row(*(_short(str(row[name] or "")) for name in columns))
    Console(highlight=False, markup=False).print(table)


def _keep(given: Judgement) -> None:
    """Check what was given against the release, keep it, and say what will happen."""
    data = Settings().data
    graph = release.current(data).graph
    if given.source and next(graph.quads(graph=graph_of(given.source)), None) is None:
        message = f"--source {given.source}: there is no such source; see `lotse sources`"
        raise typer.BadParameter(message)
    meant, other = (_node(graph, asked) if asked else None for asked in (given.thing, given.other))
    one = replace(
        given,
        thing=judgements.short_of(meant) if meant is not None else "",
        other=judgements.short_of(other) if other is not None else "",
        where="this decision",
    )
    table = judgements.append(data, [one])
    typer.echo(f"Kept in {table}.")
    typer.echo(_consequence(graph, one, _label(graph, meant) if meant is not None else ""))


def _node(graph: Graph, asked: str) -> NamedNode:
    """Return the thing that was named: as it stands where it is there, else what is called so."""
    try:
        node = judgements.thing_iri(asked)
    except ValueError:
        node = None
    if node is not None and next(graph.quads(node), None) is not None:
        return node
    return find(graph, asked).node


def _label(graph: Graph, node: NamedNode) -> str:
    labels = sorted(
        (quad.object.language != "de", quad.object.value)
        for quad in graph.quads(node, SKOS.prefLabel)
        if isinstance(quad.object, Literal)
    )
    return f"{labels[0][1]} ({node.value})" if labels else node.value


def _consequence(graph: Graph, one: Judgement, meant: str) -> str:
    """Return what the next build will make of a judgement."""
    if one.what == "thing":
        becomes = f"counts as {meant}" if one.verdict == "same" else f"and {meant} are two things"
        return f"From the next `lotse build` on, {one.other} {becomes}."
    waiting = _mentions(graph, one)
    if not waiting:
        return "No source publishes this name now; it is kept for when one does."
    names = "1 mention" if waiting == 1 else f"{waiting} mentions"
    becomes = {
        "same": f"will be linked to {meant}",
        "different": f"will not be linked to {meant}",
        "unsure": "will stay open (ambiguous)",
        "revoked": "will be resolved by the rules alone",
    }[one.verdict]
    return f"At the next `lotse build`, {names} of “{one.published}” {becomes}."


def _mentions(graph: Graph, one: Judgement) -> int:
    wanted = folded(one.published)
    return sum(
        1
        for role in ROLES
        for quad in graph.quads(None, role.published)
        if isinstance(quad.object, Literal)
        and folded(quad.object.value) == wanted
        and (not one.source or quad.graph_name == graph_of(one.source))
    )


def _short(value: str) -> str:
    """Return a value for a table: our vocabulary and things without their long beginnings."""
    things = GRAPH.removesuffix("graph/") + "id/"
    short = value.replace(VOCABULARY, "").replace(things, "")
    return short.replace("jurisdiction/", "").removeprefix("outcome-")
