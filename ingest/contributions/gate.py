"""The gate of a contribution: what the build will say of it, said before it is accepted."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from ingest.admission import admit
from ingest.contributions import forms
from ingest.contributions.rules import RULES, Known, broken, in_table
from ingest.contributions.source import described_as, needed
from ingest.contributions.things import Statements, records
from kg import contributed, nquads, release
from kg.contributed import RECORDS, Entries
from kg.errors import UnreadableError
from kg.gate import Finding, Shapes
from kg.iri import graph
from kg.jobs import Method, Queue, now
from kg.personal import without_contacts
from kg.store import Graph
from kg.terms import RDF, NamedNode, Triple

_OURS: Final = ("ontology", "resolution", "derived", "provenance")


def answer(data: Path, slug: str, method: Method, kind: str, content: bytes) -> dict[str, Any]:
    """Return what the gate says to a contribution.

    `unreadable`: what cannot be read, and where; else `findings`, and, for the queue, the records
    that it `brings`, the tag of what the source will say, and of what it said `before`.
    """
    described = contributed.described(data)
    queue = Queue(data)
    head = queue.head(slug)
    day = now()[:10]
    try:
        found = forms.read(content, kind, slug)
        brings = {one.key: one for one in records(found.triples, day)}
    except UnreadableError as error:
        return {"unreadable": asdict(error)}
    after = (contributed.merged if method == "POST" else contributed.replaced)(head, brings)
    hidden = described.keys() - needed(described, slug)
    findings = _judged(described[slug], after, found, release.current(data).graph, hidden)
    return {
        "findings": [asdict(one) for one in findings],
        "triples": sum(len(one.said) for one in after.values()),
        "brings": contributed.lines_of(brings).decode(),
        "etag": contributed.tag(slug, after),
        "before": contributed.tag(slug, head),
    }


def _judged(
    described: contributed.Described,
    after: Entries,
    found: Statements,
    graph_: Graph,
    hidden: Collection[str],
) -> list[Finding]:
    lines = "".join(f"{line} .\n" for one in after.values() for line in one.said)
    triples = list(nquads.triples(lines.encode()))
    shapes = _shapes()
    unseen = {graph(name) for name in (*_OURS, *hidden)}
    types = dict(_types(triples, graph_, unseen))
    known = Known(described.slug, types, shapes)
    findings = list(broken(triples, found.homeless, known))
    content = contributed.lines_of(after)
    source = described_as(described, after, "", Path())
    admission = admit(source, {RECORDS: content}, types, shapes)
    findings.extend(
        replace(one, value="") if without_contacts(one.value) != one.value else one
        for one in admission.findings
    )
    if not any(one.severity == "Violation" for one in findings):
        findings.extend(
            _for_a_reason(parked.key, reason)
            for parked in admission.parked
            for reason in parked.reasons
        )
    findings = [_at_its_row(one, found) for one in findings]
    return sorted({*findings, *in_table(found.faults, described.slug)})


def _at_its_row(one: Finding, found: Statements) -> Finding:
    """Return a finding with the row of the table that it is about, where there is one."""
    row = found.rows.get(NamedNode(one.focus)) if found.rows else None
    if row is None:
        return one
    de, en = f"Zeile {row}: {one.message_de}", f"Row {row}: {one.message_en}"
    return replace(one, message_de=de, message_en=en)


@cache
def _shapes() -> Shapes:
    return Shapes.load()


def _types(
    triples: Sequence[Triple], graph_: Graph, unseen: set[NamedNode]
) -> Iterator[tuple[NamedNode, frozenset[NamedNode]]]:
    """Yield the classes that other sources give to the things named here."""
    things = {term for one in triples for term in (one.subject, one.object)}
    for thing in things:
        if isinstance(thing, NamedNode):
            classes = frozenset(
                quad.object for quad in graph_.quads(thing, RDF.type)
                if isinstance(quad.object, NamedNode) and quad.graph_name not in unseen
            )  # fmt: skip
            if classes:
                yield thing, classes


def _for_a_reason(key: str, reason: str) -> Finding:
    return Finding(
        record=key, focus=RULES, path="", shape=RULES, severity="Violation", value="",
        message_de=reason, message_en=reason,
    )  # fmt: skip
