"""The list, as it is: it holds facts and the pages they were read from, every column is used."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select
from ingest.themes import COLUMNS as CONCLUDED
from ingest.themes import concluded

UPSTREAM: Final = "mpsc-modellprojekte-smart-cities.csv"
EXTRACT: Final = "projects.csv"
USED: Final = ("staffel", "year", "name_as_published", "kind", "source_url")
COLUMNS: Final = (*USED, *CONCLUDED)
PROGRAMME: Final = "Modellprojekte Smart Cities"


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the list."""
    rows = select(UPSTREAM, files[UPSTREAM], USED)
    about = (concluded(row, f"{PROGRAMME}: {row['name_as_published']}") for row in rows)
    return {
        EXTRACT: as_csv(COLUMNS, [{**row, **one} for row, one in zip(rows, about, strict=True)])
    }
