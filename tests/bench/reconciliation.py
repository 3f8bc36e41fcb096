"""How well names are matched by reconciliation, on lists whose right answers are known; how fast.

The lists: names of adopters and of clients of IT providers, as published beside an official key (a
name may speak of a body of the place, such as its works); the municipalities of NRW, with those 25
that are misspelt or not there (`nrw-misspelt.csv`, read against their websites); the users of the
Smart Village App; 150 names of organisations labelled by hand.

Precision: of the names that are matched, how many rightly. Recall: of the names whose thing is
there, how many are matched. First, in three: how many have it as the first candidate, among three.
Open: names that are not matched and have candidates.
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from rich.table import Table

from ingest.source import FOLDER
from kg.iri import mint
from kg.names import names_of, pairs
from kg.namespaces import ID
from kg.readings import name_key
from kg.reconciliation.matching import Matcher, matcher_of
from kg.reconciliation.queries import NAME, PROPERTY, Condition, Query
from kg.release import Release
from kg.settings import Settings
from kg.store import Graph
from kg.terms import LOTSE, NamedNode
from tests.bench.search import Median
from tests.bench.serving import Client, ours
from tests.full.test_organisation_names import rows as organisations
from tests.ingest.test_smart_village import TRUTH

TARGETS_MS: Final = {"suggest": 20.0, "batch of 10": 150.0}
_MISSPELT: Final = Path(__file__).parent / "nrw-misspelt.csv"
_NRW: Final = f"{ID}jurisdiction/05"
_LEVEL: Final = LOTSE["level-"].value


@dataclass(frozen=True, slots=True)
class Name:
    """A name with what stands beside it, and the thing that it means; empty where there is none."""

    text: str
    right: str
    types: tuple[str, ...] = ()
    land: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of the names of a list."""

    names: int
    there: int
    right: int
    wrong: int
    first: int
    in_three: int
    open: int

    @property
    def precision(self) -> float:
        """Return the share of matches that are right."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        """Return the share of names whose thing is there that are matched with it."""
        return self.right / max(self.there, 1)


def lists(graph: Graph, matcher: Matcher) -> Mapping[str, Sequence[Name]]:
    """Return the names by list."""
    adopters = list(_keyed(graph, matcher, LOTSE.adopterAsPublished, LOTSE.adopterKey))
    clients = list(_keyed(graph, matcher, LOTSE.clientAsPublished, LOTSE.clientKey))
    misspelt = list(_misspelt(matcher))
    return {
        "adopters with a key: name alone": _alone(adopters),
        "adopters with a key: name, type, Land": adopters,
        "clients of IT providers: name alone": _alone(clients),
        "clients of IT providers: name, type, Land": clients,
        "municipalities of NRW: name, Land": list(_communes(graph, misspelt)),
        "of these, misspelt or not there": misspelt,
        "users of the Smart Village App": [
            Name(name, mint("jurisdiction", key).value) for name, key in TRUTH.items()
        ],
        "organisations labelled by hand": [
            Name(row["published"], "" if ";" in row["right"] or not row["right"]
                 else f"{ID}{row['right']}") for row in organisations()
        ],
    }  # fmt: skip


def _keyed(graph: Graph, matcher: Matcher, published: NamedNode, key: NamedNode) -> Iterator[Name]:
    """Yield each name beside an official key, with the level and the Land that the list gives."""
    names, levels = _said(graph, published), _said(graph, LOTSE.levelAsPublished)
    for subject, keyed in sorted(_said(graph, key).items()):
        found = matcher.identified(keyed, ("jurisdiction",))
        if subject in names and len(found) == 1:
            level = levels.get(subject, "").removeprefix(_LEVEL)
            yield Name(names[subject], found[0], (level,) if level else (), keyed[:2])


def _alone(names: Sequence[Name]) -> list[Name]:
    """Return the names with nothing beside them, each once; those of several things are of none."""
    meant: dict[str, set[str]] = {}
    for one in names:
        meant.setdefault(one.text, set()).add(one.right)
    return [
        Name(text, next(iter(right)) if len(right) == 1 else "", ("jurisdiction",))
        for text, right in meant.items()
    ]


def _misspelt(matcher: Matcher) -> Iterator[Name]:
    with _MISSPELT.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found = matcher.identified(row["ags"], ("jurisdiction",)) if row["ags"] else ("",)
            yield Name(row["published"], found[0], ("gemeinde",), "05")


def _communes(graph: Graph, misspelt: Sequence[Name]) -> Iterator[Name]:
    """Yield all names of the list; what is not misspelt means the one Gemeinde called so."""
    known = {one.text: one for one in misspelt}
    called: dict[str, list[str]] = {}
    names = names_of(graph)
    for iri, levels in names.levels.items():
        if "gemeinde" in levels and iri.startswith(_NRW):
            called.setdefault(name_key(names.label(iri)), []).append(iri)
    path = FOLDER / "nrw_communes" / "communes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row["name"]
            found = known.get(name)
            if found is None:
                meant = called.get(name_key(name), ())
                found = Name(name, meant[0] if len(meant) == 1 else "", ("gemeinde",), "05")
            yield found


def _said(graph: Graph, predicate: NamedNode) -> Mapping[str, str]:
    return dict(pairs(graph, predicate))


def figures(matcher: Matcher, names: Sequence[Name]) -> Figures:
    """Return what becomes of the names of a list."""
    right = wrong = first = in_three = left_open = 0
    for name in names:
        land = (Condition(PROPERTY, (name.land,), "land"),) if name.land else ()
        query = Query((Condition(NAME, (name.text,)), *land), name.types, limit=3)
        found = matcher.candidates(query)
        matched = [one.iri for one in found if one.match]
        right += matched == [name.right]
        wrong += bool(matched) and matched != [name.right]
        iris = [one.iri for one in found]
        first += bool(name.right) and iris[:1] == [name.right]
        in_three += bool(name.right) and name.right in iris
        left_open += bool(found) and not matched
    there = sum(bool(name.right) for name in names)
    return Figures(len(names), there, right, wrong, first, in_three, left_open)


def quality(release: Release) -> Table:
    """Return the table of precision, recall and what stays open."""
    matcher = matcher_of(release.graph, release.index)
    table = Table("reconciliation", "names", "there", "right", "wrong", "precision", "recall",
                  "first", "in three", "open")  # fmt: skip
    for title, names in lists(release.graph, matcher).items():
        one = figures(matcher, names)
        table.add_row(
            title, *map(str, (one.names, one.there, one.right, one.wrong)),
            f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.first / max(one.there, 1):.3f}",
            f"{one.in_three / max(one.there, 1):.3f}", f"{one.open / one.names:.3f}",
        )  # fmt: skip
    return table


def speed(release: Release, settings: Settings, median: Median) -> Table:
    """Return the table of medians over HTTP: suggestions, and a batch of ten names."""
    matcher = matcher_of(release.graph, release.index)
    every = lists(release.graph, matcher)
    batches = {
        "batch of 10: names as published": [one.text for one in every[_ALONE][:500]],
        "batch of 10: organisations": [one.text for one in every[_BODIES]],
        "batch of 10: misspelt": [one.text for one in every[_WRONG]] * 4,
    }
    table = Table("reconciliation over HTTP", "p50 ms", "limit ms", "within")
    with ours(settings) as port:
        for title, work in _works(Client(port), batches).items():
            for _ in range(3):
                work()
            taken = median(work, 31)
            limit = TARGETS_MS[title.partition(":")[0]]
            table.add_row(title, f"{taken:.1f}", f"{limit:.0f}", "yes" if taken <= limit else "NO")
    return table


_ALONE: Final = "adopters with a key: name alone"
_BODIES: Final = "organisations labelled by hand"
_WRONG: Final = "of these, misspelt or not there"


def _works(
    client: Client, batches: Mapping[str, Sequence[str]]
) -> Mapping[str, Callable[[], object]]:
    def asked(path: str, **parameters: str) -> None:
        assert client.get(f"/reconcile{path}?{urlencode(parameters)}")[0] == HTTPStatus.OK

    def batch(names: Sequence[str]) -> Callable[[], object]:
        turn = iter([names[at : at + 10] for at in range(0, len(names) - 9, 10)] * 100)

        def work() -> None:
            queries = {f"q{at}": {"query": name} for at, name in enumerate(next(turn))}
            asked("", queries=json.dumps(queries))

        return work

    suggested = {
        f"suggest: {prefix}": partial(asked, "/suggest/entity", prefix=prefix)
        for prefix in ("b", "bran", "LK Hav", "Bundesamt für Sich")
    }
    return suggested | {title: batch(names) for title, names in batches.items()}
