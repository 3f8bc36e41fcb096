"""Mark-a-Spot's taxonomy → names and codes, without descriptions and looks."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select

UPSTREAM: Final = "taxonomy_service_categories.csv"
EXTRACT: Final = "categories.csv"
COLUMNS: Final = ("langcode", "name", "field_service_code")
IGNORED: Final = frozenset({
    "vid", "tid", "description__value", "description__format", "weight", "parent", "uuid",
    "field_category_gid", "field_category_hex", "field_category_hex_opacity",
    "field_category_icon",
})  # fmt: skip


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the table of categories."""
    return {EXTRACT: as_csv(COLUMNS, select(UPSTREAM, files[UPSTREAM], COLUMNS, IGNORED))}
