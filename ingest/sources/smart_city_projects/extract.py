"""The list, as it is: it holds facts and the pages they were read from, every column is used."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select

UPSTREAM: Final = "mpsc-modellprojekte-smart-cities.csv"
EXTRACT: Final = "projects.csv"
COLUMNS: Final = ("staffel", "year", "name_as_published", "kind", "source_url")


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the list."""
    return {EXTRACT: as_csv(COLUMNS, select(UPSTREAM, files[UPSTREAM], COLUMNS))}
