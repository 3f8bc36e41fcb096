"""IRIs live for ever: what went is remembered, over deleted and withdrawn releases."""

import json
import random
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg import identifiers, release
from kg.identifiers import Last, last_seen
from kg.namespaces import HOME, ID
from kg.nquads import gone_lines
from kg.store import Draft

SAME = f"<{HOME}ns#sameThingAs>"


def line(thing: str, said: str, graph: str = "a") -> str:
    """Return a line of canonical N-Quads."""
    return f"<{ID}{thing}> {said} <{HOME}graph/{graph}> .\n"


def publish(data: Path, name: str, graphs: Mapping[str, list[str]]) -> None:
    """Write a release of these lines, with its register, and serve it."""
    folder = data / "tmp" / name
    folder.mkdir(parents=True)
    draft = Draft(folder / "store")
    listed = {}
    for graph, lines in graphs.items():
        content = "".join(sorted(lines)).encode()
        release.write_graph(folder / "graphs", graph, content)
        draft.load(content)
        listed[graph] = {"sha256": str(hash(content))}
    draft.finish()
    draft.close()
    manifest = {"graphs": listed, "quads": 0}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    run = {"published": f"2026-01-{len(release.listed(data)) + 1:02}T00:00:00+00:00"}
    (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")
    identifiers.write(data, folder)
    release.publish(data, folder, name)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data directory in which two of four things went, one of them merged before."""
    label = '<http://www.w3.org/2004/02/skos/core#prefLabel> "x"'
    first = [line(one, label) for one in ("lab/a", "lab/b", "lab/old", "lab/new")]
    merged = [line("lab/old", f"{SAME} <{ID}lab/new>", "b")]
    publish(tmp_path, "r1", {"a": first, "b": merged})
    publish(tmp_path, "r2", {"a": [line(one, label) for one in ("lab/a", "lab/c", "lab/new")]})
    publish(tmp_path, "r3", {"a": [line(one, label) for one in ("lab/c", "lab/new")]})
    return tmp_path


def _last(data: Path, thing: str) -> Last | None:
    return last_seen(data, release.current(data), f"{ID}{thing}")


def test_what_went_is_known_with_the_release_that_had_it_last(data: Path) -> None:
    assert _last(data, "lab/b") == Last("r1", "2026-01-01T00:00:00+00:00")
    assert _last(data, "lab/a") == Last("r2", "2026-01-02T00:00:00+00:00")
    assert _last(data, "lab/never") is None


def test_another_name_that_went_still_leads_to_the_thing(data: Path) -> None:
    assert _last(data, "lab/old") == Last("r1", "2026-01-01T00:00:00+00:00", f"{ID}lab/new")


def test_it_stays_known_when_earlier_releases_are_deleted(data: Path) -> None:
    for name in ("r1", "r2"):
        shutil.rmtree(data / "releases" / name)
    publish(data, "r4", {"a": [line("lab/c", "<a:b> <a:c>")]})
    shutil.rmtree(data / "releases" / "r3")
    assert {one: _last(data, f"lab/{one}").release for one in ("a", "b", "old", "new")} == {  # type: ignore[union-attr]
        "b": "r1", "old": "r1", "a": "r2", "new": "r3",
    }  # fmt: skip


def test_what_comes_back_is_there_again(data: Path) -> None:
    publish(data, "r4", {"a": [line("lab/b", "<a:b> <a:c>")]})
    assert identifiers.read(data / "releases" / "r4").gone.keys() == {
        f"{ID}lab/{one}" for one in ("a", "c", "new", "old")
    }


def test_a_release_served_again_knows_what_later_ones_had(data: Path) -> None:
    release.rollback(data, "r1")
    assert _last(data, "lab/c") == Last("r3", "2026-01-03T00:00:00+00:00")
    publish(data, "r4", {"a": [line("lab/b", "<a:b> <a:c>")]})
    assert _last(data, "lab/c") == Last("r3", "2026-01-03T00:00:00+00:00")


def test_lines_that_went_are_found_wherever_they_stand() -> None:
    chance = random.Random(4)  # noqa: S311
    for _ in range(60):
        every = sorted({f"{chance.randrange(20_000):05} {'x' * 60}".encode() for _ in range(8_000)})
        old = [one for one in every if chance.random() < 0.97]
        new = [one for one in every if chance.random() < 0.97] if chance.random() < 0.7 else old
        texts = (b"".join(one + b"\n" for one in lines) for lines in (old, new))
        assert list(gone_lines(*texts)) == sorted(set(old) - set(new))
