"""Wikidata's rows and the register → each item with the one place that its keys stand for.

Only official keys decide; names are kept where the register has another one, and link nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from ingest.extracts import as_csv, select
from ingest.readers import csv_rows

UPSTREAM: Final = "bodies.csv"
REGISTER: Final = "destatis-gv-auszug-2020q4.csv"
EXTRACT: Final = "wikidata-bodies.csv"
COLUMNS: Final = ("item", "keys", "place", "website", "label_de", "label_en")
KEYS: Final = ("municipality", "district", "region")
_USED: Final = ("item", *KEYS, "website", "label_de", "label_en")
_ARS: Final = 12
_LAND, _KREIS, _VERBAND, _GEMEINDE = "10", "40", "50", "60"

Rows = list[dict[str, str]]


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the table of items, a row for each website."""
    if EXTRACT in files:
        return {EXTRACT: as_csv(COLUMNS, select(EXTRACT, files[EXTRACT], COLUMNS))}
    names, municipalities = _register(files[REGISTER])
    items: dict[str, Rows] = defaultdict(list)
    for row in select(UPSTREAM, files[UPSTREAM], _USED):
        items[row["item"].rpartition("/")[2]].append(row)
    rows = (
        row for item in sorted(items) for row in _item(item, items[item], names, municipalities)
    )
    return {EXTRACT: as_csv(COLUMNS, rows)}


def _item(
    item: str, rows: Rows, names: Mapping[str, str], municipalities: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    keys = sorted({row[key] for row in rows for key in KEYS if row[key]})
    places = {
        municipalities.get(row["municipality"], "") if key == "municipality"
        else row[key].ljust(_ARS, "0")
        for row in rows
        for key in KEYS
        if row[key]
    } & names.keys()  # fmt: skip
    place = places.pop() if len(places) == 1 else ""
    german, english = (min(row[f"label_{lang}"] for row in rows) for lang in ("de", "en"))
    said = {
        "item": item,
        "keys": " ".join(keys),
        "place": place,
        "label_de": "" if german == names.get(place) else german,
        "label_en": "" if english in (german, names.get(place)) else english,
    }
    for website in sorted({row["website"] for row in rows}):
        yield {**said, "website": website}


def _register(content: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """Return the name of each body by its 12 digits, and the 12 digits of each 8-digit key."""
    if not content.endswith(b"\n"):
        content += b"\n"  # the official file ends without a line end
    names: dict[str, str] = {}
    municipalities: dict[str, str] = {}
    for row in csv_rows(REGISTER, content, None):
        level, land, rb, kreis, vb, gemeinde = (
            str(row[one]).strip() for one in ("satzart", "land", "rb", "kreis", "vb", "gemeinde")
        )
        if level not in (_LAND, _KREIS, _GEMEINDE) and not (level == _VERBAND and vb[:1] == "5"):
            continue
        key = (land + rb + kreis + vb + gemeinde).ljust(_ARS, "0")
        names.setdefault(key, str(row["gemeindename"]).partition(",")[0].strip())
        if level == _GEMEINDE:
            municipalities[land + rb + kreis + gemeinde] = key
    return names, municipalities
