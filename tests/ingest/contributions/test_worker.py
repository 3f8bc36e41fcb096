"""The worker publishes one contribution after the other, and outlives `kill -9`."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from api.worker import Supervisor
from ingest.contributions import source as contributions
from ingest.contributions.worker import work
from ingest.lock import locked
from ingest.pipeline import build
from kg import contributed, release
from kg.answers.adoptions import adopters
from kg.contributing import Door
from kg.iri import graph
from kg.jobs import Job, Queue
from kg.terms import NamedNode
from tests.contribution import ADOPTION, GOOD, PREFIXES, SLUG, SOLUTION, described
from tests.world import small_sources

pytestmark = pytest.mark.full
ROOT = Path(__file__).parents[3]
WORKER = (
    "import sys; from pathlib import Path; from tests.world import small_sources; "
    "from ingest.contributions.worker import parent_is_there, work; "
    "work(Path(sys.argv[1]), small_sources, parent_is_there)"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    build(folder, small_sources())
    return folder


@pytest.fixture
def data(tmp_path: Path, built: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(built, folder, symlinks=True)
    contributed.add(folder, described())
    return folder


@pytest.fixture
def supervised(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Supervisor]:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    supervisor = Supervisor((sys.executable, "-c", WORKER, str(data)))
    supervisor.start()
    yield supervisor
    supervisor.stop()


def hand_in(data: Path, content: str, method: str = "PUT", slug: str = SLUG) -> Job:
    job, report = Door(data).hand_in(slug, method, "turtle", content.encode())  # type: ignore[arg-type]
    assert job is not None, report.as_json()
    return job


def wait_for(true: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


def says(data: Path) -> set[str]:
    graph_ = release.current(data).graph
    return {str(quad.triple) for quad in graph_.quads(graph=graph(SLUG))}


def test_what_was_accepted_is_published_with_its_provenance(data: Path) -> None:
    job = hand_in(data, GOOD)
    second = hand_in(data, ADOPTION, "POST")
    assert work(data, small_sources) == 2
    first, last = Queue(data).get(job.id), Queue(data).get(second.id)
    assert (first.state, last.state) == ("published", "published")
    assert last.release == release.current_id(data) != first.release
    (row,) = adopters(release.current(data).graph, solution=SOLUTION).rows
    (evidence,) = row.evidence
    assert evidence.graph == graph(SLUG).value
    assert "(beigetragen von: Teststadt (erfunden))" in evidence.title
    checksum = release.current(data).manifest["graphs"][SLUG]["sha256"]
    assert checksum.startswith(last.etag)
    assert contributed.tag(SLUG, contributed.installed(data, SLUG)) == last.etag


def test_a_clean_build_keeps_contributions_and_comes_to_the_same_release(data: Path) -> None:
    hand_in(data, GOOD)
    work(data, small_sources)
    before = release.current_id(data)
    every = [*small_sources(), *contributions.sources(data)]
    assert build(data, every, clean=True).release == before


def test_what_is_taken_back_is_gone_and_the_release_is_the_one_before(data: Path) -> None:
    before = release.current_id(data)
    hand_in(data, GOOD)
    Door(data).empty(SLUG)
    assert work(data, small_sources) == 2
    assert release.current_id(data) == before
    assert says(data) == set()


def test_a_job_that_the_build_refuses_leaves_nothing_behind(data: Path) -> None:
    """What it refers to is gone when its turn comes."""
    contributed.add(data, described("nachbar"))
    toml = contributed.folder_of(data, SLUG) / contributed.DESCRIPTION
    toml.write_text(toml.read_text().replace("needs = []", 'needs = ["nachbar"]'))
    other = GOOD.replace(SLUG, "nachbar")
    hand_in(data, other, slug="nachbar")
    work(data, small_sources)
    Door(data).empty("nachbar")
    refers = ADOPTION.replace(f"solution/{SLUG}", "solution/nachbar")
    job = hand_in(data, refers)
    assert work(data, small_sources) == 2
    ended = Queue(data).get(job.id)
    assert ended.state == "refused"
    assert "does not exist" in str(ended.detail)
    assert contributed.installed(data, SLUG) == {}
    assert work(data, small_sources) == 0


def test_a_contribution_made_untenable_by_another_source_stops_no_release(data: Path) -> None:
    hand_in(data, GOOD)
    hand_in(data, ADOPTION, "POST")
    work(data, small_sources)
    entries = dict(contributed.installed(data, SLUG))
    entries.pop(f"solution-{SLUG}-melder")
    contributed.install(data, SLUG, entries)
    built = build(data, [*small_sources(), *contributions.sources(data)])
    (line,) = (one for one in built.lines if one.source == SLUG)
    assert (line.accepted, line.parked) == (0, 1)


def test_killed_at_any_moment_the_job_is_taken_again(data: Path, supervised: Supervisor) -> None:
    """Killed in the middle of the build, three times, at different moments."""
    before = release.current_id(data)
    job = hand_in(data, GOOD)
    queue = Queue(data)
    for attempt, pause in enumerate((0.0, 0.4, 1.0), start=1):
        wait_for(lambda n=attempt: queue.get(job.id).attempts >= n)
        time.sleep(pause)
        if queue.get(job.id).state == "published":
            break
        os.kill(int((data / "worker.lock").read_text()), signal.SIGKILL)
        assert release.current_id(data) in {before, queue.get(job.id).release, *_ids(data)}
    wait_for(lambda: queue.get(job.id).state == "published")
    assert queue.get(job.id).attempts > 1
    assert len(says(data)) == 4
    assert {one.id for one in release.listed(data)} == {before, release.current_id(data)}
    del supervised


def _ids(data: Path) -> set[str]:
    return {one.id for one in release.listed(data)}


def test_a_job_that_ends_every_worker_fails_in_the_end(data: Path) -> None:
    job = hand_in(data, GOOD)
    queue = Queue(data)
    for _ in range(5):
        job = queue.start(job)
    assert work(data, small_sources) == 1
    assert queue.get(job.id).state == "failed"


def test_a_worker_without_a_parent_ends_and_its_job_stays(data: Path) -> None:
    """The server is killed: the worker ends by itself, and the next one finds everything."""
    child = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(data)],
        stdin=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    wait_for((data / "worker.lock").exists)
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(timeout=20) == 0
    job = hand_in(data, GOOD)
    assert work(data, small_sources) == 1
    assert Queue(data).get(job.id).state == "published"


def test_contributions_at_the_same_time_are_published_one_after_the_other(
    data: Path, supervised: Supervisor
) -> None:
    def page(number: int) -> Job:
        said = f"<{SOLUTION}> foaf:page <https://example.org/{number}> ."
        return hand_in(data, PREFIXES + said, "POST")

    hand_in(data, GOOD)
    with ThreadPoolExecutor(3) as pool:
        jobs = list(pool.map(page, range(3)))
    queue = Queue(data)
    wait_for(lambda: not queue.waiting())
    ended = [queue.get(job.id) for job in jobs]
    assert {one.state for one in ended} == {"published"}
    pages = release.current(data).graph.quads(NamedNode(SOLUTION), graph=graph(SLUG))
    assert len([quad for quad in pages if "/page" in quad.predicate.value]) == 4
    times = sorted((str(one.started), str(one.finished)) for one in ended)
    assert all(a[1] <= b[0] for a, b in pairwise(times))
    del supervised


def test_a_stewards_own_build_is_waited_for(data: Path) -> None:
    job = hand_in(data, GOOD)
    with ThreadPoolExecutor(1) as pool:
        with locked(data):
            working = pool.submit(work, data, small_sources)
            wait_for(lambda: Queue(data).get(job.id).state == "running")
            time.sleep(1)
            assert not working.done()
        assert working.result() == 1
    assert Queue(data).get(job.id).state == "published"
