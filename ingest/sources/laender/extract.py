"""The list of Länder → key, short code, names, URI. `bund.csv` is a table of our own."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select

UPSTREAM: Final = "bundeslaender-dcatapde.csv"
EXTRACT: Final = "laender.csv"
USED: Final = ("BL_Kuerzel", "BL_Schluessel", "BL_Name_DE", "BL_Name_EN", "BL_URI")
IGNORED: Final = frozenset({"BL_ID"})


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the list with the used columns alone."""
    name = EXTRACT if EXTRACT in files else UPSTREAM
    return {EXTRACT: as_csv(USED, select(name, files[name], USED, IGNORED))}
