"""What is made of a release after it is published, in a process of its own that may be killed.

    python -m kg.copies <data> [<release>]

Publishing never waits for it. It takes its turn by a lock, makes what the served release (and the
one named) lacks, each piece under another name until it is whole, and ends when nothing lacks.
"""

import contextlib
import fcntl
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg import dumps, log, release, void
from kg.errors import BusyError

_LOOK_EVERY: Final = 0.1
_PATIENCE: Final = 20.0
_NICE: Final = 10


def statistics(folder: Path) -> Path:
    """Return where the statistics of the release in this folder lie, or will lie."""
    return folder / dumps.FOLDER / void.FILE


def begin(data: Path) -> None:
    """Start the process for this data directory and leave it to itself; it outlives us."""
    nowhere = [(os.POSIX_SPAWN_OPEN, handle, os.devnull, os.O_RDWR, 0) for handle in range(3)]
    os.posix_spawn(
        sys.executable, _command(data), _environment(), file_actions=nowhere, setsid=True
    )


def _command(data: Path, *releases: str) -> list[str]:
    return [sys.executable, "-m", "kg.copies", str(data.resolve()), *releases]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


@dataclass(slots=True)
class Copier:
    """Starts the process when something is asked for that is not there yet."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _child: "subprocess.Popen[bytes] | None" = None

    def wait_for(self, data: Path, release_id: str, ready: Callable[[], bool]) -> None:
        """Return when the copies of a release are ready; `BusyError` where that takes too long."""
        until = time.monotonic() + _PATIENCE
        while not ready():
            with self._lock:
                if self._child is None or self._child.poll() is not None:
                    self._child = subprocess.Popen(  # noqa: S603 (our own module)
                        _command(data, release_id),
                        stdin=subprocess.DEVNULL,
                        stdout=subprocess.DEVNULL,
                        stderr=subprocess.DEVNULL,
                        env=_environment(),
                    )
            if time.monotonic() > until:
                raise BusyError("This copy of the release is being made. Ask again in a moment.")
            time.sleep(_LOOK_EVERY)

    def close(self) -> None:
        """End the process; what it was at is begun anew next time."""
        with self._lock:
            if self._child is not None:
                self._child.kill()
                self._child.wait()
                self._child = None


def make(data: Path, *releases: str) -> None:
    """Make all that the served release lacks, and these; nothing where another one is at it."""
    with (data / "copies.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        done = None
        while (served := release.current_id(data)) is not None and served != done:
            log.catch_up(data)
            _of(data / "releases" / served)
            done = served
        for one in releases:
            _of(data / "releases" / one)


def _of(folder: Path) -> None:
    target = statistics(folder)
    target.parent.mkdir(exist_ok=True)
    if not target.exists():
        beside = target.with_name(f".{target.name}")
        void.write(beside, void.counted(release.opened(folder).graph))
        beside.replace(target)
    dumps.write(folder)


if __name__ == "__main__":
    with contextlib.suppress(OSError):
        os.nice(_NICE)
    make(Path(sys.argv[1]), *sys.argv[2:])
