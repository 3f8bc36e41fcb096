"""A table of our own has no upstream file: what is given is held against its columns."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select

COLUMNS: Final = ("list", "key", "label", "relation", "category", "note")


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the table as given, nothing where none is given."""
    return {name: as_csv(COLUMNS, select(name, files[name], COLUMNS)) for name in files}
