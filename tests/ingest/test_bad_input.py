"""Bad input: a clear message (what, where, how to mend), and the previous release stays served."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.files import checksum
from ingest.pipeline import STEPS, build
from ingest.source import Source
from ingest.writing import Built
from kg import release
from kg.errors import BusyError, LotseError, RefusedError, SourceError
from tests.world import SHARED, small_sources

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def world() -> dict[str, Source]:
    return {source.slug: source for source in small_sources()}


@pytest.fixture(scope="module")
def data(world: dict[str, Source], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory with one good release."""
    folder = tmp_path_factory.mktemp("data")
    build(folder, list(world.values()))
    return folder


@pytest.fixture(autouse=True)
def _previous_release_stays(data: Path) -> None:
    """Serve the good release before each test."""
    release.rollback(data, release.listed(data)[-1].id)


def edited(source: Source, path: Path, change: Callable[[str], str]) -> Path:
    """Write the first extract of a source, changed, as an upstream file; returns its path."""
    text = (source.folder / source.extracts[0].file).read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text, "the edit changed nothing"
    path.write_text(changed, encoding="utf-8")
    return path


def try_file(data: Path, world: dict[str, Source], slug: str, path: Path) -> Built:
    return build(data, list(world.values()), {slug: path})


def parked(data: Path, folder: Path | None = None) -> dict[str, str]:
    folder = release.current(data).folder if folder is None else folder
    lines = (folder / "parked.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["key"]: " | ".join(row["reasons"]) for row in map(json.loads, lines)}


def refused(data: Path, world: dict[str, Source], slug: str, path: Path, said: str) -> None:
    """Assert that a file is refused with these words and that the release served stays."""
    before = release.current_id(data)
    with pytest.raises((SourceError, RefusedError), match=said):
        try_file(data, world, slug, path)
    assert release.current_id(data) == before
    assert not list((data / "tmp").glob("*"))


def rows(text: str) -> list[str]:
    return text.rstrip("\n").split("\n")


def test_a_byte_order_mark_changes_nothing(
    data: Path, world: dict[str, Source], tmp_path: Path
) -> None:
    before = release.current_id(data)
    path = edited(world["adoptions"], tmp_path / "bom.csv", lambda text: "\ufeff" + text)
    assert try_file(data, world, "adoptions", path).release == before


def test_swapped_coordinates_park_the_record(
    data: Path, world: dict[str, Source], tmp_path: Path
) -> None:
    def swap(text: str) -> str:
        header, body = text.split("\n", 1)
        header = header.replace("laengengrad", "?").replace("breitengrad", "laengengrad")
        return header.replace("?", "breitengrad") + "\n" + body

    path = edited(world["destatis_register"], tmp_path / "swapped.csv", swap)
    refused(data, world, "destatis_register", path, "records are parked; the limit is")
    assert any("swapped" in why for why in parked(data, data / "refused").values())


def test_a_lost_leading_zero_parks_the_record(
    data: Path, world: dict[str, Source], tmp_path: Path
) -> None:
    def lose(text: str) -> str:
        line = next(line for line in rows(text) if ",0" in line and ",gemeinde," in line)
        return text.replace(line, line.replace(",0", ",", 1))

    before = parked(data)
    path = edited(world["adoptions"], tmp_path / "zeros.csv", lose)
    built = try_file(data, world, "adoptions", path)
    assert {line.source: line.parked for line in built.lines}["adoptions"] == 1
    (why,) = (why for key, why in parked(data).items() if key not in before)
    assert "Keys of this level have 8 digits; read them as text" in why


def test_an_unknown_column_is_refused(data: Path, world: dict[str, Source], tmp_path: Path) -> None:
    def add(text: str) -> str:
        header, *body = rows(text)
        return "\n".join([header + ",fax", *(line + ",1" for line in body), ""])

    path = edited(world["adoptions"], tmp_path / "column.csv", add)
    refused(data, world, "adoptions", path, "nobody decided about the columns 'fax'")


def test_an_unknown_status_word_parks_the_record(
    data: Path, world: dict[str, Source], tmp_path: Path
) -> None:
    path = edited(
        world["labs_and_hubs"],
        tmp_path / "status.csv",
        lambda text: text.replace(",active,", ",aktivv,", 1),
    )
    try_file(data, world, "labs_and_hubs", path)
    (why,) = (why for why in parked(data).values() if "aktivv" in why)
    assert "field 'status' is 'aktivv'; allowed are" in why


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name: [Beispiel\n", r"no valid YAML: .*line \d"),
        ("name: Beispiel\nname: Noch eins\n", "no valid YAML: .*duplicate key"),
        ("- nur\n- eine Liste\n", "publiccode"),
    ],
)
def test_invalid_yaml_is_refused(
    data: Path, world: dict[str, Source], tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "beispiel.publiccode.yml"
    path.write_text(content, encoding="utf-8")
    refused(data, world, "publiccode", path, said)


def test_norway_stays_norway(world: dict[str, Source]) -> None:
    content = (
        b"publiccodeYmlVersion: '0.5'\nname: Beispiel (erfunden)\nurl: https://example.org/b.git\n"
        b"legal: {license: EUPL-1.2}\nintendedAudience: {countries: [de, no]}\n"
    )
    (extract,) = world["publiccode"].extract({"b.publiccode.yml": content}).values()
    assert "false" not in extract.decode().lower()


def test_half_a_file_is_refused(data: Path, world: dict[str, Source], tmp_path: Path) -> None:
    path = edited(world["adoptions"], tmp_path / "half.csv", lambda text: text[: len(text) // 2])
    refused(data, world, "adoptions", path, "cut short")


def test_a_wrong_checksum_is_refused(data: Path, world: dict[str, Source], tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes((world["adoptions"].folder / "adoptions.csv").read_bytes())
    beside = tmp_path / "file.csv.sha256"
    beside.write_text(checksum(b"another file"))
    refused(data, world, "adoptions", path, "wrong checksum.*Fetch the file again")
    beside.write_text(checksum(path.read_bytes()))
    assert try_file(data, world, "adoptions", path).release == release.current_id(data)


def test_thirty_percent_fewer_rows_are_refused(
    data: Path, world: dict[str, Source], tmp_path: Path
) -> None:
    def cut(text: str) -> str:
        header, *body = rows(text)
        return "\n".join([header, *body[: len(body) * 6 // 10], ""])

    path = edited(world["labs_and_hubs"], tmp_path / "fewer.csv", cut)
    refused(data, world, "labs_and_hubs", path, r"labs_and_hubs: \d+ records, \d+ % fewer than")


def test_blanks_in_an_address_are_encoded(
    data: Path, world: dict[str, Source], tmp_path: Path
) -> None:
    path = edited(
        world["labs_and_hubs"],
        tmp_path / "blank.csv",
        lambda text: text.replace("https://", "https://example.org/eine Seite?von=", 1),
    )
    try_file(data, world, "labs_and_hubs", path)
    found = [
        quad
        for quad in release.current(data).graph.quads()
        if "example.org/eine" in str(quad.object)
    ]
    assert found
    assert all("example.org/eine%20Seite" in str(quad.object) for quad in found)


def test_what_refers_to_a_parked_record_is_parked_too(
    data: Path, world: dict[str, Source], tmp_path: Path
) -> None:
    def spoil(text: str) -> str:
        header, first, *body = rows(text)
        solution = first.split(",")[0]
        kind = next(k for k in (",service,", ",software,", ",app,", ",standard,") if k in first)
        bad = [
            line.replace(kind, ",zauberei,", 1) if line.startswith(solution + ",") else line
            for line in (first, *body)
        ]
        return "\n".join([header, *bad, ""])

    path = edited(world["adoptions"], tmp_path / "parked.csv", spoil)
    with pytest.raises(RefusedError, match="are parked; the limit is"):
        build(data, small_sources(parking_limit=0.0), {"adoptions": path})
    reasons = parked(data, data / "refused")
    assert any("'zauberei'; allowed are" in why for why in reasons.values())
    assert any("which is parked or does not exist; mend that first" in why
               for why in reasons.values())  # fmt: skip


def test_duplicate_keys_park_both_statements(
    data: Path, world: dict[str, Source], tmp_path: Path
) -> None:
    def repeat(text: str) -> str:
        header, first, *body = rows(text)
        return "\n".join([header, first, first.replace(",stated,", ",mentioned,"), *body, ""])

    path = edited(world["labs_and_hubs"], tmp_path / "twice.csv", repeat)
    try_file(data, world, "labs_and_hubs", path)
    assert any("2 different rows have the key" in why for why in parked(data).values())


def test_an_input_for_no_source_is_refused(data: Path, world: dict[str, Source]) -> None:
    with pytest.raises(RefusedError, match="--input names no source: spaceships"):
        build(data, list(world.values()), {"spaceships": Path("x.csv")})


def test_a_second_build_is_refused_while_one_runs(data: Path, world: dict[str, Source]) -> None:
    said: list[str] = []

    def watch(step: str, _of: str) -> None:
        if step == "resolve":
            with pytest.raises(BusyError, match=rf"process {os.getpid()}\) is under way") as error:
                build(data, list(world.values()))
            said.append(str(error.value))

    build(data, list(world.values()), watch=watch)
    assert len(said) == 1


@pytest.mark.parametrize("full_at", ["load", "write"])
def test_a_full_disk_is_said_and_nothing_is_left(
    data: Path, world: dict[str, Source], full_at: str
) -> None:
    before = release.current_id(data)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    def watch(step: str, _of: str) -> None:
        if step == full_at:
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))

    try:
        with pytest.raises(LotseError, match=r"disk .* is full; nothing was published"):
            build(data, list(world.values()), watch=watch, clean=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert release.current_id(data) == before
    assert not list((data / "tmp").glob("*"))
    build(data, list(world.values()))


def test_no_other_fault_is_called_a_full_disk(data: Path, world: dict[str, Source]) -> None:
    def watch(_step: str, _of: str) -> None:
        raise PermissionError("not yours")

    with pytest.raises(PermissionError, match="not yours"):
        build(data, list(world.values()), watch=watch)
    assert not list((data / "tmp").glob("*"))


DRIVER = """
import os, signal, sys
from pathlib import Path
from ingest.pipeline import build
from kg import release
from tests.world import small_sources

data, at, path = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
if at == "before the switch":
    release.point_to = die
if at == "in the switch":
    Path.replace = die
build(data, small_sources(), {"adoptions": path}, lambda step, _: die() if step == at else None)
"""
QUICK = {"derive", "in the switch"}


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(step, marks=[] if step in QUICK else [pytest.mark.full])
        for step in (*STEPS, "before the switch", "in the switch")
    ],
)
def test_a_build_killed_at_any_step_leaves_the_old_release_or_the_new_one(
    data: Path, world: dict[str, Source], tmp_path: Path, step: str
) -> None:
    before = release.current_id(data)

    def rename(text: str) -> str:
        header, first, *body = rows(text)
        published = first.split(",")[4]
        return "\n".join([header, first.replace(published, f"{published} {step}", 1), *body, ""])

    path = edited(world["adoptions"], tmp_path / "killed.csv", rename)
    killed = subprocess.run(
        [sys.executable, "-c", DRIVER, str(data), step, str(path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert killed.returncode == -9, killed.stderr
    served = release.current_id(data)
    assert (served != before) == (step == "published")
    assert len(release.current(data).graph) > 0
    built = try_file(data, world, "adoptions", path)
    assert built.release == release.current_id(data) != before
    assert not list((data / "tmp").glob("*"))


@pytest.mark.full
@pytest.mark.skipif(not SHARED.is_dir(), reason="the upstream files are not here")
def test_the_command_line_says_what_is_wrong_and_ends_with_one(tmp_path: Path) -> None:
    path = tmp_path / "adoptions.csv"
    path.write_text((SHARED / "adoption" / "adoptions.csv").read_text(encoding="utf-8")[:-40])
    ended = subprocess.run(
        [Path(sys.executable).with_name("lotse"), "build", "--input", f"adoptions={path}"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "LOTSE_DATA": str(tmp_path / "data")},
    )  # fmt: skip
    assert ended.returncode == 1
    assert "cut short" in ended.stderr
    assert "Traceback" not in ended.stderr
