"""Where two engines differ: on comparing values of different kinds, and on odd dates and times.

A matrix of 60 literals against every core constraint (`tests/kg/test_screening.py`) shows that the
engine that screens judges as pySHACL does, except where values are *compared* (ranges, less than,
SPARQL) and the two sides are not both plain numbers, both dates, both strings …; SPARQL leaves
that open, and rdflib orders what has no order. So what is compared is looked at before: nodes with
a value of another kind go to pySHACL, whatever the engine says of them.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal as OxLiteral
from pyoxigraph import NamedNode
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection as RdfList
from rdflib.namespace import SH, XSD
from rdflib.term import Node

from kg.facts import oxigraph_term

_RANGES: Final = (SH.minInclusive, SH.maxInclusive, SH.minExclusive, SH.maxExclusive)
_PAIRS: Final = (SH.lessThan, SH.lessThanOrEquals)
_ODD_TYPES: Final = {XSD.dateTime: ("dateTime", "dateTimeZ"), XSD.gYear: ("gYear",)}
_XSD: Final = str(XSD)
_PLAIN: Final = {
    f"{_XSD}string": ("string", re.compile(r"(?s).*")),
    f"{_XSD}integer": ("number", re.compile(r"-?(0|[1-9][0-9]{0,14})")),
    f"{_XSD}decimal": ("number", re.compile(r"-?(0|[1-9][0-9]{0,9})\.[0-9]{1,5}")),
    f"{_XSD}date": ("date", re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")),
    f"{_XSD}dateTime": ("dateTime", re.compile(r"[12][0-9]{3}-\d\d-\d\dT\d\d:\d\d:\d\d")),
    f"{_XSD}gYear": ("gYear", re.compile(r"[12][0-9]{3}")),
}
Stated = Callable[[str], Iterable[tuple[object, object]]]
_NODE: Final = "odd: no literal"
_ORDERED: Final = frozenset({"number", "string", "date", "dateTime", "dateTimeZ"})
_TERM: Final = re.compile(
    r"<([^<>\s]*)>|([\w-]*):([\w-]+)|([?$]\w+)|\"[^\"]*\"|'[^']*'|\d+(\.\d+)?"
)


@dataclass(frozen=True)
class Compared:
    """What one constraint of a shape compares."""

    shape: Node
    predicates: frozenset[str]
    kinds: frozenset[str]
    """The kinds of value that it stands for; empty where any one will do."""
    direct: bool
    """Whether the values stand at the focus node itself."""
    datatype: str = ""
    """Set where only values of this datatype matter."""
    nodes: bool = False
    """Whether values that are no literals matter."""

    def looks_at(self, kind: str) -> bool:
        """Return whether values of this kind can make a difference here."""
        if self.datatype:
            return kind == f"odd {self.datatype}"
        return self.nodes or kind != _NODE

    def holds(self, kind: str) -> bool:
        """Return whether both engines order, or read, values of this kind alike."""
        return kind in _ORDERED or (bool(self.datatype) and not kind.startswith("odd"))


def kind_of(literal: OxLiteral) -> str:
    """Return the kind of a value: a plain number, date …; `odd` for everything else."""
    if literal.language is not None:
        return "text"
    kind, form = _PLAIN.get(literal.datatype.value, ("odd", None))
    written = literal.value
    zoned = kind == "dateTime" and written.endswith("Z")
    if form is None or not form.fullmatch(written.removesuffix("Z") if zoned else written):
        return "odd"
    if kind in {"date", "dateTime"}:
        try:
            datetime.datetime.fromisoformat(written)
        except ValueError:
            return "odd"
    return "dateTimeZ" if zoned else kind


def compared(shapes: Graph, roots: Iterable[Node]) -> Iterator[Compared]:
    """Yield what these shapes compare, with all that they refer to."""
    for root in roots:
        targets = frozenset(map(str, shapes.objects(root, SH.targetObjectsOf)))
        seen: set[tuple[Node, frozenset[str]]] = set()
        waiting = [(root, targets, True)]
        while waiting:
            part, above, direct = waiting.pop()
            path = shapes.value(part, SH.path)
            along = above if path is None else frozenset(_iris(shapes, path))
            if not isinstance(path, URIRef):
                along |= above
            if (part, along) in seen:
                continue
            seen.add((part, along))
            simple = direct and isinstance(path, URIRef)
            yield from _of_part(shapes, root, part, (along, simple))
            for predicate, value in shapes.predicate_objects(part):
                if predicate in {SH["and"], SH["or"], SH.xone}:
                    waiting.extend((one, along, False) for one in RdfList(shapes, value))
                elif predicate == SH.property:
                    waiting.append((value, along, direct and path is None))
                elif predicate in {SH.node, SH["not"], SH.qualifiedValueShape}:
                    waiting.append((value, along, False))


def _of_part(
    shapes: Graph, root: Node, part: Node, where: tuple[frozenset[str], bool]
) -> Iterator[Compared]:
    """Yield what one shape compares; `where` holds the properties that lead to its values."""
    along, simple = where
    for bound in (value for one in _RANGES for value in shapes.objects(part, one)):
        if isinstance(bound, Literal):
            term = oxigraph_term(bound)
            assert isinstance(term, OxLiteral)  # noqa: S101 (rdflib's literal gives one)
            yield Compared(root, along, frozenset({kind_of(term)}), simple)
    for other in (value for one in _PAIRS for value in shapes.objects(part, one)):
        yield Compared(root, along | {str(other)}, frozenset(), simple, nodes=True)
    for datatype in shapes.objects(part, SH.datatype):
        if isinstance(datatype, URIRef) and datatype in _ODD_TYPES:
            kinds = frozenset(_ODD_TYPES[datatype])
            yield Compared(root, along, kinds, simple, datatype=str(datatype))
    for constraint in shapes.objects(part, SH.sparql):
        for query in shapes.objects(constraint, SH.select):
            yield _of_query(shapes, root, str(query))


def _iris(shapes: Graph, path: Node | None) -> Iterator[str]:
    """Yield the properties of a path."""
    if isinstance(path, URIRef):
        yield str(path)
    elif path is not None:
        for _, value in shapes.predicate_objects(path):
            yield from _iris(shapes, value)


def _of_query(shapes: Graph, root: Node, query: str) -> Compared:
    prefixes = {
        str(shapes.value(one, SH.prefix)): str(shapes.value(one, SH.namespace))
        for one in shapes.objects(None, SH.declare)
    }
    predicates, kinds = set(), set()
    for found in _TERM.finditer(query):
        iri, prefix, name, variable, _ = found.groups()
        if iri is not None:
            predicates.add(iri)
        elif name is not None:
            predicates.add(prefixes.get(prefix, "") + name)
        elif variable is None:
            kinds.add("string" if found[0][0] in "\"'" else "number")
    return Compared(root, frozenset(predicates), frozenset(kinds), direct=False)


def differing(
    stated: Stated, watched: Iterable[Compared]
) -> tuple[set[NamedNode], dict[Node, str]]:
    """Return the nodes that only pySHACL can judge, and the shapes that it must judge wholly.

    `stated` returns the subjects and values of a property.
    """
    every = list(watched)
    values: dict[str, dict[str, set[object]]] = {p: {} for one in every for p in one.predicates}
    for predicate, held in values.items():
        for subject, value in stated(predicate):
            kind = kind_of(value) if isinstance(value, OxLiteral) else _NODE
            if kind == "odd" and isinstance(value, OxLiteral):
                kind = f"odd {value.datatype.value}"
            held.setdefault(kind, set()).add(subject)
    nodes: set[NamedNode] = set()
    whole: dict[Node, str] = {}
    for one in every:
        found: dict[str, set[object]] = {}
        for predicate in one.predicates:
            for kind, subjects in values[predicate].items():
                if one.looks_at(kind):
                    found.setdefault(kind, set()).update(subjects)
        wanted = one.kinds or {max(found, key=lambda kind: len(found[kind]), default="")}
        others = {kind for kind in found if kind not in wanted or not one.holds(kind)}
        if one.direct:
            nodes.update(node for kind in others for node in found[kind])  # type: ignore[misc]
        elif others or len(wanted) > 1:
            whole[one.shape] = "values of different kinds are compared"
    return nodes, whole
