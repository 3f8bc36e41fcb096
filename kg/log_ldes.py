"""The event log as a Linked Data Event Stream (https://w3id.org/ldes/specification).

The root names the stream, how to read it, and where it begins; it has no members. The pages are a
chain, oldest first: clients that follow several relations at a time mix up the order of events.
What a member's entity says from then on stands in the graph of the member's name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from kg.descriptions import AS, LDES, TREE, Said
from kg.log import Logged
from kg.log_changes import ADD, DEL, MOD
from kg.log_entities import group_of
from kg.namespaces import BASE, DCTERMS, PROV, RDF, SCHEMA, SH, VOID, XSD
from kg.terms import Literal, boolean, integer, moment, text

STREAM: Final = NamedNode(f"{BASE}ldes#stream")
_TYPES: Final = {ADD: AS.Create, MOD: AS.Update, DEL: AS.Delete}
_SHAPE: Final = f"{BASE}ldes#shape"
POLL_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page is, and the moment of its first event."""

    number: int
    first: str


def root(address: str, begin: Page | None) -> Iterator[Said]:
    """Yield the stream and its one view: the tree whose root lies at this address.

    `begin` is the oldest page that is kept; from each page a relation leads to the next.
    """
    view = NamedNode(address)
    yield STREAM, RDF.type, LDES.EventStream
    yield STREAM, DCTERMS.title, text("Innovationslotse: Änderungen", "de")
    yield STREAM, DCTERMS.title, text("Innovationslotse: changes", "en")
    yield STREAM, LDES.timestampPath, DCTERMS.created
    yield STREAM, LDES.versionOfPath, DCTERMS.isVersionOf
    yield STREAM, LDES.versionCreateObject, AS.Create
    yield STREAM, LDES.versionUpdateObject, AS.Update
    yield STREAM, LDES.versionDeleteObject, AS.Delete
    yield STREAM, LDES.transactionPath, PROV.wasGeneratedBy
    yield STREAM, LDES.transactionFinalizedPath, SCHEMA.actionStatus
    yield STREAM, LDES.transactionFinalizedObject, SCHEMA.CompletedActionStatus
    yield STREAM, LDES.pollingInterval, integer(POLL_SECONDS)
    yield STREAM, TREE.shape, NamedNode(_SHAPE)
    yield from _shape()
    yield STREAM, TREE.view, view
    yield view, RDF.type, TREE.Node
    if begin is not None:
        kept = NamedNode(f"{BASE}ldes#retention")
        yield view, LDES.retentionPolicy, kept
        yield kept, RDF.type, LDES.RetentionPolicy
        yield kept, LDES.startingFrom, moment(begin.first)
        yield from _relation(view, address, begin)


def _relation(node: NamedNode, address: str, to: Page) -> Iterator[Said]:
    relation = NamedNode(f"{address}#from-{to.number}")
    yield node, TREE.relation, relation
    yield relation, RDF.type, TREE.GreaterThanOrEqualToRelation
    yield relation, TREE.node, NamedNode(f"{address}?page={to.number}")
    yield relation, TREE.path, DCTERMS.created
    yield relation, TREE.value, moment(to.first)


def _shape() -> Iterator[Said]:
    shape = NamedNode(_SHAPE)
    yield shape, RDF.type, SH.NodeShape
    for name, path, datatype in (
        ("created", DCTERMS.created, XSD.dateTime), ("of", DCTERMS.isVersionOf, None),
    ):  # fmt: skip
        part = NamedNode(f"{_SHAPE}-{name}")
        yield shape, SH.property, part
        yield part, SH.path, path
        yield part, SH.minCount, integer(1)
        yield part, SH.maxCount, integer(1)
        if datatype is None:
            yield part, SH.nodeKind, SH.IRI
        else:
            yield part, SH.datatype, datatype


def page(
    address: str, number: int, events: Sequence[Logged], following: Page | None
) -> Iterator[Quad]:
    """Yield the members of a page, each with what it says in a graph of its own.

    A page that another one follows never changes any more.
    """
    node = NamedNode(f"{address}?page={number}")
    yield _quad(node, RDF.type, TREE.Node)
    yield _quad(node, DCTERMS.isPartOf, NamedNode(address))
    if following is not None:
        yield _quad(node, LDES.immutable, boolean(True))  # noqa: FBT003 (a literal)
        for said in _relation(node, address, following):
            yield _quad(*said)
    for one in events:
        for said in _member(one):
            yield _quad(*said)
    for one in events:
        member = NamedNode(one.iri)
        content = "\n".join(one.quads).encode()
        for quad in parse(content, RdfFormat.N_QUADS, rename_blank_nodes=True):
            yield Quad(quad.subject, quad.predicate, quad.object, member)


def _member(one: Logged) -> Iterator[Said]:
    member = NamedNode(one.iri)
    yield STREAM, TREE.member, member
    yield member, RDF.type, _TYPES[one.op]
    yield member, DCTERMS.isVersionOf, NamedNode(one.entity)
    yield member, DCTERMS.created, moment(one.segment.published)
    yield member, PROV.wasGeneratedBy, NamedNode(f"{BASE}ldes#{one.segment.version}")
    yield member, VOID.inDataset, NamedNode(f"{BASE}graph/{group_of(one.entity)}")
    if one.last:
        yield member, SCHEMA.actionStatus, SCHEMA.CompletedActionStatus


def _quad(subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> Quad:
    return Quad(subject, predicate, value, DefaultGraph())
