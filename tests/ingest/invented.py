"""An invented source of labs, small enough to be fetched, tried and built alone."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from ingest.extracts import as_csv, select
from ingest.fields import Fields
from ingest.files import checksum
from ingest.source import ExtractFile, Fetch, Fetching, Record, RecordRule, Source, Upstream
from kg.iri import mint
from kg.terms import FOAF, LOTSE, ORG, RDF, SKOS, Triple, link, text

COLUMNS: Final = ("id", "name", "city", "state", "founded", "area", "url")
STATES: Final = {"aktiv": LOTSE["status-active"], "beendet": LOTSE["status-ended"]}
Labs = Sequence[Mapping[str, str]]

_BEGINNINGS: Final = (
    "Birken", "Eichen", "Linden", "Tannen", "Weiden", "Ulmen", "Kiefern", "Eschen", "Ahorn",
    "Buchen",
)  # fmt: skip
_ENDS: Final = ("werk", "schmiede", "garten", "turm", "fabrik", "hof")


def labs() -> list[dict[str, str]]:
    """Return sixty invented labs, each with a name of its own."""
    return [
        {
            "id": f"{number:05}",
            "name": f"{_BEGINNINGS[number % 10]}{_ENDS[number // 10]}",
            "city": "Musterstadt",
            "state": "aktiv" if number % 3 else "beendet",
            "founded": f"20{number % 25:02}-05-01",
            "area": f"{number + 20}.5",
            "url": f"https://example.org/{number}",
        }
        for number in range(60)
    ]


def written(rows: Labs) -> bytes:
    """Return labs as the upstream file."""
    return as_csv(COLUMNS, rows)


def transform(record: Record) -> Iterator[Triple]:
    row = Fields(record)
    lab = mint("lab", record.source, row.take("id"))
    yield Triple(lab, RDF.type, LOTSE.Lab)
    yield Triple(lab, SKOS.prefLabel, text(row.take("name"), "de"))
    yield Triple(lab, ORG.classification, LOTSE["kind-innovation-lab"])
    yield Triple(lab, LOTSE.attestation, LOTSE["attestation-stated"])
    yield Triple(lab, LOTSE.placeAsPublished, text(row.take("city")))
    yield Triple(lab, LOTSE.levelAsPublished, LOTSE["level-gemeinde"])
    state = row.mapped("state", STATES)
    if state is not None:
        yield Triple(lab, LOTSE.status, state)
    address = row.maybe("url")
    if address is not None:
        yield Triple(lab, FOAF.homepage, link(address))
    row.close(ignore=frozenset({"founded", "area"}))


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    name = "labs.csv"
    return {"extract.csv": as_csv(COLUMNS, select(name, files[name], COLUMNS))}


def source(folder: Path, rows: Labs, fetch: Fetch | None = None, host: str = "") -> Source:
    """Return the source, these labs being what it ships; `fetch` says how upstream is got."""
    folder.mkdir(parents=True, exist_ok=True)
    content = written(rows)
    (folder / "extract.csv").write_bytes(content)
    (folder / "extract.py").write_text('"""Upstream file → extract."""\n', encoding="utf-8")
    return Source(
        slug="example_labs",
        title="Beispiel (erfunden)",
        title_en="Example (invented)",
        publisher="Stadt Musterstadt (erfunden)",
        landing="https://example.org/labs",
        licence="http://dcat-ap.de/def/licenses/cc-zero",
        licence_title="CC0 1.0",
        attribution="Stadt Musterstadt (erfunden), 2026",
        language="de",
        needs=(),
        parking_limit=0.1,
        as_of=datetime.date(2026, 1, 1),
        retrieved=datetime.date(2026, 2, 1),
        upstream=(Upstream("labs.csv", "https://example.org/labs.csv", "", fetch),),
        extracts=(ExtractFile("extract.csv", "csv", COLUMNS, checksum(content)),),
        records=(RecordRule("lab", "extract.csv", ("id",)),),
        expect={},
        at_least={},
        folder=folder,
        transform=transform,
        extract=extract,
        record_key=None,
        about={},
        fetching=Fetching(hosts=(host,) if host else (), every="P1M"),
    )


def unshipped(one: Source) -> Source:
    """Return the source without the extract that it ships."""
    (one.folder / "extract.csv").unlink()
    return replace(one, shipped=False)
