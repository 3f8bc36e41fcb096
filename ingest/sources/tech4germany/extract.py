"""Year, name and page of each project; the heading becomes the partners that it names."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select
from ingest.sources.tech4germany.partners import partners

UPSTREAM: Final = "tech4germany-projects.csv"
EXTRACT: Final = "projects.csv"
USED: Final = ("year", "project", "heading", "source_url")
COLUMNS: Final = ("year", "project", "partners", "source_url")


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the projects with their partners."""
    rows = select(UPSTREAM, files[UPSTREAM], USED)
    return {EXTRACT: as_csv(COLUMNS, [_project(row) for row in rows])}


def _project(row: Mapping[str, str]) -> dict[str, str]:
    found = {column: row[column] for column in COLUMNS if column != "partners"}
    return {**found, "partners": ";".join(partners(row["heading"]))}
