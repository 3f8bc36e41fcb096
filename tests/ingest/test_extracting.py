"""`make extracts` writes what is committed, and only once."""

import shutil
from pathlib import Path

import pytest

from ingest.extracting import make_extracts, write_checksums
from ingest.files import checksum
from ingest.source import FOLDER, Source, load, sources
from kg.errors import SourceError
from tests.world import SHARED


def copied(slug: str, to: Path) -> Path:
    shutil.copytree(FOLDER / slug, to / slug, ignore=shutil.ignore_patterns("__pycache__"))
    return to / slug


def contents(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted(folder.iterdir()) if one.is_file()}


@pytest.mark.parametrize("slug", [source.slug for source in sources() if source.shipped])
def test_the_committed_extracts_are_what_the_upstream_files_give(slug: str, tmp_path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("the raw files are not here (shared/data); issue 3")
    folder = copied(slug, tmp_path)
    source = load(FOLDER / slug)
    written = source.extract(_upstream(source)) if source.upstream else {}
    for file in written:
        (folder / file).write_bytes(b"stale\n")
    make_extracts(SHARED.parent, [slug], tmp_path)
    assert contents(folder) == contents(FOLDER / slug)
    assert make_extracts(SHARED.parent, [slug], tmp_path) == []


def test_a_source_that_ships_nothing_is_passed_over(tmp_path: Path) -> None:
    folder = copied("wikidata_bodies", tmp_path)
    assert make_extracts(tmp_path, ["wikidata_bodies"], tmp_path) == []
    assert contents(folder) == contents(FOLDER / "wikidata_bodies")


def _upstream(source: Source) -> dict[str, bytes]:
    return {one.name: (SHARED / one.shared).read_bytes() for one in source.upstream}


def test_checksums_follow_a_table_of_our_own(tmp_path: Path) -> None:
    folder = copied("territorial_changes", tmp_path)
    assert write_checksums(folder) == []
    table = folder / "changes.csv"
    table.write_bytes(table.read_bytes().replace(b"2021-07-01", b"2021-07-02"))
    assert write_checksums(folder) == [folder / "source.toml"]
    assert checksum(table.read_bytes()) in (folder / "source.toml").read_text(encoding="utf-8")
    (folder / "source.toml").write_text("[[extract]]\nfile = 'changes.csv'\n", encoding="utf-8")
    with pytest.raises(SourceError, match="needs one line"):
        write_checksums(folder)


def test_an_unknown_source_and_a_missing_upstream_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no source called nowhere"):
        make_extracts(tmp_path, ["nowhere"])
    copied("nuts", tmp_path / "sources")
    with pytest.raises(SourceError, match=r"kreise-nuts3-2018\.csv cannot be read"):
        make_extracts(tmp_path, ["nuts"], tmp_path / "sources")
