"""Runs saved questions by name, and SPARQL of others within the limits of the sandbox."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import BadQueryError, NotFoundError, Suggestion
from kg.files import QUERIES
from kg.namespaces import GRAPH
from kg.questions import Argument, Query
from kg.sandbox import Sandbox
from kg.settings import Settings
from kg.store import Graph
from kg.terms import NamedNode
from kg.things import find

_MEDIA: Final = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a parameter of this name is, in every saved question."""

    type: str
    """The kind of thing that it takes; `thing` for any, `graph` for a graph."""
    de: str
    en: str


_ANY: Final = "thing"
_GRAPH: Final = "graph"
_PLACE: Final = Parameter(
    "jurisdiction", "Ort: Name, Schlüssel (ARS, AGS, NUTS) oder IRI",
    "place: name, key (ARS, AGS, NUTS) or IRI",
)  # fmt: skip
_THING: Final = Parameter(
    _ANY, "Ding: IRI, Art und Schlüssel (`solution/…`) oder genauer Name",
    "thing: IRI, kind and key (`solution/…`) or exact name",
)  # fmt: skip
PARAMETERS: Final[Mapping[str, Parameter]] = {
    "place": _PLACE,
    "area": _PLACE,
    "theme": Parameter("theme", "Thema: Name, Schlüssel oder IRI", "theme: name, key or IRI"),
    "solution": Parameter("solution", "Lösung: Name oder IRI", "solution: name or IRI"),
    "category": Parameter(
        "category", "Kategorie von Anliegen: Name oder IRI", "category of concerns: name or IRI"
    ),
    "role": Parameter("role", "Rolle, etwa `responsible`", "role, such as `responsible`"),
    "outcome": Parameter(
        "outcome", "Ergebnis: `matched`, `ambiguous`, `unknown`",
        "outcome: `matched`, `ambiguous`, `unknown`",
    ),
    "source": Parameter("source", "Quelle: Kürzel oder IRI", "source: slug or IRI"),
    "thing": _THING,
    "subject": _THING,
    "graph": Parameter(_GRAPH, "Graph: Kürzel oder IRI", "graph: slug or IRI"),
}  # fmt: skip
"""The parameters of saved questions; a test holds the files against them."""


def saved_names() -> list[str]:
    """Return the names of the saved questions."""
    return sorted(path.stem for path in QUERIES.glob("*.rq"))


def load_saved(name: str) -> Query:
    """Return the saved question of this name; `NotFoundError` with all names otherwise."""
    if name not in saved_names():
        raise NotFoundError(
            name, "saved question", [Suggestion("", "query", one) for one in saved_names()]
        )
    return Query.load(name)


def arguments(graph: Graph, query: Query, given: Sequence[str]) -> dict[str, Argument]:
    """Return the arguments of `name=value` texts: things by IRI, key or label, others by IRI."""
    found: dict[str, Argument] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or name not in query.parameters:
            known = ", ".join(query.parameters) or "none"
            message = f"{one!r} is no parameter of {query.name}; write name=value, names: {known}"
            raise BadQueryError(message)
        found[name] = _meant(graph, PARAMETERS[name].type, value)
    return found


def _meant(graph: Graph, kind: str, value: str) -> NamedNode:
    if kind == _GRAPH:
        return _iri(value if ":" in value else f"{GRAPH}{value}")
    if kind == _ANY and ":" in value:
        return _iri(value)
    return find(graph, value, "" if kind == _ANY else kind).node


def _iri(value: str) -> NamedNode:
    try:
        return NamedNode(value)
    except ValueError as error:
        message = f"{value!r} is no IRI"
        raise BadQueryError(message) from error


def bound(graph: Graph, name: str, given: Sequence[str]) -> str:
    """Return the text of a saved question with its arguments in their slots."""
    query = load_saved(name)
    return query.bind(**arguments(graph, query, given))


def run_text(store: Path, settings: Settings, text: str, written: str) -> bytes:
    """Return the result of a query, run by a reader that is ended at the limits."""
    if written not in _MEDIA:
        message = f"format {written!r} is unknown; take one of {', '.join(_MEDIA)}"
        raise BadQueryError(message)
    return asyncio.run(_run(store, settings, text, _MEDIA[written]))


async def _run(store: Path, settings: Settings, text: str, media_type: str) -> bytes:
    sandbox = Sandbox(store, settings)
    try:
        with await sandbox.run(text, media_type) as result:
            return result.read()
    finally:
        sandbox.close()
