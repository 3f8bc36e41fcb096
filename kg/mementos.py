"""The releases that are kept as states of the past: what a date leads to (RFC 7089).

A release's date is that of its publication, to the second, as HTTP writes dates.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from kg import release
from kg.documents import is_held
from kg.errors import BadQueryError, NotFoundError, PrunedError
from kg.identifiers import read
from kg.release import Release
from kg.store import Graph

_FORM: Final = "%a, %d %b %Y %H:%M:%S GMT"
_HANDLES: Final = 8
_OPENED: Final = 2


@dataclass(frozen=True, slots=True)
class Memento:
    """A release as a state of the past."""

    release: str
    published: datetime.datetime

    @property
    def written(self) -> str:
        """Return its date as HTTP writes it."""
        return self.published.strftime(_FORM)


def http_date(text: str) -> datetime.datetime:
    """Return the moment of an HTTP date (RFC 9110 §5.6.7, the form that is to be sent)."""
    try:
        found = datetime.datetime.strptime(text.strip(), _FORM).replace(tzinfo=datetime.UTC)
    except ValueError:
        found = None
    if found is None or found.strftime(_FORM) != text.strip():
        message = (
            f"Accept-Datetime: {text!r} is no date of HTTP; "
            "write it like this: Tue, 24 Nov 2026 12:00:00 GMT"
        )
        raise BadQueryError(message)
    return found


def timeline(data: Path) -> tuple[Memento, ...]:
    """Return the releases that are kept, the oldest first."""
    try:
        changed = (data / "releases").stat().st_mtime_ns
    except OSError:
        return ()
    return _timeline(data, changed)


@lru_cache(maxsize=4)
def _timeline(data: Path, _changed: int) -> tuple[Memento, ...]:
    found = [Memento(one.id, _moment(one.published)) for one in release.listed(data)]
    return tuple(reversed(found))


def _moment(written: str) -> datetime.datetime:
    found = datetime.datetime.fromisoformat(written)
    return found.astimezone(datetime.UTC).replace(microsecond=0)


def at(kept: Sequence[Memento], moment: datetime.datetime) -> Memento:
    """Return the state at a moment: the last release until then, else the first one."""
    until = [one for one in kept if one.published <= moment]
    return until[-1] if until else kept[0]


def named(data: Path, release_id: str) -> Memento:
    """Return the release of this id.

    Raises `PrunedError` where it is no longer kept, `NotFoundError` where it never was.
    """
    kept = timeline(data)
    for one in kept:
        if one.release == release_id:
            return one
    for one in reversed(kept):
        published = read(data / "releases" / one.release).releases.get(release_id)
        if published is not None:
            raise PrunedError(release_id, published)
    raise NotFoundError(release_id, "release")


def deleted(data: Path) -> tuple[Memento, ...]:
    """Return the releases that we know of and no longer keep, the oldest first."""
    kept = timeline(data)
    known = {
        release_id: published
        for one in kept
        for release_id, published in read(data / "releases" / one.release).releases.items()
    }
    held = {one.release for one in kept}
    found = [Memento(one, _moment(when)) for one, when in known.items() if one not in held]
    return tuple(sorted(found, key=lambda one: (one.published, one.release)))


def opened(data: Path, memento: Memento) -> Release:
    """Return a release of the past, opened; the two asked last stay open."""
    served = release.current(data)
    if served.id == memento.release:
        return served
    return _opened((data / "releases" / memento.release).resolve())


@lru_cache(maxsize=_OPENED)
def _opened(folder: Path) -> Release:
    return release.opened.__wrapped__(folder)


def speaks_of(data: Path, memento: Memento, iri: str) -> bool:
    """Return whether a release says anything of an IRI."""
    return is_held(_store((data / "releases" / memento.release).resolve()), iri)


@lru_cache(maxsize=_HANDLES)
def _store(folder: Path) -> Graph:
    return Graph.open(folder / "store")
