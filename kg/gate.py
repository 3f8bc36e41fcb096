"""The gate: SHACL → a verdict per record. pySHACL judges; nothing else does.

Records are judged in batches, so that memory stays bounded however large a source is. What a
record refers to stands in its batch with its classes only, and is not judged there.
A record may add to a thing that an earlier source described: it is held to what it says, not to
what it leaves out.
"""

import gc
import logging
from collections import ChainMap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final, cast

from pyoxigraph import NamedNode, Triple
from pyshacl import validate
from pyshacl.graph_abstraction import DataGraph
from rdflib import Graph
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from kg.errors import LotseError
from kg.facts import Facts, Terms
from kg.findings import Finding, Verdicts, report
from kg.namespaces import RDF as OX_RDF
from kg.namespaces import XSD
from kg.results import finding
from kg.shapes import Shapes

__all__ = ["Finding", "Shapes", "Verdicts", "judge", "own_types", "report"]

BATCH: Final = 3_000
"""Records judged at a time."""
_STRING: Final = XSD.string
_TYPE: Final = OX_RDF.type
_MIN_COUNT: Final = str(SH.MinCountConstraintComponent)

Known = Mapping[NamedNode, Collection[NamedNode]]


def judge(
    records: Mapping[str, Sequence[Triple]],
    types: Known,
    shapes: Shapes,
    only: Collection[str] | None = None,
) -> Verdicts:
    """Return what the shapes say about these records, or about some of them.

    `records` maps a record's key to its triples; `types` holds the classes of the things that
    were accepted before, to which records may refer. A verdict rests on the record, on the
    classes of what it names and on the shapes, and not on the other records.
    """
    classes = ChainMap(own_types(records), cast("dict[NamedNode, Collection[NamedNode]]", types))
    findings: list[Finding] = []
    keys = [key for key in records if only is None or key in only]
    with _quiet(), _without_garbage_collection():
        for start in range(0, len(keys), BATCH):
            batch = {key: records[key] for key in keys[start : start + BATCH]}
            findings.extend(_judge_batch(batch, (classes, shapes.terms), shapes))
            gc.collect()
    found = tuple(sorted(set(findings)))
    return Verdicts(found, frozenset(one.record for one in found if one.severity == "Violation"))


def own_types(
    records: Mapping[str, Sequence[Triple]],
) -> dict[NamedNode, Collection[NamedNode]]:
    """Return the classes that these records give to what they describe."""
    own: dict[NamedNode, list[NamedNode]] = {}
    for triples in records.values():
        for one in triples:
            if one.predicate == _TYPE:
                own.setdefault(cast("NamedNode", one.subject), []).append(
                    cast("NamedNode", one.object)
                )
    return dict(own)


def _judge_batch(
    batch: Mapping[str, Sequence[Triple]], known: Sequence[Known], shapes: Shapes
) -> Iterator[Finding]:
    data = Facts()
    terms = Terms()
    speaker: dict[Node, str] = {}
    referred: set[NamedNode] = set()
    untyped: set[NamedNode] = set()
    for key, triples in batch.items():
        typed = {one.subject for one in triples if one.predicate == _TYPE}
        for one in triples:
            subject = terms.of(one.subject)
            data.state(subject, terms.of(one.predicate), terms.of(one.object))
            speaker.setdefault(subject, key)
            if isinstance(one.object, NamedNode) and one.predicate != _TYPE:
                referred.add(one.object)
            if isinstance(one.subject, NamedNode) and one.subject not in typed:
                untyped.add(one.subject)
    outside = {thing for thing in referred if terms.of(thing) not in speaker}
    for tell, things in ((data.mention, outside), (data.state, untyped)):
        for thing, cls in _classes(things, known):
            tell(terms.of(thing), RDF.type, terms.of(cls))
    for child, parent in shapes.subclasses:
        data.state(child, RDFS.subClassOf, parent)
    added_to = {terms.of(thing) for thing in untyped}
    for focus, result, found in violations(data, shapes):
        one_found = finding(speaker[focus], focus, result, found)
        if focus not in added_to or not leaves_out(one_found):
            yield one_found


def leaves_out(one: Finding) -> bool:
    """Return whether the finding is about what is missing rather than about what is said."""
    return one.component == _MIN_COUNT or not one.path


def _classes(
    things: Iterable[NamedNode], known: Sequence[Known]
) -> Iterator[tuple[NamedNode, NamedNode]]:
    for thing in things:
        for source in known:
            for cls in source.get(thing, ()):
                yield thing, cls


def violations(data: Graph, shapes: Shapes) -> Iterator[tuple[Node, Node, Graph]]:
    """Yield focus node and result node of each result, with the report that holds them."""
    _, found, _ = validate(DataGraph.from_rdflib(data), shacl_graph=shapes.graph, inplace=True)
    if not isinstance(found, Graph):
        message = f"pySHACL could not judge: {found}"
        raise LotseError(message)
    for result in found.objects(None, SH.result):
        focus = found.value(result, SH.focusNode)
        if focus is not None:
            yield focus, result, found


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from logging ill-typed literals: the shapes report them to those concerned."""
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Keep the collector from walking all records again and again: it costs two fifths.

    What was there before is set apart, so that collecting after a batch sees the batch only.
    """
    was_on = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()
