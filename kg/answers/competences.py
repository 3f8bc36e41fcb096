"""Which recorded competences meet a concern: category by category, area by area, on a day."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from kg.answers.facts import Facts
from kg.errors import AmbiguousError, NotFoundError, Suggestion
from kg.names import Names, names_of
from kg.questions import Query
from kg.spoken import described
from kg.store import Graph
from kg.terms import LOTSE, SCHEMA, SKOS, NamedNode
from kg.things import candidates, suggested

COMPETENCES: Final = Query.load("competences")
EXACT, BROADER, NARROWER = "exact", "broader", "narrower"
_CLOSENESS: Final = (EXACT, BROADER, NARROWER)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A competence that covers place and category."""

    node: str
    category: str
    closeness: str
    """Whether it is about the category asked for, a broader one or a narrower one."""
    area: str
    distance: int
    """Steps from the place asked for up to the area; 0 is the place itself."""
    rank: int | None


def categories_named(graph: Graph, key: str, lang: str) -> list[str]:
    """Return the categories that a key, an IRI or a label names; of several lists, all.

    Raises `NotFoundError` where there is none.
    """
    found = candidates(graph, key, "category")
    if not found:
        raise NotFoundError(key, "category", suggested(graph, key, "category", lang))
    return found


def categories_like(names: Names, words: str) -> list[str]:
    """Return the categories whose label is `words`, else contains them or is contained in them.

    No stemming and no likeness: "Straßenbeleuchtung defekt" meets "Straßenbeleuchtung", of
    several labels in the words the longest.
    """
    asked = " ".join(words.split()).casefold()
    labels: dict[str, list[str]] = {}
    for table in (names.preferred, names.alternative):
        for label, iris in table.get("category", {}).items():
            labels.setdefault(label, []).extend(iris)
    if not asked:
        return []
    if asked in labels:
        return list(dict.fromkeys(labels[asked]))
    tokens = _tokens(asked)
    met = [label for label in labels if tokens and tokens <= _tokens(label)]
    met = met or _longest([one for one in labels if _tokens(one) and _tokens(one) <= tokens])
    met = met or [label for label in labels if all(token in label for token in tokens)]
    return list(dict.fromkeys(iri for label in sorted(met) for iri in labels[label]))


def _longest(labels: Sequence[str]) -> list[str]:
    """Return the labels whose words are not all in another one: "traffic light", not "traffic"."""
    sets = {one: _tokens(one) for one in labels}
    return [one for one in labels if not any(sets[one] < other for other in sets.values())]


def _tokens(label: str) -> frozenset[str]:
    parts = "".join(one if one.isalnum() else " " for one in label).split()
    return frozenset(one for one in parts if one not in _EMPTY)


_EMPTY: Final = frozenset(
    {"und", "oder", "der", "die", "das", "and", "or", "the", "of", "im", "in"}
)


def recorded(
    graph: Graph, categories: Sequence[str], place: str, on: datetime.date
) -> list[Recorded]:
    """Return the competences for these categories in a place on a day, the most specific first.

    Where none is recorded for a category itself: those for entries of other lists that mean it.
    """
    for reach in (_related(graph, categories), _meant(graph, categories)):
        found = _covering(graph, reach, place, on)
        if found:
            return found
    return []


def _covering(
    graph: Graph, reach: Mapping[str, str], place: str, on: datetime.date
) -> list[Recorded]:
    names = names_of(graph)
    distance = {iri: n for n, iri in enumerate((place, *names.ancestors(place)))}
    rows = graph.select(
        COMPETENCES,
        category=[NamedNode(one) for one in reach],
        area=[NamedNode(one) for one in distance],
    )
    found = [
        (node.value, category.value, area.value)
        for node, category, area in rows
        if node is not None and category is not None and area is not None
    ]
    facts = Facts(graph, (node for node, _, _ in found))
    held = [
        Recorded(node, category, reach[category], area, distance[area], _rank(facts, node))
        for node, category, area in found if _valid(facts, node, on)
    ]  # fmt: skip
    held.sort(key=lambda one: (
        one.closeness == NARROWER, one.distance, _CLOSENESS.index(one.closeness),
        one.rank is None, one.rank or 0, one.node,
    ))  # fmt: skip
    return list({one.node: one for one in reversed(held)}.values())[::-1]


def told_apart(names: Names, asked: str, iris: Iterable[str], lang: str) -> AmbiguousError:
    """Return the error that says that a key names different categories."""
    return AmbiguousError(
        asked, "category", [Suggestion(i, "category", described(names, i, lang)) for i in iris]
    )


def _related(graph: Graph, categories: Sequence[str]) -> Mapping[str, str]:
    """Return the categories with their broader ones and narrower ones, each with its closeness."""
    found = dict.fromkeys(categories, EXACT)
    upward = list(categories)
    while upward:
        for quad in graph.quads(NamedNode(upward.pop()), SKOS.broader):
            if isinstance(quad.object, NamedNode) and quad.object.value not in found:
                found[quad.object.value] = BROADER
                upward.append(quad.object.value)
    downward = list(categories)
    while downward:
        for quad in graph.quads(None, SKOS.broader, NamedNode(downward.pop())):
            if isinstance(quad.subject, NamedNode) and quad.subject.value not in found:
                found[quad.subject.value] = NARROWER
                downward.append(quad.subject.value)
    return found


def _meant(graph: Graph, categories: Sequence[str]) -> Mapping[str, str]:
    """Return the entries of platforms' lists that mean these categories, each with its closeness.

    A category means itself among the common ones, or what it is mapped onto; an entry that is
    only a part of what is meant counts as narrower, and so does one of a narrower category.
    """
    common = dict.fromkeys(one for one in categories if one.startswith(_COMMON))
    for one in categories:
        for match in _SAME:
            for quad in graph.quads(NamedNode(one), match):
                common[cast("NamedNode", quad.object).value] = None
    found: dict[str, str] = {}
    for one, closeness in _related(graph, list(common)).items():
        for match in (*_SAME, SKOS.broadMatch):
            part = match == SKOS.broadMatch
            if closeness == BROADER and part:
                continue
            for quad in graph.quads(None, match, NamedNode(one)):
                entry = cast("NamedNode", quad.subject).value
                found.setdefault(entry, NARROWER if part else closeness)
    return found


_COMMON: Final = LOTSE["category-"].value
_SAME: Final = (SKOS.exactMatch, SKOS.closeMatch)


def _rank(facts: Facts, node: str) -> int | None:
    written = facts.one(node, LOTSE.rank)
    return int(written) if written is not None else None


def _valid(facts: Facts, node: str, on: datetime.date) -> bool:
    since, until = facts.one(node, SCHEMA.validFrom), facts.one(node, SCHEMA.validThrough)
    day = on.isoformat()
    return (since is None or since[:10] <= day) and (until is None or day <= until[:10])
