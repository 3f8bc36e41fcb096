"""`lotse judge …`, `lotse ambiguous`: stewards decide what a name means, from the next build on."""

import datetime
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Final

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from ingest import judgements
from ingest.judgements import Judgement
from ingest.mentions import ROLES
from kg import release
from kg.answers.formats import plain
from kg.answers.open_names import OUTCOMES, open_names, visible
from kg.iri import graph as graph_of
from kg.namespaces import GRAPH, VOCABULARY
from kg.readings import folded
from kg.settings import Settings
from kg.store import Graph
from kg.terms import SKOS, Literal, NamedNode
from kg.things import find

app = typer.Typer(name="judge")

_JUDGED_COLUMNS: Final = {
    "verdict": "verdict", "published": "name", "other": "or thing", "thing": "target",
    "reason": "reason",
}  # fmt: skip
_SHOWN: Final = 5

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


@app.callback(invoke_without_command=True)
def undo(  # noqa: PLR0913 (the options of a command)
    context: typer.Context,
    *,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take the last judgement back: of all, of NAME or THING.")
    ] = False,
    name: Name = "",
    source: Slug = "",
    thing: Other = "",
    reason: Reason = "zurückgenommen",
    author: Author = "redaktion",
) -> None:
    """Decide what a published name means, and which two things are one; or take it back."""
    if context.invoked_subcommand is not None:
        if undo:
            message = "--undo stands alone: `lotse judge --undo [--name NAME] [--source SLUG]`"
            raise typer.BadParameter(message)
        return
    if not undo:
        typer.echo(context.get_help())
        return
    last = _last(Settings().data, name, source, thing)
    if last is None:
        about = f" about “{name or thing}”" if name or thing else ""
        message = f"there is no judgement{about} to take back; see `lotse judge list`"
        raise typer.BadParameter(message)
    back = replace(last, verdict="undone", author=author, date=_today(), reason=reason)
    table = judgements.append(Settings().data, [back])
    typer.echo(f"Taken back in {table}: {last}")
    typer.echo("Its row stays; from the next `lotse build` on, what was decided before it counts.")


def _last(data: Path, name: str, source: str, thing: str) -> Judgement | None:
    """Return the last judgement that counts: of the deployment, or of a name or thing of anyone."""
    rows = judgements.counting(judgements.load(data))
    own = judgements.own_table(data)
    if not (name or source or thing):
        kept = judgements.read_table(own) if own.is_file() else []
        rows = [one for one in rows if one in kept]
    fitting = [
        one for one in rows
        if (not name or folded(one.published) == folded(name))
        and (not source or one.source == source)
        and (not thing or thing in {one.thing, one.other})
    ]  # fmt: skip
    return fitting[-1] if fitting else None


def _today() -> str:
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


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
        what = "name" if name else "thing"
        _keep(Judgement(verdict, what, source, name, target or "", thing, author, _today(), reason))


for _verdict, _help in (
    ("same", "The name means TARGET; or, with --thing, both things are one."),
    ("different", "The name does not mean TARGET; or the two things are two."),
    ("unsure", "It stays open, whatever the rules say; TARGET becomes a candidate."),
    ("revoked", "Take back what was decided about the name (and TARGET), or the two things."),
):
    _register(_verdict, _help)


@app.command("list")
def listed(
    format: Format = "table",  # noqa: A002 (the option's name)
) -> None:
    """List all judgements, those of the deployment last."""
    rows = [asdict(one) for one in judgements.load(Settings().data)]
    if format == "json":
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    _print(rows, _JUDGED_COLUMNS)


def ambiguous(
    *,
    source: Annotated[str | None, typer.Option(help="Only names of this source.")] = None,
    unknown: Annotated[
        bool, typer.Option("--unknown", help="Also the names for which nothing was found.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many names the table shows.")] = 20,
    format: Format = "table",  # noqa: A002 (the option's name)
) -> None:
    """List the names that wait for a steward, worst first, with the command that decides each."""
    graph = release.current(Settings().data).graph
    every = open_names(graph, source, OUTCOMES if unknown else OUTCOMES[:1])
    if format == "json":
        typer.echo(json.dumps(plain(every), ensure_ascii=False, indent=1))
        return
    for one in every[:limit]:
        named = ", ".join(one.properties)
        typer.echo(f"{one.mentions} × “{visible(one.published)}” ({one.source.key}: {named})")
        for candidate in one.candidates[:_SHOWN]:
            typer.echo(f"  {candidate.score:.2f}  {candidate.thing.label}")
            typer.echo(f"        {candidate.command}")
        if len(one.candidates) > _SHOWN:
            typer.echo(f"        and {len(one.candidates) - _SHOWN} more")
        typer.echo(f"  none  {one.otherwise}")
    rest = len(every) - limit
    typer.echo(f"{rest} more: --limit, --source, --format json" if rest > 0 else
               f"{len(every)} names wait.")  # fmt: skip


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
    before = _last(data, one.published, one.source, "") if one.what == "name" else None
    table = judgements.append(data, [one])
    typer.echo(f"Kept in {table}.")
    if before is not None and one.verdict != "revoked" and _said(before) != _said(one):
        typer.echo(f"It stands against {before}; both are kept, the later one counts.")
    typer.echo(_consequence(graph, one, _label(graph, meant) if meant is not None else ""))


def _said(one: Judgement) -> tuple[str, str]:
    return one.verdict, one.thing


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
