"""The Graph Store Protocol: every graph is read by anybody, and written by its source alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from starlette.testclient import TestClient

from api.app import create_app
from kg import graphstore, release, tokens
from kg.jobs import Queue
from kg.settings import Settings
from tests.contribution import ADOPTION, GOOD, GRAPH, SLUG, SOLUTION, contributor

LABS = "https://w3id.org/innovationslotse/graph/labs_and_hubs"
STORE = f"/store?graph={GRAPH}"
TYPES = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "trig": ("application/trig", RdfFormat.TRIG),
    "nq": ("application/n-quads", RdfFormat.N_QUADS),
}


@pytest.fixture
def place(tmp_path: Path, data: Path) -> Path:
    """Return a data directory of its own in which the invented release is served."""
    (tmp_path / "releases").symlink_to(data / "releases")
    release.point_to(tmp_path, "0123456789abcdef")
    return tmp_path


@pytest.fixture
def store(place: Path) -> Iterator[TestClient]:
    """Return a client that carries the token of the contributed source."""
    secret = contributor(place)
    app = create_app(Settings(data=place, query_readers=1))
    with TestClient(app, raise_server_exceptions=False) as opened:
        opened.headers["Authorization"] = f"Bearer {secret}"
        yield opened


def send(
    client: TestClient, content: str | bytes, kind: str = "text/turtle", **more: str
) -> tuple[int, dict[str, object]]:
    headers = {name.replace("_", "-"): value for name, value in more.items()}
    got = client.put(STORE, content=content, headers={"Content-Type": kind, **headers})
    return got.status_code, got.json()


@pytest.mark.parametrize("key", TYPES)
def test_a_graph_comes_whole_in_every_format(client: TestClient, key: str) -> None:
    media, form = TYPES[key]
    got = client.get(f"/store?graph={LABS}", headers={"Accept": media})
    assert got.status_code == 200
    assert got.headers["content-type"].partition(";")[0] == media
    expected = client.get(f"/store?graph={LABS}&format=nt").text
    assert {str(quad.triple) for quad in parse(got.content, format=form)} == {
        str(quad.triple) for quad in parse(expected, format=RdfFormat.N_TRIPLES)
    }
    assert len(expected.splitlines()) > 5


def test_a_large_graph_is_written_by_a_process_of_its_own_and_is_the_same(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/store?graph={LABS}&format=ttl"
    at_once = client.get(address)
    monkeypatch.setattr(graphstore, "SMALL", 3)
    by_a_process = client.get(address)
    assert sorted(by_a_process.text.splitlines()) == sorted(at_once.text.splitlines())
    assert by_a_process.headers["content-length"] == at_once.headers["content-length"]


def test_the_default_graph_is_all_graphs_together(client: TestClient) -> None:
    whole = set(client.get("/store?default&format=nt").text.splitlines())
    labs = set(client.get(f"/store?graph={LABS}&format=nt").text.splitlines())
    assert labs < whole


def test_a_graph_has_an_etag_for_each_format_and_is_not_sent_twice(client: TestClient) -> None:
    turtle = client.get(f"/store?graph={LABS}", headers={"Accept": "text/turtle"})
    quads = client.get(f"/store?graph={LABS}", headers={"Accept": "application/n-quads"})
    assert turtle.headers["etag"] != quads.headers["etag"]
    again = client.get(
        f"/store?graph={LABS}",
        headers={"Accept": "text/turtle", "If-None-Match": turtle.headers["etag"]},
    )
    assert (again.status_code, again.content) == (304, b"")
    assert "accept" in turtle.headers["vary"].lower()
    head = client.head(f"/store?graph={LABS}", headers={"Accept": "text/turtle"})
    assert (head.status_code, head.headers["etag"]) == (200, turtle.headers["etag"])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/store", 400),
        (f"/store?graph={LABS}&default", 400),
        (f"/store?graph={LABS}&graph={LABS}", 400),
        ("/store?graph=labs_and_hubs", 400),
        (f"/store?graph={LABS}&wrong=1", 400),
        (f"/store?graph={LABS}x", 404),
        ("/store?graph=https://example.org/<", 404),
        (f"/store?graph={LABS}&format=pdf", 406),
    ],
)
def test_what_cannot_be_read_is_a_problem(client: TestClient, address: str, status: int) -> None:
    got = client.get(address)
    assert (got.status_code, got.headers["content-type"]) == (status, "application/problem+json")


def test_other_verbs_are_named_as_not_allowed(client: TestClient) -> None:
    got = client.patch(f"/store?graph={LABS}", content=b"")
    assert got.status_code == 405
    assert got.headers["allow"] == "DELETE, GET, HEAD, OPTIONS, POST, PUT"
    asked = client.options("/store", headers={"Access-Control-Request-Method": "PUT"})
    assert "PUT" in asked.headers["access-control-allow-methods"]


def test_who_has_no_valid_token_changes_nothing(store: TestClient, place: Path) -> None:
    for given in ("", "Basic abc", "Bearer", "Bearer lotse_wrong"):
        for method in ("PUT", "POST", "DELETE"):
            got = store.request(method, STORE, content=GOOD, headers={"Authorization": given})
            assert (got.status_code, got.json()["type"]) == (401, "/docs/problems#unauthorized")
            assert got.headers["www-authenticate"].startswith("Bearer ")
    assert Queue(place).waiting() == []


@pytest.mark.parametrize(
    "scope", ["steward", "open311", "source:andere", "desk:https://a.example/"]
)
def test_a_token_opens_its_own_graph_only(store: TestClient, place: Path, scope: str) -> None:
    secret, made = tokens.create(place, scope)
    mine = {"Authorization": f"Bearer {secret}", "Content-Type": "text/turtle"}
    got = store.put(STORE, content=GOOD, headers=mine)
    assert (got.status_code, got.json()["type"]) == (403, "/docs/problems#forbidden")
    assert "insufficient_scope" in got.headers["www-authenticate"]
    tokens.revoke(place, made.name)
    assert store.put(STORE, content=GOOD, headers=mine).status_code == 401


def test_graphs_of_others_and_the_default_graph_are_not_written(
    store: TestClient, place: Path
) -> None:
    for where in (f"graph={LABS}", "default", "graph=https://example.org/x"):
        got = store.put(f"/store?{where}", content=GOOD, headers={"Content-Type": "text/turtle"})
        assert got.status_code == 403
    secret, _ = tokens.create(place, "source:labs_and_hubs")
    got = store.delete(f"/store?graph={LABS}", headers={"Authorization": f"Bearer {secret}"})
    assert got.status_code == 404
    assert "contributed source" in got.json()["detail"]


def test_what_passes_is_queued_at_once_and_what_fails_changes_nothing(
    store: TestClient, place: Path
) -> None:
    got = store.put(STORE, content=GOOD, headers={"Content-Type": "text/turtle"})
    job = got.json()
    assert (got.status_code, job["state"], job["graph"]) == (202, "queued", GRAPH)
    assert got.headers["location"].endswith(f"/api/v1/jobs/{job['id']}")
    asked = store.get(f"/api/v1/jobs/{job['id']}")
    assert (asked.status_code, asked.json()) == (200, job)
    assert store.get(STORE).status_code == 404

    status, problem = send(store, GOOD.replace("lotse:solution-kind-app", "lotse:status-in-use"))
    assert (status, problem["type"]) == (422, "/docs/problems#contribution-refused")
    (found,) = problem["report"]["findings"]  # type: ignore[index]
    assert (found["focus"], found["path"]) == (SOLUTION, "lotse:solutionKind")
    assert [one.id for one in Queue(place).waiting()] == [job["id"]]


@pytest.mark.parametrize("media", ["text/turtle", "application/ld+json"])
def test_the_report_comes_as_shacl_where_it_is_asked_for(store: TestClient, media: str) -> None:
    bad = GOOD.replace('"Muster-Melder (erfunden)"@de', '"ohne Sprache (erfunden)"')
    headers = {"Content-Type": "text/turtle", "Accept": media}
    got = store.put(STORE, content=bad, headers=headers)
    assert (got.status_code, got.headers["content-type"].partition(";")[0]) == (422, media)
    said = {str(quad.predicate) for quad in parse(got.content, format=dict(TYPES.values())[media])}
    assert "<http://www.w3.org/ns/shacl#conforms>" in said


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [(GOOD, "", 415), (GOOD, "text/html", 415), (GOOD, "text/plain", 415),
     ("<!DOCTYPE html><html><body>Login</body></html>", "text/turtle", 400)],
)  # fmt: skip
def test_what_cannot_be_taken_changes_nothing(
    store: TestClient, place: Path, content: str, kind: str, status: int
) -> None:
    got = store.put(STORE, content=content, headers={"Content-Type": kind} if kind else {})
    assert (got.status_code, "detail" in got.json()) == (status, True)
    assert Queue(place).waiting() == []


def test_a_body_above_the_size_is_413_whether_it_says_so_or_not(store: TestClient) -> None:
    large = b"#" * (10 * 1024 * 1024 + 1)
    headers = {"Content-Type": "text/turtle"}
    assert store.put(STORE, content=large, headers=headers).status_code == 413
    pieces = (large[at : at + 65536] for at in range(0, len(large), 65536))
    assert store.put(STORE, content=pieces, headers=headers).status_code == 413


def test_a_table_by_our_template_is_taken_as_what_it_is(store: TestClient, place: Path) -> None:
    table = store.get("/static/beitrag-nutzung.csv").content
    assert send(store, table, "text/csv")[0] == 202
    assert len(Queue(place).head(SLUG)) == 2
    headers = {"Content-Type": "text/csv"}
    got = store.put(f"{STORE}&kind=publiccode", content=table, headers=headers)
    assert (got.status_code, "adoptions" in got.json()["detail"]) == (400, True)


def test_writing_is_described_with_its_token(store: TestClient) -> None:
    schema = store.get("/openapi.json").json()
    assert schema["paths"]["/store"]["put"]["security"] == [{"HTTPBearer": []}]
    assert "security" not in schema["paths"]["/store"]["get"]
    assert schema["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"


def test_a_packed_body_is_415(store: TestClient) -> None:
    assert send(store, GOOD, Content_Encoding="gzip")[0] == 415


def test_if_match_holds_against_what_waits(store: TestClient, place: Path) -> None:
    assert send(store, GOOD, If_Match="*")[0] == 412
    status, first = send(store, GOOD, If_None_Match="*")
    assert status == 202
    assert send(store, GOOD, If_None_Match="*")[0] == 412
    assert send(store, ADOPTION, If_Match='"0000000000000000.ttl"')[0] == 412
    assert send(store, GOOD, If_Match=f"W/{first['etag']}")[0] == 412
    assert send(store, GOOD, If_Match=str(first["etag"]))[0] == 202
    assert len(Queue(place).waiting()) == 2
    headers = {"If-Match": '"0000000000000000.nt"'}
    assert store.delete(STORE, headers=headers).status_code == 412
    assert store.delete(STORE, headers={"If-Match": str(first["etag"])}).status_code == 202
    assert store.delete(STORE).status_code == 404


def test_post_adds_and_the_same_again_adds_nothing(store: TestClient, place: Path) -> None:
    headers = {"Content-Type": "text/turtle"}
    assert store.post(STORE, content=ADOPTION, headers=headers).status_code == 422
    assert send(store, GOOD)[0] == 202
    first = store.post(STORE, content=ADOPTION, headers=headers).json()
    assert len(Queue(place).head(SLUG)) == 2
    again = store.post(STORE, content=ADOPTION, headers=headers).json()
    assert (again["etag"], len(Queue(place).head(SLUG))) == (first["etag"], 2)


def test_a_job_that_is_not_there_is_not_found(store: TestClient) -> None:
    for key in ("0" * 20, "..%2Fx", "x"):
        assert store.get(f"/api/v1/jobs/{key}").status_code == 404
