"""Looks at shapes before anything is judged with them: what is wrong is said, not stumbled over.

pySHACL takes a property shape without a path for a node shape (DCAT-AP 3.0.1 has two), follows a
circle of shapes until it is too deep, and a circular list for ever.
"""

import re
import warnings
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Final

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kg.errors import FaultyShapesError
from kg.shapes import compact

_LISTS: Final = (SH["and"], SH["or"], SH.xone, SH["in"], SH.languageIn, SH.ignoredProperties)
_SHAPES_IN_LISTS: Final = (SH["and"], SH["or"], SH.xone)
_SHAPES: Final = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_NESTED: Final = re.compile(r"\((?:\?:)?[^()]*(?:[+*]|\{\d+,\d*\})\)?[^()]*\)(?:[+*]|\{\d+,\})")


def check(shapes: Graph) -> None:
    """Raise `FaultyShapesError` with everything that is wrong with the shapes."""
    faults = sorted(set(_faults(shapes)))
    if faults:
        said = "; ".join(faults[:10]) + (f"; and {len(faults) - 10} more" if faults[10:] else "")
        message = f"The shapes are faulty, so nothing was judged: {said}."
        raise FaultyShapesError(message)


def suspicious(shapes: Graph) -> list[str]:
    """Return the patterns with a repetition within a repetition: some texts take them for ever."""
    return [
        f"sh:pattern {pattern.n3()} of {named(shapes, shape)}"
        for shape, pattern in shapes.subject_objects(SH.pattern)
        if isinstance(pattern, Literal) and _NESTED.search(str(pattern))
    ]


def named(shapes: Graph, shape: Node) -> str:
    """Return what a shape can be called: its IRI, or where it hangs."""
    if isinstance(shape, URIRef):
        return compact(str(shape))
    above = next(shapes.subjects(None, shape), None)
    path = shapes.value(shape, SH.path)
    about = f" with the path {compact(str(path))}" if isinstance(path, URIRef) else ""
    beneath = f" beneath {named(shapes, above)}" if above is not None and above != shape else ""
    return f"a shape without a name{about}{beneath}"


def _faults(shapes: Graph) -> Iterator[str]:
    yield from _without_path(shapes)
    unsound = [*_unsound(shapes)]
    yield from unsound
    for shape, pattern in shapes.subject_objects(SH.pattern):
        if fault := _fault_of_pattern(pattern):
            yield f"sh:pattern {pattern} of {named(shapes, shape)} {fault}"
    if not unsound and (circle := _circle(shapes)):
        way = " → ".join(named(shapes, one) for one in circle)
        yield f"a shape refers back to itself, which SHACL leaves undefined: {way}"


def _without_path(shapes: Graph) -> Iterator[str]:
    properties = {*shapes.objects(None, SH.property), *shapes.subjects(RDF.type, SH.PropertyShape)}
    for shape in properties:
        if isinstance(shape, Literal):
            yield f"sh:property has the text {shape.n3()} where a shape must stand"
        elif (count := len(list(shapes.objects(shape, SH.path)))) != 1:
            yield f"{named(shapes, shape)} is a property shape and has {count or 'no'} sh:path"


def _unsound(shapes: Graph) -> Iterator[str]:
    """Yield lists and paths that cannot be read, or never end."""
    for predicate in _LISTS:
        for shape, head in shapes.subject_objects(predicate):
            if fault := _fault_of_list(shapes, head):
                yield f"{compact(str(predicate))} of {named(shapes, shape)} {fault}"
    for shape, path in shapes.subject_objects(SH.path):
        if fault := _fault_of_path(shapes, path, ()):
            yield f"sh:path of {named(shapes, shape)} {fault}"


def _fault_of_list(shapes: Graph, head: Node) -> str:
    seen = set()
    while head != RDF.nil:
        if head in seen:
            return "is a list that runs in a circle"
        seen.add(head)
        firsts, rests = list(shapes.objects(head, RDF.first)), list(shapes.objects(head, RDF.rest))
        if len(firsts) != 1 or len(rests) != 1:
            return "is no well-formed list"
        head = rests[0]
    return ""


def _fault_of_path(shapes: Graph, path: Node, above: tuple[Node, ...]) -> str:
    if isinstance(path, URIRef):
        return ""
    if isinstance(path, Literal) or path in above:
        return "is a text" if isinstance(path, Literal) else "runs in a circle"
    parts = [
        value
        for kind in (
            SH.inversePath, SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath,
        )
        for value in shapes.objects(path, kind)
    ]  # fmt: skip
    heads = [*shapes.objects(path, SH.alternativePath)]
    if (path, RDF.first, None) in shapes:
        heads.append(path)
    for head in heads:
        if fault := _fault_of_list(shapes, head):
            return fault
        parts.extend(shapes.items(head))
    if not parts:
        return "is no path"
    return next((bad for one in parts if (bad := _fault_of_path(shapes, one, (*above, path)))), "")


def _fault_of_pattern(pattern: Node) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            re.compile(str(pattern))
        except (re.error, RecursionError, OverflowError) as error:
            return f"is no regular expression ({error})"
    return ""


def _circle(shapes: Graph) -> list[Node]:
    """Return a circle of shapes that refer to one another, empty where there is none."""
    starts = {shape for kind in (*_SHAPES, *_SHAPES_IN_LISTS) for shape in shapes.subjects(kind)}
    order = TopologicalSorter({shape: set(_referred(shapes, shape)) for shape in starts})
    try:
        order.prepare()
    except CycleError as error:
        circle: list[Node] = error.args[1]
        return circle
    return []


def _referred(shapes: Graph, shape: Node) -> Iterator[Node]:
    for kind in _SHAPES:
        yield from shapes.objects(shape, kind)
    for kind in _SHAPES_IN_LISTS:
        for head in shapes.objects(shape, kind):
            yield from shapes.items(head)
