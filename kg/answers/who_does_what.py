"""Who does what: involvements on a theme, in a place, in a role, by a kind of actor.

A place includes all that lies in it (`in`) and, marked `responsible-from-above`, what is
responsible there from above: a federal ministry is responsible in Brandenburg too.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from kg.answers.answer import LIMIT, Answer, Evidence, Page, Total
from kg.answers.facts import Facts, evidence_of, notation, spoken_of, things_of
from kg.names import Names, names_of
from kg.questions import Query
from kg.store import Graph
from kg.terms import DCTERMS, LOTSE, ORG, RDF, SCHEMA, NamedNode
from kg.things import Thing, find

ALL: Final = Query.load("involvements")
ON: Final = Query.load("involvements_on")
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
    limit: int = LIMIT,
    cursor: str | None = None,
    lang: str = "de",
) -> Answer[Doing]:
    """Answer who does what; without any filter, everything that is known to be done."""
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
    groups = _groups(graph, asked)
    return Answer(
        question="who-does-what",
        parameters=asked,
        total=Total(len(groups)),
        rows=tuple(_rows(graph, page.cut(groups), lang)),
        next=page.after(len(groups)),
        query=(ON if "theme" in asked else ALL).name,
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


def _groups(graph: Graph, asked: dict[str, Thing]) -> list[_Group]:
    """Return the involvements asked for, those that say the same together, in a fixed order."""
    names = names_of(graph)
    role = asked["role"].node if "role" in asked else None
    if "theme" in asked:
        rows = graph.select(ON, theme=asked["theme"].node, role=role)
    else:
        rows = graph.select(ALL, role=role)
    place = asked["place"].iri if "place" in asked else None
    above = set(names.ancestors(place)) if place is not None else set()
    of_kind = _of_kind(graph, asked["kind"].node) if "kind" in asked else None
    found: dict[str, _Found] = {}
    for node, in_role, actor, at in rows:
        if node is None or in_role is None:
            continue
        who = None if actor is None else names.same.get(actor.value, actor.value)
        if of_kind is not None and not {who, actor.value if actor else None} & of_kind:
            continue
        where = None if at is None else at.value
        relation = _relation(names, where, in_role.value, place, above)
        if relation is not None and found.get(node.value, _NOWHERE).relation != IN:
            found[node.value] = _Found(node.value, in_role.value, who, where, relation)
    return _together(graph, names, found.values())


_NOWHERE: Final = _Found("", "", None, None, "")


def _of_kind(graph: Graph, kind: NamedNode) -> set[str | None]:
    """Return who is of this kind: by classification, or by class."""
    return {
        quad.subject.value
        for prop in (ORG.classification, RDF.type)
        for quad in graph.quads(None, prop, kind)
        if isinstance(quad.subject, NamedNode)
    }


def _relation(
    names: Names, at: str | None, role: str, place: str | None, above: set[str]
) -> str | None:
    """Return how an involvement relates to the place asked for, None where it does not."""
    if place is None:
        return IN
    if at is None:
        return None
    if at == place or place in names.ancestors(at):
        return IN
    return ABOVE if role == _RESPONSIBLE and at in above else None


def _together(graph: Graph, names: Names, found: Iterable[_Found]) -> list[_Group]:
    """Return involvements of one actor, in one thing, in one role as one group."""
    activities = {
        quad.subject.value: quad.object.value
        for quad in graph.quads(None, LOTSE.activity)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    }
    groups: dict[tuple[str, ...], _Group] = defaultdict(list)
    for one in found:
        activity = activities.get(one.node)
        if one.actor is not None and activity is not None:
            key: tuple[str, ...] = (one.actor, names.same.get(activity, activity), one.role)
        elif one.actor is not None and one.role == _RUNS:
            key = (one.actor, one.role)
        else:
            key = (one.node,)
        groups[key].append(one)

    def order(group: _Group) -> tuple[bool, bool, str, str]:
        first = group[0]
        label = names.label(first.actor).casefold() if first.actor is not None else ""
        return first.relation != IN, first.actor is None, label, first.node

    return sorted(groups.values(), key=order)


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

    def first(*texts: str | None) -> str | None:
        return next((one for one in texts if one is not None), None)

    def said(prop: NamedNode) -> str | None:
        return first(*(about.one(one, prop) for one in of))

    return Doing(
        who=spoken_of(graph, who, lang),
        published=facts.one(node, LOTSE.actorAsPublished),
        kind=notation(graph, kinds[0]) if kinds else None,
        kinds=things_of(graph, kinds, lang),
        activity=activity or first(facts.text(node, LOTSE.topic, lang), *topics),
        role=notation(graph, group[0].role),
        place=spoken_of(graph, first(*(one.at for one in group)), lang),
        relation=group[0].relation,
        since=first(facts.one(node, LOTSE.since), said(SCHEMA.validFrom)),
        until=first(facts.one(node, LOTSE.until), said(SCHEMA.validThrough)),
        status=notation(graph, first(said(LOTSE.status), said(LOTSE.stage))),
        attestation=notation(graph, said(LOTSE.attestation)),
        themes=things_of(graph, sorted(themes), lang),
        evidence=tuple(e for one in group for e in behind.evidence.get(one.node, ())),
        rests_on=tuple(one.node for one in group),
    )
