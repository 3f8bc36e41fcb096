"""A store, opened: what answers trusted, bounded questions in process.

Free SPARQL never comes here; see `kg.sandbox`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Final, TypeVar, cast

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
)

from kg.errors import BadQueryError
from kg.questions import Argument, Query, Term

Row = TypeVar("Row")
_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


class Graph:
    """The union of all graphs of a store, asked by saved questions."""

    def __init__(self, store: Store) -> None:
        """Stand before a store."""
        self._store = store

    @classmethod
    def open(cls, folder: Path) -> "Graph":
        """Return the finished store in this folder, opened read-only."""
        return cls(Store.read_only(str(folder)))

    def select(self, query: Query, **arguments: Argument) -> list[tuple[Term | None, ...]]:
        """Return the rows of a `SELECT` question, None where a column is unbound."""
        found = self._run(query.bind(**arguments))
        if not isinstance(found, QuerySolutions):
            message = f"{query.name} is no SELECT question"
            raise BadQueryError(message)
        names = [variable.value for variable in found.variables]
        return [tuple(cast("Term | None", row[name]) for name in names) for row in found]

    def construct(self, query: Query, **arguments: Argument) -> Iterator[Triple]:
        """Yield the triples of a `CONSTRUCT` question."""
        found = self._run(query.bind(**arguments))
        if not isinstance(found, QueryTriples):
            message = f"{query.name} is no CONSTRUCT question"
            raise BadQueryError(message)
        return iter(found)

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads of this pattern; None matches anything."""
        return self._store.quads_for_pattern(subject, predicate, value, graph)

    def copy(self, folder: Path) -> None:
        """Write a copy of the store to a folder that is not there yet; files are shared."""
        self._store.backup(str(folder))

    def __len__(self) -> int:
        return len(self._store)

    def _run(self, text: str) -> object:
        try:
            return self._store.query(text, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise BadQueryError(str(error)) from error


class Draft(Graph):
    """A store under construction, in a folder of its own."""

    def __init__(self, folder: Path | None = None) -> None:
        """Make an empty store in this folder, or in memory."""
        super().__init__(Store(str(folder)) if folder is not None else Store())

    def load(self, nquads: bytes) -> None:
        """Load canonical N-Quads."""
        self._store.bulk_load(nquads, RdfFormat.N_QUADS)

    def add(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        """Add triples to a graph."""
        self._store.bulk_extend(
            Quad(one.subject, one.predicate, one.object, graph) for one in triples
        )

    def take_out(self, nquads: bytes) -> None:
        """Remove these N-Quads."""
        for quad in parse(nquads, RdfFormat.N_QUADS):
            self._store.remove(quad)

    def without(self, *graphs: NamedNode) -> "Graph":
        """Return what the store holds in its other graphs, as it stands."""
        return _Part(self, frozenset(graphs))

    def finish(self, *, optimize: bool = True) -> None:
        """Write everything to disk, in the form that is fastest to read."""
        self._store.flush()
        if optimize:
            self._store.optimize()

    def close(self) -> None:
        """Let go of the files, so that whoever opens the store finds it at rest."""
        del self._store


class _Part(Graph):
    """A store but for some of its graphs."""

    def __init__(self, whole: Graph, hidden: frozenset[NamedNode]) -> None:
        self._whole = whole
        self._hidden = hidden

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads of this pattern; None matches anything."""
        for quad in self._whole.quads(subject, predicate, value, graph):
            if quad.graph_name not in self._hidden:
                yield quad

    def _run(self, text: str) -> object:
        store = self._whole._store  # noqa: SLF001 (a graph of the same module)
        shown = [one for one in store.named_graphs() if one not in self._hidden]
        return store.query(text, default_graph=list[NamedNode | BlankNode | DefaultGraph](shown))


Column = tuple[NamedNode, Term | None]
"""A property, or `rdf:type` and a class."""


class AtRest(Graph):
    """A graph that nobody writes to: all of one property, or of one class, is read once."""

    def __init__(self, whole: Graph, columns: Mapping[Column, list[Quad]] | None = None) -> None:
        """Stand before a graph, of which these columns were read already."""
        self._whole = whole
        self.columns: dict[Column, list[Quad]] = dict(columns or {})

    def __len__(self) -> int:
        return len(self._whole)

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads of this pattern; None matches anything."""
        if predicate is None or subject is not None or graph is not None:
            return self._whole.quads(subject, predicate, value, graph)
        if value is not None and predicate != _TYPE:
            return self._whole.quads(subject, predicate, value, graph)
        column = (predicate, value)
        if column not in self.columns:
            self.columns[column] = list(self._whole.quads(*(None, *column)))
        return iter(self.columns[column])

    def _run(self, text: str) -> object:
        return self._whole._run(text)  # noqa: SLF001 (a graph of the same module)


def ask(graph: Graph, query: Query, row_type: type[Row], **arguments: Argument) -> list[Row]:
    """Return the answer to a question as records, a field for each column of the same name.

    Fields annotated `str`, `int`, `float` (or `| None`) get the lexical value in that type.
    """
    columns = [column.name for column in fields(cast("type", row_type))]
    readers = [_READERS.get(str(column.type), str) for column in fields(cast("type", row_type))]
    found = graph.select(query, **arguments)
    if found and len(found[0]) != len(columns):
        message = f"{query.name}: {len(found[0])} columns, {row_type.__name__}: {columns}"
        raise BadQueryError(message)
    return [
        row_type(*(None if term is None else read(_value(term))
                   for term, read in zip(row, readers, strict=True)))
        for row in found
    ]  # fmt: skip


_READERS = {
    "<class 'int'>": int, "int | None": int,
    "<class 'float'>": float, "float | None": float,
}  # fmt: skip


def _value(term: Term) -> str:
    return term.value
