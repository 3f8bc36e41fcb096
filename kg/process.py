"""One reader process as its parent sees it: started, asked, watched, killed."""

import contextlib
import json
import os
import select
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from kg import isolation
from kg.errors import BadQueryError, LimitError, LotseError

_START_SECONDS: Final = 30.0
_LOOK_EVERY: Final = 0.02
_MIB: Final = 1024 * 1024


class DiedError(LotseError):
    """A reader ended for no reason that we know; another one has taken its place."""


class Process:
    """A reader process; one thread uses it at a time."""

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
        self._graphs: tuple[str, ...] | None = None
        self._at_start = 0
        self._fit = True
        self._memory_mib = memory_mib
        self.isolated = False

    @property
    def pid(self) -> int:
        """Return the process's id."""
        return self._child.pid

    def wait_until_ready(self) -> tuple[str, ...]:
        """Return the store's graphs once the reader has opened it."""
        if self._graphs is None:
            self._fit = False
            try:
                hello = self._line(time.monotonic() + _START_SECONDS, None)
            except TimeoutError:
                hello = None
            if hello is None:
                self._child.kill()
                raise DiedError(f"A reader could not start: {self._last_words()}")
            self.isolated = hello["isolated"]
            self._graphs = tuple(hello["graphs"])
            self._at_start = isolation.memory_of(self.pid)
            self._fit = True
        return self._graphs

    def ask(self, request: dict[str, Any], seconds: float, memory_mib: int) -> dict[str, Any]:
        """Return the outcome of a query; `LimitError` at the limits, and then it is unfit."""
        self._fit = False
        assert self._child.stdin is not None  # noqa: S101 (a pipe was asked for)
        with contextlib.suppress(BrokenPipeError):
            self._child.stdin.write(json.dumps(request).encode() + b"\n")
            self._child.stdin.flush()
        try:
            outcome = self._line(time.monotonic() + seconds, memory_mib)
        except TimeoutError as error:
            raise LimitError("time", seconds) from error
        if outcome is None:
            self._raise_for_death(memory_mib)
        else:
            self._fit = self._grown() < self._memory_mib * _MIB / 2
        return outcome or {}

    def is_fit(self) -> bool:
        """Return whether it may be asked again."""
        return self._fit and self._child.poll() is None

    def kill(self) -> None:
        """End it at once and take its remains away."""
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout, self._complaints):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()

    def _line(self, deadline: float, memory_mib: int | None) -> dict[str, Any] | None:
        """Return the next line; None when the reader has died."""
        assert self._child.stdout is not None  # noqa: S101 (a pipe was asked for)
        source = self._child.stdout.fileno()
        watch = select.poll()
        watch.register(source, select.POLLIN | select.POLLHUP)
        got = b""
        while not got.endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            if watch.poll(min(left, _LOOK_EVERY) * 1000):
                block = os.read(source, 65536)
                if not block:
                    return None
                got += block
            elif memory_mib is not None and self._grown() > memory_mib * _MIB:
                raise LimitError("memory", memory_mib)
        line: dict[str, Any] = json.loads(got)
        return line

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
