"""The list of domains, as it is: every column is used."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select

UPSTREAM: Final = "german-gov-domains.csv"
EXTRACT: Final = "domains.csv"
COLUMNS: Final = ("Domain Name", "Domain Type", "Agency", "City", "State")


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the list."""
    return {EXTRACT: as_csv(COLUMNS, select(UPSTREAM, files[UPSTREAM], COLUMNS))}
