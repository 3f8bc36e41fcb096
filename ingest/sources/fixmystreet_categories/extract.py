"""The reports of Züri wie neu → the categories that occur in them, and no report."""

import gzip
from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select
from kg.errors import SourceError

UPSTREAM: Final = "zuerich_62k_georeport_bulk.csv.gz"
EXTRACT: Final = "categories.csv"
COLUMNS: Final = ("service_name",)
IGNORED: Final = frozenset({
    "service_request_id", "requested_datetime", "updated_datetime", "status_description",
    "agency_responsible", "address", "lat", "long", "source_dataset",
})  # fmt: skip


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the table of categories, each once, by name."""
    try:
        content = gzip.decompress(files[UPSTREAM])
    except (OSError, EOFError) as error:
        message = f"{UPSTREAM} cannot be unpacked ({error}); fetch it again."
        raise SourceError(message) from error
    rows = select(UPSTREAM, content, COLUMNS, IGNORED)
    names = sorted({row["service_name"] for row in rows})
    return {EXTRACT: as_csv(COLUMNS, [{"service_name": name} for name in names])}
