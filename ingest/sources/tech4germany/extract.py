"""Year, name and page of each project; the heading becomes the partners that it names.

Name and heading are read for what the project is about.
"""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select
from ingest.sources.tech4germany.partners import partners
from ingest.themes import COLUMNS as CONCLUDED
from ingest.themes import concluded

UPSTREAM: Final = "tech4germany-projects.csv"
EXTRACT: Final = "projects.csv"
USED: Final = ("year", "project", "heading", "source_url")
COLUMNS: Final = ("year", "project", "partners", "source_url", *CONCLUDED)


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the projects with their partners."""
    rows = select(UPSTREAM, files[UPSTREAM], USED)
    return {EXTRACT: as_csv(COLUMNS, [_project(row) for row in rows])}


def _project(row: Mapping[str, str]) -> dict[str, str]:
    return {
        **{column: row[column] for column in USED if column != "heading"},
        "partners": ";".join(partners(row["heading"])),
        **concluded(row, row["project"], [row["heading"]]),
    }
