"""What the SPARQL 1.1 protocol and RFC 9110 ask of an endpoint, over HTTP and on real sockets."""

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import Quad, RdfFormat, parse
from starlette.testclient import TestClient

from api.app import create_app
from kg.settings import Settings
from tests.live import served

JSON = "application/sparql-results+json"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
SD = "http://www.w3.org/ns/sparql-service-description#"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


def _values(got: object) -> list[str]:
    rows = got.json()["results"]["bindings"]  # type: ignore[attr-defined]
    return sorted(one["value"] for row in rows for one in row.values())


@pytest.mark.parametrize("text", ["a%2Bb", "a+b", "100 %25", "1+1=2&x=y;z#?", "ö%C3%B6", "\\u00e4"])
def test_the_text_is_decoded_once_in_each_request_form(client: TestClient, text: str) -> None:
    query = f'SELECT ?x {{ BIND("{text}" AS ?x) }}'
    got = [
        client.get(f"/sparql?query={quote(query, safe='')}"),
        client.post("/sparql", data={"query": query}),
        client.post("/sparql", content=query.encode(), headers={"Content-Type": QUERY}),
    ]
    expected = "ä" if text.startswith("\\") else text
    assert [_values(one) for one in got] == [[expected]] * 3


@pytest.mark.parametrize("form", ["get", "form", "direct"])
def test_the_data_set_of_the_protocol_wins_over_from(client: TestClient, form: str) -> None:
    graphs = _values(client.get("/sparql", params={"query": "SELECT DISTINCT ?g {GRAPH ?g {}}"}))
    first, second = graphs[:2]
    query = "SELECT DISTINCT ?g FROM NAMED <GRAPH> { GRAPH ?g { ?s ?p ?o } }"
    query = query.replace("GRAPH>", f"{second}>")
    wish = f"named-graph-uri={quote(first, safe='')}"
    asked = f"query={quote(query, safe='')}"
    got = {
        "get": lambda: client.get(f"/sparql?{asked}&{wish}"),
        "form": lambda: client.post(
            "/sparql", content=f"{asked}&{wish}", headers={"Content-Type": FORM}
        ),
        "direct": lambda: client.post(
            f"/sparql?{wish}", content=query, headers={"Content-Type": QUERY}
        ),
    }[form]()
    assert _values(got) == [first]
    assert _values(client.get(f"/sparql?{asked}")) == [second]


def test_default_graphs_of_the_protocol_are_merged(client: TestClient) -> None:
    counts = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    rows = client.get("/sparql", params={"query": counts}).json()["results"]["bindings"]
    sizes = {row["g"]["value"]: int(row["n"]["value"]) for row in rows}
    first, second = list(sizes)[:2]
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    got = client.get("/sparql", params={"query": query, "default-graph-uri": [first, second]})
    assert _values(got) == [str(sizes[first] + sizes[second])]


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"ASK {}", {}, 415),
        (b"ASK {}", {"Content-Type": "text/plain"}, 415),
        (b"ASK {}", {"Content-Type": "application/json"}, 415),
        ("ASK {}".encode("utf-16"), {"Content-Type": f"{QUERY}; charset=utf-16"}, 415),
        (b'ASK { FILTER("\xff") }', {"Content-Type": QUERY}, 400),
        (b"query=ASK%20%7B%FF", {"Content-Type": FORM}, 400),
        (b"", {"Content-Type": FORM}, 400),
        (b"query=ASK{}&query=ASK{}", {"Content-Type": FORM}, 400),
        (b"update=CLEAR+ALL", {"Content-Type": FORM}, 400),
        (b"CLEAR ALL", {"Content-Type": "application/sparql-update"}, 405),
        (b"CLEAR ALL", {"Content-Type": QUERY}, 400),
        (b"x" * 900_000, {"Content-Type": QUERY}, 413),
        (b"ASK {}", {"Content-Type": f"{QUERY}; charset=UTF-8"}, 200),
    ],
)
def test_what_is_posted_is_taken_or_refused_as_the_protocol_says(
    client: TestClient, content: bytes, headers: dict[str, str], status: int
) -> None:
    got = client.post("/sparql", content=content, headers=headers)
    assert got.status_code == status
    if status != 200:
        assert got.headers["content-type"] == "application/problem+json"
        assert got.json()["status"] == status


@pytest.mark.parametrize("address", ["/sparql?query=%FF", "/sparql?query=", "/sparql?x=1",
                                     "/sparql?update=CLEAR+ALL"])  # fmt: skip
def test_a_get_without_a_readable_query_is_refused(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_verbs_are_told_which_there_are(client: TestClient, method: str) -> None:
    got = client.request(method, "/sparql")
    assert (got.status_code, got.headers["allow"]) == (405, "GET, HEAD, OPTIONS, POST")


def test_other_origins_may_ask(client: TestClient) -> None:
    asks = {"Origin": "https://other.example", "Access-Control-Request-Method": "POST"}
    before = client.options("/sparql", headers=asks)
    assert (before.status_code, before.headers["access-control-allow-origin"]) == (204, "*")
    plain = client.options("/sparql")
    assert (plain.status_code, plain.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    got = client.get("/sparql?query=ASK{}", headers={"Origin": "https://other.example"})
    assert got.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in got.headers
    assert "X-Query-Limits" in got.headers["access-control-expose-headers"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.6", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        ("text/*", "text/csv; charset=utf-8"),
        ("application/sparql-results+xml, application/sparql-results+json",
         "application/sparql-results+json"),
        ("text/html, */*;q=0.8", "text/html; charset=utf-8"),
        ("image/png, text/csv;q=0.001", "text/csv; charset=utf-8"),
    ],
)  # fmt: skip
def test_quality_decides_between_the_forms(client: TestClient, accept: str, kind: str) -> None:
    got = client.get("/sparql?query=ASK{}", headers={"Accept": accept})
    assert (got.status_code, got.headers["content-type"]) == (200, kind)


def test_the_limits_are_published(client: TestClient) -> None:
    said = "seconds=2, memory-mib=1024, rows=1000, result-mib=64, query-characters=100000"
    assert client.get("/sparql?query=ASK{}").headers["x-query-limits"] == said
    bare = client.get("/sparql", headers={"Accept": "application/n-triples"})
    assert bare.headers["x-query-limits"] == said
    assert '#limit-rows> <http://schema.org/maxValue> "1000"^^' in bare.text


def test_the_service_description_names_every_graph_with_its_size(client: TestClient) -> None:
    got = client.get("/sparql", headers={"Accept": "application/n-triples"})
    quads: list[Quad] = list(parse(got.content, RdfFormat.N_TRIPLES))
    said: dict[str, dict[str, str]] = {}
    for quad in quads:
        said.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
    named = {one[f"{SD}name"]: said[one[f"{SD}graph"]] for one in said.values()
             if f"{SD}name" in one}  # fmt: skip
    sizes = {name: int(one["http://rdfs.org/ns/void#triples"]) for name, one in named.items()}
    counts = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    rows = client.get("/sparql", params={"query": counts}).json()["results"]["bindings"]
    assert sizes == {row["g"]["value"]: int(row["n"]["value"]) for row in rows}
    assert said["http://testserver/sparql"][f"{SD}endpoint"] == "http://testserver/sparql"
    assert len(got.content) < 20_000


def test_the_public_address_stands_in_the_description(data: Path) -> None:
    settings = Settings(data=data, query_readers=1, public_url="https://lotse.example/")
    with TestClient(create_app(settings)) as client:
        text = client.get("/sparql", headers={"Accept": "text/turtle"}).text
    assert "<https://lotse.example/sparql>" in text
    assert "testserver" not in text


def test_the_etag_stands_for_query_data_set_and_type(client: TestClient) -> None:
    ask = {"query": "ASK {}"}
    tags = [
        client.get("/sparql", params=ask).headers["etag"],
        client.get("/sparql", params=ask, headers={"Accept": "text/csv"}).headers["etag"],
        client.get("/sparql", params={"query": "ASK  {}"}).headers["etag"],
    ]
    assert len(set(tags)) == 3
    known = {"If-None-Match": f'"x", W/{tags[0]}'}
    assert client.get("/sparql", params=ask, headers=known).status_code == 304
    assert client.head("/sparql", params=ask, headers=known).status_code == 304
    assert "etag" not in client.post("/sparql", data=ask).headers
    # `*` holds of whatever there is, and whether there is an answer has to be found out first.
    anything = {"If-None-Match": "*"}
    assert client.get("/sparql", params=ask, headers=anything).status_code == 304
    endless = client.get("/sparql", params={"query": ENDLESS}, headers=anything)
    assert endless.status_code == 504


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "struuid()"])
def test_what_varies_by_itself_has_no_tag_and_is_not_kept(client: TestClient, call: str) -> None:
    got = client.get("/sparql", params={"query": f"SELECT ({call} AS ?x) {{ }}"})
    assert (got.status_code, "etag" in got.headers) == (200, False)
    assert got.headers["cache-control"] == "no-store"


def test_a_page_shows_the_query_and_its_whole_result(client: TestClient) -> None:
    got = client.get(
        "/sparql", headers={"Accept": "text/html", "Accept-Language": "de"},
        params={"query": 'SELECT ?x ?y { VALUES (?x ?y) { ("<b>" "Grün"@de) (1 UNDEF) } }'},
    )  # fmt: skip
    assert (got.status_code, got.headers["content-language"]) == (200, "de")
    assert "&lt;b&gt;" in got.text
    assert "2 Zeilen, vollständig" in got.text
    posted = client.post("/sparql", data={"query": "ASK {}", "format": "html", "lang": "en"})
    assert (posted.status_code, "Yes" in posted.text or "Ja" in posted.text) == (200, True)
    graph = client.post(
        "/sparql", data={"query": "CONSTRUCT { <a:b> <a:c> 1 } {}", "format": "html"}
    )
    assert "&lt;a:b&gt; &lt;a:c&gt; 1" in graph.text


@pytest.fixture(scope="module")
def port(data: Path) -> Iterator[int]:
    """Serve the invented release on a real socket, with one reader."""
    settings = Settings(data=data, query_readers=1, query_seconds=6)
    with served(settings) as port:
        yield port


def _asked(port: int, query: str, method: str = "GET") -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", port), timeout=20)
    line = f"{method} /sparql?query={quote(query)} HTTP/1.1\r\n"
    opened.sendall(f"{line}Host: x\r\nAccept: {JSON}\r\nConnection: close\r\n\r\n".encode())
    return opened


def _answer(opened: socket.socket) -> tuple[int, dict[str, str], bytes]:
    got = b""
    while block := opened.recv(65536):
        got += block
    head, _, body = got.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return int(first.split()[1]), headers, body


def test_a_client_that_goes_away_frees_its_reader(port: int) -> None:
    with _asked(port, "ASK {}") as opened:
        assert json.loads(_answer(opened)[2])["boolean"] is True
    for _ in range(3):
        _asked(port, ENDLESS).close()
    began = time.monotonic()
    with _asked(port, "ASK {} # asked for the first time") as opened:
        assert _answer(opened)[0] == 200
    assert time.monotonic() - began < 5


def test_head_has_the_headers_of_get_and_no_body(port: int) -> None:
    with _asked(port, "ASK {}") as opened:
        status, headers, _ = _answer(opened)
    with _asked(port, "ASK {}", "HEAD") as opened:
        answer = _answer(opened)
    drop = {"date"}
    assert answer[0] == status == 200
    assert answer[2] == b""
    assert {k: v for k, v in answer[1].items() if k not in drop} == {
        k: v for k, v in headers.items() if k not in drop
    }


def test_a_burst_waits_its_turn_and_then_is_told_when_to_come_again(port: int) -> None:
    waiting = [_asked(port, ENDLESS) for _ in range(9)]
    time.sleep(0.5)
    with _asked(port, "ASK { }") as opened:
        status, headers, body = _answer(opened)
    assert (status, headers["retry-after"].isdigit()) == (503, True)
    assert json.loads(body)["type"] == "/docs/problems#busy"
    for one in waiting:
        one.close()
    deadline = time.monotonic() + 5
    while status == 503 and time.monotonic() < deadline:
        with _asked(port, "ASK { }") as opened:
            status = _answer(opened)[0]
    assert status == 200
