"""Every IRI of ours that stands anywhere in a release leads to something."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from kg.documents import constraints, document, vocabulary
from kg.errors import NotFoundError
from kg.graphs import described
from kg.namespaces import GRAPH, HOME, ID, RELEASE, SHAPES_NAMESPACE, VOCABULARY
from kg.release import Release, read_graph
from kg.settings import Settings

IRI = re.compile(rb"<(" + HOME.encode() + rb"[^>]*)>")
PAGE = {"Accept": "text/html"}
BROWSER = {"Accept": "text/html, */*;q=0.1"}


@pytest.fixture(scope="module")
def iris(served: Release) -> dict[str, set[str]]:
    """Return every IRI of ours in the graphs and in the report, by what it begins with."""
    found: set[bytes] = set()
    for name in served.manifest["graphs"]:
        found.update(IRI.findall(read_graph(served.folder, name)))
    found.update(IRI.findall((served.folder / "report.nt").read_bytes()))
    begin = (ID, GRAPH, VOCABULARY, SHAPES_NAMESPACE, HOME)
    grouped: dict[str, set[str]] = defaultdict(set)
    for iri in (one.decode() for one in found):
        grouped[next(one for one in begin if iri.startswith(one))].add(iri)
    return grouped


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[TestClient]:
    """Return a client of the service of the release."""
    with TestClient(create_app(Settings(data=data)), follow_redirects=False) as opened:
        yield opened


def test_every_thing_has_its_document(iris: dict[str, set[str]], served: Release) -> None:
    nowhere = []
    for iri in iris[ID]:
        try:
            document(served.graph, iri)
        except NotFoundError:
            nowhere.append(iri)
    assert len(iris[ID]) > 100_000
    assert nowhere == []


def test_one_of_each_kind_is_led_to_its_document(
    iris: dict[str, set[str]], client: TestClient
) -> None:
    by_shape = {re.sub(r"[^/%.]+", "", one.removeprefix(ID).partition("/")[2]): one
                for one in iris[ID]}  # fmt: skip
    by_kind = {one.removeprefix(ID).partition("/")[0]: one for one in iris[ID]}
    assert len(by_kind) > 20
    for iri in {*by_kind.values(), *by_shape.values()}:
        path = f"/id/{iri.removeprefix(ID)}"
        while (got := client.get(path)).status_code in {303, 308}:
            path = got.headers["location"]
        assert got.status_code == 200, iri


def test_every_word_and_shape_stands_in_its_file_and_on_its_page(
    iris: dict[str, set[str]], client: TestClient
) -> None:
    for begin, path, held in (
        (VOCABULARY, "/ns", vocabulary()),
        (SHAPES_NAMESPACE, "/shapes", constraints()),
    ):
        said = {getattr(quad.subject, "value", "") for quad in held}
        assert iris[begin] <= said
        anchors = set(re.findall(r'id="([^"]+)"', client.get(path, headers=PAGE).text))
        assert {one.removeprefix(begin) for one in iris[begin]} - anchors == set()


def test_every_graph_is_described(iris: dict[str, set[str]], served: Release) -> None:
    assert {one.removeprefix(GRAPH) for one in iris[GRAPH]} == set(served.manifest["graphs"])
    assert all(described(served, one.removeprefix(GRAPH)) for one in iris[GRAPH])


def test_everything_else_of_ours_is_there(
    iris: dict[str, set[str]], client: TestClient, served: Release
) -> None:
    others = iris[HOME] | {f"{HOME}ns", f"{HOME}shapes", f"{HOME}profiles"}
    others |= {f"{HOME}{one}" for one in ("dataset", "publisher", "catalog", "ldes")}
    others.add(RELEASE + served.id)
    assert len(others) > 5
    for iri in others:
        got = client.get(f"/{iri.removeprefix(HOME)}", headers=BROWSER)
        assert got.status_code in {200, 303}, iri
