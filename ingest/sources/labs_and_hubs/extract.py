"""The list: it holds facts and the pages they were read from, every column is used.

Pages whose domain is a person's name are dropped; their facts are then told by the list alone.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from ingest.extracts import as_csv, select
from kg.iri import digest

FILE: Final = "labs-and-hubs.csv"
COLUMNS: Final = (
    "name", "kind", "operator", "level", "jurisdiction", "since", "until", "status", "themes",
    "url", "strength", "source_url",
)  # fmt: skip


_OF_PERSONS: Final = frozenset({"684b5c3d2188879f"})
"""Digests of domains that carry a person's name, so that no name stands here."""


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the list."""
    rows = select(FILE, files[FILE], COLUMNS)
    return {FILE: as_csv(COLUMNS, ({**row, "source_url": _pages(row)} for row in rows))}


def _pages(row: Mapping[str, str]) -> str:
    pages = row["source_url"].split(" ; ")
    return " ; ".join(
        page
        for page in pages
        if digest(urlsplit(page).netloc.lower().removeprefix("www.")) not in _OF_PERSONS
    )
