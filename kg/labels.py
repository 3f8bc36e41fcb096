"""Organisations and concepts, found by a label that is exactly theirs."""

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.iri import kind_and_key
from kg.namespaces import VOCABULARY
from kg.readings import folded
from kg.store import Graph
from kg.terms import LOTSE, SCHEMA, SKOS, Literal, NamedNode

Span = tuple[datetime.date, datetime.date]
"""First and last day on which a body bears its name."""

PROPERTIES: Final = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, LOTSE.abbreviation)
"""The properties of the labels that are looked at."""
VALIDITY: Final = (SCHEMA.validFrom, SCHEMA.validThrough)
_THEME: Final = f"{VOCABULARY}theme-"
_LABELS: Final = (SKOS.prefLabel, SKOS.altLabel)
_LEAST: Final = 6
"""So many letters a name needs before blanks and hyphens in it may be overlooked."""
_BRACKETS: Final = re.compile(r"([^()]+) \(([^()]+)\)")
_PLAIN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_ORGANISATIONS: Final = frozenset({"actor", "lab"})


@dataclass(frozen=True, slots=True)
class Found:
    """The things that bear a label, and whether each of them was valid on the day asked for."""

    things: tuple[NamedNode, ...]
    valid: bool


class Labels:
    """Things by exact label, case and blanks apart."""

    def __init__(
        self,
        said: Iterable[tuple[NamedNode, str]],
        spans: Mapping[NamedNode, Span],
        key: Callable[[str], str] = folded,
    ) -> None:
        """Remember who bears which label, and when; labels of one `key` count as one."""
        self._things: dict[str, set[NamedNode]] = defaultdict(set)
        for thing, label in said:
            self._things[key(label)].add(thing)
        self._spans = spans
        self._key = key
        self.asked: set[str] = set()
        """The keys that were asked for, found or not."""

    def named(self, label: str, day: datetime.date | None = None) -> Found:
        """Return the things of this label: those valid on the day, else all of them."""
        key = self._key(label)
        self.asked.add(key)
        things = sorted(self._things.get(key, ()), key=lambda thing: thing.value)
        valid = [thing for thing in things if self._valid(thing, day)]
        return Found(tuple(valid or things), bool(valid))

    def _valid(self, thing: NamedNode, day: datetime.date | None) -> bool:
        first, last = self._spans.get(thing, (datetime.date.min, datetime.date.max))
        return day is None or first <= day <= last


def organisations(graph: Graph) -> tuple[Labels, Labels]:
    """Return the actors and labs of a graph: by label, and by abbreviation."""
    spans = _spans(graph)
    labels = (pair for label in _LABELS for pair in _said(graph, label, _is_organisation))
    return (
        Labels(labels, spans),
        Labels(_said(graph, LOTSE.abbreviation, _is_organisation), spans),
    )


def alike(graph: Graph) -> Labels:
    """Return the actors and labs by label and abbreviation, blanks, hyphens and dots apart.

    Where brackets at the end of a label hold an abbreviation, or what it stands for, each of the
    two is a name.
    """
    every = (*_LABELS, LOTSE.abbreviation)
    said = (
        (thing, name)
        for label in every
        for thing, written in _said(graph, label, _is_organisation)
        for name in (written, *_halves(written))
    )
    return Labels((one for one in said if squeezed(one[1])), _spans(graph), squeezed)


def keys(label: str) -> set[str]:
    """Return what a label can be asked for by, in any of these tables."""
    return {folded(label), *map(squeezed, (label, *_halves(label)))}


def _halves(label: str) -> tuple[str, ...]:
    found = _BRACKETS.fullmatch(label)
    if found is None:
        return ()
    short, long = sorted(found.groups(), key=len)
    return (short, long) if _abbreviates(short, long) else ()


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether the letters of a word come in this order in a name, from a word's first on."""
    short, long = short.lower(), long.lower()
    starts = (long[at.start() :] for at in re.finditer(rf"\b{re.escape(short[0])}", long))
    return " " not in short and any(_in_order(short, one) for one in starts)


def _in_order(letters: str, text: str) -> bool:
    left = iter(text)
    return all(letter in left for letter in letters)


def squeezed(name: str) -> str:
    """Return the letters and digits of a name, folded; nothing where they are too few to tell."""
    found = re.sub(r"[\W_]+", "", folded(name).translate(_PLAIN))
    return found if len(found) >= _LEAST else ""


def themes(graph: Graph) -> Labels:
    """Return the themes of the ontology by preferred, alternative and hidden label."""
    labels = (*_LABELS, SKOS.hiddenLabel)
    return Labels((pair for label in labels for pair in _said(graph, label, _is_theme)), {})


def _is_organisation(thing: NamedNode) -> bool:
    found = kind_and_key(thing.value)
    return found is not None and found[0] in _ORGANISATIONS


def _is_theme(thing: NamedNode) -> bool:
    return thing.value.startswith(_THEME)


def _said(
    graph: Graph, predicate: NamedNode, wanted: Callable[[NamedNode], bool]
) -> Iterable[tuple[NamedNode, str]]:
    for quad in graph.quads(None, predicate):
        thing, label = quad.subject, quad.object
        if isinstance(thing, NamedNode) and isinstance(label, Literal) and wanted(thing):
            yield thing, label.value


def _spans(graph: Graph) -> Mapping[NamedNode, Span]:
    first, last = (_days(graph, one) for one in VALIDITY)
    return {
        thing: (first.get(thing, datetime.date.min), last.get(thing, datetime.date.max))
        for thing in {*first, *last}
    }


def _days(graph: Graph, predicate: NamedNode) -> Mapping[NamedNode, datetime.date]:
    return {
        thing: datetime.date.fromisoformat(day)
        for thing, day in _said(graph, predicate, _is_organisation)
    }
