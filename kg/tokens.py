"""Tokens: who may write what. Of a token only a salted hash is kept, in `<data>/tokens.json`."""

import datetime
import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from kg.errors import LotseError, NotFoundError, Suggestion

FILE: Final = "tokens.json"
_BYTES: Final = 32
_SCOPE: Final = re.compile(
    r"steward|open311|desk:[a-z][a-z0-9+.-]*:[^\s<>\"]+|source:[a-z][a-z0-9_]*"
)
_NAME: Final = re.compile(r"[\w.-]{1,60}")


class WrongTokenError(LotseError):
    """A scope or a name that no token can have."""


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token; not the token itself."""

    name: str
    scope: str
    created: str
    salt: str
    sha256: str


def create(data: Path, scope: str, name: str | None = None) -> tuple[str, Token]:
    """Return a new token, which is shown this once, and what is kept of it."""
    if _SCOPE.fullmatch(scope) is None:
        message = (
            f"{scope!r} is no scope. There are steward, open311, desk:<IRI of a body> and "
            "source:<slug of a contributed source>."
        )
        raise WrongTokenError(message)
    with _locked(data):
        held = listed(data)
        name = name or f"{scope.partition(':')[0]}-{secrets.token_hex(4)}"
        if _NAME.fullmatch(name) is None:
            message = f"{name!r} is no name for a token: letters, digits, `-`, `.`, at most 60."
            raise WrongTokenError(message)
        if any(one.name == name for one in held):
            message = f"There is a token called {name!r}. Revoke it, or choose another name."
            raise WrongTokenError(message)
        secret, salt = f"lotse_{secrets.token_urlsafe(_BYTES)}", secrets.token_hex(16)
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        made = Token(name, scope, today, salt, _hash(salt, secret))
        _write(data, [*held, made])
    return secret, made


def revoke(data: Path, name: str) -> None:
    """Make a token worthless at once; `NotFoundError` where none is called so."""
    with _locked(data):
        held = listed(data)
        left = [one for one in held if one.name != name]
        if len(left) == len(held):
            near = [Suggestion(iri="", kind="token", label=one.name) for one in held]
            raise NotFoundError(name, "token", near)
        _write(data, left)


def listed(data: Path) -> list[Token]:
    """Return what is kept of all tokens."""
    try:
        raw = json.loads((data / FILE).read_text(encoding="utf-8"))
        return [Token(**one) for one in raw]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError) as error:
        message = f"{data / FILE} cannot be read: {error}. Delete it and create the tokens anew."
        raise LotseError(message) from error


def holder(data: Path, secret: str) -> Token | None:
    """Return the token that this is, None where it is none (any more).

    All are compared, each in constant time, so that the time taken tells nothing.
    """
    found = None
    for one in listed(data):
        if hmac.compare_digest(_hash(one.salt, secret), one.sha256):
            found = one
    return found


def _hash(salt: str, secret: str) -> str:
    return hashlib.sha256(f"{salt}\0{secret}".encode(errors="surrogatepass")).hexdigest()


def _write(data: Path, held: list[Token]) -> None:
    beside = data / f".{FILE}-{os.getpid()}"
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump([asdict(one) for one in held], file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(data / FILE)


@contextmanager
def _locked(data: Path) -> Iterator[None]:
    data.mkdir(parents=True, exist_ok=True)
    with (data / "tokens.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
