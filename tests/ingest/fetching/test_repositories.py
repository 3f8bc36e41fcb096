"""Folders of repositories: only the wanted files, never outside, and front matter as rows."""

import io
import json
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from ingest.fetching import archive, repositories
from ingest.fetching.repositories import folder, front_matter
from ingest.fetching.visiting import FetchError
from ingest.readers import csv_rows
from ingest.source import FOLDER as SOURCES
from ingest.source import Fetch, Source, load
from kg.errors import SourceError
from tests.ingest.fetching.trying import PATH, fetch_now, refuse
from tests.ingest.invented import COLUMNS, labs
from tests.ingest.upstream import Played, file

COMMIT: Final = "b2f605e0000000000000000000000000000000ff"
WANTED: Final = Fetch("repository", "https://example.org/r.tar.gz", paths=("labs/*.md",))


def packed(files: dict[str, bytes], links: dict[str, str] | None = None) -> bytes:
    """Return files as a server of repositories packs them: one folder, the commit noted."""
    out = io.BytesIO()
    with tarfile.open(
        fileobj=out, mode="w:gz", format=tarfile.PAX_FORMAT, pax_headers={"comment": COMMIT}
    ) as found:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            found.addfile(member, io.BytesIO(content))
        for name, target in (links or {}).items():
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, target
            found.addfile(member)
    return out.getvalue()


def page(**front: str) -> bytes:
    lines = "".join(f"{name}: {json.dumps(value)}\n" for name, value in front.items())
    return f"---\n{lines}---\nText.\n".encode()


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "r.tar.gz"
    path.write_bytes(content)
    return path


def test_only_wanted_plain_files_inside_the_repository_are_read(tmp_path: Path) -> None:
    content = packed(
        {
            "repo-b2f605e/labs/one.md": b"1",
            "repo-b2f605e/labs/two.md": b"2",
            "repo-b2f605e/labs/_index.md": b"index",
            "repo-b2f605e/labs/picture.png": b"png",
            "repo-b2f605e/other/three.md": b"3",
            "repo-b2f605e/labs/../../labs/evil.md": b"out",
            "../labs/../evil.md": b"out",
        },
        {"repo-b2f605e/labs/link.md": "/etc/passwd"},
    )
    wanted = replace(WANTED, without=("labs/_index.md",))
    found = folder(written(tmp_path, content), wanted, 1)
    assert found == ({"labs/one.md": b"1", "labs/two.md": b"2"}, COMMIT)


def test_a_folder_that_is_gone_too_large_or_cut_short_is_refused(tmp_path: Path) -> None:
    large = packed({f"r/labs/{n}.md": b"0" * (1 << 19) for n in range(3)})
    assert len(large) < 1 << 16
    for content, said in (
        (packed({"r/laboratories/one.md": b"1"}), "no files like labs/.*correct `paths`"),
        (large, "larger than 1 MiB together"),
        (large[: len(large) // 2], "no whole tar.gz archive"),
        (b"no archive at all", "no whole tar.gz archive"),
    ):
        with pytest.raises(FetchError, match=said):
            folder(written(tmp_path, content), WANTED, 1)


def test_an_archive_of_endless_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repositories, "MOST_FILES", 3)
    content = packed({f"r/{n}.txt": b"" for n in range(4)})
    with pytest.raises(FetchError, match="more than 3 files"):
        folder(written(tmp_path, content), WANTED, 1)


def test_front_matter_becomes_rows_of_strings() -> None:
    content = "\ufeff---\r\ntitle: Lab Süd\r\nlat: 50.70\r\nhide: no\r\n---\r\n\r\nText – lang.\r\n"
    (line,) = front_matter("labs.jsonl", {"labs/a.md": content.encode()}).decode().splitlines()
    assert json.loads(line) == {
        "source_path": "labs/a.md",
        "body": "Text – lang.",
        "title": "Lab Süd",
        "lat": "50.70",
        "hide": "no",
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Text only\n", "labs/a.md has no front matter.*`without`"),
        (b"---\n- a\n- b\n---\n", "labs/a.md has no front matter"),
        (b"---\ntitle: [a\n---\n", "labs/a.md: no valid YAML"),
        (b"---\ntitle: M\xfcnchen\n---\n", "labs/a.md is not UTF-8"),
    ],
)
def test_a_page_without_readable_front_matter_is_said(content: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        front_matter("labs.jsonl", {"labs/a.md": content})


def test_a_repository_is_fetched_with_its_commit(
    data: Path, labs_source: Source, server: Played
) -> None:
    def gather(name: str, files: dict[str, bytes]) -> bytes:
        rows = [json.loads(line) for line in front_matter(name, files).splitlines()]
        lines = [",".join(row[column] for column in COLUMNS) for row in rows]
        return "\n".join([",".join(COLUMNS), *lines, ""]).encode()

    how = Fetch("repository", server.url(PATH), paths=("labs/*.md",))
    upstream = replace(labs_source.upstream[0], fetch=how)
    one = replace(labs_source, upstream=(upstream,), gather=gather)
    server.answers[PATH] = file(packed({f"r/labs/{lab['id']}.md": page(**lab) for lab in labs()}))
    assert fetch_now(data, one).rows == 60
    assert archive.state(data, one.slug).seen["labs.csv"].commit == COMMIT
    assert not fetch_now(data, one).changed
    server.answers[PATH] = file(packed({"r/labs/1.md": b"no front matter"}), '"v2"')
    refuse(data, one, "has no front matter")


def test_catalogues_of_topics_are_gathered_from_their_pages() -> None:
    source = load(SOURCES / "themenkataloge")
    pages = {
        "content/catalogue/BMX.md": (
            b"---\ntitle: BMX\nfull_title: Ministerium (erfunden)\ndate: 2019-04-20\n"
            b'econ: >\n    "Handel (im Kontext)" OR "Geld "\nagri: >\n    "Wald"\njust:\n---\n'
        )
    }
    assert source.gather is not None
    rows = csv_rows("topics", source.gather("bund-themenkataloge.csv", pages), None)
    assert [tuple(row.values()) for row in rows] == [
        ("BMX", "Ministerium (erfunden)", "AGRI", "Wald"),
        ("BMX", "Ministerium (erfunden)", "ECON", "Handel (im Kontext)"),
        ("BMX", "Ministerium (erfunden)", "ECON", "Geld"),
    ]


@pytest.mark.parametrize(
    ("slug", "personal"),
    [
        ("codefor_labs", {"members": "Erika Muster", "leads": "Erika Muster"}),
        ("codefor_projects", {"collaborators": "Erika Muster"}),
        ("citylab_projects", {"authors": "erika-muster"}),
        ("munich_open_source", {"developer": "Erika Muster"}),
        ("berlin_open_source", {"developers": "Erika Muster"}),
    ],
)
def test_persons_of_repository_pages_stay_out_of_extracts(
    slug: str, personal: dict[str, str]
) -> None:
    source = load(SOURCES / slug)
    front = {
        "title": "Beispiel (erfunden)", "id": "beispiel", "city": "Musterstadt", "lat": "50.1",
        "long": "8.1", "lab": "beispiel", "status": "finished", "tags": "Umwelt", "type": "dataset",
        "license": "MIT", "link": "https://example.net/", "visible": "true", "externalUrl": "",
        "start": "2020-01-01", "end": "2020-02-01", "links": "", "aliases": "", "inactive": "false",
        "developerlink": "", "code": "", "opencode": "", "linkapplication": "", "repository": "",
        "repository_collection": "", "backers": "",
    }  # fmt: skip
    own = {*source.extracts[0].columns} | ({"visible"} if slug == "citylab_projects" else set())
    name = source.upstream[0].name
    text = page(**{key: value for key, value in front.items() if key in own}, **personal)
    rows = front_matter(name, {"content/2020-01-01-beispiel.md": text + b"Erika Muster schrieb."})
    (extract,) = source.extract({name: rows}).values()
    assert b"Beispiel (erfunden)" in extract
    assert b"muster" not in extract.lower().replace(b"musterstadt", b"")
