"""Our shapes as their page shows them: what each asks, how grave it is, and its examples."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection as RdfList
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kg.files import shapes as shapes_folder
from kg.namespaces import SHAPES_NAMESPACE
from kg.shapes import ABOUT_THE_ONTOLOGY, compact, expanded, path_text

_SINGLE: Final = (
    SH.minCount, SH.maxCount, SH.datatype, SH["class"], SH.nodeKind, SH.hasValue, SH.minLength,
    SH.maxLength, SH.minInclusive, SH.maxInclusive, SH.minExclusive, SH.lessThanOrEquals,
    SH.disjoint, SH.uniqueLang, SH.pattern, SH.closed,
)  # fmt: skip
_LISTS: Final = (SH["in"], SH.languageIn, SH.ignoredProperties)
_NESTED: Final = (SH["or"], SH["not"])
_FALSE: Final = "false"


@dataclass(frozen=True, slots=True)
class Rule:
    """One constraint; its words are the message `rule.<name>`."""

    name: str
    values: tuple[str, ...] = ()
    parts: tuple[tuple["Rule", ...], ...] = ()
    """What it joins: the ways of `or`, the one way of `not`."""


@dataclass(frozen=True, slots=True)
class Example:
    """A file that passes a shape, or makes it fire."""

    name: str
    passes: bool
    text: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape or a property shape."""

    name: str
    """Its local name, `Adoption-since`, which is its anchor."""
    path: tuple[str, ...]
    """Properties by short name; several where one of them is enough."""
    severity: str
    """`violation`, `warning` or `info`; empty where it says nothing by itself."""
    message: Mapping[str, str]
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A shape over nodes with the shapes of its properties."""

    shape: Shape
    targets: tuple[str, ...]
    """The classes whose things it looks at, by short name."""
    subjects_of: tuple[str, ...]
    """The properties whose subjects it looks at."""
    properties: tuple[Shape, ...]
    about_terms: bool
    """Whether it is about the terms of the vocabulary, not about data."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A property that leads from things of one class to things of another."""

    source: str
    path: str
    target: str
    most: int | None
    """How many a thing may have; None without a limit."""
    shape: str


@lru_cache(maxsize=1)
def groups() -> tuple[Group, ...]:
    """Return all shapes, those about data first, by name."""
    found = []
    for path in sorted(shapes_folder().glob("*.ttl")):
        graph = Graph().parse(path, format="turtle")
        about_terms = path.name == ABOUT_THE_ONTOLOGY
        held = set(graph.objects(None, SH.property))
        found += [
            _group(graph, node, about_terms=about_terms)
            for node in graph.subjects(RDF.type, SH.NodeShape)
            if isinstance(node, URIRef) and node not in held
        ]
    return tuple(sorted(found, key=lambda one: (one.about_terms, one.shape.name)))


@lru_cache(maxsize=1)
def constrained() -> Mapping[str, tuple[str, ...]]:
    """Return by the IRI of a class or property the shapes that speak of it."""
    found: dict[str, list[str]] = defaultdict(list)
    for group in groups():
        if group.about_terms:
            continue
        for target in (*group.targets, *group.subjects_of):
            found[expanded(target)].append(group.shape.name)
        for shape in group.properties:
            for one in shape.path:
                found[expanded(one)].append(shape.name)
    return {iri: tuple(names) for iri, names in found.items()}


@lru_cache(maxsize=1)
def relations() -> tuple[Relation, ...]:
    """Return how the shapes join classes, in the order of the shapes."""
    found = []
    for group in groups():
        if group.about_terms:
            continue
        for shape in group.properties:
            for target in _classes(shape.rules):
                for source in group.targets:
                    most = next((int(one.values[0]) for one in shape.rules
                                 if one.name == "maxCount"), None)  # fmt: skip
                    found.append(Relation(source, " | ".join(shape.path), target, most, shape.name))
    return tuple(found)


def _classes(rules: tuple[Rule, ...]) -> list[str]:
    found: list[str] = []
    for rule in rules:
        if rule.name == "class":
            found += rule.values
        elif rule.name == "or":
            found += [one for part in rule.parts for one in _classes(part)]
    return found


def _group(graph: Graph, node: URIRef, *, about_terms: bool) -> Group:
    return Group(
        shape=_shape(graph, node),
        targets=_short(graph, node, SH.targetClass),
        subjects_of=_short(graph, node, SH.targetSubjectsOf),
        properties=tuple(
            _shape(graph, one)
            for one in sorted(graph.objects(node, SH.property), key=str)
            if isinstance(one, URIRef)
        ),
        about_terms=about_terms,
    )


def _shape(graph: Graph, node: URIRef) -> Shape:
    name = str(node).removeprefix(SHAPES_NAMESPACE)
    path = graph.value(node, SH.path)
    severity = graph.value(node, SH.severity)
    return Shape(
        name=name,
        path=tuple(path_text(graph, path).split("|")) if path is not None else (),
        severity=_local(severity) if severity is not None else "",
        message={
            one.language or "": str(one)
            for one in graph.objects(node, SH.message) if isinstance(one, Literal)
        },
        rules=_rules(graph, node),
        examples=tuple(_example(one) for one in _examples(name)),
    )  # fmt: skip


def _examples(name: str) -> list[Path]:
    """Return the files of a shape's examples, those that pass first."""
    folder = shapes_folder() / "examples" / name
    return sorted(folder.glob("*.ttl"), key=lambda path: (path.name.startswith("fail-"), path.name))


def _example(path: Path) -> Example:
    kept = [
        line for line in path.read_text(encoding="utf-8").splitlines()
        if not line.startswith(("#", "@prefix"))
    ]  # fmt: skip
    sort, _, name = path.stem.partition("-")
    return Example(name.replace("-", " "), sort == "pass", "\n".join(kept).strip())


def _rules(graph: Graph, node: Node) -> tuple[Rule, ...]:
    found = []
    path = graph.value(node, SH.path)
    if path is not None and not isinstance(node, URIRef):
        found.append(Rule("path", tuple(path_text(graph, path).split("|"))))
    for kind in _SINGLE:
        values = sorted(_written(one) for one in graph.objects(node, kind))
        found += [Rule(_local(kind), (one,)) for one in values if one != _FALSE]
    for kind in _LISTS:
        found += [
            Rule(_local(kind), tuple(_written(one) for one in RdfList(graph, values)))
            for values in graph.objects(node, kind)
        ]
    nested = []
    for kind in _NESTED:
        for value in graph.objects(node, kind):
            ways = list(RdfList(graph, value)) if kind == SH["or"] else [value]
            nested.append(Rule(_local(kind), parts=tuple(_rules(graph, way) for way in ways)))
    return (*found, *sorted(nested, key=str))


def _short(graph: Graph, node: URIRef, property_: URIRef) -> tuple[str, ...]:
    return tuple(sorted(compact(str(one)) for one in graph.objects(node, property_)))


def _written(value: Node) -> str:
    return compact(str(value)) if isinstance(value, URIRef) else str(value)


def _local(iri: Node) -> str:
    """Return the word after the hash; severities in small letters."""
    word = str(iri).rpartition("#")[2]
    return word[:1].lower() + word[1:]
