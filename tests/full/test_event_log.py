"""After many builds: each view of the log, and `ldes-client`, come to the release served."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from starlette.testclient import TestClient

from api.app import create_app
from ingest.pipeline import build
from kg import log, release
from kg.log_segments import segments
from kg.settings import Settings
from tests.copies.replay import (
    AS,
    DCTERMS,
    PUBLIC,
    by_delta,
    by_feed,
    by_ldes,
    replayed,
    served,
    state_quads,
)
from tests.ingest.edits import World
from tests.live import served as running
from tests.world import small_sources

ROOT = Path(__file__).parents[2]
NODE = shutil.which("node", path=f"{ROOT}/.venv/bin") or shutil.which("node")
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory in which the small world was built, edited and built again."""
    folder = tmp_path_factory.mktemp("edited")
    world = World(folder / "extracts", small_sources())
    data = folder / "data"
    for seed, how in enumerate(("", "delete", "edit", "add", "delete")):
        if how:
            for at in range(5):
                world.edit(how, 100 * seed + at)
        build(data, world.sources())
        if seed != 2:  # so that once two releases are logged at a time
            log.catch_up(data)
    assert len(segments(data)) == 5
    return data


def test_after_many_builds_each_view_is_the_release(edited: Path) -> None:
    client = TestClient(create_app(Settings(data=edited, public_url=PUBLIC)))
    release = served(edited)
    assert {one.op for one in log.log(edited)} == {"ADD", "MOD", "DEL"}
    assert by_delta(client) == release
    assert by_ldes(client) == release
    assert by_feed(client) == release


def test_a_data_set_is_modified_only_when_its_source_is(edited: Path) -> None:
    client = TestClient(create_app(Settings(data=edited, public_url=PUBLIC)))
    found = rdflib.Graph().parse(data=client.get("/catalog.ttl").content, format="turtle")
    history = []
    for entry in reversed(release.listed(edited)):
        folder = edited / "releases" / entry.id
        graphs = json.loads((folder / "manifest.json").read_text())["graphs"]
        history.append((entry.published, {name: one["sha256"] for name, one in graphs.items()}))
    moments = set()
    for name in history[-1][1]:
        node = rdflib.URIRef(f"https://w3id.org/innovationslotse/graph/{name}")
        if (node, rdflib.DCTERMS.modified, None) in found:
            wanted = next(
                published for at, (published, sums) in enumerate(history)
                if all(later[name] == sums[name] for _, later in history[at:])
            )  # fmt: skip
            modified = str(found.value(node, rdflib.DCTERMS.modified))
            assert modified.replace("Z", "+00:00") == wanted, name
            issued = str(found.value(node, rdflib.DCTERMS.issued))
            assert issued.replace("Z", "+00:00") == history[0][0]
            moments.add(modified)
    assert len(moments) > 2


@pytest.mark.skipif(NODE is None, reason="there is no Node here to run ldes-client with")
def test_ldes_client_comes_to_the_release(edited: Path) -> None:
    assert NODE is not None
    with running(Settings(data=edited)) as port:
        done = subprocess.run(
            [NODE, str(Path(__file__).parent / "ldes-client.mjs"), f"http://127.0.0.1:{port}/ldes"],
            capture_output=True, text=True, timeout=300, cwd=ROOT, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    members = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(members) == len(list(log.log(edited)))
    assert len({one["id"] for one in members}) == len(members)
    events = [_event(one["id"], one["quads"]) for one in members]
    assert state_quads(replayed(events)) == served(edited)


def _event(member: str, quads: list[list[Any]]) -> tuple[str, str, str, list[Triple]]:
    """Return moment, entity, what happened and what the entity says from a member."""
    about = {
        predicate: value["value"] for _, subject, predicate, value, graph in quads
        if subject == member and graph == ""
    }  # fmt: skip
    said = [
        Triple(_node(kind, subject), NamedNode(predicate), _term(value))
        for kind, subject, predicate, value, graph in quads
        if graph == member
    ]
    moment, entity = about[f"{DCTERMS}created"], about[f"{DCTERMS}isVersionOf"]
    return moment, entity, about[TYPE].removeprefix(AS), said


def _node(kind: str, value: str) -> NamedNode | BlankNode:
    return NamedNode(value) if kind == "NamedNode" else BlankNode(value)


def _term(value: dict[str, str]) -> NamedNode | BlankNode | Literal:
    if "kind" in value:
        return _node(value["kind"], value["value"])
    if value["language"]:
        return Literal(value["value"], language=value["language"])
    return Literal(value["value"], datatype=NamedNode(value["datatype"]))
