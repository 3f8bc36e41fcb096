"""`lotse token`: who may write what."""

import json
from typing import Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from kg import tokens
from kg.settings import Settings

app = typer.Typer(help="Tokens: who may write what.", no_args_is_help=True)

Format = Annotated[str, typer.Option("--format", help="table or json")]
Scope = Annotated[
    str, typer.Option(help="steward, open311, desk:<IRI of a body> or source:<slug>.")
]
Name = Annotated[str | None, typer.Option(help="By which it is listed and revoked.")]


@app.command("create")
def create(scope: Scope, name: Name = None, format: Format = "table") -> None:  # noqa: A002
    """Make a token and show it, this once; only a salted hash of it is kept."""
    try:
        secret, made = tokens.create(Settings().data, scope, name)
    except tokens.WrongTokenError as error:
        raise typer.BadParameter(str(error)) from error
    if format == "json":
        typer.echo(json.dumps({"token": secret, "scope": made.scope, "name": made.name}, indent=1))
        return
    typer.echo(f"{secret}\nName {made.name}, scope {made.scope}. It is not shown again.")


@app.command("list")
def listed(format: Format = "table") -> None:  # noqa: A002
    """List the tokens by name: scope and day, never the token."""
    rows: list[dict[str, Any]] = [
        {"name": one.name, "scope": one.scope, "created": one.created}
        for one in tokens.listed(Settings().data)
    ]
    if format == "json":
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    table = Table("name", "scope", "created", box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*row.values())
    Console(highlight=False).print(table if rows else "There are no tokens.")


@app.command("revoke")
def revoke(name: Annotated[str, typer.Argument(help="As `lotse token list` shows it.")]) -> None:
    """Make a token worthless at once."""
    tokens.revoke(Settings().data, name)
    typer.echo(f"The token {name} opens nothing any more.")
