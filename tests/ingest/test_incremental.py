"""An incremental build comes to what a clean build comes to, whatever was edited before it."""

import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
import tantivy
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from rdflib import Variable
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from ingest import admission
from ingest.admission import Types
from ingest.derive import FOLDER
from ingest.judgements import own_table
from ingest.likeness import Likeness
from ingest.mentions import Mention
from ingest.pipeline import build
from ingest.resolver import Outcome, Resolver
from ingest.source import Source
from ingest.writing import Built
from kg import files, indexer, indexing, release
from kg.errors import LotseError
from kg.gate import Shapes, Verdicts, judge
from kg.places import Places
from kg.register import PROPERTIES
from kg.store import Draft
from kg.terms import LOTSE, NamedNode, Quad, Triple
from tests.ingest import nordland
from tests.ingest.edits import World
from tests.world import small_sources

FEW: Final = {
    "laender", "destatis_register", "territorial_changes", "nuts", "codefor_labs",
    "codefor_projects", "labs_and_hubs", "adoptions", "klarschiff", "themenkataloge",
    "federal_ministries",
}  # fmt: skip

Records = Mapping[str, Sequence[Triple]]


def some_sources() -> list[Source]:
    """Return so many sources of the small world that a clean build takes about a second."""
    return [one for one in small_sources() if one.slug in FEW and set(one.needs) <= FEW]


def outcome(data: Path, world: World, *, clean: bool = False) -> Built | str:
    """Return what a build comes to, be it an error."""
    try:
        return build(data, world.sources(), clean=clean)
    except LotseError as error:
        return str(error)


def assert_same(data: Path, world: World, other: Path) -> Built | None:
    """Build in `data` on what lies there, in `other` from nothing: both must be the same."""
    found = outcome(data, world)
    shutil.rmtree(other, ignore_errors=True)
    other.mkdir()
    if own_table(data).is_file():
        shutil.copy(own_table(data), own_table(other))
    wanted = outcome(other, world, clean=True)
    if isinstance(found, str) or isinstance(wanted, str):
        assert found == wanted
        return None
    assert found.release == wanted.release
    assert [*_figures(found)] == [*_figures(wanted)]
    mine, theirs = (release.current(one) for one in (data, other))
    for name in ("parked.jsonl", "scores.npz"):
        assert (mine.folder / name).read_bytes() == (theirs.folder / name).read_bytes(), name
    lines = {line for name in mine.manifest["graphs"]
             for line in release.read_graph(mine.folder, name).decode().splitlines()}  # fmt: skip
    assert {f"{quad} ." for quad in mine.graph.quads()} == lines
    documents = [list(indexing.documents(one.graph)) for one in (mine, theirs)]
    assert documents[0] == documents[1]
    assert held(mine.index) == held(theirs.index) == [one["iri"][0] for one in documents[0]]
    assert indexing.fault(mine.index, len(mine.graph)) is None
    return found


def held(folder: Path) -> list[str]:
    """Return the things whose documents an index really holds, in their order there."""
    searcher = indexing.prepared(tantivy.Index.open(str(folder))).searcher()
    hits = searcher.search(tantivy.Query.all_query(), searcher.num_docs).hits
    places = sorted((where for _, where in hits), key=lambda one: (one.segment_ord, one.doc))
    return [str(searcher.doc(one)["iri"][0]) for one in places]


def _figures(built: Built) -> Iterator[tuple[object, ...]]:
    for line in built.lines:
        yield line.source, line.read, line.accepted, line.parked, line.warnings, line.unmapped
        yield line.resolved, line.ambiguous, line.unknown


class Rounds(RuleBasedStateMachine):
    """Rounds of edits, each followed by both builds."""

    folder: Path
    every: list[Source]
    counter = 0

    def __init__(self) -> None:
        """Begin with a release of the world as it is shipped."""
        super().__init__()
        Rounds.counter += 1
        self.root = self.folder / str(Rounds.counter)
        self.world = World(self.root / "world", self.every)
        self.shapes = self.root / "shapes"
        shutil.copytree(files.shapes(), self.shapes)
        self.before = files._folder
        files._folder = lambda name: self.shapes if name == "shapes" else self.before(name)
        self.check()

    def check(self) -> None:
        assert_same(self.root / "data", self.world, self.root / "clean")

    @rule(edits=st.lists(
        st.tuples(st.sampled_from(("edit", "delete", "add")), st.integers(0, 10_000)),
        min_size=1, max_size=3,
    ))  # fmt: skip
    def edit_records(self, edits: list[tuple[str, int]]) -> None:
        for how, seed in edits:
            self.world.edit(how, seed)
        self.check()

    @rule(seed=st.integers(0, 10_000))
    def rename_an_organisation(self, seed: int) -> None:
        self.world.rename(seed)
        self.check()

    @rule(seed=st.integers(0, 10_000))
    def judge_a_name(self, seed: int) -> None:
        self.world.judge(self.root / "data", seed)
        self.check()

    @rule(seed=st.integers(0, 10_000))
    def change_a_shape(self, seed: int) -> None:
        every = sorted(self.shapes.glob("*.ttl"))
        path = every[seed % len(every)]
        text = path.read_text(encoding="utf-8")
        one, other = ("sh:Warning", "sh:Violation")[:: 1 if seed % 2 else -1]
        path.write_text(text.replace(one, other, 1), encoding="utf-8")
        self.check()

    @rule()
    def change_nothing(self) -> None:
        self.check()

    def teardown(self) -> None:
        files._folder = self.before
        shutil.rmtree(self.root, ignore_errors=True)


def rounds(folder: Path, every: list[Source], examples: int, steps: int) -> None:
    Rounds.folder, Rounds.every = folder, every
    run_state_machine_as_test(
        Rounds,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck), database=None,
        ),
    )  # fmt: skip


def test_an_incremental_build_comes_to_the_release_of_a_clean_one(tmp_path: Path) -> None:
    rounds(tmp_path, some_sources(), examples=2, steps=3)


@pytest.mark.full
def test_so_it_does_with_all_sources_and_many_edits(tmp_path: Path) -> None:
    rounds(tmp_path, small_sources(), examples=4, steps=6)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "world", some_sources())


def test_what_did_not_change_is_not_done_again(
    tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(tmp_path / "data", world.sources())

    def never(*_args: object, **_named: object) -> None:
        raise AssertionError

    monkeypatch.setattr("ingest.admission.judge", never)
    monkeypatch.setattr("ingest.resolve.resolve", never)
    again = build(tmp_path / "data", world.sources())
    assert (again.release, again.new, again.lines[3].read) == (
        first.release,
        False,
        first.lines[3].read,
    )


def test_only_the_changed_record_is_judged_again(
    tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path / "data", world.sources())
    judged: list[int] = []
    true = judge

    def noted(records: Records, types: Types, shapes: Shapes, only: Collection[str]) -> Verdicts:
        judged.append(len(only))
        return true(records, types, shapes, only)

    monkeypatch.setattr(admission, "judge", noted)
    path = tmp_path / "world" / "codefor_labs" / "labs.jsonl"
    path.write_text(path.read_text().replace("OK Lab Berlin", "OK Lab an der Spree"))
    assert_same(tmp_path / "data", world, tmp_path / "clean")
    assert judged[0] == 1


def test_a_record_is_parked_when_what_it_refers_to_goes_in_another_source(
    tmp_path: Path, world: World
) -> None:
    first = build(tmp_path / "data", world.sources())
    path = tmp_path / "world" / "destatis_register" / "register.csv"
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if b"Eisenach" not in line))
    then = assert_same(tmp_path / "data", world, tmp_path / "clean")
    assert then is not None
    parked = {line.source: line.parked for line in then.lines if line.parked}
    assert parked == {"nuts": 1, "territorial_changes": 2}
    path.write_bytes(whole)
    again = build(tmp_path / "data", world.sources())
    assert again.release == first.release
    assert not any(line.parked for line in again.lines)


def test_only_names_that_ask_for_what_changed_are_resolved_again(
    tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path / "data", world.sources())
    asked: list[str] = []
    true = Resolver.outcome

    def noted(self: Resolver, mention: Mention) -> Outcome:
        asked.append(mention.published)
        return true(self, mention)

    monkeypatch.setattr(Resolver, "outcome", noted)
    labs = tmp_path / "world" / "labs_and_hubs" / "labs-and-hubs.csv"
    plain = labs.read_text(encoding="utf-8")
    cases: dict[str, set[str]] = {"Erfunden": set(), "Stadt Ulm": {"Stadt Ulm"}}
    for name, again in cases.items():
        labs.write_text(plain.replace("NExT e.V.", name, 1), encoding="utf-8")
        asked.clear()
        build(tmp_path / "data", world.sources())
        assert again <= set(asked), name
        assert len(asked) < 8, name
    monkeypatch.undo()
    assert_same(tmp_path / "data", world, tmp_path / "clean")


def test_what_is_read_of_places_is_known() -> None:
    """Else a change of a place could leave standing what a name became."""

    class Noted(Draft):
        read: set[NamedNode | None] = set()  # noqa: RUF012 (of this one test)

        def quads(self, *pattern: Any) -> Iterator[Quad]:  # noqa: ANN401
            self.read.add(pattern[1])
            return super().quads(*pattern)

    graph = Noted()
    graph.add(nordland.REGISTER, nordland.register())
    places = Places(graph)
    Likeness(places)
    places.point(next(iter(places.all())).iri)
    assert graph.read == {*PROPERTIES, LOTSE.scheme}


def test_an_index_is_the_same_when_another_process_writes_it(
    tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "_WORTH", 0)
    for round_, edit in enumerate((None, "edit", "delete")):
        if edit is not None:
            world.edit(edit, round_, "codefor_labs")
            world.rename(round_)
        assert_same(tmp_path / "data", world, tmp_path / "clean")


def test_a_process_that_cannot_write_the_index_ends_the_build(
    tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "_WORTH", 0)
    monkeypatch.setattr(indexer, "_MODULE", "kg.no_such_module")
    with pytest.raises(OSError, match=r"(?s)index could not be written.*no_such_module"):
        build(tmp_path / "data", world.sources())
    assert release.current_id(tmp_path / "data") is None


@pytest.mark.parametrize("broken", ["cut", "foreign", "flipped", "empty"])
def test_a_kept_file_that_is_broken_is_passed_over_and_said(
    tmp_path: Path, world: World, broken: str
) -> None:
    first = build(tmp_path / "data", world.sources())
    every = sorted((tmp_path / "data" / "kept").iterdir())
    assert [path.name for path in every] == [
        "build",
        *(f"source-{slug}" for slug in sorted(one.slug for one in world.sources())),
    ]
    for path in every:
        content = path.read_bytes()
        path.write_bytes({
            "cut": content[: len(content) // 2], "foreign": b"\x89PNG\r\n\x1a\n", "empty": b"",
            "flipped": content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
        }[broken])  # fmt: skip
    again = build(tmp_path / "data", world.sources())
    assert again.release == first.release
    assert sorted(again.broken) == [path.name for path in every]
    assert build(tmp_path / "data", world.sources()).broken == ()


def test_a_store_that_is_broken_is_no_ground_to_build_on(tmp_path: Path, world: World) -> None:
    first = build(tmp_path / "data", world.sources())
    for seed, part in enumerate(("store", "graphs")):
        for path in (tmp_path / "data" / "releases" / first.release / part).iterdir():
            path.unlink()
        world.edit("delete", seed, "adoptions")
        found = assert_same(tmp_path / "data", world, tmp_path / "clean")
        assert found is not None
        first = found


def test_a_clean_build_passes_over_what_was_kept(tmp_path: Path, world: World) -> None:
    first = build(tmp_path / "data", world.sources())
    again = build(tmp_path / "data", world.sources(), clean=True)
    assert (again.release, again.new) == (first.release, False)
    assert "resolve" in again.seconds


def test_every_pattern_of_a_derivation_names_its_property() -> None:
    """Else what a derivation asks for could not be told from its text."""

    def triples(node: object) -> Iterator[tuple[object, ...]]:
        if isinstance(node, CompValue):
            for name, value in node.items():
                if name == "triples":
                    yield from value
                yield from triples(value)
        elif isinstance(node, list):
            for one in node:
                yield from triples(one)

    for path in FOLDER.glob("*.rq"):
        algebra = prepareQuery(path.read_text(encoding="utf-8")).algebra
        found = list(triples(algebra))
        assert found, path
        assert [one for one in found if isinstance(one[1], Variable)] == [], path
