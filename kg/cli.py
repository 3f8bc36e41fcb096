"""`lotse`: gathers the commands of `ingest`, `kg` and `api` by entry point; imports neither."""

import sys
from importlib.metadata import entry_points
from typing import Final

import typer
from rich.console import Console

from kg.errors import (
    AmbiguousError,
    BadQueryError,
    LotseError,
    NotFoundError,
    RefusedError,
    SourceError,
)

GROUP: Final = "lotse.commands"
_FOUND, _WRONG, _FAILED = 1, 2, 3


def gathered() -> typer.Typer:
    """Return the application with all commands of the installed packages."""
    app = typer.Typer(
        name="lotse",
        help="Innovationslotse: who does what in Germany's public-sector innovation.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        app.add_typer(point.load())
    return app


def main() -> None:
    """Run a command; foreseen errors become one clear text on stderr and an exit code."""
    try:
        gathered()()
    except (RefusedError, SourceError) as error:
        _say(error, _FOUND)
    except (NotFoundError, AmbiguousError, BadQueryError) as error:
        _say(error, _WRONG)
    except LotseError as error:
        _say(error, _FAILED)
    except BrokenPipeError:
        sys.exit(_FAILED)


def _say(error: LotseError, code: int) -> None:
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"lotse: {error}", markup=False)
    sys.exit(code)
