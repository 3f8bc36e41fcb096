"""Every foreseen error is one text on stderr and an exit code."""

import pytest
from typer.testing import CliRunner

from kg import cli
from kg.errors import (
    AmbiguousError,
    BadQueryError,
    BusyError,
    LimitError,
    LotseError,
    NoReleaseError,
    NotFoundError,
    RefusedError,
    SourceError,
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RefusedError("too few"), 1),
        (SourceError("cut short"), 1),
        (NotFoundError("Nirgendwo", "place"), 2),
        (AmbiguousError("Neustadt", "place", ()), 2),
        (BadQueryError("no SPARQL"), 2),
        (BusyError("another build"), 3),
        (NoReleaseError("none"), 3),
        (LimitError("rows", 10), 3),
        (LotseError("disk full"), 3),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_error_has_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    error: LotseError, code: int,
) -> None:  # fmt: skip
    def fails() -> None:
        raise error

    monkeypatch.setattr(cli, "gathered", lambda: fails)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == code
    assert capsys.readouterr() == ("", f"lotse: {error}\n")


@pytest.mark.parametrize(
    "command",
    ["build", "parked", "sources", "release", "judge", "ask", "query", "validate", "serve"],
)
def test_the_commands_of_all_rooms_are_gathered(command: str) -> None:
    assert CliRunner().invoke(cli.gathered(), [command, "--help"]).exit_code == 0
