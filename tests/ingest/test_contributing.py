"""Follows CONTRIBUTING.md word by word."""

import re
from pathlib import Path

import pytest

import ingest.sources
from ingest.extracting import write_checksums
from ingest.pipeline import build
from ingest.source import load
from kg import release
from kg.iri import mint
from kg.terms import LOTSE, RDF

PAGE = Path(__file__).parents[2] / "CONTRIBUTING.md"
FILE = re.compile(
    r"^`ingest/sources/(example_labs/[^`]+)`:\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, content in FILE.findall(PAGE.read_text(encoding="utf-8")):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(ingest.sources, "__path__", [*ingest.sources.__path__, str(tmp_path)])
    return tmp_path / "example_labs"


def test_the_source_of_the_page_is_built_and_published(folder: Path, tmp_path: Path) -> None:
    write_checksums(folder)
    built = build(tmp_path / "data", [load(folder)])
    (line,) = built.lines
    assert (line.source, line.read, line.accepted, line.parked) == ("example_labs", 2, 2, 0)
    graph = release.current(tmp_path / "data").graph
    labs = {quad.subject for quad in graph.quads(None, RDF.type, LOTSE.Lab)}
    assert labs == {mint("lab", "example_labs", key) for key in "12"}


def test_the_upstream_file_of_the_page_extracts_to_its_extract(folder: Path) -> None:
    source = load(folder)
    upstream = b"id,name,city,state,mail\n1,Musterlabor (erfunden),Musterstadt,aktiv,x\n"
    assert source.extract({"labs.csv": upstream}) == {
        "extract.csv": b"id,name,city,state\n1,Musterlabor (erfunden),Musterstadt,aktiv\n"
    }
