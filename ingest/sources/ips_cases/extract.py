"""The cases without descriptions and doubled columns, and with web addresses only where there are.

A phone number that a name holds in parentheses is taken out.

The lead organisation of a case abroad stays out: a name such as “Halle” or “Essen” would be looked
for, and found, among German places.
"""

import re
from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select
from ingest.sources.ips_cases.addresses import addresses
from kg.errors import SourceError

UPSTREAM: Final = "ips-explorer-cases.csv"
EXTRACT: Final = "cases.csv"
GERMANY: Final = "DE"
DOUBLED: Final = {
    "lead_organisation:name": "lead_organisation_name",
    "lead_organisation:category": "lead_organisation_category",
}
USED: Final = (
    "id", "name", "url", "geoextent", "geocoverage", "geocoverage_codes",
    "lead_organisation_name", "lead_organisation_category", "start_date", "end_date",
    "primary_sector", "secondary_sector", "technology", "status", *DOUBLED,
)  # fmt: skip
IGNORED: Final = frozenset({
    "entry_type", "cid", "rtype", "contact", "description", "active", "uptake", "cross_border",
    "cross_sector", "type",
})  # fmt: skip
COLUMNS: Final = (
    "id", "name", "urls", "geoextent", "geocoverage", "lead_organisation_name", "start_date",
    "end_date", "primary_sector", "secondary_sector", "technology", "status",
)  # fmt: skip

_PHONE: Final = re.compile(r"\s*\(\+?0[\d /-]{4,}\)")


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the cases with the columns we use."""
    rows = select(UPSTREAM, files[UPSTREAM], USED, IGNORED)
    return {EXTRACT: as_csv(COLUMNS, [_case(row) for row in rows])}


def _case(row: Mapping[str, str]) -> dict[str, str]:
    for doubled, column in DOUBLED.items():
        if row[doubled] != row[column]:
            message = (
                f"{UPSTREAM}: the columns {column!r} and {doubled!r} differ in case {row['id']}; "
                "they were the same. Decide which one holds in extract.py of this source."
            )
            raise SourceError(message)
    lead = row["lead_organisation_name"] if row["geocoverage_codes"] == GERMANY else ""
    return {
        **{column: " ".join(row[column].split()) for column in COLUMNS if column in row},
        "name": " ".join(_PHONE.sub("", row["name"]).split()),
        "urls": " ".join(one.replace(" ", "%20") for one in addresses(row["url"])),
        "lead_organisation_name": " ".join(lead.split()),
    }
