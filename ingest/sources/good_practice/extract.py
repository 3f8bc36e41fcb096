"""The list without descriptions and outcomes, which are texts, and with what is weak about a case.

The solution behind a case, where it was adopted from and its award stay out until the ontology
has terms for them.
"""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select
from ingest.sources.good_practice.weak import weakness

UPSTREAM: Final = "good-practice.csv"
EXTRACT: Final = "cases.csv"
COLUMNS: Final = (
    "title", "organisations", "place", "level", "started", "ended", "stage", "lab", "themes",
    "url", "source_url",
)  # fmt: skip
IGNORED: Final = frozenset({"what", "solution", "adopted_from", "award"})


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the cases with the columns we use."""
    rows = select(UPSTREAM, files[UPSTREAM], (*COLUMNS, "outcome"), IGNORED)
    return {EXTRACT: as_csv((*COLUMNS, "weak"), [_case(row) for row in rows])}


def _case(row: Mapping[str, str]) -> dict[str, str]:
    return {**{column: row[column] for column in COLUMNS}, "weak": weakness(row)}
