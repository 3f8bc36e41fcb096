"""The table of Kreise → AGS and NUTS-3 code."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select

UPSTREAM: Final = "kreise-nuts3-2018.csv"
EXTRACT: Final = "kreise.csv"
USED: Final = ("AGS", "NUTS3")
IGNORED: Final = frozenset(
    {
        "type",
        "name",
        "area_km2",
        "population",
        "population_male",
        "population_female",
        "population_per_km2",
    }
)


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the table with the used columns alone; the upstream's delimiter is a semicolon."""
    name = EXTRACT if EXTRACT in files else UPSTREAM
    content = files[name]
    delimiter = ";" if b";" in content.partition(b"\n")[0] else ","
    return {EXTRACT: as_csv(USED, select(name, content, USED, IGNORED, delimiter))}
