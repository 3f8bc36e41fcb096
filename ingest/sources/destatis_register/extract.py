"""The quarterly extract of the register → the columns that speak of keys, names and numbers."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select

UPSTREAM: Final = "destatis-gv-auszug-2020q4.csv"
EXTRACT: Final = "register.csv"
USED: Final = (
    "satzart",
    "textkennzeichen",
    "land",
    "rb",
    "kreis",
    "vb",
    "gemeinde",
    "gemeindename",
    "flaeche",
    "bevoelkerung",
    "postleitzahl",
    "laengengrad",
    "breitengrad",
)
IGNORED: Final = frozenset(
    {
        "maennlich",
        "weiblich",
        "jekm2",
        "schluessel",
        "bezeichnung",
        "verstaedterungschluessel",
        "verstaedterungbezeichnung",
    }
)


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the register with the used columns alone.

    The official file ends without a line end; whether its last row is whole is still checked.
    """
    name = EXTRACT if EXTRACT in files else UPSTREAM
    content = files[name]
    if name == UPSTREAM and not content.endswith(b"\n"):
        content += b"\n"
    return {EXTRACT: as_csv(USED, select(name, content, USED, IGNORED))}
