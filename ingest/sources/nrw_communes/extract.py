"""The municipalities of the list: key, name and website; the other columns are empty."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select

UPSTREAM: Final = "ozg_commune.csv"
EXTRACT: Final = "communes.csv"
COLUMNS: Final = ("id", "name", "url")


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the list without its empty columns."""
    rows = select(UPSTREAM, files[UPSTREAM], COLUMNS, frozenset({"zip_code", "town"}))
    return {EXTRACT: as_csv(COLUMNS, rows)}
