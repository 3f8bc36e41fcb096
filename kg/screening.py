"""A second engine that screens: it finds the focus nodes that pySHACL must look at.

The engine (`pyshacl-turbo`) is fast and may be wrong. It is trusted with nothing: what it flags
goes to pySHACL, whose report counts, and so does a random sample of what it does not flag. Where
the two differ on any of these nodes, there is no report at all. Shapes with anything outside the
set that is proven by tests to be judged alike are not screened: pySHACL judges all their nodes.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from importlib.util import find_spec
from typing import Final

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection as RdfList
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import Node

_LISTS: Final = frozenset({SH["and"], SH["or"], SH.xone})
_REFERENCES: Final = frozenset({SH.node, SH["not"], SH.qualifiedValueShape, SH.property})
TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
_SAYS_NOTHING: Final = frozenset(
    {SH.name, SH.description, SH.order, SH.group, SH.message, SH.severity, SH.defaultValue}
)
PROVEN: Final = frozenset(
    {
        *TARGETS, *_LISTS, *_REFERENCES, *_SAYS_NOTHING,
        SH.path, SH.deactivated, SH.minCount, SH.maxCount, SH.datatype, SH["class"], SH.pattern,
        SH.flags, SH["in"], SH.nodeKind, SH.languageIn, SH.uniqueLang, SH.minLength, SH.maxLength,
        SH.minInclusive, SH.maxInclusive, SH.minExclusive, SH.maxExclusive, SH.hasValue,
        SH.qualifiedMinCount, SH.qualifiedMaxCount, SH.qualifiedValueShapesDisjoint,
        SH.closed, SH.ignoredProperties, SH.equals, SH.disjoint, SH.lessThan,
        SH.lessThanOrEquals, SH.sparql, SH.select, SH.prefixes,
    }
)  # fmt: skip
"""What tests hold to be judged alike (`tests/kg/test_screening.py`)."""
_QUERY_WORDS: Final = frozenset(
    {
        "select", "distinct", "where", "filter", "not", "exists", "optional", "union", "bound",
        "isiri", "isblank", "isliteral", "str", "lang", "datatype", "true", "false", "in", "a",
    }
)  # fmt: skip
"""The words of a SPARQL constraint that is proven; aggregates, dates and strings are not."""

_TAKEN_FOR_TRUE: Final = re.compile(
    r"((?<![a-z])\(|\bfilter\s*\(|&&|\|\||!)\s*[?$]\w+\s*(\)|&&|\|\|)", re.IGNORECASE
)
"""A variable alone as a condition: the engines take different values for true."""

_OTHER_BOOLEANS: Final[Mapping[URIRef | None, Collection[str]]] = {XSD.boolean: ("1", "0")}

Found = Mapping[Node, Counter[tuple[str, str]]]
"""For each focus node: how often which kind of constraint is violated, and how gravely."""


def is_there() -> bool:
    """Return whether the second engine is installed; it has no wheel for some machines."""
    return find_spec("pyshacl_turbo") is not None


def unproven(shapes: Graph, shape: Node) -> str:
    """Return what makes this shape one that pySHACL judges for all focus nodes; empty for none."""
    seen: set[Node] = set()
    waiting = [shape]
    while waiting:
        part = waiting.pop()
        if part in seen:
            continue
        seen.add(part)
        if (part, SH.path, None) in shapes and (part, SH.property, None) in shapes:
            return "sh:property within a property shape"
        for predicate, value in shapes.predicate_objects(part):
            if why := _unproven_statement(predicate, value):
                return why
            if predicate in _REFERENCES or predicate == SH.sparql:
                waiting.append(value)
            elif predicate in _LISTS:
                waiting.extend(RdfList(shapes, value))
    return ""


def _unproven_statement(predicate: Node, value: Node) -> str:
    name = str(predicate).removeprefix(str(SH))
    if name != str(predicate) and predicate not in PROVEN:
        return f"sh:{name}"
    if isinstance(value, Literal) and str(value) in _OTHER_BOOLEANS.get(value.datatype, ()):
        return f"“{value}” for a truth value"
    word = _unproven_word(str(value)) if predicate == SH.select else ""
    return word and f"{word} in sh:select"


def _unproven_word(query: str) -> str:
    """Return a word of the query that is outside the proven ones, empty where there is none."""
    if taken_for_true := _TAKEN_FOR_TRUE.search(query):
        return taken_for_true[0]
    bare = re.sub(r"<[^<>\s]*>|\"[^\"]*\"|'[^']*'|[?$]\w+|[\w-]*:[\w-]*|@\w+", " ", query)
    words = re.findall(r"[A-Za-z_]\w*|[+*/^|](?!\|)", bare)
    return next((word for word in words if word.lower() not in _QUERY_WORDS), "")


def unscreened(shapes: Graph) -> dict[Node, str]:
    """Return the shapes with targets that the second engine must not judge, with the reason."""
    roots = targeted(shapes)
    if (None, RDF.type, SH.ConstraintComponent) in shapes:
        return dict.fromkeys(roots, "sh:ConstraintComponent")
    return {shape: why for shape in roots if (why := unproven(shapes, shape))}


def targeted(shapes: Graph) -> set[Node]:
    """Return the shapes that have a target."""
    stated = {shape for target in TARGETS for shape in shapes.subjects(target, None)}
    classes = (RDFS.Class, *shapes.subjects(RDFS.subClassOf, RDFS.Class))
    return stated | {shape for cls in classes for shape in shapes.subjects(RDF.type, cls)}


def without(shapes: Graph, left: Collection[Node]) -> Graph:
    """Return the shapes with those left out taken their targets; others may refer to them still."""
    classes = {RDFS.Class, *shapes.subjects(RDFS.subClassOf, RDFS.Class)}
    fit = Graph()
    for subject, predicate, value in shapes:
        target = predicate in TARGETS or (predicate == RDF.type and value in classes)
        if not (target and subject in left):
            fit.add((subject, predicate, value))
    return fit


def screen(text: str, shapes: Graph) -> Found:
    """Return what the second engine finds in these N-Triples, by focus node."""
    from pyshacl_turbo import compile_shapes  # noqa: PLC0415 (may be absent)
    from pyshacl_turbo.rdf import Input  # noqa: PLC0415

    data = Input(text, "nt", None, {}, {}, preserve_ids=True)
    _, report, _ = compile_shapes(shapes).validate(data)
    return by_focus(report)


def by_focus(report: Graph) -> dict[Node, Counter[tuple[str, str]]]:
    """Return what a report says, so that two engines can be compared."""
    found: dict[Node, Counter[tuple[str, str]]] = {}
    for result in report.objects(None, SH.result):
        focus = report.value(result, SH.focusNode)
        component = str(report.value(result, SH.sourceConstraintComponent))
        severity = str(report.value(result, SH.resultSeverity))
        if isinstance(focus, URIRef | BNode | Literal):
            found.setdefault(focus, Counter())[component, severity] += 1
    return found
