"""Tokens: shown once, kept as a salted hash, worthless once revoked."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg import tokens
from kg.commands import app
from kg.errors import LotseError, NotFoundError


def test_a_token_is_known_by_its_hash_alone(tmp_path: Path) -> None:
    secret, made = tokens.create(tmp_path, "source:teststadt")
    again, _ = tokens.create(tmp_path, "source:teststadt")
    file = tmp_path / tokens.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert secret not in file.read_text(encoding="utf-8")
    assert len({secret, again}) == 2
    assert tokens.holder(tmp_path, secret) == made
    for wrong in ("", secret[:-1], secret + "x", made.sha256, "ü\udcff"):
        assert tokens.holder(tmp_path, wrong) is None


def test_a_revoked_token_opens_nothing(tmp_path: Path) -> None:
    secret, made = tokens.create(tmp_path, "steward", "redaktion")
    other, _ = tokens.create(tmp_path, "open311")
    tokens.revoke(tmp_path, made.name)
    assert tokens.holder(tmp_path, secret) is None
    assert tokens.holder(tmp_path, other) is not None
    with pytest.raises(NotFoundError):
        tokens.revoke(tmp_path, made.name)


@pytest.mark.parametrize(
    "scope", ["", "admin", "source:", "source:A", "source:a-b", "desk:", "desk:x", "steward "]
)
def test_a_scope_that_is_none_is_refused(tmp_path: Path, scope: str) -> None:
    with pytest.raises(tokens.WrongTokenError, match="is no scope"):
        tokens.create(tmp_path, scope)


def test_a_name_stands_for_one_token(tmp_path: Path) -> None:
    tokens.create(tmp_path, "steward", "redaktion")
    with pytest.raises(tokens.WrongTokenError, match="There is a token called"):
        tokens.create(tmp_path, "open311", "redaktion")
    with pytest.raises(tokens.WrongTokenError, match="is no name"):
        tokens.create(tmp_path, "open311", "a b")


def test_tokens_made_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: tokens.create(tmp_path, "steward")[0], range(16)))
    assert all(tokens.holder(tmp_path, one) for one in made)


def test_a_broken_file_lets_nobody_in(tmp_path: Path) -> None:
    secret, _ = tokens.create(tmp_path, "steward")
    (tmp_path / tokens.FILE).write_text("[{", encoding="utf-8")
    with pytest.raises(LotseError, match="cannot be read"):
        tokens.holder(tmp_path, secret)


def test_the_commands_show_a_token_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSE_DATA", str(tmp_path))
    run = CliRunner().invoke
    made = run(app, ["token", "create", "--scope", "source:teststadt", "--format", "json"])
    found = json.loads(made.stdout)
    assert set(found) == {"token", "scope", "name"}
    listed = run(app, ["token", "list", "--format", "json"]).stdout
    assert [one["name"] for one in json.loads(listed)] == [found["name"]]
    assert found["token"] not in listed
    assert run(app, ["token", "revoke", found["name"]]).exit_code == 0
    assert run(app, ["token", "create", "--scope", "admin"]).exit_code == 2
