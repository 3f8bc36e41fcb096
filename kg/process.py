"""One reader process as its parent sees it: started, asked, watched, killed."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from kg import isolation
from kg.errors import BadQueryError, LimitError, LotseError

_START_SECONDS: Final = 30.0
LOOK_EVERY: Final = 0.02
_WEIGH_EVERY: Final = 64
"""After how many short queries the memory is looked at that a reader keeps."""
_BLOCK: Final = 1 << 18
_MIB: Final = 1024 * 1024


Gone: TypeAlias = Callable[[], Awaitable[bool]]
"""Says whether whoever asked waits no longer; it is asked now and then."""


class GoneError(LotseError):
    """Nobody waits for the answer any more."""


class DiedError(LotseError):
    """A reader ended for no reason that we know; another one has taken its place."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reader says of a query, and the result itself where it is not in a file."""

    said: dict[str, Any]
    content: bytes


class Process:
    """A reader process; one task uses it at a time. Whoever stops waiting for it must kill it."""

    def __init__(self, store_folder: Path, memory_mib: int) -> None:
        """Start it; `wait_until_ready` before asking."""
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `kill`)
        self._child = subprocess.Popen(  # noqa: S603 (our own module)
            [sys.executable, "-m", "kg.reader", str(store_folder), str(memory_mib)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env={"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert self._child.stdin is not None  # noqa: S101 (a pipe was asked for)
        assert self._child.stdout is not None  # noqa: S101 (a pipe was asked for)
        self._to, self._from = self._child.stdin, self._child.stdout
        os.set_blocking(self._from.fileno(), False)
        self._graphs: frozenset[str] | None = None
        self._at_start = 0
        self._asked = 0
        self._fit = True
        self._memory_mib = memory_mib
        self.isolated = False

    @property
    def pid(self) -> int:
        """Return the process's id."""
        return self._child.pid

    async def wait_until_ready(self) -> frozenset[str]:
        """Return the store's graphs once the reader has opened it."""
        if self._graphs is None:
            self._fit = False
            try:
                hello = await self._outcome(time.monotonic() + _START_SECONDS, None)
            except TimeoutError:
                hello = None
            if hello is None:
                self._child.kill()
                raise DiedError(f"A reader could not start: {self._last_words()}")
            self.isolated = hello.said["isolated"]
            self._graphs = frozenset(hello.said["graphs"])
            self._at_start = isolation.memory_of(self.pid)
            self._fit = True
        return self._graphs

    async def ask(
        self, request: dict[str, Any], seconds: float, memory_mib: int, gone: Gone | None = None
    ) -> Outcome:
        """Return the outcome of a query.

        It is unfit after `LimitError` at the limits, and `GoneError` where nobody waits.
        """
        self._fit = False
        with contextlib.suppress(BrokenPipeError):
            self._to.write(json.dumps(request).encode() + b"\n")
            self._to.flush()
        began = time.monotonic()
        try:
            outcome = await self._outcome(began + seconds, memory_mib, gone)
        except TimeoutError as error:
            raise LimitError("time", seconds) from error
        if outcome is None:
            self._raise_for_death(memory_mib)
            raise AssertionError
        self._asked += 1
        if time.monotonic() - began < LOOK_EVERY and self._asked % _WEIGH_EVERY:
            self._fit = True
        else:
            self._fit = self._grown() < self._memory_mib * _MIB / 2
        return outcome

    def is_fit(self) -> bool:
        """Return whether it may be asked again."""
        return self._fit and self._child.poll() is None

    def kill(self, leavings: Path | None = None) -> None:
        """End it at once and wait for its end; take away the file that it may have begun."""
        self._child.kill()
        self._child.wait()
        for pipe in (self._to, self._from, self._complaints):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        if leavings is not None:
            leavings.unlink(missing_ok=True)

    def kill_aside(self, leavings: Path | None = None) -> None:
        """End it at once and take its remains away without letting anybody wait."""
        self._child.kill()
        threading.Thread(target=self.kill, args=(leavings,), name="burial").start()

    async def _outcome(
        self, deadline: float, memory_mib: int | None, gone: Gone | None = None
    ) -> Outcome | None:
        """Return what the reader says next; None when it has died."""
        got = bytearray()
        line = -1
        while line < 0:
            if not await self._more(got, deadline, memory_mib, gone):
                return None
            line = got.find(b"\n")
        said: dict[str, Any] = json.loads(got[:line])
        whole = line + 1 + said.get("follows", 0)
        while len(got) < whole:
            if not await self._more(got, deadline, memory_mib, gone):
                return None
        return Outcome(said, bytes(got[line + 1 :]))

    async def _more(
        self, got: bytearray, deadline: float, memory_mib: int | None, gone: Gone | None
    ) -> bool:
        """Add what the reader has written since; return False when it has died."""
        source = self._from.fileno()
        loop = asyncio.get_running_loop()
        readable = asyncio.Event()
        loop.add_reader(source, readable.set)
        try:
            while not readable.is_set():
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError
                look = loop.call_later(min(left, LOOK_EVERY), readable.set)
                await readable.wait()
                look.cancel()
                with contextlib.suppress(BlockingIOError):
                    block = os.read(source, _BLOCK)
                    got += block
                    return bool(block)
                readable.clear()
                if memory_mib is not None and self._grown() > memory_mib * _MIB:
                    raise LimitError("memory", memory_mib)
                if gone is not None and await gone():
                    raise GoneError
        finally:
            loop.remove_reader(source)
        return True

    def _grown(self) -> int:
        return isolation.memory_of(self.pid) - self._at_start

    def _raise_for_death(self, memory_mib: int) -> None:
        self._child.wait()
        words = self._last_words()
        if "memory allocation" in words:
            raise LimitError("memory", memory_mib)
        if "overflow" in words or self._child.returncode == -11:  # noqa: PLR2004 (SIGSEGV)
            raise BadQueryError("The query is nested too deeply.")
        raise DiedError(f"A reader ended with {self._child.returncode}: {words}")

    def _last_words(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(timeout=1)
        self._complaints.seek(0)
        return self._complaints.read()[-500:].decode(errors="replace").strip()
