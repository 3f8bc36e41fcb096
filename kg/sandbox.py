"""Free SPARQL: a small pool of reader processes, killed at a limit and replaced.

The engine's `query()` knows neither timeout nor cancel; a process does. A result is collected up
to the limits and handed over whole with its length, or not at all. Everything here runs in one
event loop; a task that is cancelled ends the reader that worked for it.
"""

import asyncio
import itertools
import tempfile
import time
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, Self

from kg.errors import BadQueryError, BusyError, LimitError
from kg.process import LOOK_EVERY, Gone, GoneError, Process
from kg.querytext import examine
from kg.recent import Recent
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
        self._spool = tempfile.TemporaryDirectory(prefix="lotse-", ignore_cleanup_errors=True)
        self._recent = Recent(settings.query_kept_mib << 20)
        self._numbers = itertools.count()
        self._waiting: deque[asyncio.Future[Process]] = deque()
        self._closed = False
        self._idle = [self._started() for _ in range(settings.query_readers)]
        self._out = 0

    async def run(  # noqa: PLR0913 (what the protocol gives)
        self,
        text: str,
        media_type: str,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        *,
        base: str | None = None,
        gone: Gone | None = None,
    ) -> Result:
        """Return the result of a query in this media type.

        Graphs given here win over the query's `FROM`; `base` is what relative IRIs in it are
        relative to. Raises `BadQueryError`, `LimitError`, `BusyError` when too many wait, and
        `GoneError` when `gone` says that nobody does.
        """
        examined = examine(text, base)
        asked = (text, media_type, default_graphs and tuple(default_graphs),
                 named_graphs and tuple(named_graphs), base)  # fmt: skip
        held = self._recent.get(asked)
        if held is not None:
            return Result(media_type, held[1], len(held[0]), BytesIO(held[0]))
        file = Path(self._spool.name, str(next(self._numbers)))
        request: dict[str, Any] = {
            "text": text,
            "base": base,
            "media_type": media_type,
            "default_graphs": default_graphs,
            "named_graphs": named_graphs,
            "names_its_graphs": examined.names_its_graphs,
            "seconds": self._settings.query_seconds,
            "memory_mib": self._settings.query_memory_mib,
            "rows": self._settings.query_rows,
            "mib": self._settings.query_mib,
            "file": str(file),
        }
        async with self._reader(file, gone) as reader:
            graphs = await reader.wait_until_ready()
            given = [*(default_graphs or ()), *(named_graphs or ())]
            _check(given or examined.graphs, graphs)
            if not reader.isolated and "service" in text.lower():
                raise BadQueryError("On this system no query may hold the word SERVICE.")
            outcome = await reader.ask(
                request, self._settings.query_seconds, self._settings.query_memory_mib, gone
            )
        _raise_for(outcome.said)
        size, rows = outcome.said["size"], outcome.said["rows"]
        if "follows" in outcome.said:
            if not examined.varies:
                self._recent.put(asked, outcome.content, rows)
            return Result(media_type, rows, size, BytesIO(outcome.content))
        content = file.open("rb")  # noqa: ASYNC230 (local; the result's)
        file.unlink()  # noqa: ASYNC240 (it lives on while it is open)
        return Result(media_type, rows, size, content)

    def close(self) -> None:
        """End the readers; those at work finish what they began, and what waits for them."""
        self._closed = True
        while self._idle:
            self._idle.pop().kill()
        self._clean_up()

    def _started(self) -> Process:
        return Process(self._folder, self._settings.query_memory_mib)

    @asynccontextmanager
    async def _reader(self, file: Path, gone: Gone | None) -> AsyncIterator[Process]:
        reader = await self._taken(gone)
        self._out += 1
        try:
            yield reader
        finally:
            self._out -= 1
            if not reader.is_fit():
                reader.kill_aside(file)
                reader = self._started()
            self._give_back(reader)

    async def _taken(self, gone: Gone | None) -> Process:
        if self._closed:
            raise BusyError("Another release has just been published. Try again.")
        if self._idle:
            reader = self._idle.pop()
            if reader.is_fit():
                return reader
            reader.kill_aside()
            return self._started()
        if len(self._waiting) >= WAITING_PER_READER * self._settings.query_readers:
            raise BusyError("Too many queries wait already. Try again in a moment.")
        free: asyncio.Future[Process] = asyncio.get_running_loop().create_future()
        self._waiting.append(free)
        try:
            await self._turn(free, gone)
            return free.result()
        except BaseException:
            if free.done() and not free.cancelled():
                self._give_back(free.result())
            raise
        finally:
            if free in self._waiting:
                self._waiting.remove(free)

    async def _turn(self, free: "asyncio.Future[Process]", gone: Gone | None) -> None:
        """Wait until a reader is free."""
        deadline = time.monotonic() + 2 * self._settings.query_seconds
        while not free.done():
            await asyncio.wait({free}, timeout=LOOK_EVERY)
            if free.done():
                return
            if gone is not None and await gone():
                raise GoneError
            if time.monotonic() > deadline:
                raise BusyError("No reader became free in time. Try again in a moment.")

    def _give_back(self, reader: Process) -> None:
        """Hand a reader to whoever waits longest, or keep it; a closed sandbox keeps none."""
        while self._waiting:
            free = self._waiting.popleft()
            if not free.done():
                free.set_result(reader)
                return
        if self._closed:
            reader.kill_aside()
            self._clean_up()
        else:
            self._idle.append(reader)

    def _clean_up(self) -> None:
        if self._closed and self._out == 0 and not self._waiting:
            self._spool.cleanup()


def _check(asked: Sequence[str], graphs: frozenset[str]) -> None:
    unknown = [one for one in asked if one not in graphs]
    if unknown:
        raise BadQueryError(
            f"There is no graph <{unknown[0]}> here. Our graphs: "
            + ", ".join(f"<{one}>" for one in sorted(graphs))
        )


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
