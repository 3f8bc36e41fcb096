"""Descriptions of contributed sources, and the queue of what they say."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg import contributed
from kg.contributed import Entry
from kg.errors import NotFoundError, SourceError
from kg.jobs import Queue
from tests.contribution import SLUG, described

DAY = "2026-11-24"


def entry(key: str, *said: str, day: str = DAY) -> Entry:
    return Entry(key, day, said)


def test_a_description_is_written_and_read_back(tmp_path: Path) -> None:
    one = replace(described(title='Mit "Zeichen" und \\ (erfunden)'), needs=("nachbar",))
    folder = contributed.add(tmp_path, one)
    assert contributed.load(folder) == one
    assert contributed.described(tmp_path) == {SLUG: one}
    with pytest.raises(SourceError, match="There is a contributed source"):
        contributed.add(tmp_path, one)


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"title": ""}, "title must be one line"),
        ({"title": "zwei\nZeilen"}, "title must be one line"),
        ({"contributor": "eva@example.org"}, "contributor holds an e-mail address"),
        ({"homepage": "example.org"}, "must be a web address"),
        ({"since": "gestern"}, "must be a day"),
        ({"slug": "Mit-Strich"}, "small letters"),
        ({"slug": "../x"}, "small letters"),
        ({"needs": ("x y",)}, "list of slugs"),
    ],
)
def test_what_a_description_lacks_is_said(
    tmp_path: Path, changed: dict[str, object], word: str
) -> None:
    with pytest.raises(SourceError, match=word):
        contributed.add(tmp_path, replace(described(), **changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [("contributor", "contributer", "'contributor' is missing, 'contributer' is unknown"),
     ("title = ", "title ", "cannot be read")],
)  # fmt: skip
def test_a_description_changed_by_hand_is_checked(
    tmp_path: Path, old: str, new: str, word: str
) -> None:
    path = contributed.add(tmp_path, described()) / contributed.DESCRIPTION
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(SourceError, match=word):
        contributed.described(tmp_path)


def test_what_says_the_same_keeps_its_day() -> None:
    before = {"a": entry("a", "s p 1", day="2026-01-01"), "b": entry("b", "s p 2")}
    same = {"a": entry("a", "s p 1")}
    assert contributed.replaced(before, same) == {"a": before["a"]}
    assert contributed.merged(before, same) == before
    more = contributed.merged(before, {"a": entry("a", "s p 3")})
    assert more["a"] == entry("a", "s p 1", "s p 3")


def test_jobs_come_in_the_order_in_which_they_were_accepted(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    with queue.locked():
        made = [queue.add(SLUG, "POST", "", {"a": entry("a", f"s p {n}")}) for n in range(5)]
    assert queue.waiting() == made
    assert queue.head(SLUG)["a"].said == tuple(f"s p {n}" for n in range(5))
    assert queue.head("andere") == {}
    ended = queue.finish(queue.start(made[0]), "published", release="abc")
    assert (ended.attempts, queue.get(made[0].id)) == (1, ended)
    assert queue.waiting() == made[1:]
    queue.add(SLUG, "DELETE", "", {})
    assert queue.head(SLUG) == {}
    for key in ("", "../waiting/x", "0" * 20):
        with pytest.raises(NotFoundError):
            queue.get(key)


def test_a_job_cut_off_at_its_end_has_come_to_it(tmp_path: Path) -> None:
    queue = Queue(tmp_path)
    job = queue.add(SLUG, "PUT", "", {"a": entry("a", "s p 1")})
    waiting = tmp_path / "jobs" / "waiting"
    kept = {path: path.read_bytes() for path in waiting.iterdir()}
    queue.finish(job, "published", release="abc")
    for path, content in kept.items():
        path.write_bytes(content)
    assert queue.get(job.id).state == "published"
    assert queue.waiting() == []
