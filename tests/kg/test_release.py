import json
import os
from pathlib import Path

import pytest

from kg import nquads, release
from kg.errors import LotseError, NoReleaseError, NotFoundError
from kg.iri import graph, mint
from kg.store import Draft
from kg.terms import RDF, SKOS, Triple, text

LAB = mint("lab", "example", "1")


def publish(data: Path, label: str, published: str) -> str:
    """Publish a release of one triple; returns its id."""
    draft = data / "tmp" / "build"
    draft.mkdir(parents=True)
    content = nquads.canonical([Triple(LAB, SKOS.prefLabel, text(label, "de"))], graph("example"))
    release.write_graph(draft / "graphs", "example", content)
    store = Draft(draft / "store")
    store.load(content)
    store.finish()
    release_id = nquads.digest([Triple(LAB, SKOS.prefLabel, text(label, "de"))])
    (draft / "manifest.json").write_text(json.dumps({"id": release_id, "quads": 1}))
    (draft / "run.json").write_text(json.dumps({"published": published}))
    release.publish(data, draft, release_id)
    return release_id


def labels(data: Path) -> list[str]:
    return [quad.object.value for quad in release.current(data).graph.quads(LAB)]


def test_without_a_release_the_error_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(NoReleaseError, match="Run `lotse build` first"):
        release.current(tmp_path)


def test_what_is_published_is_served_and_a_reader_keeps_its_release(tmp_path: Path) -> None:
    publish(tmp_path, "alt", "2026-01-01")
    old = release.current(tmp_path)
    assert release.current(tmp_path) is old
    publish(tmp_path, "neu", "2026-01-02")
    assert labels(tmp_path) == ["neu"]
    assert [quad.object.value for quad in old.graph.quads(LAB)] == ["alt"]


def test_releases_are_listed_newest_first_and_rolled_back_one_by_one(tmp_path: Path) -> None:
    ids = [publish(tmp_path, label, f"2026-01-0{n}") for n, label in enumerate("abc", start=1)]
    assert [entry.id for entry in release.listed(tmp_path)] == ids[::-1]
    assert release.rollback(tmp_path) == ids[1]
    assert labels(tmp_path) == ["b"]
    assert [entry.current for entry in release.listed(tmp_path)] == [False, True, False]
    assert release.rollback(tmp_path) == ids[0]
    with pytest.raises(LotseError, match="no earlier release"):
        release.rollback(tmp_path)
    assert release.rollback(tmp_path, ids[2][:9]) == ids[2]
    assert labels(tmp_path) == ["c"]


def test_an_unknown_release_is_not_rolled_back_to(tmp_path: Path) -> None:
    publish(tmp_path, "a", "2026-01-01")
    for asked in ("", "no-such-id"):
        with pytest.raises(NotFoundError):
            release.rollback(tmp_path, asked)
    assert labels(tmp_path) == ["a"]


def test_the_same_content_is_one_release(tmp_path: Path) -> None:
    first = publish(tmp_path, "a", "2026-01-01")
    second = publish(tmp_path, "b", "2026-01-02")
    assert publish(tmp_path, "a", "2026-01-03") == first
    assert {entry.id for entry in release.listed(tmp_path)} == {first, second}
    assert labels(tmp_path) == ["a"]


def test_what_a_killed_switch_left_behind_does_not_hinder_the_next(tmp_path: Path) -> None:
    (tmp_path / f".{release.POINTER}-{os.getpid()}").symlink_to("releases/half")
    publish(tmp_path, "a", "2026-01-01")
    assert labels(tmp_path) == ["a"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["current", "releases", "tmp"]


def test_a_damaged_release_says_what_to_do(tmp_path: Path) -> None:
    release_id = publish(tmp_path, "a", "2026-01-01")
    (tmp_path / "releases" / release_id / "manifest.json").write_text("{")
    with pytest.raises(NoReleaseError, match="lotse release rollback"):
        release.current(tmp_path)


def test_a_diff_names_what_is_new_changed_and_gone() -> None:
    old = {"a": {"1": "x", "2": "x", "3": "x"}, "same": {"1": "x"}, "left": {"9": "x"}}
    new = {"a": {"1": "x", "2": "y", "4": "x"}, "same": {"1": "x"}}
    assert release.diff(old, new) == {
        "a": release.Change(new=("4",), changed=("2",), gone=("3",)),
        "left": release.Change(new=(), changed=(), gone=("9",)),
    }


def test_canonical_quads_are_sorted_and_each_stands_once() -> None:
    one = Triple(LAB, RDF.type, SKOS.Concept)
    two = Triple(LAB, SKOS.prefLabel, text('Zeile\n"zwei"', "de"))
    lines = nquads.canonical([two, one, two], graph("example"))
    assert lines == nquads.canonical([one, two], graph("example"))
    assert lines.decode() == f"{one} {graph('example')} .\n{two} {graph('example')} .\n"
    assert nquads.digest([one, two]) == nquads.digest([two, one]) != nquads.digest([one])
