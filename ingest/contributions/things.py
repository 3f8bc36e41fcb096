"""Statements → records: blank nodes get IRIs that rest on their content, things become records."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ingest.contributions.source import record_key
from kg.contributed import Entry
from kg.errors import UnreadableError
from kg.iri import digest, graph, mint, part_of
from kg.terms import CPSV, CV, LOTSE, ORG, RDF, BlankNode, NamedNode, Quad, Triple

CLASSES: Final[Mapping[str, tuple[NamedNode, ...]]] = {
    "lab": (LOTSE.Lab,),
    "actor": (ORG.Organization, CV.PublicOrganisation),
    "innovation": (LOTSE.Innovation,),
    "solution": (LOTSE.Solution,),
    "adoption": (LOTSE.Adoption,),
    "involvement": (LOTSE.Involvement,),
    "provision": (LOTSE.Provision,),
    "site": (ORG.Site,),
    "competence": (LOTSE.Competence,),
    "service": (CPSV.PublicService,),
}
"""The kinds of things that can be contributed, and the classes that a thing of each may have."""
KIND_OF: Final = {cls: kind for kind, classes in CLASSES.items() for cls in classes}


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell of a table that cannot stand."""

    rule: str
    row: int
    column: str
    wanted: str


@dataclass(slots=True)
class Statements:
    """What was handed in, without blank nodes."""

    triples: list[Triple]
    homeless: list[str] = field(default_factory=list)
    """Blank nodes that stand for nothing that has an IRI."""
    faults: list[Fault] = field(default_factory=list)
    rows: dict[NamedNode, int] = field(default_factory=dict)
    """Thing → the last row of the table that speaks of it."""


def in_graph(quads: Iterable[Quad], slug: str) -> list[Triple]:
    """Return the triples; `UnreadableError` where one stands in a graph other than the source's."""
    own = graph(slug)
    triples = []
    for quad in quads:
        name = quad.graph_name
        if isinstance(name, NamedNode | BlankNode) and name != own:
            problem = (
                f"a statement stands in the graph {name}. Write into {own}, or name no graph; what "
                "belongs to another source is for that source to say"
            )
            raise UnreadableError(problem)
        triples.append(quad.triple)
    return triples


def named(triples: Iterable[Triple], slug: str) -> Statements:
    """Return the statements with an IRI for each blank node, the same for the same content.

    A blank node of a class that can be contributed becomes a thing, any other one a part of the
    thing that refers to it.
    """
    every = list(dict.fromkeys(triples))
    names = _Names(every, slug)
    try:
        iris = {node: names.iri(node) for node in names.nodes}
    except RecursionError as error:
        raise UnreadableError("blank nodes are nested too deeply; give them IRIs") from error
    found = Statements([])
    for one in every:
        subject = iris[one.subject] if isinstance(one.subject, BlankNode) else one.subject
        value = iris[one.object] if isinstance(one.object, BlankNode) else one.object
        if subject is None or value is None:
            found.homeless.append(str(one.subject if subject is None else one.object))
        else:
            found.triples.append(Triple(subject, one.predicate, value))
    found.homeless = sorted(set(found.homeless))
    return found


class _Names:
    def __init__(self, triples: Iterable[Triple], slug: str) -> None:
        self._slug = slug
        self._said: dict[BlankNode, list[Triple]] = defaultdict(list)
        self._owners: dict[BlankNode, list[NamedNode | BlankNode]] = defaultdict(list)
        self._hashes: dict[BlankNode, str | None] = {}
        self._iris: dict[BlankNode, NamedNode | None] = {}
        for one in triples:
            if isinstance(one.subject, BlankNode):
                self._said[one.subject].append(one)
            if isinstance(one.object, BlankNode) and isinstance(one.subject, NamedNode | BlankNode):
                self._owners[one.object].append(one.subject)
        self.nodes = [*self._said, *(node for node in self._owners if node not in self._said)]

    def iri(self, node: BlankNode) -> NamedNode | None:
        if node not in self._iris:
            hashed = self._hash(node)
            kinds = [
                KIND_OF[one.object]
                for one in self._said[node]
                if one.predicate == RDF.type
                and isinstance(one.object, NamedNode)
                and one.object in KIND_OF
            ]
            if kinds:
                self._iris[node] = mint(min(kinds), self._slug, hashed)
            else:
                owners = (
                    self.iri(one) if isinstance(one, BlankNode) else one
                    for one in self._owners[node]
                )  # fmt: skip
                at = sorted(one.value for one in owners if one is not None)
                self._iris[node] = part_of(NamedNode(at[0]), hashed) if at else None
        return self._iris[node]

    def _hash(self, node: BlankNode) -> str:
        """Return what stands for the content of a blank node, those in it included."""
        if node in self._hashes:
            known = self._hashes[node]
            if known is None:
                problem = "blank nodes refer to each other in a circle; give one of them an IRI"
                raise UnreadableError(problem)
            return known
        self._hashes[node] = None
        said = sorted(
            f"{one.predicate} "
            f"{self._hash(one.object) if isinstance(one.object, BlankNode) else one.object}"
            for one in self._said[node]
        )
        self._hashes[node] = found = digest(*said)
        return found


def records(triples: Iterable[Triple], day: str) -> Iterator[Entry]:
    """Yield a record for each thing that is spoken of; its parts are in it.

    What is said of no thing of ours is one record under the key `other`, for the gate to refuse.
    """
    said: dict[str, set[str]] = defaultdict(set)
    for one in triples:
        assert isinstance(one.subject, NamedNode)  # noqa: S101 (blank nodes have got IRIs)
        said[record_key(one.subject.value) or "other"].add(str(one))
    for key in sorted(said):
        yield Entry(key, day, tuple(sorted(said[key])))
