"""What is made of a release after it is published, in a process of its own that may be killed.

    python -m kg.copies <data>

Publishing never waits for it. It takes its turn by a lock, makes what the served release lacks,
each piece under another name until it is whole, and ends when nothing is lacking any more.
"""

import contextlib
import fcntl
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg import dumps, release, void
from kg.errors import BusyError

_LOOK_EVERY: Final = 0.1
_PATIENCE: Final = 20.0
_NICE: Final = 10


def statistics(folder: Path) -> Path:
    """Return where the statistics of the release in this folder lie, or will lie."""
    return folder / dumps.FOLDER / void.FILE


def start(data: Path) -> "subprocess.Popen[bytes]":
    """Start the process for this data directory; it does nothing where another one is at it."""
    return subprocess.Popen(  # noqa: S603 (our own module)
        [sys.executable, "-m", "kg.copies", str(data.resolve())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,
    )


@dataclass(slots=True)
class Copier:
    """Starts the process when something is asked for that is not there yet."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _child: "subprocess.Popen[bytes] | None" = None

    def wait_for(self, data: Path, path: Path) -> Path:
        """Return the file or folder when it is there; `BusyError` where that takes too long."""
        until = time.monotonic() + _PATIENCE
        while not path.exists():
            with self._lock:
                if self._child is None or self._child.poll() is not None:
                    self._child = start(data)
            if time.monotonic() > until:
                message = f"{path.name} of this release is being made. Ask again in a moment."
                raise BusyError(message)
            time.sleep(_LOOK_EVERY)
        return path

    def close(self) -> None:
        """End the process; what it was at is begun anew next time."""
        with self._lock:
            if self._child is not None:
                self._child.kill()
                self._child.wait()
                self._child = None


def make(data: Path) -> None:
    """Make all that the served release lacks; nothing where another process is at it."""
    with (data / "copies.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        done = None
        while (served := release.current_id(data)) is not None and served != done:
            _of(data / "releases" / served)
            done = served


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
    make(Path(sys.argv[1]))
