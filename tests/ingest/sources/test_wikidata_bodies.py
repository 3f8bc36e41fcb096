"""Wikidata's bodies: linked by official key alone; its endpoint played by a local one."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph
import pytest

from ingest.extracts import as_csv
from ingest.fetching import archive
from ingest.fetching.fetch import fetch
from ingest.fetching.visiting import Visitor
from ingest.fields import FieldError
from ingest.pipeline import build
from ingest.readers import csv_rows
from ingest.source import FOLDER, Record, Source, load
from ingest.sources.wikidata_bodies.extract import COLUMNS, KEYS, REGISTER, UPSTREAM, extract
from ingest.sources.wikidata_bodies.transform import transform
from kg import release
from kg.iri import mint
from kg.terms import SCHEMA, NamedNode
from tests.ingest.sources.sample import check_sample
from tests.ingest.upstream import Played, Reply, file, played
from tests.world import small_sources

SOURCE = load(FOLDER / "wikidata_bodies")
ENTITY = "http://www.wikidata.org/entity/"
PROPERTY = "http://www.wikidata.org/prop/direct/"
REGISTER_FILE = (FOLDER / "destatis_register" / "sample" / "register.csv").read_bytes()
MUNICH, DISTRICT = "091620000000", "091840000000"


def test_the_sample_says_what_a_person_has_read(update_golden: bool) -> None:  # noqa: FBT001
    check_sample("wikidata_bodies", update=update_golden, failing=frozenset({"Q90000004"}))


def extracted(*rows: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return item, place and labels that come of rows as the endpoint sends them."""
    columns = ("item", *KEYS, "website", "label_de", "label_en")
    sent = as_csv(columns, [{**dict.fromkeys(columns, ""), **row} for row in rows])
    files = {UPSTREAM: sent, REGISTER: REGISTER_FILE}
    found = csv_rows("bodies", extract(files)["wikidata-bodies.csv"], COLUMNS)
    names = ("item", "place", "website", "label_de", "label_en")
    return [tuple(str(row[name]) for name in names) for row in found]


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ({"municipality": "09162000"}, MUNICH),
        ({"district": "09162"}, MUNICH),
        ({"region": "091620000000"}, MUNICH),
        ({"municipality": "09162000", "district": "09162", "region": "091620000000"}, MUNICH),
        ({"district": "09184"}, DISTRICT),
        ({"region": "09"}, "090000000000"),
        ({"municipality": "11000000", "district": "11000", "region": "11"}, "110000000000"),
        ({"municipality": "09177117"}, "091770117117"),
        ({"region": "010515172"}, "010515172000"),
        ({"municipality": "09177117", "region": "091775117117"}, "091770117117"),
        ({"municipality": "09162000", "district": "09184"}, ""),
        ({"municipality": "99162000"}, ""),
        ({"municipality": "9162000"}, ""),
        ({}, ""),
    ],
)
def test_official_keys_alone_say_which_place_an_item_is(keys: dict[str, str], place: str) -> None:
    ((_, found, *_),) = extracted({"item": f"{ENTITY}Q1", "label_de": "München", **keys})
    assert found == place


def test_rows_of_one_item_are_put_together_and_known_names_left_out() -> None:
    one = {"item": f"{ENTITY}Q1", "municipality": "09162000", "label_de": "München"}
    assert extracted(
        {**one, "website": "https://b.example/", "label_en": "Munich"},
        {**one, "website": "https://a.example/", "label_en": "Munich"},
        {"item": f"{ENTITY}Q2", "district": "09184", "label_de": "Kreis M", "label_en": "Kreis M"},
    ) == [
        ("Q1", MUNICH, "https://a.example/", "", "Munich"),
        ("Q1", MUNICH, "https://b.example/", "", "Munich"),
        ("Q2", DISTRICT, "", "Kreis M", ""),
    ]


def test_an_item_without_one_place_says_how_to_mend_it() -> None:
    row = dict.fromkeys(COLUMNS, "") | {"item": "Q1", "keys": "1 2", "website": "https://a.example"}
    with pytest.raises(FieldError, match=r"the keys 1 2 of Q1 stand for no body.*wiki/Q1, or wait"):
        list(transform(Record("wikidata_bodies", "body", "Q1", (row,))))


def wikidata(rows: Mapping[str, Mapping[str, str]]) -> pyoxigraph.Store:
    """Return a store in the shape of Wikidata's: direct properties, labels in many languages."""
    store = pyoxigraph.Store()
    label = pyoxigraph.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    for item, said in rows.items():
        node = pyoxigraph.NamedNode(ENTITY + item)
        for name, value in said.items():
            if name.startswith("P"):
                term = pyoxigraph.NamedNode(value) if name == "P856" else pyoxigraph.Literal(value)
                store.add(pyoxigraph.Quad(node, pyoxigraph.NamedNode(PROPERTY + name), term))
            else:
                store.add(pyoxigraph.Quad(node, label, pyoxigraph.Literal(value, language=name)))
    return store


def served(server: Played, store: pyoxigraph.Store) -> Source:
    """Return the source with this server in place of Wikidata's and the register's."""

    def answer(_path: str, headers: Mapping[str, str]) -> Reply:
        assert "application/sparql-results+json" in headers["Accept"]
        query = parse_qs(server.posted[-1].decode())["query"][0]
        found = store.query(query)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        body = found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        assert body is not None
        return Reply(body, headers={"Content-Type": "application/sparql-results+json"})

    server.answers["/sparql"] = answer
    server.answers["/register.csv"] = file(REGISTER_FILE)
    paths = {UPSTREAM: "/sparql", REGISTER: "/register.csv"}
    upstream = tuple(
        replace(one, fetch=replace(one.fetch, url=server.url(paths[one.name])))
        for one in SOURCE.upstream
        if one.fetch is not None
    )
    fetching = replace(SOURCE.fetching, hosts=(server.host,))
    return replace(SOURCE, upstream=upstream, fetching=fetching, at_least={}, parking_limit=0.7)


def test_the_query_finds_bodies_with_a_key_and_pages_through_them_all(tmp_path: Path) -> None:
    many = {f"Q{n}": {"P439": f"{n:08}", "de": f"Ort {n}"} for n in range(1000, 2200)}
    store = wikidata(
        many
        | {
            "Q1": {"P439": "09162000", "P856": "https://a.example/", "de": "München", "fr": "M"},
            "Q2": {"P440": "09184", "de": "Landkreis München", "en": "Munich district"},
            "Q3": {"P439": "09162000", "P576": "1990-01-01", "de": "Altes München"},
            "Q4": {"de": "München", "P856": "https://b.example/"},
        }
    )
    with played() as server:
        one = served(server, store)
        found = fetch(tmp_path, one, Visitor(one.fetching.hosts, pause=0, patience=0))
        assert len(server.posted) == 4
    assert found.rows == len(many) + 2
    entry = archive.state(tmp_path, "wikidata_bodies").entry
    folder = tmp_path / "archive" / "wikidata_bodies" / entry
    rows = csv_rows("bodies", (folder / "upstream" / UPSTREAM).read_bytes(), None)
    few = [tuple(row.values()) for row in rows if len(str(row["item"])) == len(f"{ENTITY}Q1")]
    assert few == [
        (ENTITY + "Q1", "09162000", "", "", "https://a.example/", "München", ""),
        (ENTITY + "Q2", "", "09184", "", "", "Landkreis München", "Munich district"),
    ]


def test_builds_leave_it_out_until_it_was_fetched_and_then_link_by_key(tmp_path: Path) -> None:
    needed = [one for one in small_sources() if one.slug in ("laender", "destatis_register")]
    store = wikidata(
        {
            "Q1": {"P439": "09162000", "de": "München", "en": "Munich"},
            "Q2": {"P440": "01002", "de": "Kiel"},
            "Q3": {"P439": "01002000", "de": "Anderes Kiel"},
        }
    )
    with played() as server:
        one = served(server, store)
        before = build(tmp_path, [*needed, one])
        assert "wikidata_bodies" not in {line.source for line in before.lines}
        fetch(tmp_path, one, Visitor(one.fetching.hosts, pause=0, patience=0))
    after = build(tmp_path, [*needed, one])
    (line,) = (line for line in after.lines if line.source == "wikidata_bodies")
    assert (line.read, line.accepted, line.parked) == (3, 1, 2)
    graph = release.current(tmp_path).graph
    links = [(quad.subject, quad.object) for quad in graph.quads(None, SCHEMA.sameAs)]
    assert links == [(mint("jurisdiction", MUNICH), NamedNode(f"{ENTITY}Q1"))]
    reasons = (release.current(tmp_path).folder / "parked.jsonl").read_text().splitlines()
    parked = [one for one in map(json.loads, reasons) if one["source"] == "wikidata_bodies"]
    assert {row["key"] for row in parked} == {"Q2", "Q3"}
    assert all("duplicate key" in row["reasons"][0] for row in parked)
