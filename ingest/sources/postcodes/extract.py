"""Postcodes and municipal keys, each with the 12-digit key that the register has for it."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select
from ingest.readers import csv_rows

UPSTREAM: Final = "plz-ort-ags-osm.csv"
REGISTER: Final = "destatis-gv-auszug-2020q4.csv"
EXTRACT: Final = "postcodes.csv"
COLUMNS: Final = ("plz", "ags", "ars")
_USED: Final = ("ags", "plz")
_IGNORED: Final = frozenset({"osm_id", "ort", "landkreis", "bundesland"})
_GEMEINDE: Final = "60"


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the pairs in the order of the postcodes."""
    if EXTRACT in files:
        return {EXTRACT: as_csv(COLUMNS, select(EXTRACT, files[EXTRACT], COLUMNS))}
    keys = _keys(files[REGISTER])
    rows = select(UPSTREAM, files[UPSTREAM], _USED, _IGNORED)
    pairs = sorted({(row["plz"], row["ags"]) for row in rows})
    return {
        EXTRACT: as_csv(
            COLUMNS, ({"plz": plz, "ags": ags, "ars": keys.get(ags, "")} for plz, ags in pairs)
        )
    }


def _keys(register: bytes) -> dict[str, str]:
    """Return the 12-digit key of each Gemeinde by its 8-digit one."""
    found = {}
    if not register.endswith(b"\n"):
        register += b"\n"  # the official file ends without a line end
    for row in csv_rows(REGISTER, register, None):
        if str(row["satzart"]).strip() == _GEMEINDE:
            land, rb, kreis, vb, gemeinde = (
                str(row[one]).strip() for one in ("land", "rb", "kreis", "vb", "gemeinde")
            )
            found[land + rb + kreis + gemeinde] = land + rb + kreis + vb + gemeinde
    return found
