"""One build, and one fetch, at a time in a data directory."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import BusyError


@contextmanager
def locked(data: Path, what: str = "build") -> Iterator[None]:
    """Hold the data directory for one build or fetch; `BusyError` where another one holds it.

    The lock goes with the process that holds it, however that ends.
    """
    data.mkdir(parents=True, exist_ok=True)
    with (data / f"{what}.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            message = (
                f"Another {what} (process {file.read().strip() or 'unknown'}) is under way in "
                f"{data}. Wait for it, then {what} again."
            )
            raise BusyError(message) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
