"""Judges data that come from outside, against our shapes or those of others.

What the data refer to and do not describe may be things of ours: with our shapes their classes
are known, and they are not judged. Data may add to a thing that we hold: they are held to what
they say, not to what they leave out, as at the gate.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Final

from pyoxigraph import NamedNode, Triple

from kg.auditing import Method, audit
from kg.findings import Finding
from kg.gate import Known, leaves_out
from kg.namespaces import RDF, RDFS
from kg.results import findings
from kg.shapes import Shapes

_TYPE: Final = RDF.type


def judged(
    triples: Sequence[Triple],
    types: Known,
    shapes: Shapes,
    engine: str = "auto",
    vocabularies: Sequence[Triple] = (),
) -> tuple[list[Finding], Method]:
    """Return what the shapes say about these triples, sorted, and how it was found.

    `vocabularies` are known and not judged.
    """
    stated, mentioned = [*triples], [*vocabularies]
    added_to = set()
    if types or shapes.terms:
        described = {one.subject for one in triples}
        typed = {one.subject for one in triples if one.predicate == _TYPE}
        for thing, classes in chain(types.items(), shapes.terms.items()):
            held = [Triple(thing, _TYPE, cls) for cls in classes]
            if thing in described and thing not in typed:
                stated += held
                added_to.add(thing.value)
            elif thing not in typed:
                mentioned += held
    stated += [
        Triple(NamedNode(child), RDFS.subClassOf, NamedNode(parent))
        for child, parent in shapes.subclasses
    ]
    reports, method = audit(stated, shapes.graph, engine, mentioned)
    found = [one for report in reports for one in findings(report)]
    return sorted(one for one in found if one.focus not in added_to or not leaves_out(one)), method
