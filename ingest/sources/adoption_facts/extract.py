"""The table of solutions and adopters, without what other sources of ours say already.

Left out are the rows read from a publiccode.yml (source `publiccode` reads that file itself) and
those on Munich's own use (source `munich_open_source` reads the list itself, with what has ended).
"""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select

UPSTREAM: Final = "adoption-facts.csv"
EXTRACT: Final = "adoptions.csv"
USED: Final = ("adopter_as_published", "relation", "source")
IGNORED: Final = frozenset({"solution", "solution_url"})
OWN_FILE: Final = ":publiccode.yml"
LIST: Final = "github:it-at-m/opensource.muenchen.de@"
CITY: Final = "Landeshauptstadt München"


def said_elsewhere(row: Mapping[str, str]) -> str:
    """Return the slug of the source that says this too, empty where there is none."""
    if row["source"].endswith(OWN_FILE):
        return "publiccode"
    if row["source"].startswith(LIST) and row["adopter_as_published"] == CITY:
        return "munich_open_source"
    return ""


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the rows that add something."""
    name = EXTRACT if EXTRACT in files else UPSTREAM
    rows = select(name, files[name], USED, IGNORED)
    return {EXTRACT: as_csv(USED, (row for row in rows if not said_elsewhere(row)))}
