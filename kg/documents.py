"""Documents of linked data: exactly what is said of one thing, in the formats of RDF."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import quote, unquote

import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from kg.errors import NotFoundError
from kg.files import ontology, shapes
from kg.iri import KINDS, kind_and_key
from kg.names import Names, names_of
from kg.namespaces import ID, PREFIXES, PROV
from kg.store import Graph

FORMATS: Final = {
    "text/turtle": RdfFormat.TURTLE,
    "application/trig": RdfFormat.TRIG,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
JSON_LD: Final = "application/ld+json"
_WITH_GRAPHS: Final = frozenset({"application/trig", "application/n-quads"})
_SAFE: Final = "-._~"


@dataclass(frozen=True, slots=True)
class Document:
    """What we hold of one thing: its own statements, and where they come from."""

    iri: str
    quads: tuple[Quad, ...]
    provenance: tuple[Quad, ...]

    def written(self, media_type: str) -> bytes:
        """Return the document: with graphs and provenance where the format has graphs."""
        quads = list(self.quads)
        if media_type in _WITH_GRAPHS:
            quads += self.provenance
        return written(quads, media_type)

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


def _plain(names: Names, value: object, lang: str) -> dict[str, str]:
    if isinstance(value, NamedNode):
        return {"iri": value.value, "label": names.label(value.value, lang)}
    return {"text": str(getattr(value, "value", value)), "datatype": ""}


def iri_of(kind: str, raw_key: str) -> str:
    """Return the IRI of a thing whose key stands in a path as the client wrote it.

    `Köln`, `K%C3%B6ln` and `K%c3%b6ln` are the same; `%2F` stays apart from `/`.
    """
    if kind not in KINDS:
        raise NotFoundError(f"{kind}/{unquote(raw_key)}", "thing")
    segments = (quote(unquote(one), safe=_SAFE) for one in raw_key.split("/"))
    return f"{ID}{kind}/{'/'.join(segments)}"


def preferred(graph: Graph, iri: str) -> str | None:
    """Return the IRI of the same thing that is to be spoken of, None where it is this one."""
    return names_of(graph).same.get(iri)


def document(graph: Graph, iri: str) -> Document:
    """Return what we hold of a thing and its parts; `NotFoundError` where that is nothing."""
    quads: list[Quad] = []
    waiting, seen = [iri], {iri}
    while waiting:
        for quad in graph.quads(NamedNode(waiting.pop())):
            quads.append(quad)
            value = quad.object
            part = value.value if isinstance(value, NamedNode) else ""
            if part.startswith(f"{iri}/") and part not in seen:
                seen.add(part)
                waiting.append(part)
    if not quads:
        own = kind_and_key(iri)
        raise NotFoundError(own[1] if own is not None else iri, own[0] if own else "thing")
    records = {quad.object for quad in quads if quad.predicate == PROV.wasDerivedFrom}
    behind = [
        said for one in records for said in graph.quads(cast("NamedNode", one))
    ]  # fmt: skip
    return Document(iri, tuple(sorted(quads, key=str)), tuple(sorted(behind, key=str)))


def written(quads: Iterable[Quad], media_type: str) -> bytes:
    """Return quads in a format, each once, sorted; without graphs where it knows none."""
    if media_type == JSON_LD:
        return _json_ld(quads)
    if media_type in _WITH_GRAPHS:
        ordered = sorted(set(quads), key=lambda quad: (str(quad.graph_name), str(quad)))
        return serialize(ordered, format=FORMATS[media_type], prefixes=PREFIXES) or b""
    triples = sorted({quad.triple for quad in quads}, key=str)
    return serialize(triples, format=FORMATS[media_type], prefixes=PREFIXES) or b""


@lru_cache(maxsize=1)
def vocabulary() -> tuple[Quad, ...]:
    """Return our vocabulary as the files of the ontology say it."""
    return tuple(_read(ontology()))


@lru_cache(maxsize=1)
def constraints() -> tuple[Quad, ...]:
    """Return our shapes as their files say them."""
    return tuple(_read(shapes()))


def _read(folder: Path) -> Iterator[Quad]:
    for path in sorted(folder.glob("*.ttl")):
        yield from parse(path=str(path), format=RdfFormat.TURTLE, rename_blank_nodes=True)


@lru_cache(maxsize=1)
def context() -> dict[str, object]:
    """Return our JSON-LD context."""
    path = ontology() / "context.jsonld"
    if not path.is_file():
        return {"@context": PREFIXES}
    found: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _json_ld(quads: Iterable[Quad]) -> bytes:
    graph = rdflib.Graph()
    graph.parse(data=written(quads, "application/n-triples"), format="ntriples")
    text = graph.serialize(
        format="json-ld", context=context()["@context"], auto_compact=False, sort_keys=True
    )
    return text.encode()
