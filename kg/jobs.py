"""The queue of accepted contributions: durable files that outlive whoever reads or writes them.

    <data>/jobs/waiting/<id>.json    a job that is queued or running
                        <id>.jsonl   what it brings
    <data>/jobs/done/<id>.json       a job that came to its end

Ids sort by the time at which jobs were accepted. A file appears whole or not at all.
"""

import datetime
import fcntl
import json
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, Literal

from kg import contributed
from kg.contributed import Entries
from kg.errors import NotFoundError

State = Literal["queued", "running", "published", "refused", "failed"]
Method = Literal["PUT", "POST", "DELETE"]
_ID: Final = re.compile(r"[0-9a-f]{20}")
_KEPT: Final = 1_000
"""Jobs at their end that are kept, so that whoever asks late learns what came of them."""


@dataclass(frozen=True, slots=True)
class Job:
    """An accepted contribution on its way into a release."""

    id: str
    source: str
    method: Method
    state: State
    received: str
    etag: str
    """What will stand for the content of the graph once the job is published."""
    statements: int
    started: str | None = None
    finished: str | None = None
    release: str | None = None
    detail: str | None = None
    attempts: int = 0


def now() -> str:
    """Return this moment in UTC."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")


class Queue:
    """The jobs of a data directory."""

    def __init__(self, data: Path) -> None:
        """Stand before the queue of this data directory."""
        self._data = data
        self._waiting = data / "jobs" / "waiting"
        self._done = data / "jobs" / "done"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the queue while something is decided that rests on what waits in it."""
        self._waiting.mkdir(parents=True, exist_ok=True)
        with (self._data / "jobs" / "lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def add(self, source: str, method: Method, etag: str, brings: Entries) -> Job:
        """Keep an accepted contribution; once this returns it survives whatever happens."""
        last = max((path.stem for path in self._files(self._waiting, self._done)), default="")
        stamp = max(time.time_ns() // 1_000_000, int(last[:12] or "0", 16) + 1)
        statements = sum(len(one.said) for one in brings.values())
        job = Job(
            f"{stamp:012x}{secrets.token_hex(4)}", source, method, "queued", now(), etag, statements
        )
        contributed.write(self._waiting / f"{job.id}.jsonl", contributed.lines_of(brings))
        self._write(self._waiting, job)
        return job

    def get(self, job_id: str) -> Job:
        """Return a job; `NotFoundError` where there is none of this id (any more)."""
        if _ID.fullmatch(job_id) is not None:
            for folder in (self._done, self._waiting, self._done):
                try:
                    return _read(folder / f"{job_id}.json")
                except FileNotFoundError:
                    continue
        raise NotFoundError(job_id, "job")

    def waiting(self, source: str | None = None) -> list[Job]:
        """Return the jobs that wait or run, the oldest first."""
        found = []
        for path in sorted(self._files(self._waiting), key=lambda path: path.stem):
            if (self._done / path.name).exists():
                continue
            try:
                found.append(_read(path))
            except FileNotFoundError:
                continue
        return [one for one in found if source in (None, one.source)]

    def brings(self, job: Job) -> Entries:
        """Return what a waiting job brings."""
        return contributed.entries((self._waiting / f"{job.id}.jsonl").read_bytes())

    def head(self, source: str) -> Entries:
        """Return what a source will say once everything that waits is published."""
        found = contributed.installed(self._data, source)
        for job in self.waiting(source):
            found = self.applied(job, found)
        return found

    def applied(self, job: Job, before: Entries) -> Entries:
        """Return what a source says after a job, having said this before."""
        if job.method == "DELETE":
            return {}
        brings = self.brings(job)
        merge = contributed.merged if job.method == "POST" else contributed.replaced
        return merge(before, brings)

    def start(self, job: Job) -> Job:
        """Say that a job is being worked on, once more."""
        begun = replace(job, state="running", started=now(), attempts=job.attempts + 1)
        self._write(self._waiting, begun)
        return begun

    def finish(
        self, job: Job, state: State, *, release: str | None = None, detail: str | None = None
    ) -> Job:
        """Say what came of a job, and let go of what it brought."""
        ended = replace(job, state=state, finished=now(), release=release, detail=detail)
        self._write(self._done, ended)
        for name in (f"{job.id}.json", f"{job.id}.jsonl"):
            (self._waiting / name).unlink(missing_ok=True)
        for path in sorted(self._files(self._done), key=lambda path: path.stem)[:-_KEPT]:
            path.unlink(missing_ok=True)
        return ended

    def _files(self, *folders: Path) -> list[Path]:
        return [
            path for folder in folders for path in folder.glob("*.json")
            if _ID.fullmatch(path.stem) is not None
        ]  # fmt: skip

    def _write(self, folder: Path, job: Job) -> None:
        contributed.write(folder / f"{job.id}.json", json.dumps(asdict(job), indent=1).encode())


def _read(path: Path) -> Job:
    return Job(**json.loads(path.read_text(encoding="utf-8")))
