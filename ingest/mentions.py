"""The published names that wait for their things: who says which, where, and on which day."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.namespaces import GRAPH
from kg.store import Graph
from kg.terms import DCTERMS, LOTSE, Literal, NamedNode

_LEVEL: Final = LOTSE["level-"].value
_SCHEME: Final = re.compile(r"^[a-z]+://", re.IGNORECASE)

Order = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A pair of published properties, what it becomes, and where its things are looked for."""

    name: str
    result: NamedNode
    order: Order
    """`places`, `organisations`, `themes`, in the order in which they are asked."""
    of_level: bool = True
    """Whether the level that the source gives for the subject is the level of this name."""

    @property
    def published(self) -> NamedNode:
        """Return the property of the published name."""
        return LOTSE[f"{self.name}AsPublished"]

    @property
    def key(self) -> NamedNode:
        """Return the property of the published key."""
        return LOTSE[f"{self.name}Key"]


ROLES: Final = (
    Role("adopter", LOTSE.adopter, ("places", "organisations")),
    Role("client", LOTSE.client, ("places", "organisations")),
    Role("actor", LOTSE.actor, ("organisations", "places")),
    Role("place", LOTSE.place, ("places",)),
    Role("adoptedFrom", LOTSE.adoptedFrom, ("places", "organisations"), of_level=False),
    Role("body", LOTSE.body, ("places", "organisations")),
    Role("area", LOTSE.area, ("places",)),
    Role("theme", DCTERMS.subject, ("themes",)),
)


SAID: Final = frozenset({
    LOTSE.levelAsPublished, LOTSE.landAsPublished, LOTSE.websiteAsPublished, LOTSE.domainName,
    LOTSE.activity, LOTSE.attestedOn,
    *(one.published for one in ROLES), *(one.key for one in ROLES),
})  # fmt: skip
"""The properties that say which names are published, and what of each."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as published by a source about a subject, to be resolved."""

    source: str
    subject: NamedNode
    role: Role
    published: str
    key: str
    """The key beside the name; empty where there is none."""
    levels: frozenset[str]
    day: datetime.date | None
    group: NamedNode
    """What the names stand beside each other in: the activity, else the subject."""
    land: str = ""
    """The Land in which the source places it: key, name or short code."""
    website: str = ""
    """The website that the source gives beside it."""
    domain: str = ""
    """The web domain whose holder the name is."""


def mentions(graph: Graph, as_of: Mapping[str, datetime.date]) -> Iterator[Mention]:
    """Yield all published names of the source graphs, in no particular order.

    `as_of` gives the state of knowledge of a source by slug or by IRI of its graph; a subject's
    own `lotse:attestedOn` goes before it.
    """
    levels = _levels(graph)
    lands, sites, domains = (
        _values(graph, one)
        for one in (LOTSE.landAsPublished, LOTSE.websiteAsPublished, LOTSE.domainName)
    )
    groups = {
        quad.subject: quad.object
        for quad in graph.quads(None, LOTSE.activity)
        if isinstance(quad.object, NamedNode)
    }
    days = {
        subject: datetime.date.fromisoformat(day)
        for (_, subject), found in _values(graph, LOTSE.attestedOn).items()
        for day in found
    }
    state = {slug.removeprefix(GRAPH): day for slug, day in as_of.items()}
    for role in ROLES:
        names = _values(graph, role.published)
        keys = _values(graph, role.key)
        for source, subject in {**names, **keys}:
            published = sorted(names.get((source, subject), ()))
            beside = sorted(keys.get((source, subject), ()))
            if len(published) == len(beside) == 1:
                pairs = [(published[0], beside[0])]
            else:
                pairs = [(name, "") for name in published] + [(key, key) for key in beside]
            land, website, domain = (
                next(iter(one.get((source, subject), ())), "") for one in (lands, sites, domains)
            )
            for name, key in pairs:
                yield Mention(
                    source, subject, role, name, key,
                    levels.get(subject, frozenset()) if role.of_level else frozenset(),
                    days.get(subject, state.get(source)), groups.get(subject, subject),
                    land, host(website), host(domain),
                )  # fmt: skip


def host(address: str) -> str:
    """Return the host of a web address with or without scheme, in small letters."""
    return _SCHEME.sub("", address.strip()).partition("/")[0].partition(":")[0].casefold()


def _values(graph: Graph, predicate: NamedNode) -> Mapping[tuple[str, NamedNode], list[str]]:
    found: dict[tuple[str, NamedNode], list[str]] = defaultdict(list)
    for quad in graph.quads(None, predicate):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            source = quad.graph_name
            if isinstance(source, NamedNode):
                slug = source.value.removeprefix(GRAPH)
                found[slug, quad.subject].append(quad.object.value)
    return found


def _levels(graph: Graph) -> Mapping[NamedNode, frozenset[str]]:
    found: dict[NamedNode, set[str]] = defaultdict(set)
    for quad in graph.quads(None, LOTSE.levelAsPublished):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            found[quad.subject].add(quad.object.value.removeprefix(_LEVEL))
    return {subject: frozenset(levels) for subject, levels in found.items()}
