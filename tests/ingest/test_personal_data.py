"""An invented person is planted into every column of a copy of every upstream file."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from ingest.pipeline import build
from ingest.source import Source, sources
from kg import release
from kg.errors import LotseError
from kg.search import Wish, index_of
from tests.planting import MAIL, NAME, PERSON, PHONE, columns, planted, speaks
from tests.world import SHARED, small_sources

TITLES: Final = {
    "berlin_open_source": {"backers"},
    "citylab_projects": {"title"},
    "dcat_licences": {"{http://www.w3.org/2004/02/skos/core#}prefLabel"},
    "federal_ministries": {"Name_EN", "Name_EN "},
    "federal_organisations": {"Organisation"},
    "ips_cases": {"name", "secondary_sector"},
    "labs_and_hubs": {"operator"},
    "ogp_commitments": {"id_status", "lead_body", "source_url", "theme", "title_de", "title_en"},
    "open_data_ranking": {"criteria"},
    "ozg_services": {"name"},
    "prototype_fund": {"title"},
}
"""Long, and yet no free text: titles, names of bodies, entries of lists. We take them as facts."""
FETCHED: Final = [one for one in sources() if any(up.shared for up in one.upstream)]
LARGE: Final = {"postcodes", "publiccode", "vg5000", "named_authorities"}


def upstream(source: Source) -> Mapping[str, bytes]:
    """Return the upstream files of a source; skip the test where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("the raw files are not here (shared/data)")
    found = {one.name: SHARED / one.shared for one in source.upstream}
    if not all(path.is_file() for path in found.values()):
        pytest.skip("this source is read from a folder or from the network alone")
    return {name: path.read_bytes() for name, path in found.items()}


def extracted(source: Source, files: Mapping[str, bytes]) -> str | None:
    """Return all extracts; of a refusal what it says where it names contacts, else None."""
    try:
        return b"".join(source.extract(files).values()).decode()
    except LotseError as error:
        return said if MAIL in (said := str(error)) or PHONE in said else None


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(one, id=one.slug, marks=[pytest.mark.full] if one.slug in LARGE else [])
        for one in FETCHED
    ],
)
def test_no_mailbox_and_no_number_comes_through_and_no_name_out_of_free_text(
    source: Source,
) -> None:
    files = upstream(source)
    held = {name: columns(name, content) for name, content in files.items()}
    carried = set()
    for column in sorted({one for found in held.values() for one in found}):
        into = {name: content for name, content in files.items() if column in held[name]}
        copies = {name: planted(name, content, column) for name, content in into.items()}
        found = extracted(source, {**files, **copies})
        if found is None:
            continue
        assert MAIL not in found, column
        assert PHONE not in found, column
        if any(speaks(name, content, column) for name, content in into.items()) and any(
            word in found for word in NAME.split()
        ):
            carried.add(column)
    assert any(held.values())
    assert carried - TITLES.get(source.slug, set()) == set()


@pytest.mark.full
def test_a_person_in_every_text_of_a_copied_file_reaches_no_graph_index_or_log(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    inputs = {}
    for slug in ("codefor_projects", "good_practice", "labs_and_hubs", "ogp_commitments"):
        source = next(one for one in FETCHED if one.slug == slug)
        ((name, content),) = upstream(source).items()
        for column in columns(name, content):
            if speaks(name, content, column) and column not in TITLES.get(slug, set()):
                content = planted(name, content, column)
        inputs[slug] = Path(tempfile.mkdtemp(dir=tmp_path)) / name
        inputs[slug].write_bytes(content)
        assert slug == "labs_and_hubs" or NAME.encode() in content
    folder = tmp_path / "data"
    build(folder, small_sources(1.0), inputs)
    _holds_nobody(folder, capsys)


def test_contacts_in_an_extract_that_was_handed_in_reach_no_graph_index_or_log(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = next(one for one in small_sources() if one.slug == "codefor_projects")
    (extract,) = source.extracts
    content = (source.folder / extract.file).read_bytes()
    inputs = {source.slug: tmp_path / extract.file}
    inputs[source.slug].write_bytes(
        planted(extract.file, content, "title").replace(NAME.encode(), b"")
    )
    folder = tmp_path / "data"
    build(folder, small_sources(1.0), inputs)
    _holds_nobody(folder, capsys)


def _holds_nobody(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Check graphs, parked records, report, index and what was said on the way."""
    served = release.current(data)
    said = [release.read_graph(served.folder, path.name.removesuffix(".nq.zst")).decode()
            for path in sorted((served.folder / "graphs").iterdir())]  # fmt: skip
    said += [
        (served.folder / name).read_text(encoding="utf-8")
        for name in ("parked.jsonl", "report.nt", "run.json", "diff.json", "manifest.json")
    ]
    said += capsys.readouterr()
    assert len(said) > 10
    for text in said:
        for mark in (NAME, MAIL, PHONE, "Mustermann-Erfunden"):
            assert mark not in text
    index = index_of(served.graph, served.index)
    for words in ("Mustermann", "erika.erfunden", "example.org", PERSON):
        assert index.all(Wish(words)) == frozenset()
