"""`kill -9` at any moment of making copies leaves whole ones, or none, and a log that goes on."""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from ingest.pipeline import build
from kg import copies, dumps, log, release
from kg.void import read
from tests.world import small_sources

TRIES = 12


def test_a_killed_process_leaves_nothing_half_made(tmp_path: Path) -> None:
    data = tmp_path / "data"
    build(data, small_sources())
    folder = release.current(data).folder
    began = time.monotonic()
    copies.make(data)
    took = time.monotonic() - began
    chance = random.Random(1)  # noqa: S311 (when to kill, no secret)
    ended = 0
    for _ in range(TRIES):
        shutil.rmtree(folder / dumps.FOLDER)
        shutil.rmtree(data / "log")
        child = subprocess.Popen(
            [sys.executable, "-m", "kg.copies", str(data)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        time.sleep(chance.uniform(0.3, 0.3 + 2 * took))
        child.send_signal(signal.SIGKILL)
        ended += child.wait() == 0
        _hold(folder)
        copies.make(data)
        _hold(folder)
        assert len(dumps.dumps(folder)) > 4
        assert _sums(data) == {
            path.name.removesuffix(".nq.zst"): _digest(folder, path) for path in _graphs(folder)
        }
    assert ended < TRIES


def _hold(folder: Path) -> None:
    """Hold whatever is there against its checksum."""
    for one in dumps.dumps(folder):
        content = (dumps.folder_of(folder) / one.name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == one.sha256
    if copies.statistics(folder).exists():
        assert read(copies.statistics(folder))


def _sums(data: Path) -> dict[str, str]:
    state = log.replayed(data)
    return {name: hashlib.sha256(state.read(name).encode()).hexdigest() for name in state.sums}


def _graphs(folder: Path) -> list[Path]:
    return sorted((folder / "graphs").glob("*.nq.zst"))


def _digest(folder: Path, path: Path) -> str:
    content = release.read_graph(folder, path.name.removesuffix(".nq.zst"))
    return hashlib.sha256(content).hexdigest()
