"""The event log: three views that come to the same graph; pages that never change."""

from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from pyoxigraph import RdfFormat, parse
from starlette.testclient import TestClient

from kg import log
from kg.log_segments import PAGE
from tests.copies.replay import ATOM, PUBLIC, by_delta, by_feed, by_ldes, served, xml

LDES = "https://w3id.org/ldes#"
TREE = "https://w3id.org/tree#"
FORMATS = ("application/trig", "application/n-quads", "application/ld+json")
PLAIN = ("text/turtle", "application/n-triples")


def test_each_view_replayed_is_the_release(client: TestClient, data: Path) -> None:
    release = served(data)
    assert len(release) > 10_000
    assert by_delta(client) == release
    assert by_feed(client) == release
    assert by_ldes(client) == release


@pytest.mark.parametrize("media_type", FORMATS[1:])
def test_every_format_with_graphs_replays_to_the_release(
    client: TestClient, data: Path, media_type: str
) -> None:
    assert by_ldes(client, media_type) == served(data)


@pytest.mark.parametrize("media_type", [*FORMATS, *PLAIN])
@pytest.mark.parametrize("address", ["/ldes", "/ldes?page=1"])
def test_root_and_pages_parse_in_every_format(
    client: TestClient, media_type: str, address: str
) -> None:
    got = client.get(address, headers={"Accept": media_type})
    assert got.headers["content-type"].startswith(media_type)
    form = RdfFormat.from_media_type(media_type)
    found = {str(quad.triple) for quad in parse(got.content, form)}
    plain = client.get(address, headers={"Accept": "application/n-triples"}).content
    named = {one for one in found if "_:" not in one}
    assert named == {
        str(quad.triple) for quad in parse(plain, RdfFormat.N_TRIPLES) if "_:" not in str(quad)
    }


def test_the_root_says_how_to_read_the_stream(client: TestClient) -> None:
    found = list(parse(client.get("/ldes").content, RdfFormat.TRIG))
    said = {(q.predicate.value, q.object.value) for q in found}
    assert [
        (q.subject.value, q.object.value) for q in found if q.predicate.value == f"{TREE}view"
    ] == [("https://w3id.org/innovationslotse/ldes#stream", f"{PUBLIC}/ldes")]
    activity = "https://www.w3.org/ns/activitystreams#"
    assert {
        (f"{LDES}timestampPath", "http://purl.org/dc/terms/created"),
        (f"{LDES}versionOfPath", "http://purl.org/dc/terms/isVersionOf"),
        (f"{LDES}versionCreateObject", f"{activity}Create"),
        (f"{LDES}versionUpdateObject", f"{activity}Update"),
        (f"{LDES}versionDeleteObject", f"{activity}Delete"),
        (f"{LDES}pollingInterval", "60"),
    } <= said
    predicates = {q.predicate.value for q in found}
    assert {f"{TREE}shape", f"{LDES}retentionPolicy", f"{LDES}startingFrom",
            f"{LDES}transactionPath", f"{LDES}transactionFinalizedPath"} <= predicates  # fmt: skip
    assert f"{TREE}member" not in predicates


def test_a_full_page_is_immutable_and_the_last_one_is_asked_for_again(
    client: TestClient, data: Path
) -> None:
    last = len(log.pages(data))
    assert last > 2
    full = client.get("/ldes?page=1")
    assert full.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "ldes:immutable true" in full.text
    assert "accept" in full.headers["vary"].lower()
    growing = client.get(f"/ldes?page={last}")
    assert growing.headers["cache-control"] == "public, no-cache"
    assert "ldes:immutable" not in growing.text
    again = client.get(f"/ldes?page={last}", headers={"If-None-Match": growing.headers["etag"]})
    assert again.status_code == 304
    for number in range(1, last + 1):
        members = client.get(f"/ldes?page={number}").text.count("dcterms:isVersionOf")
        assert members == PAGE if number < last else 0 < members < PAGE


def test_the_last_member_of_a_release_finalizes_its_transaction(
    client: TestClient, data: Path
) -> None:
    last = len(log.pages(data))
    assert "CompletedActionStatus" not in client.get("/ldes?page=1").text
    assert client.get(f"/ldes?page={last}").text.count("schema:CompletedActionStatus") == 1


def test_pages_and_versions_that_are_not_there_are_404(client: TestClient, data: Path) -> None:
    for path in (f"/ldes?page={len(log.pages(data)) + 1}", "/feed.atom?page=9999", "/log/0",
                 "/log/9999999", "/delta/000009-ffff.jsonl", "/feed.atom?kind=wizard",
                 "/feed.atom?place=Atlantis"):  # fmt: skip
        assert client.get(path).status_code == 404, path
    assert client.get("/ldes?page=x").status_code == 422
    assert client.get("/ldes?since=gestern").status_code == 422


def test_events_that_were_taken_away_are_gone(client: TestClient, data: Path) -> None:
    segment = log.pages(data)[0][0][0]
    aside = segment.path.with_suffix(".aside")
    segment.path.rename(aside)
    try:
        assert client.get("/ldes?page=1").status_code == 410
        assert client.get(f"/delta/{segment.version}.jsonl").status_code == 410
        assert client.get("/feed.atom?page=1").status_code == 410
        assert "tree:relation" not in client.get("/ldes").text
        assert client.get("/delta.json").json()["versions"] == {}
    finally:
        aside.rename(segment.path)


def test_the_name_of_an_event_leads_to_its_page(client: TestClient) -> None:
    got = client.get(f"/log/{PAGE + 1}")
    assert (got.status_code, got.headers["location"]) == (303, "/ldes?page=2")
    assert f"innovationslotse/log/{PAGE + 1}>" in client.get("/ldes?page=2").text


def test_the_feed_is_atom_with_archives(client: TestClient) -> None:
    got = client.get("/feed.atom")
    assert got.headers["content-type"].startswith("application/atom+xml")
    root = xml(got.content)
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", f"author/{ATOM}name"):
        assert root.findtext(f"{ATOM}{name}"), name
    ids = []
    for entry in root.iter(f"{ATOM}entry"):
        ids.append(entry.findtext(f"{ATOM}id"))
        assert entry.findtext(f"{ATOM}title")
        assert (entry.findtext(f"{ATOM}updated") or "").endswith("Z")
        assert entry.find(f"{ATOM}link[@rel='alternate']") is not None
    assert len(ids) == len(set(ids)) > 0
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
    archive = client.get(str(links["prev-archive"]).removeprefix(PUBLIC))
    assert "archive" in archive.text[:1000]
    page = xml(archive.content)
    back = {one.get("rel"): one.get("href") for one in page.findall(f"{ATOM}link")}
    assert back["current"] == f"{PUBLIC}/feed.atom"
    assert page.find("{http://purl.org/syndication/history/1.0}archive") is not None


def entries(client: TestClient, query: str) -> list[str]:
    """Return the kinds and texts of all entries of a feed and its archives."""
    found = []
    address: str | None = f"/feed.atom?{query}"
    while address is not None:
        got = client.get(address)
        assert got.status_code == 200, got.text
        root = xml(got.content)
        found += [Xml.tostring(one, encoding="unicode") for one in root.iter(f"{ATOM}entry")]
        links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
        assert query in str(links["self"])
        before = links.get("prev-archive")
        address = before.removeprefix(PUBLIC) if before is not None else None
    return found


def test_the_feed_of_a_kind_has_all_of_that_kind_and_nothing_else(
    client: TestClient, data: Path
) -> None:
    for kind in ("lab", "adoption"):
        wanted = [one for one in log.log(data) if kind in one.kinds]
        found = entries(client, f"kind={kind}")
        assert len(found) == len(wanted) > 0
        assert all(f'term="{kind}"' in one for one in found)


def test_the_feed_of_a_place_has_what_names_it_or_a_place_in_it(
    client: TestClient, data: Path
) -> None:
    land = entries(client, "place=Brandenburg")
    assert 0 < len(land) < len(list(log.log(data)))
    assert all("/id/jurisdiction/12" in one for one in land)
    every = [one for one in log.log(data) if any(key.startswith("12") for key in one.places)]
    assert len(land) == len(every)
