"""The table of who serves whom, as it is: every column is used."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select

FILE: Final = "it-providers.csv"
USED: Final = (
    "provider",
    "provider_kind",
    "member_as_published",
    "member_ags_or_ars",
    "member_level",
    "basis",
    "source",
    "licence",
)


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the table with the columns we use."""
    return {FILE: as_csv(USED, select(FILE, files[FILE], USED))}
