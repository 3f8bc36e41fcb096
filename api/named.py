"""What a path under `/id` or `/doc` names: a thing, under which of its names, in which format."""

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, unquote

from fastapi import Request

from api.memento import Speaks, Timed
from api.thing_pages import FORMATS
from kg.codes import place_of_code
from kg.documents import iri_of, is_held, preferred
from kg.errors import GoneError, NotFoundError, Suggestion
from kg.identifiers import last_seen, seen_before
from kg.iri import KINDS
from kg.mementos import speaks_of
from kg.namespaces import ID
from kg.things import candidates, suggested, thing

PERMANENT: Final = 308
SEE_OTHER: Final = 303
_PLACE: Final = "jurisdiction"


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that a path names."""

    iri: str
    suffix: str = ""
    """The format that the path ends with, such as `ttl`."""
    moved: int = 0
    """The status of a redirect where this is another name of the thing; else 0."""
    asked: str = ""
    """The IRI that was asked for, where this is another name of the thing."""

    def path(self, base: str) -> str:
        """Return the path of the thing under `/id/` or `/doc/`, in the format asked for."""
        end = f".{self.suffix}" if self.suffix else ""
        return quote(base + self.iri.removeprefix(ID) + end, safe="/%-._~")


def named(exchange: Timed, kind: str, *, formats: bool) -> Named:
    """Return what the path of a request names; `formats` says whether it may end with one.

    Raises `NotFoundError` with what may have been meant, or `GoneError` for what there was once.
    """
    raw = raw_key(exchange.request)
    if kind in KINDS and (bare := raw.rstrip("/")):
        found = _found(exchange, kind, bare, formats=formats)
        if found is not None and bare != raw and not found.moved:
            return replace(found, moved=PERMANENT, asked=iri_of(kind, raw))
        if found is not None:
            return found
    raise _unknown(exchange, kind, raw)


def _found(exchange: Timed, kind: str, raw: str, *, formats: bool) -> Named | None:
    graph, iri = exchange.release.graph, iri_of(kind, raw)
    if is_held(graph, iri):
        return _spoken_of(exchange, iri)
    stem, _, suffix = raw.rpartition(".")
    ends = bool(formats and stem and suffix in FORMATS)
    bare = iri_of(kind, stem) if ends else iri
    if ends and is_held(graph, bare):
        return _spoken_of(exchange, bare, suffix)
    place = _by_code(exchange, stem if ends else raw) if kind == _PLACE else None
    if place is not None:
        return Named(place, suffix if ends else "", SEE_OTHER, iri)
    return _gone(exchange, iri) or (_gone(exchange, bare, suffix) if ends else None)


def _spoken_of(exchange: Timed, iri: str, suffix: str = "") -> Named:
    target = preferred(exchange.release.graph, iri)
    if target is None:
        return Named(iri, suffix)
    return Named(target, suffix, PERMANENT, iri)


def _gone(exchange: Timed, iri: str, suffix: str = "") -> Named | None:
    """Return the thing that a name of earlier releases led to; `GoneError` where it led to none."""
    last = (
        seen_before(exchange.release, iri)
        if exchange.memento is not None
        else last_seen(exchange.service.settings.data, exchange.release, iri)
    )
    if last is None:
        return None
    if last.target is not None:
        return Named(last.target, suffix, PERMANENT, iri)
    raise GoneError(iri, last.release, last.published)


def _by_code(exchange: Timed, raw: str) -> str | None:
    """Return the place of an AGS, ARS or NUTS code, with its word before it or without."""
    scheme, _, code = raw.rpartition("/")
    return place_of_code(exchange.release.graph, code, scheme.lower())


def spoken_of_in(exchange: Timed, kind: str, raw: str) -> Speaks:
    """Return the test whether a release speaks of what a path names, with its format or without."""
    stem, _, suffix = raw.rpartition(".")
    keys = [raw, stem] if suffix in FORMATS and stem else [raw]
    iris = [iri_of(kind, one) for one in keys] if kind in KINDS else []
    data = exchange.service.settings.data
    return lambda memento: any(speaks_of(data, memento, iri) for iri in iris)


def _unknown(exchange: Timed, kind: str, raw: str) -> NotFoundError:
    """Return the error for a name that nobody gave, with what may have been meant."""
    graph, lang, key = exchange.release.graph, exchange.lang, unquote(raw).strip("/")
    lower = kind.casefold() if kind.casefold() in KINDS else ""
    near = [
        Suggestion(iri, one.kind, one.label)
        for iri in candidates(graph, key.removesuffix(".ttl"), lower) if key
        for one in [thing(graph, iri, lang)]
    ]  # fmt: skip
    near = near or suggested(graph, key, lower, lang)
    return NotFoundError(f"{unquote(kind)}/{key}", lower or "thing", near)


def raw_key(request: Request) -> str:
    """Return the key as it stands in the path, percent signs included."""
    raw: bytes = request.scope["raw_path"]
    path = raw.partition(b"?")[0].decode("utf-8", "replace")
    return path.split("/", 3)[3]
