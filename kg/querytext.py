"""Looks at the text of a free query before it runs: form, data set, what is not allowed.

The engine has the last word on syntax. That no `SERVICE` call leaves the machine is ensured by
`kg.isolation`; here people are told so before anything runs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias
from urllib.parse import urljoin

from kg.errors import BadQueryError

Form: TypeAlias = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
FORMS: Final[tuple[Form, ...]] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "ADD", "MOVE", "COPY", "WITH"}
)
_VARYING: Final = frozenset({"NOW", "RAND", "UUID", "STRUUID"})
LONGEST: Final = 100_000
"""Characters that a query may have."""
DEEPEST: Final = 200
"""Brackets that may be open at once."""

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_TOKEN: Final = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*+(?:\"{3})?+ | '{3}(?:[^'\\]|\\.|'(?!''))*+(?:'{3})?+
             | "(?:[^"\\\n\r]|\\.)*+"?+ | '(?:[^'\\\n\r]|\\.)*+'?+)
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z][\w-]*)
  | (?P<prefixed>(?:[^\W\d][\w.\-]*+)?+:(?:[\w:%]|\\.|[.\-](?=[\w:%\\.\-]))*+)
  | (?P<words>[^\W\d][\w.\-]*+)
  | (?P<bracket>[(){}\[\]])
  | (?P<other>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
"""Tokens, in time that grows with the text and no faster: nothing here is tried twice.

A string that does not end is taken to the end of its line or text; the engine will refuse it.
"""
_BETWEEN_WORDS: Final = re.compile(r"[.\-]+")


@dataclass(frozen=True, slots=True)
class Examined:
    """What a query's text says about itself; `form` is None where the text is no query at all."""

    form: Form | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    varies: bool
    """Whether it may answer otherwise each time (the moment, chance)."""

    @property
    def graphs(self) -> tuple[str, ...]:
        """Return all graphs that the text names as its data set."""
        return self.default_graphs + self.named_graphs

    @property
    def names_its_graphs(self) -> bool:
        """Return whether the text has a `FROM` of either kind."""
        return bool(self.default_graphs or self.named_graphs)


@lru_cache(maxsize=64)
def examine(text: str, base: str | None = None) -> Examined:
    """Return form and data set of a query; `BadQueryError` for what is not allowed here.

    `base` is what relative IRIs are relative to, unless the text has a `BASE`.
    """
    if len(text) > LONGEST:
        raise BadQueryError(f"The query has {len(text)} characters; at most {LONGEST} may be sent.")
    tokens = list(_tokens(text))
    words = [value.upper() if kind == "word" else "" for kind, value in tokens]
    if "SERVICE" in words:
        raise BadQueryError(
            "SERVICE is not allowed here: this endpoint never asks another one. "
            "Ask both from your side and join what comes back."
        )
    _check_depth(tokens)
    form = next((word for word in words if word in FORMS or word in _UPDATES), None)
    if form in _UPDATES:
        raise BadQueryError(
            f"{form} is an update; this endpoint only reads. Every fact here comes from a source."
        )
    default, named = _data_set(tokens, words, base or "")
    varies = not _VARYING.isdisjoint(words)
    return Examined(form if form in FORMS else None, default, named, varies)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup
        if kind == "words":
            yield from (("word", one) for one in _BETWEEN_WORDS.split(found.group()) if one)
        elif kind is not None and kind != "comment":
            yield kind, found.group()


def _check_depth(tokens: list[tuple[str, str]]) -> None:
    depth = 0
    for kind, value in tokens:
        if kind == "bracket":
            depth += 1 if value in "({[" else -1
            if depth > DEEPEST:
                raise BadQueryError(f"The query opens more than {DEEPEST} brackets at once.")


def _data_set(
    tokens: list[tuple[str, str]], words: list[str], base: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    prefixes: dict[str, str] = {}
    default: list[str] = []
    named: list[str] = []
    for at, word in enumerate(words):
        if word == "BASE" and at + 1 < len(tokens):
            base = _absolute(tokens[at + 1][1][1:-1], base)
        elif word == "PREFIX" and at + 2 < len(tokens):
            prefixes[tokens[at + 1][1]] = _absolute(tokens[at + 2][1][1:-1], base)
        elif word == "FROM" and at + 1 < len(tokens):
            is_named = words[at + 1] == "NAMED"
            if at + 1 + is_named < len(tokens):
                graph = _iri(*tokens[at + 1 + is_named], prefixes, base)
                (named if is_named else default).append(graph)
    return tuple(default), tuple(named)


def _iri(kind: str, value: str, prefixes: dict[str, str], base: str) -> str:
    if kind == "iri":
        return _absolute(value[1:-1], base)
    prefix, _, local = value.partition(":")
    return prefixes.get(f"{prefix}:", f"{prefix}:") + re.sub(r"\\(.)", r"\1", local)


def _absolute(iri: str, base: str) -> str:
    if _SCHEME.match(iri):
        return iri
    return base.partition("#")[0] + iri if iri.startswith("#") else urljoin(base, iri)
