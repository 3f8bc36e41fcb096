"""The list, as it is: it holds facts and the pages they were read from, every column is used."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select

FILE: Final = "labs-and-hubs.csv"
COLUMNS: Final = (
    "name", "kind", "operator", "level", "jurisdiction", "since", "until", "status", "themes",
    "url", "strength", "source_url",
)  # fmt: skip


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the list."""
    return {FILE: as_csv(COLUMNS, select(FILE, files[FILE], COLUMNS))}
