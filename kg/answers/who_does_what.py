"""Who does what: involvements on a theme, in a place, in a role, by a kind of actor.

A place includes all that lies in it (`in`) and, marked `responsible-from-above`, what is
responsible there from above: a federal ministry is responsible in Brandenburg too.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias

from kg.answers.answer import LIMIT, Answer, Evidence, Page, Total
from kg.answers.facts import Facts, evidence_of, notation, spoken_of, things_of
from kg.answers.involvements import Involvement, involvements
from kg.indexing import INVOLVEMENTS
from kg.names import Names, names_of
from kg.search import Wish, index_of
from kg.store import Graph
from kg.terms import DCTERMS, LOTSE, ORG, RDF, NamedNode
from kg.things import Thing, find

ALL: Final = "involvements"
ON: Final = "involvements_on"
"""The saved questions of the same content; a test holds them to the same involvements."""
IN: Final = "in"
ABOVE: Final = "responsible-from-above"
_RESPONSIBLE: Final = LOTSE["role-responsible"].value
_RUNS: Final = LOTSE["role-runs"].value


@dataclass(frozen=True, slots=True)
class Doing:
    """One row: who does what, in which role, where."""

    who: Thing | None
    published: str | None
    """The actor's name as published, where the actor is known by name only."""
    kind: str | None
    """The notation of the actor's classification, such as `innovation-lab`."""
    kinds: tuple[Thing, ...]
    activity: Thing | str | None
    """A thing, or the topic or the theme words as published."""
    role: str | None
    place: Thing | None
    relation: str
    """`in`, or `responsible-from-above`."""
    since: str | None
    until: str | None
    status: str | None
    """Of the lab or the innovation: `active`, `planned`, `ended` …; None where unknown."""
    attestation: str | None
    """`mentioned` where a source only mentions the lab."""
    themes: tuple[Thing, ...]
    concluded_themes: tuple[Thing, ...]
    """Themes that no source states: concluded from words."""
    theme_words: tuple[str, ...]
    """The words from which they were concluded."""
    evidence: tuple[Evidence, ...]
    rests_on: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class _Found:
    """An involvement before it is shown."""

    node: str
    role: str
    actor: str | None
    at: str | None
    relation: str


_Group: TypeAlias = "list[_Found]"


def who_does_what(  # noqa: PLR0913 (four filters, and the page)
    graph: Graph,
    *,
    theme: str | None = None,
    place: str | None = None,
    role: str | None = None,
    kind: str | None = None,
    q: str | None = None,
    index: Path | None = None,
    limit: int = LIMIT,
    cursor: str | None = None,
    lang: str = "de",
) -> Answer[Doing]:
    """Answer who does what; without any filter, everything that is known to be done.

    `q`: words that occur in the names of who and what, in topics, themes and places. `index`: the
    folder of the release's index; without it one is made in memory.
    """
    page = Page.of(limit, cursor)
    asked = {
        name: find(graph, text, sort, lang)
        for name, text, sort in (
            ("theme", theme, "theme"),
            ("place", place, "jurisdiction"),
            ("role", role, "role"),
            ("kind", kind, "kind"),
        )
        if text is not None and (name != "kind" or text.casefold() not in _CLASSES)
    }
    if kind is not None and "kind" not in asked:
        asked["kind"] = _class_thing(graph, kind, lang)
    said = None
    if q is not None and q.strip():
        said = index_of(graph, index).all(Wish(q, (INVOLVEMENTS,)))
    groups = _groups(graph, asked, said)
    return Answer(
        question="who-does-what",
        parameters=asked | ({"q": q} if said is not None and q is not None else {}),
        total=Total(len(groups)),
        rows=tuple(_rows(graph, page.cut(groups), lang)),
        next=page.after(len(groups)),
        query=ON if "theme" in asked else ALL,
    )


_CLASSES: Final = {
    "lab": (LOTSE.Lab, "Lab"),
    "labs": (LOTSE.Lab, "Labs"),
    "jurisdiction": (LOTSE.Jurisdiction, "Gebietskörperschaft"),
}


def _class_thing(graph: Graph, kind: str, lang: str) -> Thing:
    node, label = _CLASSES[kind.casefold()]
    known = names_of(graph).labels.get(node.value)
    return Thing(node.value, "class", known.get(lang, label) if known else label, kind.casefold())


def _groups(
    graph: Graph, asked: dict[str, Thing], said: frozenset[str] | None = None
) -> list[_Group]:
    """Return the involvements asked for, those that say the same together, in a fixed order."""
    names = names_of(graph)
    theme, role, place = (
        asked[name].iri if name in asked else None for name in ("theme", "role", "place")
    )
    of_kind = _of_kind(graph, asked["kind"].node) if "kind" in asked else None
    where = _Where(names, place)
    groups: dict[tuple[str, ...], _Group] = defaultdict(list)
    for one in involvements(graph):
        if (
            (said is not None and one.node not in said)
            or (theme is not None and theme not in one.themes)
            or (role is not None and role != one.role)
            or (of_kind is not None and of_kind.isdisjoint(one.actors))
        ):
            continue
        at, relation = where.relation(one)
        if relation is None:
            continue
        actor = one.actors[0] if one.actors else None
        key: tuple[str, ...] = (one.node,)
        if actor is not None and (one.activity is not None or one.role == _RUNS):
            key = (actor, one.activity or "", one.role)
        groups[key].append(_Found(one.node, one.role, actor, at, relation))
    return sorted(groups.values(), key=lambda group: group[0].relation != IN)


class _Where:
    """How involvements relate to the place asked for, if one is."""

    def __init__(self, names: Names, place: str | None) -> None:
        self._names = names
        self._place = place
        self._above = set(names.ancestors(place)) if place is not None else set()
        self._within: dict[str, bool] = {place: True} if place is not None else {}

    def relation(self, one: Involvement) -> tuple[str | None, str | None]:
        """Return the place that counts, and the relation, None where there is none."""
        if self._place is None:
            return (one.places[0] if one.places else None), IN
        for at in one.places:
            if self._lies_in(at):
                return at, IN
        for at in one.places:
            if one.role == _RESPONSIBLE and at in self._above:
                return at, ABOVE
        return None, None

    def _lies_in(self, at: str) -> bool:
        if at not in self._within:
            self._within[at] = any(one == self._place for one in self._names.ancestors(at))
        return self._within[at]


@lru_cache(maxsize=256)
def _of_kind(graph: Graph, kind: NamedNode) -> frozenset[str]:
    """Return who is of this kind: by classification, or by class."""
    same = names_of(graph).same
    return frozenset(
        same.get(quad.subject.value, quad.subject.value)
        for prop in (ORG.classification, RDF.type)
        for quad in graph.quads(None, prop, kind)
        if isinstance(quad.subject, NamedNode)
    )


@dataclass(frozen=True, slots=True)
class _Behind:
    """What was asked for once for all rows of the page."""

    graph: Graph
    facts: Facts
    about: Facts
    evidence: Mapping[str, tuple[Evidence, ...]]
    lang: str


def _rows(graph: Graph, groups: list[_Group], lang: str) -> list[Doing]:
    names = names_of(graph)
    nodes = [one.node for group in groups for one in group]
    facts = Facts(graph, nodes)
    actors = (one.actor for group in groups for one in group if one.actor is not None)
    activities = (iri for node in nodes for iri in facts.all(node, LOTSE.activity))
    things = {same for iri in (*actors, *activities) for same in names.all_of(iri)}
    about = Facts(graph, sorted(things))
    behind = _Behind(graph, facts, about, evidence_of(graph, nodes, lang), lang)
    return [_row(behind, group) for group in groups]


def _row(behind: _Behind, group: _Group) -> Doing:
    graph, facts, about, lang = behind.graph, behind.facts, behind.about, behind.lang
    node, who = group[0].node, group[0].actor
    activity = facts.thing(node, LOTSE.activity, lang)
    subject = activity.iri if activity is not None else who
    same = names_of(graph).all_of
    of = same(subject) if subject is not None else []
    kinds = [
        iri for one in (same(who) if who else []) for iri in about.all(one, ORG.classification)
    ]
    themes = {iri for one in group for iri in facts.all(one.node, DCTERMS.subject)}
    themes |= {iri for one in of for iri in about.all(one, DCTERMS.subject)}
    topics = [about.text(one, LOTSE.topic, lang) for one in of]

    def all_said(prop: NamedNode) -> list[str]:
        return sorted({value for one in of for value in about.all(one, prop)})

    words = ", ".join(all_said(LOTSE.themeAsPublished))

    def first(*texts: str | None) -> str | None:
        return next((one for one in texts if one is not None), None)

    def said(prop: NamedNode) -> str | None:
        return first(*(about.one(one, prop) for one in of))

    return Doing(
        who=spoken_of(graph, who, lang),
        published=facts.one(node, LOTSE.actorAsPublished),
        kind=notation(graph, kinds[0]) if kinds else None,
        kinds=things_of(graph, kinds, lang),
        activity=activity or first(facts.text(node, LOTSE.topic, lang), *topics, words or None),
        role=notation(graph, group[0].role),
        place=spoken_of(graph, first(*(one.at for one in group)), lang),
        relation=group[0].relation,
        since=first(facts.one(node, LOTSE.since), said(LOTSE.since)),
        until=first(facts.one(node, LOTSE.until), said(LOTSE.until)),
        status=notation(graph, first(said(LOTSE.status), said(LOTSE.stage))),
        attestation=notation(graph, said(LOTSE.attestation)),
        themes=things_of(graph, sorted(themes), lang),
        concluded_themes=things_of(graph, all_said(LOTSE.themeConcluded), lang),
        theme_words=tuple(all_said(LOTSE.themeWord)),
        evidence=tuple(e for one in group for e in behind.evidence.get(one.node, ())),
        rests_on=tuple(one.node for one in group),
    )
