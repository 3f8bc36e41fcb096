"""The table of adoptions without the column that only says in which round a row was collected."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select

FILE: Final = "adoptions.csv"
USED: Final = (
    "solution_id",
    "solution_name",
    "solution_kind",
    "solution_url",
    "adopter_as_published",
    "adopter_ags_or_ars",
    "adopter_level",
    "since",
    "since_kind",
    "until",
    "relation",
    "source",
    "licence",
)
IGNORED: Final = frozenset({"batch"})


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the table with the columns we use."""
    return {FILE: as_csv(USED, select(FILE, files[FILE], USED, IGNORED))}
