"""Whole graphs of a release: written to a file first, then handed over with their length.

A small graph is written where it is asked for; a large one by a process of its own, so that it
takes no time from others: `python -m kg.graphstore STORE TYPE [GRAPH]`.
"""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, cast

from pyoxigraph import NamedNode, QueryTriples, RdfFormat, Store, Triple, serialize

from kg.documents import FORMATS
from kg.errors import BusyError, LotseError, NotFoundError, Suggestion
from kg.iri import graph as graph_iri
from kg.namespaces import GRAPH, PREFIXES
from kg.release import Release
from kg.sandbox import Result

SMALL: Final = 20_000
"""Statements up to which a graph is written at once."""
_AT_A_TIME: Final = 2
"""How many large graphs are written at a time; others wait, as many as that again."""
_SECONDS: Final = 120.0
_working = threading.BoundedSemaphore(_AT_A_TIME)
_PREFIXED: Final = frozenset({"text/turtle", "application/trig", "application/rdf+xml"})


def state(release: Release, name: str | None) -> str:
    """Return what stands for the content of a graph, or of all (None), in this release.

    Raises `NotFoundError` where the release has no such graph, or an empty one.
    """
    if name is None:
        return release.id
    own = name.removeprefix(GRAPH) if name.startswith(GRAPH) else ""
    try:
        found = next(release.graph.quads(graph=NamedNode(name)), None)
    except ValueError:
        found = None
    if found is None:
        listed = release.manifest.get("graphs", {})
        near = get_close_matches(own, list(listed), cutoff=0.5)
        raise NotFoundError(
            name, "graph", [Suggestion(graph_iri(one).value, "graph", one) for one in near]
        )
    checksum: str = release.manifest.get("graphs", {}).get(own, {}).get("sha256", release.id)
    return checksum[:16]


def written(release: Release, name: str | None, media_type: str) -> Result:
    """Return a graph of a release, or the union of all (None), in this media type.

    Raises `BusyError` where too many ask for large ones.
    """
    if name is not None:
        quads = release.graph.quads(graph=NamedNode(name))
        first = [quad.triple for quad in islice(quads, SMALL + 1)]
        if len(first) <= SMALL:
            file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 (closed by `Result`)
            write(iter(first), media_type, file)
            return _result(media_type, file)
    if not _working.acquire(timeout=_SECONDS / 4):
        raise BusyError("Many are reading large graphs; try again, or take the dumps.")
    try:
        return _by_a_process(release.store, name, media_type)
    finally:
        _working.release()


def write(triples: Iterator[Triple], media_type: str, file: BinaryIO) -> None:
    """Write triples in a media type."""
    prefixes = PREFIXES if media_type in _PREFIXED else None
    serialize(triples, file, FORMATS.get(media_type, RdfFormat.JSON_LD), prefixes=prefixes)


def _by_a_process(store: Path, name: str | None, media_type: str) -> Result:
    file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 (closed by `Result`)
    done = subprocess.run(  # noqa: S603 (our own module)
        [sys.executable, "-m", "kg.graphstore", str(store), media_type, *filter(None, [name])],
        stdout=file,
        stderr=subprocess.PIPE,
        timeout=_SECONDS,
        check=False,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    if done.returncode != 0:
        file.close()
        words = done.stderr[-500:].decode(errors="replace").strip()
        raise LotseError(f"A graph could not be written ({done.returncode}): {words}")
    return _result(media_type, file)


def _result(media_type: str, file: BinaryIO) -> Result:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return Result(media_type, 0, size, file)


def main() -> None:
    """Write the graph that the arguments name to stdout; without one, the union of all."""
    store, media_type, *names = sys.argv[1:]
    found = Store.read_only(store).query(
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        use_default_graph_as_union=not names,
        default_graph=[NamedNode(name) for name in names] or None,
    )
    triples = cast("QueryTriples", found)
    if media_type in _PREFIXED:
        write(triples, media_type, sys.stdout.buffer)
    else:
        triples.serialize(sys.stdout.buffer, FORMATS.get(media_type, RdfFormat.JSON_LD))


if __name__ == "__main__":
    main()
