"""Names that live for ever: formats by suffix, codes of places, merged, deleted, misspelt."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from pyoxigraph import RdfFormat, parse
from starlette.testclient import TestClient

from api.app import create_app
from api.thing_pages import FORMATS
from kg.documents import FORMATS as WRITTEN
from kg.documents import PROFILES
from kg.identifiers import FILE
from kg.settings import Settings
from tests.api.conftest import Publish

BASE = "https://w3id.org/innovationslotse/"
TOWN = "/doc/jurisdiction/990010000000"
LAB = "/doc/lab/labs_and_hubs-k%C3%B6ln%2Flab"
PAGE = {"Accept": "text/html"}


def _links(client: TestClient, path: str, **headers: str) -> dict[str, list[str]]:
    """Return the targets of the header `Link` by relation."""
    found: dict[str, list[str]] = {}
    for link in client.get(path, headers=headers).headers["link"].split(", <"):
        target, _, rest = link.lstrip("<").partition(">")
        found.setdefault(rest.split('rel="')[1].split('"')[0], []).append(target)
    return found


@pytest.mark.parametrize(("suffix", "media_type"), FORMATS.items())
def test_a_path_may_end_with_its_format(client: TestClient, suffix: str, media_type: str) -> None:
    got = client.get(f"{LAB}.{suffix}", headers={"Accept": "image/png"})
    assert (got.status_code, got.headers["content-type"].split(";")[0]) == (200, media_type)
    for parameter in (f"format={suffix}", f"_mediatype={media_type}"):
        assert client.get(f"{LAB}?{parameter}").content == got.content or suffix == "html"


def test_an_address_that_names_two_formats_is_wrong(client: TestClient) -> None:
    assert client.get(f"{LAB}.ttl?format=nt").status_code == 400
    assert client.get(f"{LAB}.ttl?format=text/turtle").status_code == 200
    assert client.get(f"{LAB}?format=ttl&_mediatype=text/html").status_code == 400


def test_a_document_says_what_else_there_is(client: TestClient) -> None:
    links = _links(client, LAB, accept="text/turtle")
    assert links["describes"] == [f"{BASE}id{LAB.removeprefix('/doc')}"]
    assert links["canonical"] == [LAB]
    assert links["profile"] == [PROFILES["described"]]
    assert {f"{LAB}.{word}" for word in FORMATS} - set(links["alternate"]) == {
        f"{LAB}.ttl", f"{LAB}.json",
    }  # fmt: skip
    assert links["license"] == ["http://dcat-ap.de/def/licenses/cc-by/4.0"]
    assert links["http://purl.org/dc/terms/source"] == [
        f"{BASE}graph/{one}" for one in ("derived", "labs_and_hubs", "provenance")
    ]


def test_the_document_belongs_to_the_data_set(client: TestClient) -> None:
    said = client.get(f"{LAB}.nt").text
    assert f"<{BASE}{LAB[1:]}> <http://rdfs.org/ns/void#inDataset> <{BASE}dataset> ." in said


def test_json_ld_begins_with_the_thing_and_needs_no_foreign_context(client: TestClient) -> None:
    said = client.get(f"{TOWN}.jsonld").json()
    assert said["id"] == f"{BASE}id/jurisdiction/990010000000"
    assert said["hasGeometry"]["id"] == f"{said['id']}/geometry"
    assert said["@context"]["population"]["@id"] == "lotse:population"
    assert "adopter" not in said["@context"]
    plain = client.get(f"{TOWN}.json")
    assert plain.json() == said
    assert 'rel="http://www.w3.org/ns/json-ld#context"' in plain.headers["link"]


def test_a_profile_is_negotiated(client: TestClient) -> None:
    for headers, expected in (
        ({}, "described"),
        ({"Accept-Profile": f"<{PROFILES['evidence']}>;q=0.5, <urn:x>"}, "evidence"),
        ({"Accept-Profile": "<urn:x>"}, "described"),
        ({"Accept-Profile": f"<{PROFILES['labelled']}>;q=0"}, "described"),
    ):
        got = client.get(f"{LAB}.nt", headers=headers)
        assert got.headers["content-profile"] == f"<{PROFILES[expected]}>"
        assert got.headers["link"].count('rel="profile"') == 1
        assert "Accept-Profile" in got.headers["vary"]
    assert client.get(f"{LAB}.nt?_profile=nothing").status_code == 406
    plain, more = (
        client.get(f"{LAB}.nt", headers={"Accept-Profile": f"<{PROFILES[one]}>"}).headers["etag"]
        for one in ("described", "labelled")
    )
    assert plain != more


@pytest.mark.parametrize(
    "written",
    ["ags/99001", "ags/99001000", "99001000", "ars/990010000000", "ars/99001", "AGS/99001000"],
)
def test_a_place_is_found_by_its_codes(client: TestClient, written: str) -> None:
    got = client.get(f"/id/jurisdiction/{written}?lang=en")
    assert (got.status_code, got.headers["location"]) == (
        303, "/id/jurisdiction/990010000000?lang=en",
    )  # fmt: skip
    there = client.get(f"/doc/jurisdiction/{written}.ttl")
    assert (there.status_code, there.headers["location"]) == (303, f"{TOWN}.ttl")


@pytest.mark.parametrize("written", ["ags/9900100000", "nuts/DE999", "ags/", "nuts/99", "ags"])
def test_a_code_of_no_place_is_not_found(client: TestClient, written: str) -> None:
    assert client.get(f"/id/jurisdiction/{written}").status_code == 404


def test_another_name_leads_to_the_thing_and_the_thing_knows_it(client: TestClient) -> None:
    got = client.get("/doc/solution/publiccode-app.ttl?lang=de")
    assert (got.status_code, got.headers["location"]) == (
        308, "/doc/solution/adoptions-app.ttl?lang=de",
    )  # fmt: skip
    app, other = (f"{BASE}id/solution/{one}" for one in ("adoptions-app", "publiccode-app"))
    assert got.json() == {"iri": other, "canonical": app, "referents": [other]}
    said = client.get("/doc/solution/adoptions-app.jsonld").json()
    assert [one["id"] for one in said["referents"]] == [other]
    assert said["referents"][0]["prefLabel"] == {"de": ["Die App"]}
    assert _links(client, "/doc/solution/adoptions-app")[
        "http://www.w3.org/2002/07/owl#sameAs"
    ] == [other]


def test_a_slash_too_many_leads_to_the_name_without(client: TestClient) -> None:
    got = client.get("/id/lab/labs_and_hubs-b/?lang=en")
    assert (got.status_code, got.headers["location"]) == (308, "/id/lab/labs_and_hubs-b?lang=en")


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/id/Lab/labs_and_hubs-b", "id/lab/labs_and_hubs-b"),
        ("/doc/lab/LABS_AND_HUBS-B", "id/lab/labs_and_hubs-b"),
        ("/id/lab/bauhof", "id/lab/labs_and_hubs-b"),
        ("/id/jurisdiction/Oststatd", "id/jurisdiction/990010000000"),
        ("/id/lab/labs_and_hubs-b.ttl", "id/lab/labs_and_hubs-b"),
    ],
)
def test_a_misspelt_name_is_not_found_but_guessed(
    client: TestClient, path: str, meant: str
) -> None:
    got = client.get(path)
    assert got.status_code == 404
    assert BASE + meant in [one["iri"] for one in got.json()["suggestions"]]


@pytest.mark.parametrize("key", ["%zz", "%", "%F", "%FF", "a%C3", "%+1"])
def test_an_escape_that_is_none_is_a_bad_request(client: TestClient, key: str) -> None:
    got = client.get(f"/doc/lab/{key}")
    assert (got.status_code, got.headers["content-type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("key", ["%00", "%20", "a b", '"><script>', "..%2f..", "ü" * 500])
def test_a_strange_key_is_simply_not_found(client: TestClient, key: str) -> None:
    assert client.get(f"/doc/lab/{key}").status_code == 404


def test_a_wish_that_nobody_knows_is_refused(client: TestClient) -> None:
    assert client.get(f"{LAB}?profile=labelled").status_code in {400, 422}


@pytest.mark.parametrize("path", [LAB, "/id/lab/none", "/id/lab/labs_and_hubs-b", f"{LAB}.ttl"])
def test_head_says_what_get_says(client: TestClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers.get("etag") == got.headers.get("etag")


def test_graphs_and_profiles_have_pages_too(client: TestClient) -> None:
    assert client.get("/dataset").headers["location"] == "/.well-known/void"
    got = client.get("/graph/labs_and_hubs.ttl")
    assert got.status_code == 404
    assert "labs_and_hubs" in [one["label"] for one in got.json()["suggestions"]]
    for word, form in (("ttl", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD)):
        said = client.get(f"/graph/labs_and_hubs?format={word}")
        assert len(list(parse(said.content, form))) == 4
    assert "labs_and_hubs" in client.get("/graph/labs_and_hubs", headers=PAGE).text
    for name in PROFILES:
        assert f'id="{name}"' in client.get("/profiles?lang=en", headers=PAGE).text


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory, publish: Publish) -> Iterator[TestClient]:
    """Return a client of a release that knows what an earlier one had."""
    data = tmp_path_factory.mktemp("later")
    publish(data, "r2")
    gone = {
        f"{BASE}id/lab/gone": ["r1", None],
        f"{BASE}id/solution/other": ["r1", f"{BASE}id/solution/adoptions-app"],
    }
    said = {"releases": {"r1": "2026-01-02T03:04:05+00:00"}, "gone": gone}
    packed = zstandard.compress(json.dumps(said).encode())
    (Path(data) / "releases/r2" / FILE).write_bytes(packed)
    with TestClient(create_app(Settings(data=data)), follow_redirects=False) as opened:
        yield opened


@pytest.mark.parametrize("path", ["/id/lab/gone", "/doc/lab/gone", "/doc/lab/gone.ttl"])
def test_what_was_deleted_is_gone(later: TestClient, path: str) -> None:
    got = later.get(path)
    assert got.status_code == 410
    assert got.json()["lastRelease"] == "r1"
    assert got.json()["lastPublished"] == "2026-01-02T03:04:05+00:00"
    assert later.get(path, headers=PAGE).status_code == 410


def test_another_name_of_earlier_releases_still_leads_to_the_thing(later: TestClient) -> None:
    got = later.get("/id/solution/other")
    assert (got.status_code, got.headers["location"]) == (308, "/id/solution/adoptions-app")


def test_every_format_of_rdf_is_offered() -> None:
    assert set(FORMATS.values()) - {"text/html", "application/json", "application/ld+json"} == set(
        WRITTEN
    )
