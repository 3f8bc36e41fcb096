"""The invented release, and a client of the service that serves it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from starlette.testclient import TestClient

from api.app import create_app
from kg import release
from kg.findings import Finding, report
from kg.iri import graph
from kg.nquads import canonical, ontology
from kg.settings import Settings
from kg.store import Draft

WORLD = Path(__file__).parent / "world.trig"
WARNED = Finding(
    record="adoptions-1",
    focus="https://w3id.org/innovationslotse/id/adoption/adoptions-1",
    path="lotse:until",
    shape="https://w3id.org/innovationslotse/shapes#Adoption-untilWhenEnded",
    severity="Warning",
    value="",
    message_de="Die Nutzung ist beendet: Tragen Sie das Ende nach.",
    message_en="The use has ended: add the end.",
    component="http://www.w3.org/ns/shacl#OrConstraintComponent",
)
Publish = Callable[[Path, str], None]


def _publish(data: Path, release_id: str) -> None:
    folder = data / "releases" / release_id
    folder.mkdir(parents=True)
    draft = Draft(folder / "store")
    said = defaultdict(set, {"ontology": set(ontology())})
    for quad in parse(path=str(WORLD), format=RdfFormat.TRIG):
        assert isinstance(quad.graph_name, NamedNode)
        said[quad.graph_name.value.rpartition("/")[2]].add(quad.triple)
    graphs = {}
    for name, triples in said.items():
        content = canonical(triples, graph(name))
        draft.load(content)
        release.write_graph(folder / "graphs", name, content)
        graphs[name] = {
            "iri": graph(name).value,
            "quads": content.count(b"\n"),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
    draft.finish()
    manifest = {"quads": len(draft), "graphs": graphs}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    run = {"published": "2026-11-24T12:00:00.5+00:00"}
    (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")
    (folder / "report.nt").write_bytes(report([WARNED]))
    release.point_to(data, release_id)


@pytest.fixture(scope="session")
def publish() -> Publish:
    """Return the function that publishes the invented release under an id."""
    return _publish


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory in which the invented release is served."""
    folder = tmp_path_factory.mktemp("data")
    _publish(folder, "0123456789abcdef")
    return folder


@pytest.fixture(scope="session")
def client(data: Path) -> Iterator[TestClient]:
    """Return a client that follows no redirects and gets our errors as answers."""
    settings = Settings(data=data, query_seconds=2, query_rows=1000, query_readers=1)
    app = create_app(settings)
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as opened:
        yield opened
