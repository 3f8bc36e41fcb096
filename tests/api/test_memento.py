"""Earlier states (RFC 7089): documents and answers as of the releases that are kept."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from pyoxigraph import Literal as Text
from pyoxigraph import NamedNode, Quad, Store
from starlette.testclient import TestClient

from api.app import create_app
from kg.identifiers import FILE
from kg.namespaces import DATASET, GRAPH, ID, RELEASE
from kg.settings import Settings
from tests.api.conftest import Publish

DAYS = {"a1": 10, "b2": 12, "c3": 14}
"""The releases, each with the day of May on which it was published."""
TOWN = "/doc/jurisdiction/990010000000"
LATER = "/doc/lab/labs_and_hubs-later"
ANSWER = "/api/v1/answers/about?thing=Oststadt"
LINK = re.compile(r'<([^>]*)>; rel="([^"]*)"(?:; type="[^"]*")?(?:; datetime="([^"]*)")?')


def http(day: int, time: str = "12:00:00") -> str:
    """Return a day of May 2026 as HTTP writes it."""
    week = ["Fri", "Sat", "Sun", "Mon", "Tue", "Wed", "Thu"]
    return f"{week[(day - 1) % 7]}, {day:02} May 2026 {time} GMT"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, publish: Publish) -> Path:
    """Return a data directory with three releases; the later two have a lab more."""
    data = tmp_path_factory.mktemp("kept")
    for name, day in DAYS.items():
        publish(data, name)
        folder = data / "releases" / name
        run = {"published": f"2026-05-{day}T12:00:00.5+00:00"}
        (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")
        said = {"releases": {"00": "2026-05-01T00:00:00+00:00"}, "gone": {}}
        (folder / FILE).write_bytes(zstandard.compress(json.dumps(said).encode()))
        if name != "a1":
            later = NamedNode(f"{ID}lab/labs_and_hubs-later")
            label = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
            graph = NamedNode(f"{GRAPH}labs_and_hubs")
            Store(str(folder / "store")).add(Quad(later, label, Text(f"As of {name}"), graph))
    return data


@pytest.fixture(scope="module")
def client(kept: Path) -> Iterator[TestClient]:
    """Return a client of the newest of these releases."""
    with TestClient(create_app(Settings(data=kept)), follow_redirects=False) as opened:
        yield opened


def related(header: str) -> dict[str, tuple[str, str]]:
    """Return target and date by each word of the relations of a `Link`."""
    return {
        word: (target.removeprefix("http://testserver"), date)
        for target, words, date in LINK.findall(header)
        for word in words.split()
    }


@pytest.mark.parametrize(
    ("asked", "release"),
    [
        (http(1), "a1"), (http(10, "11:59:59"), "a1"), (http(10), "a1"), (http(11), "a1"),
        (http(12, "11:59:59"), "a1"), (http(12), "b2"), (http(13), "b2"), (http(14), "c3"),
        (http(31), "c3"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", [TOWN, TOWN.replace("doc", "id"), ANSWER, f"{TOWN}.ttl?lang=en"])
def test_a_moment_leads_to_the_state_at_that_time(
    client: TestClient, path: str, asked: str, release: str
) -> None:
    got = client.get(path, headers={"Accept-Datetime": asked})
    mark = "&" if "?" in path else "?"
    assert (got.status_code, got.headers["location"]) == (
        302, f"http://testserver{path}{mark}release={release}",
    )  # fmt: skip
    assert "accept-datetime" in got.headers["vary"].lower()
    assert related(got.headers["link"])["timegate"] == (path, "")
    assert "memento-datetime" not in got.headers


def test_a_state_says_when_it_was_and_never_changes(client: TestClient) -> None:
    for path in (f"{TOWN}?release=b2&format=ttl", f"{ANSWER}&release=b2"):
        got = client.get(path)
        assert (got.status_code, got.headers["memento-datetime"]) == (200, http(12))
        assert got.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert got.headers["x-release"] == "b2"
        links = related(got.headers["link"])
        original = path.replace("?release=b2&", "?").replace("&release=b2", "")
        mark = f"{original}&release="
        assert links["original"] == links["timegate"] == (original, "")
        assert links["first"] == links["prev"] == (f"{mark}a1", http(10))
        assert links["last"] == links["next"] == (f"{mark}c3", http(14))
        again = client.get(path, headers={"If-None-Match": got.headers["etag"]})
        assert (again.status_code, again.headers["memento-datetime"]) == (304, http(12))


def test_the_present_names_its_states_and_has_no_date_of_its_own(client: TestClient) -> None:
    got = client.get(TOWN)
    assert "memento-datetime" not in got.headers
    links = related(got.headers["link"])
    assert links["prev"] == links["predecessor-version"] == (f"{TOWN}?release=b2", http(12))
    assert links["last"] == (f"{TOWN}?release=c3", http(14))


def test_a_state_says_what_was_known_then(client: TestClient) -> None:
    for name in ("b2", "c3"):
        assert f'"As of {name}"' in client.get(f"{LATER}.nt?release={name}").text
    assert client.get(f"{LATER}?release=a1").status_code == 404
    assert client.get(f"{LATER.replace('doc', 'id')}?release=b2").headers["location"] == (
        f"{LATER}?release=b2"
    )


def test_a_moment_before_the_first_state_leads_to_the_first(client: TestClient) -> None:
    got = client.get(LATER, headers={"Accept-Datetime": http(10)})
    assert got.headers["location"].endswith(f"{LATER}?release=b2")
    links = related(client.get(f"{LATER}?release=b2").headers["link"])
    assert links["first"] == (f"{LATER}?release=b2", http(12))
    assert "prev" not in links


def test_all_states_are_listed_in_both_forms(client: TestClient) -> None:
    got = client.get(f"/timemap/link{LATER}.ttl?lang=en")
    assert got.headers["content-type"].startswith("application/link-format")
    found = [(target.partition("release=")[2], words, date)
             for target, words, date in LINK.findall(got.text)]  # fmt: skip
    assert found[3:] == [("b2", "first memento", http(12)), ("c3", "last memento", http(14))]
    assert f'from="{http(12)}"; until="{http(14)}"' in got.text
    said = client.get(f"/timemap/json{ANSWER}").json()
    assert said["original_uri"] == said["timegate_uri"] == f"http://testserver{ANSWER}"
    assert [one["datetime"] for one in said["mementos"]["list"]] == [http(10), http(12), http(14)]
    assert said["mementos"]["last"]["uri"] == f"http://testserver{ANSWER}&release=c3"
    assert said["deleted"] == [{"datetime": http(1, "00:00:00"), "release": "00"}]
    for one in said["mementos"]["list"]:
        assert client.get(one["uri"]).status_code == 200


@pytest.mark.parametrize(
    "path", ["/timemap/link/doc/lab/none", "/timemap/link/nothing", "/timemap/link/api/v1/labs",
             "/timemap/json/id/jurisdiction/", "/timemap/link/doc"],
)  # fmt: skip
def test_what_never_was_has_no_states(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "written",
    ["yesterday", "2026-05-12", "Mon, 12 May 2026 12:00:00 GMT", "Tue, 12 May 2026 12:00:00 CET",
     "Tue, 12 May 2026 12:00 GMT", "Tue, 32 May 2026 12:00:00 GMT", ""],
)  # fmt: skip
def test_a_moment_that_is_none_is_a_bad_request(client: TestClient, written: str) -> None:
    for path in (TOWN, ANSWER):
        assert client.get(path, headers={"Accept-Datetime": written}).status_code == 400


def test_a_release_is_unknown_or_no_longer_kept(client: TestClient) -> None:
    for path in (f"{TOWN}?release=", f"{ANSWER}&release="):
        assert client.get(f"{path}nothing").status_code == 404
        gone = client.get(f"{path}00")
        assert (gone.status_code, gone.json()["published"]) == (410, "2026-05-01T00:00:00+00:00")


def test_after_a_deletion_a_moment_leads_to_what_is_left(kept: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(kept, data, symlinks=True)
    shutil.rmtree(data / "releases" / "b2")
    with TestClient(create_app(Settings(data=data)), follow_redirects=False) as client:
        got = client.get(TOWN, headers={"Accept-Datetime": http(13)})
        assert got.headers["location"].endswith("release=a1")
        assert client.get(got.headers["location"]).headers["memento-datetime"] == http(10)
        assert related(client.get(TOWN).headers["link"])["prev"][1] == http(10)


def test_pages_of_the_past_are_asked_for_again(client: TestClient) -> None:
    got = client.get(f"{TOWN}?release=a1", headers={"Accept": "text/html"})
    assert (got.status_code, got.headers["memento-datetime"]) == (200, http(10))
    assert got.headers["cache-control"] == "public, no-cache"


def test_a_release_has_a_name_too(client: TestClient) -> None:
    said = client.get("/release/b2?format=nt").text
    assert f"<{RELEASE}b2> <http://purl.org/dc/terms/isVersionOf> <{DATASET}> ." in said
    assert '"2026-05-12T12:00:00' in said
    assert (client.get("/release/00").status_code, client.get("/release/x").status_code) == (
        410, 404,
    )  # fmt: skip
    page = client.get("/release/b2", headers={"Accept": "text/html"})
    assert page.headers["location"] == "/steward/changes?new=b2"
