"""A reader: a process that answers one free query at a time and may be killed at any moment.

`python -m kg.reader <store> <memory MiB>` reads a JSON line a query from standard input and
writes a JSON line an outcome. A short result follows that line, which then says how many bytes
(`follows`); a long one stands in the file that the query names.
"""

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from kg import isolation
from kg.errors import LimitError
from kg.namespaces import PREFIXES
from kg.spool import MARKS, Spool

RESULTS: Final = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS: Final = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}
_SPARE: Final = 1.25
"""The system refuses memory a little above what the parent allows, so that the parent speaks."""
_CPUS: Final = 4
"""How much more CPU time than clock time a query may use before the system ends it."""


def main(store_folder: str, memory_mib: str) -> None:
    """Open the store and answer until the parent closes the line."""
    isolated = isolation.without_network()
    store = Store.read_only(store_folder)
    graphs = sorted(str(one.value) for one in store.named_graphs())
    isolation.limit_memory(int(int(memory_mib) * _SPARE))
    _say({"ready": True, "isolated": isolated, "graphs": graphs})
    for line in sys.stdin:
        request = json.loads(line)
        isolation.limit_cpu(request["seconds"] * _CPUS)
        _say(*_outcome(store, request))


def _outcome(store: Store, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    spool = Spool(Path(request["file"]), request["mib"], request["rows"])
    try:
        with contextlib.closing(spool):
            rows = _answer(store, request, spool)
    except (LimitError, SyntaxError, MemoryError, OSError, RuntimeError, ValueError) as error:
        if spool.file is not None:
            spool.path.unlink()
        return _failure(error, request), b""
    said: dict[str, Any] = {"size": spool.size, "rows": rows}
    return (said, b"") if spool.file is not None else (
        said | {"follows": spool.size}, bytes(spool.memory)
    )  # fmt: skip


def _failure(error: Exception, request: dict[str, Any]) -> dict[str, Any]:
    match error:
        case LimitError():
            return {"limit": error.limit, "value": error.value}
        case MemoryError():
            return {"limit": "memory", "value": request["memory_mib"]}
        case SyntaxError():
            return {"syntax": str(error)}
        case _:
            return {"failed": str(error)}


def _answer(store: Store, request: dict[str, Any], spool: Spool) -> int:
    """Write the result of a query; returns its rows."""
    found = store.query(request["text"], base_iri=request["base"], **_data_set(request))
    media_type = request["media_type"]
    if isinstance(found, QueryTriples) and media_type in GRAPHS:
        counted = _Counted(found, request["rows"])
        serialize(counted, spool, format=GRAPHS[media_type], prefixes=PREFIXES)  # type: ignore[arg-type]
        return counted.rows
    if isinstance(found, QuerySolutions | QueryBoolean) and media_type in RESULTS:
        is_table = isinstance(found, QuerySolutions)
        spool.marks = MARKS[media_type] if is_table else None
        found.serialize(spool, RESULTS[media_type])  # type: ignore[arg-type]
        return spool.rows if is_table else 1
    message = f"This form of query has no result as {media_type}."
    raise ValueError(message)


def _data_set(request: dict[str, Any]) -> dict[str, Any]:
    default, named = request["default_graphs"], request["named_graphs"]
    if default is None and named is None:
        # The engine forgets FROM when the default graph is the union.
        return {"use_default_graph_as_union": not request["names_its_graphs"]}
    return {
        "default_graph": [NamedNode(one) for one in default or ()],
        "named_graphs": [NamedNode(one) for one in named or ()],
    }


class _Counted:
    """The triples of a result, counted as they go by."""

    def __init__(self, triples: Iterator[Triple], most: int) -> None:
        self._triples = triples
        self._most = most
        self.rows = 0

    def __iter__(self) -> Iterator[Triple]:
        for triple in self._triples:
            self.rows += 1
            if self.rows > self._most:
                raise LimitError("rows", self._most)
            yield triple


def _say(outcome: dict[str, Any], content: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps(outcome).encode() + b"\n" + content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
