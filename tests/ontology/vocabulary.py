"""The ontology as the tests see it, and where the raw files may lie."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from kg.namespaces import VOCABULARY
from tests.world import SHARED

ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology"
EU = "http://publications.europa.eu/resource/authority/data-theme/"


@cache
def ontology() -> Graph:
    """Return all Turtle files of the ontology in one graph."""
    graph = Graph()
    for path in sorted(ONTOLOGY.glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


def own(graph: Graph) -> set[str]:
    """Return the local names of the terms of ours that the graph describes."""
    return {
        str(subject).removeprefix(VOCABULARY)
        for subject in graph.subjects()
        if isinstance(subject, URIRef) and str(subject).startswith(VOCABULARY)
    }


def mappings() -> list[dict[str, str]]:
    """Return the rows of the table of theme mappings."""
    with (ONTOLOGY / "theme-mappings.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def raw(name: str) -> Path:
    """Return a raw file or folder; skip the test where it is absent."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the raw file {name} is not here (shared/data); issue 3")
    return path


def tree(*endings: str) -> Iterator[Path]:
    """Yield the files of ours that end so."""
    for room in ("ontology", "shapes", "kg", "ingest", "api", "tests"):
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in endings and path.is_file():
                yield path
