"""The table of judgements, and what its rows come to."""

import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from ingest import judging
from ingest.judgements import (
    SHIPPED,
    Judgement,
    activities,
    activity,
    append,
    as_table,
    counting,
    load,
    own_table,
    read_table,
    short_of,
    thing_iri,
)
from ingest.verdicts import Opinion, Verdicts
from kg.errors import SourceError
from kg.iri import graph, mint
from kg.release import Release
from kg.store import Draft
from kg.terms import LOTSE, PROV, RDF, SKOS, Triple, moment, text

KOELN, BONN, LAB = mint("jurisdiction", "1"), mint("jurisdiction", "2"), mint("lab", "x-lab")
ROW = Judgement(
    "same", "name", "x", "Cöln", "jurisdiction/1", "", "redaktion", "2026-11-24", "old spelling"
)


def world() -> Draft:
    draft = Draft()
    for node, label in ((KOELN, "Köln"), (BONN, "Bonn"), (LAB, "Labor")):
        kind = LOTSE.Lab if node == LAB else LOTSE.Jurisdiction
        draft.add(graph("x"), [Triple(node, RDF.type, kind),
                               Triple(node, SKOS.prefLabel, text(label, "de"))])  # fmt: skip
    used = mint("adoption", "x", "a")
    draft.add(graph("x"), [Triple(used, LOTSE.adopterAsPublished, text("Cöln"))])
    return draft


def pair(verdict: str, thing: str, other: str) -> Judgement:
    return replace(ROW, verdict=verdict, what="thing", source="", published="", thing=thing,
                   other=other)  # fmt: skip


def test_the_shipped_table_reads_and_writes_back_as_it_is() -> None:
    assert as_table(read_table(SHIPPED)) == SHIPPED.read_bytes()


def test_the_table_of_the_deployment_follows_the_shipped_one(tmp_path: Path) -> None:
    append(tmp_path, [ROW])
    assert load(tmp_path) == [
        *read_table(SHIPPED), replace(ROW, where="judgements.csv, row 2")
    ]  # fmt: skip
    assert load() == read_table(SHIPPED)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"verdict": "maybe"}, "verdict 'maybe' is none of same, different, unsure, revoked, "),
        ({"what": "place"}, "what 'place' is neither 'name' nor 'thing'"),
        ({"author": ""}, "author (a role) and reason must not be empty"),
        ({"reason": ""}, "author (a role) and reason must not be empty"),
        ({"published": ""}, "a judgement of a name needs `published` and no `other`"),
        ({"other": "lab/a"}, "a judgement of a name needs `published` and no `other`"),
        ({"thing": ""}, "verdict 'same' of a name needs a `thing`"),
        ({"thing": "Köln"}, "'Köln' is no thing; write it as kind/key, such as jurisdiction/1"),
        ({"thing": "town/1"}, "there is no kind 'town'"),
        ({"date": "24.11.2026"}, "Invalid isoformat string: '24.11.2026'"),
        ({"what": "thing", "published": "", "source": ""},
         "a judgement of two things needs `other`, no `published` and no `source`"),
        ({"what": "thing", "published": "", "source": "", "other": "jurisdiction/1"},
         "a thing is always the same as itself"),
    ],
)  # fmt: skip
def test_a_row_that_is_no_judgement_is_refused_with_its_place(
    wrong: dict[str, str], said: str, tmp_path: Path
) -> None:
    table = tmp_path / "judgements.csv"
    table.write_bytes(as_table([ROW, replace(ROW, **wrong)]))
    with pytest.raises(SourceError) as refused:
        read_table(table)
    assert str(refused.value).startswith(f"judgements.csv, row 3: {said}")


def test_a_table_with_other_columns_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "judgements.csv"
    table.write_text("verdict,what\nsame,name\n", encoding="utf-8")
    with pytest.raises(SourceError, match="missing: 'source'"):
        read_table(table)


def test_a_wrong_judgement_leaves_the_table_as_it_was(tmp_path: Path) -> None:
    append(tmp_path, [ROW])
    before = own_table(tmp_path).read_bytes()
    with pytest.raises(SourceError, match="needs a `thing`"):
        append(tmp_path, [replace(ROW, thing="")])
    assert own_table(tmp_path).read_bytes() == before
    assert [path.name for path in tmp_path.glob(".judgements-*")] == []


def test_writers_wait_for_each_other(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ingest.judgements import *\n"
        "for n in range(20): append(Path(sys.argv[1]), [Judgement('unsure', 'name', '', "
        "f'{sys.argv[2]}{n}', '', '', 'redaktion', '2026-11-24', 'try')])"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), who]) for who in "ab"]
    assert [writer.wait() for writer in writers] == [0, 0]
    names = sorted(row.published for row in read_table(own_table(tmp_path)))
    assert names == sorted(f"{who}{n}" for who in "ab" for n in range(20))


@given(st.text(), st.text(min_size=1))
def test_any_reason_and_key_survive_the_table(reason: str, key: str) -> None:
    short = short_of(mint("lab", key))
    assert thing_iri(short) == mint("lab", key)
    row = replace(ROW, reason=f"x{reason}x", where="judgements.csv, row 2")
    one_line = replace(row, reason=" ".join(row.reason.split()))
    with tempfile.TemporaryDirectory() as folder:
        append(Path(folder), [row])
        assert read_table(own_table(Path(folder))) == [one_line]


def opinion(*rows: Judgement) -> Opinion | None:
    return Verdicts(rows, world()).of_name("x", " cöln ")


def test_nobody_has_an_opinion_of_another_name_or_source() -> None:
    assert Verdicts([ROW], world()).of_name("x", "Coln") is None
    assert Verdicts([ROW], world()).of_name("y", "Cöln") is None


def test_an_empty_source_speaks_of_every_source() -> None:
    row = replace(ROW, source="")
    assert Verdicts([row], world()).of_name("y", "Cöln") == Opinion(KOELN, frozenset(), (), row)


def test_the_later_of_two_judgements_counts() -> None:
    bonn = replace(ROW, thing="jurisdiction/2")
    assert opinion(ROW, bonn) == Opinion(BONN, frozenset(), (), bonn)
    assert opinion(bonn, ROW) == Opinion(KOELN, frozenset(), (), ROW)


def test_different_takes_a_same_back_and_is_kept() -> None:
    no = replace(ROW, verdict="different")
    assert opinion(ROW, no) == Opinion(None, frozenset({KOELN}), (), no)
    assert opinion(no, ROW) == Opinion(KOELN, frozenset(), (), ROW)
    other = replace(no, thing="jurisdiction/2")
    assert opinion(ROW, other) == Opinion(KOELN, frozenset({BONN}), (), ROW)


def test_unsure_takes_a_same_back_until_the_next_same() -> None:
    open_ = replace(ROW, verdict="unsure", thing="jurisdiction/2")
    assert opinion(ROW, open_) == Opinion(None, frozenset(), (BONN,), open_)
    assert opinion(open_, ROW) == Opinion(KOELN, frozenset(), (), ROW)


def test_revoking_leaves_no_opinion() -> None:
    revoked = replace(ROW, verdict="revoked")
    assert opinion(ROW, revoked) is None
    assert opinion(ROW, replace(revoked, thing="")) is None
    assert opinion(ROW, replace(revoked, thing="jurisdiction/2")) == Opinion(
        KOELN, frozenset(), (), ROW
    )


def test_a_judgement_on_a_thing_that_is_gone_has_no_effect_and_is_named() -> None:
    verdicts = Verdicts([replace(ROW, thing="jurisdiction/9", where="t, row 2")], world())
    assert verdicts.of_name("x", "Cöln") is None
    assert verdicts.problems == [
        "t, row 2: same “Cöln” in x jurisdiction/9: there is no jurisdiction/9 in this release"
    ]


def test_a_judgement_on_a_name_that_nobody_publishes_is_named() -> None:
    used, unused = ROW, replace(ROW, published="Kölle", where="t, row 3")
    verdicts = Verdicts([used, unused], world())
    verdicts.of_name("x", "Cöln")
    assert verdicts.unused() == [
        "t, row 3: same “Kölle” in x jurisdiction/1: nobody published this name"
    ]


def test_two_things_are_one_until_the_later_row_says_otherwise() -> None:
    row = pair("same", "jurisdiction/1", "jurisdiction/2")
    assert Verdicts([row], world()).pairs() == {BONN: (KOELN, row)}
    for verdict in ("different", "unsure", "revoked"):
        turned = pair(verdict, "jurisdiction/2", "jurisdiction/1")
        assert Verdicts([row, turned], world()).pairs() == {}


def test_chains_of_same_things_end_at_one_and_circles_are_named() -> None:
    first = pair("same", "jurisdiction/2", "lab/x-lab")
    second = pair("same", "jurisdiction/1", "jurisdiction/2")
    circle = replace(pair("same", "lab/x-lab", "jurisdiction/1"), where="t, row 4")
    verdicts = Verdicts([first, second, circle], world())
    assert verdicts.pairs() == {LAB: (KOELN, first), BONN: (KOELN, second)}
    assert verdicts.problems == [
        "t, row 4: same jurisdiction/1 lab/x-lab: contradicts an earlier row; revoke that one first"
    ]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    release = Release("r", tmp_path, {}, world())
    monkeypatch.setattr(judging.release, "current", lambda _: release)
    monkeypatch.setenv("LOTSE_DATA", str(tmp_path))
    return tmp_path


def judge(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(judging.app, arguments)
    return result.exit_code, result.output


def test_judging_a_name_keeps_a_row_and_says_what_will_happen(data: Path) -> None:
    code, said = judge("same", "--name", "Cöln", "--source", "x", "Köln", "--reason", "old")
    assert (code, said.splitlines()) == (0, [
        f"Kept in {own_table(data)}.",
        f"At the next `lotse build`, 1 mention of “Cöln” will be linked to Köln ({KOELN.value}).",
    ])  # fmt: skip
    (row,) = read_table(own_table(data))
    assert replace(row, date="", where="") == replace(ROW, reason="old", date="")


def test_judging_two_things_keeps_both_and_which_one_to_speak_of(data: Path) -> None:
    code, said = judge(
        "same", "--thing", "lab/x-lab", KOELN.value, "--reason", "try", "--author", "steward"
    )
    assert code == 0
    assert said.splitlines()[1] == (
        f"From the next `lotse build` on, lab/x-lab counts as Köln ({KOELN.value})."
    )
    (row,) = read_table(own_table(data))
    assert (row.thing, row.other, row.author) == ("jurisdiction/1", "lab/x-lab", "steward")


@pytest.mark.parametrize(
    "wrong",
    [
        ("same", "--name", "Cöln", "--reason", "r"),
        ("same", "--name", "Cöln", "Atlantis", "--reason", "r"),
        ("same", "--name", "Cöln", "jurisdiction/9", "--reason", "r"),
        ("same", "--name", "Cöln", "--thing", "lab/x-lab", "Köln", "--reason", "r"),
        ("same", "Köln", "--reason", "r"),
        ("same", "--name", "Cöln", "--source", "nowhere", "Köln", "--reason", "r"),
        ("same", "--name", "Cöln", "Köln"),
    ],
)
def test_a_decision_that_cannot_be_kept_writes_nothing(data: Path, wrong: tuple[str, ...]) -> None:
    code, _ = judge(*wrong)
    assert code != 0
    assert not own_table(data).exists()


@pytest.mark.parametrize("both", [("--name", "Cöln", "--thing", "lab/x-lab"), ()])
def test_a_decision_is_about_a_name_or_about_two_things(data: Path, both: tuple[str, ...]) -> None:
    code, _ = judge("same", *both, "Köln", "--reason", "r")
    assert (code, own_table(data).exists()) == (2, False)


@pytest.mark.parametrize(
    "asked",
    [("same", "--name", "Cöln"), ("different", "--name", "Cöln"), ("same", "--thing", "lab/x-lab")],
)
def test_without_a_target_a_decision_is_a_wrong_use(data: Path, asked: tuple[str, ...]) -> None:
    code, said = judge(*asked, "--reason", "r")
    assert (code, "TARGET" in said, own_table(data).exists()) == (2, True, False)


def test_a_list_of_judgements_can_be_read_in_80_columns(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(data, [ROW])
    monkeypatch.setenv("COLUMNS", "80")
    code, said = judge("list")
    words = [line.split() for line in said.splitlines()]
    assert (code, max(map(len, said.splitlines())) <= 80) == (0, True)
    assert ["verdict", "name", "or", "thing", "target", "reason"] in words
    assert ["same", "Cöln", "1", "old", "spelling"] in words


def test_undoing_brings_back_what_was_decided_before() -> None:
    bonn = replace(ROW, thing="jurisdiction/2")
    back = replace(bonn, verdict="undone", reason="was wrong", date="2026-11-25")
    assert counting([ROW, bonn, back]) == [ROW]
    assert counting([ROW, bonn, back, bonn]) == [ROW, bonn]
    assert counting([bonn, ROW, back]) == [ROW]
    assert counting([back, ROW]) == [ROW]
    assert opinion(ROW, bonn, back) == Opinion(KOELN, frozenset(), (), ROW)
    assert opinion(ROW, replace(ROW, verdict="undone")) is None
    revoked = replace(ROW, verdict="revoked", thing="")
    assert opinion(ROW, revoked, replace(revoked, verdict="undone")) == Opinion(
        KOELN, frozenset(), (), ROW
    )


def test_each_row_is_an_activity_of_an_office_on_a_day() -> None:
    gone = replace(ROW, verdict="undone", thing="jurisdiction/9", author="fachstelle")
    said = set(activities([ROW, gone], world()))
    ours, theirs = mint("agent", "redaktion"), mint("agent", "fachstelle")
    day = moment("2026-11-24T00:00:00Z")
    assert said == {
        *(Triple(activity(row), RDF.type, kind)
          for row in (ROW, gone) for kind in (LOTSE.Judgement, PROV.Activity)),
        *(Triple(activity(row), PROV.endedAtTime, day) for row in (ROW, gone)),
        *(Triple(activity(row), LOTSE.published, text("Cöln")) for row in (ROW, gone)),
        *(Triple(activity(row), LOTSE.reason, text("old spelling")) for row in (ROW, gone)),
        *(Triple(one, RDF.type, PROV.Agent) for one in (ours, theirs)),
        Triple(ours, SKOS.prefLabel, text("redaktion", "de")),
        Triple(theirs, SKOS.prefLabel, text("fachstelle", "de")),
        Triple(activity(ROW), LOTSE.verdict, text("same")),
        Triple(activity(gone), LOTSE.verdict, text("undone")),
        Triple(activity(ROW), PROV.used, KOELN),
        Triple(activity(ROW), PROV.wasAssociatedWith, ours),
        Triple(activity(gone), PROV.wasAssociatedWith, theirs),
    }  # fmt: skip


def test_undoing_takes_the_last_decision_back_and_loses_nothing(data: Path) -> None:
    judge("same", "--name", "Cöln", "Köln", "--reason", "old")
    judge("same", "--name", "Cöln", "Bonn", "--reason", "new")
    assert [judge("--undo")[0], judge("--undo", "--reason", "again")[0]] == [0, 0]
    rows = read_table(own_table(data))
    assert [(row.verdict, row.thing, row.reason) for row in rows] == [
        ("same", "jurisdiction/1", "old"),
        ("same", "jurisdiction/2", "new"),
        ("undone", "jurisdiction/2", "zurückgenommen"),
        ("undone", "jurisdiction/1", "again"),
    ]
    code, said = judge("--undo")
    assert (code, "there is no judgement to take back" in said) == (2, True)
    assert len(read_table(own_table(data))) == len(rows)


def test_undoing_can_name_what_it_takes_back(data: Path) -> None:
    judge("same", "--name", "Cöln", "Köln", "--reason", "old")
    judge("unsure", "--name", "Bon", "--reason", "who knows")
    assert judge("--undo", "--name", "cöln")[0] == 0
    assert [row.verdict for row in counting(read_table(own_table(data)))] == ["unsure"]
    assert judge("--undo", "--name", "Kölle")[0] == 2
    shipped = read_table(SHIPPED)[0]
    assert judge("--undo", "--name", shipped.published, "--source", shipped.source)[0] == 0
    assert shipped not in counting(load(data))
    assert load(data)[0] == shipped


def test_undo_goes_with_no_other_verdict(data: Path) -> None:
    assert judge("--undo", "same", "--name", "Cöln", "Köln", "--reason", "old")[0] == 2
    assert not own_table(data).exists()


@pytest.mark.usefixtures("data")
def test_a_decision_against_an_earlier_one_says_so() -> None:
    judge("same", "--name", "Cöln", "Köln", "--reason", "old")
    said = judge("same", "--name", "Cöln", "Bonn", "--reason", "new")[1].splitlines()
    assert said[1] == (
        "It stands against judgements.csv, row 2: same “Cöln” jurisdiction/1; both are kept, the "
        "later one counts."
    )
    assert len(judge("same", "--name", "Cöln", "Bonn", "--reason", "new")[1].splitlines()) == 2


def test_revoking_is_a_row_too(data: Path) -> None:
    judge("same", "--name", "Cöln", "Köln", "--reason", "old")
    code, said = judge("revoke", "--name", "Cöln", "--reason", "was wrong")
    assert (code, said.splitlines()[1]) == (
        0, "At the next `lotse build`, 1 mention of “Cöln” will be resolved by the rules alone."
    )  # fmt: skip
    rows = read_table(own_table(data))
    assert [row.verdict for row in rows] == ["same", "revoked"]
    assert Verdicts(rows, world()).of_name("x", "Cöln") is None


@pytest.mark.usefixtures("data")
def test_the_list_shows_shipped_and_own_judgements() -> None:
    judge("unsure", "--name", "Cöln", "--reason", "who knows")
    code, said = judge("list", "--format", "json")
    rows = json.loads(said)
    assert code == 0
    assert len(rows) == len(read_table(SHIPPED)) + 1
    assert (rows[-1]["verdict"], rows[-1]["published"]) == ("unsure", "Cöln")
