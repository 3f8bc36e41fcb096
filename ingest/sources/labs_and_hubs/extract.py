"""The list: it holds facts and the pages they were read from, every column is used.

Pages whose domain is a person's name are dropped; their facts are then told by the list alone.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from ingest.extracts import as_csv, select
from ingest.themes import COLUMNS as CONCLUDED
from ingest.themes import concluded
from kg.iri import digest

FILE: Final = "labs-and-hubs.csv"
USED: Final = (
    "name", "kind", "operator", "level", "jurisdiction", "since", "until", "status", "themes",
    "url", "strength", "source_url",
)  # fmt: skip
COLUMNS: Final = (*USED, *CONCLUDED)


_OF_PERSONS: Final = frozenset({"684b5c3d2188879f"})
"""Digests of domains that carry a person's name, so that no name stands here."""


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the list."""
    rows = select(FILE, files[FILE], USED, frozenset(CONCLUDED))
    return {FILE: as_csv(COLUMNS, map(_row, rows))}


def _row(row: Mapping[str, str]) -> dict[str, str]:
    kind, themes = row["kind"].replace("-", " "), row["themes"].split(";")
    about = concluded(row, row["name"], [kind], [one.strip() for one in themes])
    return {**row, "source_url": _pages(row), **about}


def _pages(row: Mapping[str, str]) -> str:
    pages = row["source_url"].split(" ; ")
    return " ; ".join(
        page
        for page in pages
        if digest(urlsplit(page).netloc.lower().removeprefix("www.")) not in _OF_PERSONS
    )
