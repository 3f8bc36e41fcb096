"""Free SPARQL: a small pool of reader processes, killed at a limit and replaced.

The engine's `query()` knows neither timeout nor cancel; a process does. A result is spooled to a
file up to the limits and handed over whole with its length, or not at all.
"""

import os
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, Self

from kg.errors import BadQueryError, BusyError, LimitError
from kg.process import Process
from kg.querytext import Examined, examine
from kg.settings import Settings

WAITING_PER_READER: Final = 8
"""How many queries may wait for each reader before others are sent away."""


@dataclass(slots=True)
class Result:
    """A whole result: close it, or use it in a `with` statement."""

    media_type: str
    rows: int
    size: int
    content: BinaryIO

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the space back."""
        self.content.close()

    def read(self) -> bytes:
        """Return everything."""
        self.content.seek(0)
        return self.content.read()


class Sandbox:
    """The readers of one store; `close` it when another release is served."""

    def __init__(self, store_folder: Path, settings: Settings) -> None:
        """Start the readers; they get ready while others go on."""
        self._folder = store_folder
        self._settings = settings
        self._spool = tempfile.TemporaryDirectory(prefix="lotse-")
        self._changed = threading.Condition()
        self._waiting = 0
        self._closed = False
        self._idle = [self._started() for _ in range(settings.query_readers)]
        self._out = 0

    def run(
        self,
        text: str,
        media_type: str,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Result:
        """Return the result of a query in this media type.

        Graphs given here win over the query's `FROM`. Raises `BadQueryError`, `LimitError`, and
        `BusyError` when too many wait already.
        """
        examined = examine(text)
        with self._reader() as reader:
            self._check(reader, text, examined, [*(default_graphs or ()), *(named_graphs or ())])
            request = {
                "text": text,
                "media_type": media_type,
                "default_graphs": default_graphs,
                "named_graphs": named_graphs,
                "names_its_graphs": examined.names_its_graphs,
                "seconds": self._settings.query_seconds,
                "memory_mib": self._settings.query_memory_mib,
                "rows": self._settings.query_rows,
                "mib": self._settings.query_mib,
            }
            return self._spooled(reader, request)

    def close(self) -> None:
        """End the readers; those at work finish what they began."""
        with self._changed:
            self._closed = True
            idle, self._idle = self._idle, []
            self._changed.notify_all()
        for reader in idle:
            reader.kill()
        self._clean_up()

    def _started(self) -> Process:
        return Process(self._folder, self._settings.query_memory_mib)

    def _spooled(self, reader: Process, request: dict[str, Any]) -> Result:
        handle, name = tempfile.mkstemp(dir=self._spool.name)
        with ExitStack() as undo:
            content = undo.enter_context(os.fdopen(handle, "rb"))
            try:
                outcome = reader.ask(
                    request | {"file": name},
                    seconds=self._settings.query_seconds,
                    memory_mib=self._settings.query_memory_mib,
                )
            finally:
                Path(name).unlink()
            _raise_for(outcome)
            undo.pop_all()
        return Result(request["media_type"], outcome["rows"], outcome["size"], content)

    def _check(self, reader: Process, text: str, examined: Examined, given: Sequence[str]) -> None:
        graphs = reader.wait_until_ready()
        asked = given or [*examined.default_graphs, *examined.named_graphs]
        unknown = [one for one in asked if one not in graphs]
        if unknown:
            raise BadQueryError(
                f"There is no graph <{unknown[0]}> here. Our graphs: "
                + ", ".join(f"<{one}>" for one in graphs)
            )
        if not reader.isolated and "service" in text.lower():
            raise BadQueryError("On this system no query may hold the word SERVICE.")

    @contextmanager
    def _reader(self) -> Iterator[Process]:
        reader = self._taken()
        try:
            yield reader
        finally:
            self._give_back(reader)

    def _taken(self) -> Process:
        settings = self._settings
        with self._changed:
            if not self._idle and self._waiting >= WAITING_PER_READER * settings.query_readers:
                raise BusyError("Too many queries wait already. Try again in a moment.")
            self._waiting += 1
            try:
                free = self._changed.wait_for(
                    lambda: self._idle or self._closed, timeout=2 * settings.query_seconds
                )
            finally:
                self._waiting -= 1
            if not free:
                raise BusyError("No reader became free in time. Try again in a moment.")
            if self._closed:
                raise BusyError("Another release has just been published. Try again.")
            self._out += 1
            reader = self._idle.pop()
        if reader.is_fit():
            return reader
        reader.kill()
        return self._started()

    def _give_back(self, reader: Process) -> None:
        if not reader.is_fit():
            reader.kill()
            reader = reader if self._closed else self._started()
        with self._changed:
            self._out -= 1
            closed = self._closed
            if not closed:
                self._idle.append(reader)
                self._changed.notify()
        if closed:
            reader.kill()
            self._clean_up()

    def _clean_up(self) -> None:
        with self._changed:
            done = self._closed and self._out == 0
        if done:
            self._spool.cleanup()


def _raise_for(outcome: dict[str, Any]) -> None:
    match outcome:
        case {"limit": str(limit), "value": value}:
            raise LimitError(limit, value)
        case {"syntax": str(said)}:
            raise BadQueryError(_syntax(said))
        case {"failed": str(said)}:
            raise BadQueryError(f"The query could not be evaluated: {said}")


def _syntax(said: str) -> str:
    place, _, expected = said.removeprefix("error at ").partition(": ")
    line, _, column = place.partition(":")
    if not (line.isdigit() and column.isdigit()):
        return f"The query cannot be read: {said}"
    shown = " ".join(expected.split())
    shown = shown if len(shown) <= 300 else f"{shown[:300]} …"  # noqa: PLR2004
    return f"The query cannot be read at line {line}, column {column}: {shown}"
