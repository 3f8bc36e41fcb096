"""Judges data that come from outside, against our shapes or those of others.

What the data refer to and do not describe may be things of ours: with our shapes their classes
are known, and they are not judged. Data may add to a thing that we hold: they are held to what
they say, not to what they leave out, as at the gate.
"""

from collections.abc import Sequence

from pyoxigraph import NamedNode, Triple

from kg.auditing import Method, audit
from kg.findings import Finding
from kg.gate import Known, leaves_out
from kg.namespaces import RDF, RDFS
from kg.results import findings
from kg.shapes import Shapes


def judged(
    triples: Sequence[Triple], types: Known, shapes: Shapes, engine: str = "auto"
) -> tuple[list[Finding], Method]:
    """Return what the shapes say about these triples, sorted, and how it was found."""
    described = {one.subject for one in triples}
    typed = {one.subject for one in triples if one.predicate == RDF.type}
    stated, mentioned = [*triples], []
    added_to = set()
    for known in (types, shapes.terms):
        for thing, classes in known.items():
            if thing in typed:
                continue
            held = [Triple(thing, RDF.type, cls) for cls in classes]
            if thing in described:
                stated += held
                added_to.add(thing.value)
            else:
                mentioned += held
    stated += [
        Triple(NamedNode(child), RDFS.subClassOf, NamedNode(parent))
        for child, parent in shapes.subclasses
    ]
    reports, method = audit(stated, shapes.graph, engine, mentioned)
    found = [one for report in reports for one in findings(report)]
    return sorted(one for one in found if one.focus not in added_to or not leaves_out(one)), method
