"""Hands a contribution to the gate, in a process that is killed at the limits, and to the queue.

The gate is the pipeline's own; it is called by its command, so that whoever asks need not know
the pipeline.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg import contributed
from kg.backstage import COMMAND
from kg.contributed import Entries
from kg.errors import BusyError, LimitError, LotseError, UnreadableError
from kg.findings import Finding
from kg.jobs import Job, Method, Queue
from kg.reports import Report

WAITING: Final = 100
"""How many contributions of one source may wait for their release."""
_AT_A_TIME: Final = 16
"""How many contributions may be at the gate, the one that is judged included."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one contribution may take at the gate."""

    seconds: float = 60.0
    memory_mib: int = 1024
    mib: int = 10


class GateLimitError(LimitError):
    """A contribution met a limit of the gate; nothing of it was taken."""

    def __str__(self) -> str:
        """Say which limit it was, and the way out."""
        return {
            "time": f"Judging took longer than {self.value:g} s and was ended.",
            "memory": f"Judging needed more than {self.value:g} MiB of memory and was ended.",
            "size": f"A contribution may have at most {self.value:g} MiB.",
        }[self.limit] + " Nothing was changed. Hand it in in smaller parts, by POST."


class ManyJobsError(LotseError):
    """So many contributions of this source wait already that no other one is taken."""


class ChangedError(LotseError):
    """The graph does not say any more what the contributor holds it to say."""


class Door:
    """Where contributions come in: one is judged at a time, some wait, others are sent away."""

    def __init__(self, data: Path, limits: Limits | None = None) -> None:
        """Open the door of a data directory."""
        self._data = data
        self._limits = limits or Limits()
        self._places = threading.BoundedSemaphore(_AT_A_TIME)
        self._gate = threading.Lock()

    def hand_in(
        self,
        source: str,
        method: Method,
        kind: str,
        content: bytes,
        holds: Callable[[str], bool] = lambda _tag: True,
    ) -> tuple[Job | None, Report]:
        """Return what the gate says to a contribution, and its job where it is accepted.

        `holds` is asked whether the graph still says what the contributor holds it to say, by the
        tag of what it will say once everything that waits is published. Raises `ChangedError`,
        `UnreadableError`, `GateLimitError`, `BusyError`, `ManyJobsError`.
        """
        if len(content) > self._limits.mib * 1024 * 1024:
            raise GateLimitError("size", self._limits.mib)
        queue = Queue(self._data)
        with self._place(), self._gate:
            while True:
                said = self._judged(source, method, kind, content)
                found = tuple(Finding(**one) for one in said["findings"])
                report = Report("lotse", said["triples"], found)
                if report.violations:
                    return None, report
                brings = contributed.entries(said["brings"].encode())
                with queue.locked():
                    if contributed.tag(source, queue.head(source)) == said["before"]:
                        job = self._queued(queue, source, method, said["etag"], brings, holds)
                        return job, report

    def empty(self, source: str, holds: Callable[[str], bool] = lambda _tag: True) -> Job:
        """Return the job that takes back all that a source says; no gate keeps that out."""
        queue = Queue(self._data)
        with queue.locked():
            return self._queued(queue, source, "DELETE", "", {}, holds)

    def _queued(  # noqa: PLR0913, PLR0917 (all that makes a job)
        self,
        queue: Queue,
        source: str,
        method: Method,
        etag: str,
        brings: Entries,
        holds: Callable[[str], bool],
    ) -> Job:
        if not holds(contributed.tag(source, queue.head(source))):
            raise ChangedError("The graph has changed since.")
        if len(queue.waiting(source)) >= WAITING:
            message = f"{WAITING} contributions of this source wait already. Wait for them."
            raise ManyJobsError(message)
        return queue.add(source, method, etag, brings)

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise BusyError("Many contributions are at the gate; try again in a moment.")
        try:
            yield
        finally:
            self._places.release()

    def _judged(self, source: str, method: Method, kind: str, content: bytes) -> dict[str, Any]:
        """Return what the gate says, from a process of its own."""
        request = {
            "source": source, "method": method, "kind": kind, "memory": self._limits.memory_mib,
        }  # fmt: skip
        environment = {name: one for name, one in os.environ.items() if name.startswith("LOTSE_")}
        with subprocess.Popen(  # noqa: S603 (our own module)
            [*COMMAND, "contribution-check"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={
                **environment,
                "LOTSE_DATA": str(self._data),
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
        ) as child:
            try:
                answer, complaints = child.communicate(
                    json.dumps(request).encode() + b"\n" + content, timeout=self._limits.seconds
                )
            except subprocess.TimeoutExpired as error:
                child.kill()
                raise GateLimitError("time", self._limits.seconds) from error
        said: dict[str, Any] = {}
        with contextlib.suppress(json.JSONDecodeError):
            said = json.loads(answer)
        if "unreadable" in said:
            raise UnreadableError(**said["unreadable"])
        if not said:
            words = complaints[-500:].decode(errors="replace").strip()
            if "memory allocation" in words or "MemoryError" in words:
                raise GateLimitError("memory", self._limits.memory_mib)
            raise LotseError(f"The gate ended with {child.returncode}: {words}")
        return said
