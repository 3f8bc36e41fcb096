"""Writes the index of a release in a process of its own, while its build goes on.

What the index reads of a store takes longer than writing it. So the process reads the store of
the release before, while the new one is made, and reads again only the properties of which a
statement came or went.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from kg import indexing
from kg.store import AtRest, Column, Graph
from kg.terms import Quad

_MODULE: Final = "kg.indexer"
_WORTH: Final = 200_000
"""So many quads a store must hold before a process of its own saves time."""

Touched = Collection[tuple[bytes, bytes]]
"""Properties of which statements came or went; of `rdf:type` with the class."""
_Columns = dict[Column, list[Quad]]


class Indexer:
    """One process, which writes one index; ended with the block that it is used in."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._child: subprocess.Popen[bytes] | None = None
        self._release: Path | None = None
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `__exit__`)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            if self._child.stdin is not None:
                self._child.stdin.close()
        self._complaints.close()

    def start(self, quads: int, before: Path | None = None) -> None:
        """Start the process where so many quads are worth it; `before` is the store to read."""
        if quads < _WORTH:
            return
        self._child = subprocess.Popen(  # noqa: S603 (our own module)
            [sys.executable, "-m", _MODULE, *([str(before)] if before is not None else [])],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._complaints,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )

    def write(self, release: Path, touched: Touched | None) -> None:
        """Begin to write the index of the finished store of a release.

        `touched` says how it differs from the store before, None that it may differ in all.
        """
        self._release = release
        if self._child is not None and self._child.stdin is not None:
            told = None if touched is None else [[a.decode(), b.decode()] for a, b in touched]
            order = json.dumps({"release": str(release), "touched": told})
            with suppress(BrokenPipeError):  # `finish` says why
                self._child.stdin.write(order.encode() + b"\n")

    def finish(self) -> None:
        """Return when the index is written; `OSError` says why it cannot be."""
        if self._child is None and self._release is not None:
            indexing.write(Graph.open(self._release / "store"), self._release / "index")
        if self._child is not None and self._child.wait():
            self._complaints.seek(0)
            said = self._complaints.read()[-500:].decode(errors="replace").strip()
            message = f"the index could not be written: {said}"
            raise OSError(message)


def main() -> None:
    """Read ahead, wait for the order, write."""
    held = _ahead(Path(sys.argv[1])) if len(sys.argv) > 1 else {}
    line = sys.stdin.readline()
    if not line:
        return
    order = json.loads(line)
    release, touched = Path(order["release"]), order["touched"]
    kept = {} if touched is None else _untouched(held, {(prop, cls) for prop, cls in touched})
    indexing.write(AtRest(Graph.open(release / "store"), kept), release / "index")
    os._exit(0)  # nothing is left to do, and taking a million objects down takes a second


def _ahead(store: Path) -> _Columns:
    """Return what an index reads of a store; nothing where it is broken."""
    try:
        ahead = AtRest(Graph.open(store))
        indexing.read_ahead(ahead)
    except (OSError, RuntimeError):
        return {}
    return ahead.columns


def _untouched(held: _Columns, touched: set[tuple[str, str]]) -> _Columns:
    return {
        (prop, cls): quads
        for (prop, cls), quads in held.items()
        if (str(prop), "" if cls is None else str(cls)) not in touched
    }


if __name__ == "__main__":
    main()
