"""The topic catalogues, as they are: every column is used, misspelt topics stay as published."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select
from ingest.fetching.repositories import front_matter
from ingest.readers import jsonl_rows

UPSTREAM: Final = "bund-themenkataloge.csv"
EXTRACT: Final = "topics.csv"
COLUMNS: Final = ("ministry", "ministry_full", "eu_data_theme", "topic")
THEMES: Final = (
    "agri", "econ", "educ", "ener", "envi", "heal", "intr", "just", "soci", "gove", "regi", "tech",
    "tran",
)  # fmt: skip
"""The EU data themes, as the pages spell and order them."""


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the table of topics."""
    name = EXTRACT if EXTRACT in files else UPSTREAM
    return {EXTRACT: as_csv(COLUMNS, select(name, files[name], COLUMNS))}


def gather(name: str, files: Mapping[str, bytes]) -> bytes:
    """Return the table of topics that the catalogues' pages hold, one page a ministry."""
    rows: list[dict[str, str]] = []
    for page in jsonl_rows(name, front_matter(name, files), None):
        ministry = {"ministry": str(page["title"]), "ministry_full": str(page["full_title"])}
        for theme in THEMES:
            topics = str(page.get(theme, "")).split(" OR ")
            rows.extend(
                {
                    **ministry,
                    "eu_data_theme": theme.upper(),
                    "topic": topic.strip().strip('"').strip(),
                }
                for topic in topics
                if topic.strip()
            )
    return as_csv(COLUMNS, rows)
