"""Dumps: whole or not at all, true to the release, served as files that never change."""

import gzip
import hashlib
from pathlib import Path

import pytest
import zstandard
from pyoxigraph import RdfFormat, parse
from starlette.testclient import TestClient

from kg import copies, dumps, release


def served(data: Path) -> Path:
    return release.current(data).folder


def quads(data: Path) -> set[str]:
    folder = served(data)
    names = (path.name.removesuffix(".nq.zst") for path in (folder / "graphs").iterdir())
    return {
        line for name in names for line in release.read_graph(folder, name).decode().split("\n")
    }


def test_the_whole_is_all_that_the_release_holds(client: TestClient, data: Path) -> None:
    got = client.get("/dumps/latest/all-graphs.nq.gz", follow_redirects=True)
    assert got.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in got.headers
    assert set(gzip.decompress(got.content).decode().split("\n")) == quads(data)
    packed = client.get("/dumps/latest/all-graphs.nq.zst", follow_redirects=True).content
    plain = zstandard.ZstdDecompressor().stream_reader(packed).read()
    assert plain == gzip.decompress(got.content)


def test_turtle_says_the_same_as_n_quads(client: TestClient, data: Path) -> None:
    for name in ("adoptions", "resolution"):
        got = client.get(f"/dumps/latest/{name}.ttl.gz", follow_redirects=True)
        found = {str(quad.triple) for quad in parse(gzip.decompress(got.content), RdfFormat.TURTLE)}
        own = release.read_graph(served(data), name)
        assert found == {str(quad.triple) for quad in parse(own, RdfFormat.N_QUADS)}


def test_every_file_of_the_index_is_there_with_its_checksum(client: TestClient, data: Path) -> None:
    said = client.get("/dumps/", headers={"Accept": "application/json"}).json()
    assert {one["graph"] for one in said["files"]} >= {None, "adoptions", "ontology"}
    sums = client.get(f"/dumps/{said['release']}/{dumps.SUMS}").text
    for one in said["files"]:
        content = client.get(one["address"].removeprefix("https://lotse.example")).content
        assert len(content) == one["bytes"]
        assert hashlib.sha256(content).hexdigest() == one["sha256"]
        assert f"{one['sha256']}  {one['name']}\n" in sums
    assert len(said["files"]) == 4 * (len(list((served(data) / "graphs").iterdir())) + 1)


def test_a_file_is_sent_in_parts_and_not_twice(client: TestClient, data: Path) -> None:
    address = f"/dumps/{served(data).name}/adoptions.nq.zst"
    whole = client.get(address)
    assert whole.headers["cache-control"] == "public, max-age=31536000, immutable"
    tag = whole.headers["etag"]
    assert tag == f'"{hashlib.sha256(whole.content).hexdigest()}"'
    part = client.get(address, headers={"Range": "bytes=10-19", "If-Range": tag})
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole.content)}"
    other = client.get(address, headers={"Range": "bytes=10-19", "If-Range": '"other"'})
    assert (other.status_code, other.content) == (200, whole.content)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("coding", ["zstd", "gzip", "identity"])
def test_the_text_comes_in_the_coding_that_the_client_takes(
    client: TestClient, data: Path, coding: str
) -> None:
    address = f"/dumps/{served(data).name}/adoptions.nq"
    got = client.get(address, headers={"Accept-Encoding": coding})
    assert got.headers["content-type"] == "application/n-quads"
    assert got.headers.get("content-encoding", "identity") == coding
    content = got.content  # the test's client knows gzip only
    if coding == "zstd":
        content = zstandard.ZstdDecompressor().stream_reader(content).read()
    assert content == release.read_graph(served(data), "adoptions")
    assert "Accept-Encoding" in got.headers["vary"]


def test_latest_leads_to_the_release_that_is_served(client: TestClient, data: Path) -> None:
    for name in ("", "adoptions.nq.gz"):
        got = client.get(f"/dumps/latest/{name}")
        where = f"/dumps/{served(data).name}/{name}"
        assert (got.status_code, got.headers["location"]) == (302, where)
        assert got.headers["cache-control"] == "public, no-cache"


def test_what_is_not_there_is_404(client: TestClient, data: Path) -> None:
    for path in ("nothing.nq.gz", "adoptions.nq.bz2", "nothing.nq", "index.json", "..%2Frun.json"):
        assert client.get(f"/dumps/{served(data).name}/{path}").status_code == 404, path
    assert client.get("/dumps/ffff/adoptions.nq.gz").status_code == 404


def test_half_written_dumps_are_never_served(client: TestClient, data: Path) -> None:
    folder = dumps.folder_of(served(data))
    kept = folder.with_name("kept-aside")
    folder.rename(kept)
    broken = folder.with_name(".dumps")
    broken.mkdir()
    (broken / "adoptions.nq.zst").write_bytes(b"half")
    try:
        got = client.get("/dumps/latest/adoptions.nq.zst", follow_redirects=True)
        assert got.content == (kept / "adoptions.nq.zst").read_bytes()
        assert not broken.exists()
        assert {one.name: one.read_bytes() for one in folder.iterdir()} == {
            one.name: one.read_bytes() for one in kept.iterdir()
        }
    finally:
        for one in kept.iterdir():
            one.unlink()
        kept.rmdir()


def test_copies_of_a_release_that_is_kept_are_made_when_asked_for(data: Path) -> None:
    copies.make(data, served(data).name)
    assert dumps.folder_of(served(data)).is_dir()


def test_people_get_a_page(client: TestClient) -> None:
    for lang, title in (("de", "Abzüge zum Herunterladen"), ("en", "Dumps to download")):
        got = client.get(f"/dumps/?lang={lang}", headers={"Accept": "text/html"})
        assert f"<h1>{title}</h1>" in got.text
