"""The build worker: publishes one accepted contribution after the other.

Whatever ends it at any moment (`kill -9`, an empty disk), the job stays in the queue and the next
worker takes it again: a build that did not come to its end has changed nothing, and one that did
comes to the same release a second time.
"""

import os
import select
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ingest.contributions import source as contributions
from ingest.lock import locked
from ingest.pipeline import build
from ingest.source import Source
from ingest.source import sources as all_sources
from kg import contributed
from kg.contributed import RECORDS
from kg.errors import BusyError, LotseError, RefusedError, SourceError
from kg.jobs import Job, Queue

LOOK_EVERY: Final = 0.2
_MOST_ATTEMPTS: Final = 5
"""After so many attempts that ended with the worker, it is the job that ends it."""
_UNFORESEEN: Final = "The fault is ours. It has been logged; hand the contribution in again."


def work(
    data: Path,
    shipped: Callable[[], Sequence[Source]] = all_sources,
    keep_waiting: Callable[[], bool] = lambda: False,
) -> int:
    """Publish what waits; returns how many jobs came to their end.

    Where nothing waits, `keep_waiting` says whether to look again. One worker at a time: another
    one is waited for.
    """
    queue = Queue(data)
    done = 0
    with _alone(data, keep_waiting) as mine:
        while mine:
            waiting = queue.waiting()
            if waiting:
                _publish(data, queue, waiting[0], shipped)
                done += 1
            elif done or not keep_waiting():
                break
    return done


def parent_is_there() -> bool:
    """Wait a moment; return whether whoever started this still holds the other end of stdin."""
    ready, _, _ = select.select([sys.stdin], [], [], LOOK_EVERY)
    return not ready or bool(os.read(sys.stdin.fileno(), 1))


@contextmanager
def _alone(data: Path, keep_waiting: Callable[[], bool]) -> Iterator[bool]:
    """Hold the place of the one worker; false where nobody waits for it any more."""
    while True:
        try:
            with locked(data, "worker"):
                yield True
                return
        except BusyError:
            if not keep_waiting():
                break
    yield False


def _publish(data: Path, queue: Queue, job: Job, shipped: Callable[[], Sequence[Source]]) -> Job:
    """Bring one job to its end."""
    if job.attempts >= _MOST_ATTEMPTS:
        detail = f"The worker ended {job.attempts} times at this job. {_UNFORESEEN}"
        return queue.finish(job, "failed", detail=detail)
    job = queue.start(job)
    draft = contributed.folder_of(data, job.source) / "next"
    try:
        after = queue.applied(job, contributed.installed(data, job.source))
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        if after:
            contributed.write(draft / RECORDS, contributed.lines_of(after))
        built = _built(data, [*shipped(), *contributions.sources(data, {job.source: draft})])
        contributed.install(data, job.source, after)
    except (RefusedError, SourceError) as error:
        return queue.finish(job, "refused", detail=str(error))
    except LotseError as error:
        return queue.finish(job, "failed", detail=str(error))
    except Exception:  # noqa: BLE001 (the outermost handler of a job)
        traceback.print_exc()
        return queue.finish(job, "failed", detail=_UNFORESEEN)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return queue.finish(job, "published", release=built)


def _built(data: Path, sources: Sequence[Source]) -> str:
    """Return the release that was built; a steward's own build is waited for."""
    while True:
        try:
            return build(data, sources).release
        except BusyError:
            time.sleep(LOOK_EVERY)
