"""Comunica, an engine of its own in JavaScript, asks the endpoint: service description and all."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.release import Release
from kg.settings import Settings
from kg.terms import LOTSE, RDF
from tests.live import served as running

ROOT = Path(__file__).parents[2]
NODE = shutil.which("node", path=f"{ROOT}/.venv/bin") or shutil.which("node")
PREFIXES = """PREFIX lotse: <https://w3id.org/innovationslotse/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
BRANDENBURG = "https://w3id.org/innovationslotse/id/jurisdiction/120000000000"

pytestmark = pytest.mark.skipif(NODE is None, reason="there is no Node here to run Comunica with")


@pytest.fixture(scope="module")
def endpoint(data: Path, served: Release) -> Iterator[str]:
    """Serve the release of all sources."""
    assert len(served.graph)
    with running(Settings(data=data)) as port:
        yield f"http://127.0.0.1:{port}/sparql"


def _asked(endpoint: str, query: str) -> Any:  # noqa: ANN401 (as Comunica says it)
    assert NODE is not None
    done = subprocess.run(
        [NODE, str(Path(__file__).parent / "comunica.mjs"), endpoint, PREFIXES + query],
        capture_output=True, text=True, timeout=120, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_comunica_reads_rows(endpoint: str, served: Release) -> None:
    found = _asked(endpoint, "SELECT DISTINCT ?s WHERE { ?s a lotse:Lab }")["rows"]
    labs = {quad.subject.value for quad in served.graph.quads(None, RDF.type, LOTSE.Lab)}  # type: ignore[union-attr]
    assert sorted(row["s"] for row in found) == sorted(labs)
    assert len(labs) > 100


def test_comunica_counts_what_the_store_holds(endpoint: str, served: Release) -> None:
    found = _asked(endpoint, "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")["rows"]
    assert found == [{"n": str(len(served.graph))}]


def test_comunica_asks_and_constructs(endpoint: str) -> None:
    assert _asked(endpoint, f"ASK {{ <{BRANDENBURG}> ?p ?o }}") == {"boolean": True}
    place = f"<{BRANDENBURG}>"
    query = f"CONSTRUCT {{ {place} skos:note ?n }} WHERE {{ {place} skos:prefLabel ?n }}"
    quads = _asked(endpoint, query)["quads"]
    assert [BRANDENBURG, "http://www.w3.org/2004/02/skos/core#note", "Brandenburg"] in quads


def test_comunica_joins_on_its_own_side(endpoint: str) -> None:
    """A property path, an optional part and an aggregate that Comunica may split up."""
    query = f"""SELECT ?kind (COUNT(DISTINCT ?s) AS ?n) WHERE {{
      ?s <http://purl.org/dc/terms/isPartOf>/<http://purl.org/dc/terms/isPartOf>? <{BRANDENBURG}> .
      OPTIONAL {{ ?s lotse:level ?kind }}
    }} GROUP BY ?kind ORDER BY ?kind"""
    rows = _asked(endpoint, query)["rows"]
    assert sum(int(row["n"]) for row in rows) >= 18
