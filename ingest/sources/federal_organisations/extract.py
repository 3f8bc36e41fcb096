"""The register (JSON) → organisations and sites, without mailboxes, phones and streets.

`RessortId` is concluded: the id of the ministry whose short name stands under `Ressort`.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from ingest.extracts import as_csv, check_columns
from kg.errors import SourceError

UPSTREAM: Final = "anschriftenverzeichnis.json"
ORGANISATIONS: Final = "organisations.csv"
SITES: Final = "sites.csv"
_ADDRESS: Final = ("Land", "Bundesland", "Ort", "PLZ", "Breitengrad", "Längengrad")
_USED: Final = (
    "OrganisationId", "Organisation", "OrganisationKurz", "Kategorie", "Ressort", *_ADDRESS,
    "Internetadresse", "Wikidata ID",
)  # fmt: skip
COLUMNS: Final = (*_USED, "RessortId")
SITE_COLUMNS: Final = (
    "LiegenschaftsId", "Liegenschaft", "OrganisationId", *_ADDRESS, "Internetadresse",
)  # fmt: skip
IGNORED: Final = frozenset({
    "E-Mail", "Telefon", "Telefax", "Hauptadresse", "Adresse", "OrganisationDisplay", "IstRessort",
    "Versteckt", "Quelle", "Notiz", "Liegenschaft", "LiegenschaftsId",
})  # fmt: skip
"""Functional addresses and streets stay out; the last two are those of sites."""


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the organisations and the sites; the first element, about the file, is no record."""
    rows = _rows(files[UPSTREAM])
    organisations = [row for row in rows if "Organisation" in row]
    sites = [row for row in rows if "Organisation" not in row]
    check_columns(UPSTREAM, {name for row in rows for name in row}, _USED, IGNORED)
    ministries = {
        row["OrganisationKurz"]: row["OrganisationId"]
        for row in organisations
        if row.get("IstRessort") == "True"
    }
    for row in organisations:
        above = ministries.get(row.get("Ressort", ""), "")
        row["RessortId"] = "" if above == row.get("OrganisationId") else above
    return {
        ORGANISATIONS: _table(COLUMNS, organisations),
        SITES: _table(SITE_COLUMNS, sites),
    }


def _rows(content: bytes) -> list[dict[str, str]]:
    """Return the records with all values as text."""
    found = json.loads(content, parse_int=str, parse_float=str)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        message = f"{UPSTREAM}: wanted is a list of records"
        raise SourceError(message)
    return [
        {name: " ".join(str(value).split()) for name, value in row.items()}
        for row in found
        if "Organisation" in row or "Liegenschaft" in row
    ]


def _table(columns: Sequence[str], rows: list[dict[str, str]]) -> bytes:
    return as_csv(columns, ({name: row.get(name, "") for name in columns} for row in rows))
