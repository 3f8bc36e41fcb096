"""Documents of linked data: exactly what is said of one thing.

Described is what has the thing, a part of it (an IRI below its own, reached from it) or another
IRI of the same thing as its subject, in whatever graph; beside it one statement about the document
itself, that it belongs to our data set. Labels of other things and the records behind are given
only where their profile is asked for. In formats with graphs each statement stands in its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse, serialize

from kg.errors import BadQueryError, NotFoundError
from kg.files import ontology, shapes
from kg.iri import KINDS, kind_and_key
from kg.jsonld import framed, plain_json_ld
from kg.names import Names, names_of
from kg.namespaces import DATASET, DCTERMS, DOC, HOME, ID, LOTSE, PREFIXES, PROV, RDFS, SKOS, VOID
from kg.store import Graph

FORMATS: Final = {
    "text/turtle": RdfFormat.TURTLE,
    "application/trig": RdfFormat.TRIG,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
JSON_LD: Final = "application/ld+json"
DESCRIBED: Final = "described"
PROFILES: Final = {name: f"{HOME}profiles#{name}" for name in (DESCRIBED, "labelled", "evidence")}
"""What a document may hold, by its short name: only what is described; the labels of all it names;
the records behind it."""
OWN_LICENCE: Final = "http://dcat-ap.de/def/licenses/cc-by/4.0"
"""The licence of what we say ourselves: conclusions, judgements, words."""
_WITH_GRAPHS: Final = frozenset({"application/trig", "application/n-quads"})
_SAFE: Final = "-._~"
_NAMING: Final = (SKOS.prefLabel, RDFS.label)


@dataclass(frozen=True, slots=True)
class Document:
    """What we hold of one thing."""

    iri: str
    referents: tuple[str, ...]
    """The other IRIs of the same thing, which lead to this one."""
    quads: tuple[Quad, ...]
    graph: Graph

    def written(self, media_type: str, profile: str = DESCRIBED) -> bytes:
        """Return the document in a format, with what a profile adds."""
        quads = {*self.quads, *self._added(profile), self._belongs()}
        if media_type == JSON_LD:
            return framed(written(quads, "application/n-triples"), self.iri)
        return written(quads, media_type)

    @property
    def graphs(self) -> list[str]:
        """Return the IRIs of the graphs that speak here."""
        named = {quad.graph_name.value for quad in self.quads
                 if isinstance(quad.graph_name, NamedNode)}  # fmt: skip
        return sorted(named)

    @property
    def licences(self) -> list[str]:
        """Return the licences of the records behind it, and ours where we conclude something."""
        held = {
            said.object.value for record in self._records()
            for said in self.graph.quads(record, DCTERMS.license)
            if isinstance(said.object, NamedNode)
        }  # fmt: skip
        return sorted(held) or [OWN_LICENCE]

    def plain(self, graph: Graph, lang: str) -> list[dict[str, Any]]:
        """Return the statements as rows for a page: property, label, value."""
        names = names_of(graph)
        return [
            {
                "property": quad.predicate.value,
                "label": names.label(quad.predicate.value, lang),
                "value": _plain(names, quad.object, lang),
                "direction": "out",
                "concluded": False,
                "evidence": [],
            }
            for quad in self.quads
        ]

    def _belongs(self) -> Quad:
        about = NamedNode(f"{DOC}{self.iri.removeprefix(ID)}")
        return Quad(about, VOID.inDataset, NamedNode(DATASET), DefaultGraph())

    def _added(self, profile: str) -> Iterator[Quad]:
        if profile == "labelled":
            own = {self.iri, *self.referents}
            named = {
                node for quad in self.quads for node in (quad.predicate, quad.object)
                if isinstance(node, NamedNode) and node.value not in own
            }  # fmt: skip
            for node in named:
                for naming in _NAMING:
                    yield from self.graph.quads(node, naming)
        elif profile == "evidence":
            for record in self._records():
                for quad in self.graph.quads(record):
                    yield quad
                    if quad.predicate == LOTSE.source and isinstance(quad.object, NamedNode):
                        yield from self.graph.quads(quad.object)

    def _records(self) -> set[NamedNode]:
        return {quad.object for quad in self.quads if quad.predicate == PROV.wasDerivedFrom
                and isinstance(quad.object, NamedNode)}  # fmt: skip


def _plain(names: Names, value: object, lang: str) -> dict[str, str]:
    if isinstance(value, NamedNode):
        return {"iri": value.value, "label": names.label(value.value, lang)}
    return {"text": str(getattr(value, "value", value)), "datatype": ""}


def iri_of(kind: str, raw_key: str) -> str:
    """Return the IRI of a thing whose key stands in a path as the client wrote it.

    `Köln`, `K%C3%B6ln` and `K%c3%b6ln` are the same; `%2F` stays apart from `/`. Raises
    `NotFoundError` for a kind that there is not, `BadQueryError` for an escape that is none.
    """
    if kind not in KINDS:
        raise NotFoundError(f"{kind}/{unquote(raw_key)}", "thing")
    return f"{ID}{kind}/{'/'.join(quote(_read(one), safe=_SAFE) for one in raw_key.split('/'))}"


def _read(segment: str) -> str:
    """Return a segment of a path without its escapes."""
    left = segment.split("%")[1:]
    try:
        if all(len(one) > 1 and int(one[:2], 16) >= 0 and one[:2].isalnum() for one in left):
            return unquote(segment, errors="strict")
    except ValueError:
        pass
    message = f"{segment!r}: write % as %25, and other characters as UTF-8, escaped or not"
    raise BadQueryError(message)


def preferred(graph: Graph, iri: str) -> str | None:
    """Return the IRI of the same thing that is to be spoken of, None where it is this one."""
    seen = [iri]
    while (found := _one(graph, seen[-1])) is not None and found not in seen:
        seen.append(found)
    return seen[-1] if len(seen) > 1 else None


def _one(graph: Graph, iri: str) -> str | None:
    found = (quad.object for quad in graph.quads(NamedNode(iri), LOTSE.sameThingAs))
    return min((one.value for one in found if isinstance(one, NamedNode)), default=None)


def referents(graph: Graph, iri: str) -> list[str]:
    """Return the other IRIs of the same thing: those that lead to this one."""
    found: dict[str, None] = {}
    waiting = [iri]
    while waiting:
        for quad in graph.quads(None, LOTSE.sameThingAs, NamedNode(waiting.pop())):
            other = quad.subject.value if isinstance(quad.subject, NamedNode) else iri
            if other != iri and other not in found:
                found[other] = None
                waiting.append(other)
    return sorted(found)


def is_held(graph: Graph, iri: str) -> bool:
    """Return whether anything is said of this IRI."""
    return next(graph.quads(NamedNode(iri)), None) is not None


def document(graph: Graph, iri: str) -> Document:
    """Return what we hold of a thing and its parts; `NotFoundError` where that is nothing."""
    others = referents(graph, iri)
    quads = [quad for one in (iri, *others) for quad in _said_of(graph, one)]
    if not quads:
        own = kind_and_key(iri)
        raise NotFoundError(own[1] if own is not None else iri, own[0] if own else "thing")
    return Document(iri, tuple(others), tuple(sorted(quads, key=str)), graph)


def _said_of(graph: Graph, iri: str) -> Iterator[Quad]:
    waiting, seen = [iri], {iri}
    while waiting:
        for quad in graph.quads(NamedNode(waiting.pop())):
            yield quad
            value = quad.object
            part = value.value if isinstance(value, NamedNode) else ""
            if part.startswith(f"{iri}/") and part not in seen:
                seen.add(part)
                waiting.append(part)


def written(quads: Iterable[Quad], media_type: str) -> bytes:
    """Return quads in a format, each once, sorted; without graphs where it knows none."""
    if media_type == JSON_LD:
        return plain_json_ld(written(quads, "application/n-triples"))
    if media_type in _WITH_GRAPHS:
        ordered = sorted(set(quads), key=lambda quad: (str(quad.graph_name), str(quad)))
        return serialize(ordered, format=FORMATS[media_type], prefixes=PREFIXES) or b""
    triples = sorted({quad.triple for quad in quads}, key=str)
    return serialize(triples, format=FORMATS[media_type], prefixes=PREFIXES) or b""


@lru_cache(maxsize=1)
def vocabulary() -> tuple[Quad, ...]:
    """Return our vocabulary as the files of the ontology say it."""
    return tuple(_files(ontology()))


@lru_cache(maxsize=1)
def constraints() -> tuple[Quad, ...]:
    """Return our shapes as their files say them."""
    return tuple(_files(shapes()))


def _files(folder: Path) -> Iterator[Quad]:
    for path in sorted(folder.glob("*.ttl")):
        yield from parse(path=str(path), format=RdfFormat.TURTLE, rename_blank_nodes=True)
