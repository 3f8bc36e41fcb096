"""The topic catalogues, as they are: every column is used, misspelt topics stay as published."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select

UPSTREAM: Final = "bund-themenkataloge.csv"
EXTRACT: Final = "topics.csv"
COLUMNS: Final = ("ministry", "ministry_full", "eu_data_theme", "topic")


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the table of topics."""
    name = EXTRACT if EXTRACT in files else UPSTREAM
    return {EXTRACT: as_csv(COLUMNS, select(name, files[name], COLUMNS))}
