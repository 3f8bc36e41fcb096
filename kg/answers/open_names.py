"""Names that wait for a steward, worst first, each candidate with the command that chooses it."""

import shlex
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from kg.iri import kind_and_key
from kg.names import kind_of, names_of
from kg.questions import Query
from kg.spoken import described
from kg.store import Graph, ask
from kg.terms import LOTSE
from kg.things import Thing, find

OUTCOMES: Final = ("ambiguous", "unknown")
_OPEN: Final = Query.load("open_names")
_ESCAPED: Final = {"\\": "\\\\", "'": "\\'"}
_SHORT: Final = 0x10000


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a name may mean."""

    thing: Thing
    score: float
    command: str
    """What to type, or to copy, so that the name means this from the next build on."""


@dataclass(frozen=True, slots=True)
class OpenName:
    """A name as one source publishes it, which has no thing or several."""

    published: str
    source: Thing
    properties: tuple[str, ...]
    """The properties that wait for their thing: `adopter`, `actor`, `place` …"""
    outcome: str
    rule: str
    mentions: int
    """How many statements of the source wait for it."""
    score: float
    candidates: tuple[Candidate, ...]
    """The likeliest first."""
    otherwise: str
    """The command that says that it is none of these."""


@dataclass(frozen=True, slots=True)
class _Row:
    published: str
    source: str
    property: str
    outcome: str
    rule: str
    mention: str
    score: float
    candidate: str | None
    likely: float | None


@lru_cache(maxsize=32)
def open_names(
    graph: Graph,
    source: str | None = None,
    outcomes: tuple[str, ...] = OUTCOMES,
    lang: str = "de",
) -> tuple[OpenName, ...]:
    """Return the names that wait, of one source or of all, the worst first.

    Worst is what the most statements wait for and what is the least decided. Releases never
    change, so what was asked for once is kept.
    """
    asked = find(graph, source, "source", lang).node if source is not None else None
    held: dict[tuple[str, ...], list[_Row]] = defaultdict(list)
    for outcome in outcomes:
        for row in ask(graph, _OPEN, _Row, outcome=LOTSE[f"outcome-{outcome}"], source=asked):
            held[row.published, row.source, row.outcome].append(row)
    found = [_open(graph, rows, lang) for rows in held.values()]
    return tuple(sorted(found, key=_place))


def command(verdict: str, published: str, source: str, target: str, reason: str) -> str:
    """Return a decision as it is typed in a shell; whatever is in a name stays one word."""
    said = ["lotse judge", verdict, f"--name={shell_word(published)}", f"--source={source}"]
    if target:
        said.append(shell_word(target))
    return " ".join([*said, f"--reason={shell_word(reason)}"])


def shell_word(text: str) -> str:
    """Return a text as one word for a shell; what cannot be seen is written as an escape."""
    if text.isprintable():
        return shlex.quote(text)
    return f"$'{visible(''.join(_ESCAPED.get(one, one) for one in text))}'"


def visible(text: str) -> str:
    """Return a text in which control characters and marks of direction are written out."""
    return "".join(one if one.isprintable() else _code(one) for one in text)


def _code(one: str) -> str:
    code = ord(one)
    return f"\\u{code:04x}" if code < _SHORT else f"\\U{code:08x}"


def _place(one: OpenName) -> tuple[object, ...]:
    weight = one.mentions * (1 - one.score)
    order = OUTCOMES.index(one.outcome)
    return (order, -weight, -one.mentions, one.published, one.source.iri)


def _open(graph: Graph, rows: Sequence[_Row], lang: str) -> OpenName:
    first, names = rows[0], names_of(graph)
    source = find(graph, first.source, "source", lang)
    scores: dict[str, float] = {}
    for row in rows:
        if row.candidate is not None:
            own = row.score if row.likely is None else row.likely
            scores[row.candidate] = max(own, scores.get(row.candidate, 0))
    slug = source.key or ""
    chosen = []
    for iri, score in sorted(scores.items(), key=lambda one: (-one[1], one[0])):
        shown = Thing(iri, kind_of(iri), described(names, iri, lang), names.key_of(iri))
        chosen.append(
            Candidate(shown, score, command("same", first.published, slug, _target(iri), _CHECKED))
        )
    return OpenName(
        published=first.published,
        source=replace(source, alternatives=()),
        properties=tuple(sorted({_local(row.property) for row in rows})),
        outcome=first.outcome.rpartition("outcome-")[2],
        rule=first.rule,
        mentions=len({(row.mention, row.property) for row in rows}),
        score=max(row.score for row in rows),
        candidates=tuple(chosen),
        otherwise=command("unsure", first.published, slug, "", _NONE),
    )


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


_CHECKED: Final = "am Eintrag der Quelle geprüft"
_NONE: Final = "keine der vorgeschlagenen Sachen ist gemeint"


def _target(iri: str) -> str:
    """Return a thing as the command takes it."""
    own = kind_and_key(iri)
    return "/".join(own) if own is not None else iri
