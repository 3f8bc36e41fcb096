"""Keeps the build worker alive: a process of its own that publishes contributions."""

import subprocess
import threading
import time
from collections.abc import Sequence
from typing import Final

import structlog

from kg.backstage import COMMAND

_SHORT: Final = 10.0
"""A worker that lived shorter than this and failed is given some time before the next one."""
_LONGEST_PAUSE: Final = 30.0
_log = structlog.get_logger("lotse.worker")


class Supervisor:
    """Starts the worker, and another one whenever it ends, until it is stopped itself.

    The worker ends by itself after its jobs, so that their memory is given back, and when nobody
    holds the other end of its stdin any more.
    """

    def __init__(self, command: Sequence[str] = (*COMMAND, "worker", "--wait")) -> None:
        """Know the command; `start` runs it."""
        self._command = command
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="worker", daemon=True)
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the worker, in the background."""
        self._thread.start()

    def stop(self) -> None:
        """End the worker; the job that it was at stays in the queue."""
        self._stopping.set()
        child = self._child
        if child is not None and child.poll() is None:
            child.terminate()
        self._thread.join()

    def _keep(self) -> None:
        pause = 0.5
        while not self._stopping.is_set():
            began = time.monotonic()
            with subprocess.Popen(self._command, stdin=subprocess.PIPE) as child:  # noqa: S603
                self._child = child
                if self._stopping.is_set():
                    child.terminate()
                code = child.wait()
            if code == 0 or self._stopping.is_set():
                pause = 0.5
                continue
            _log.warning("worker ended", code=code)
            pause = 0.5 if time.monotonic() - began > _SHORT else min(pause * 2, _LONGEST_PAUSE)
            self._stopping.wait(pause)
