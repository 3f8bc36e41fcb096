"""The portal's front matter → names, links, licences, tags, developers and backers.

Texts stay out, and so do developers that nobody has checked to be no persons.
"""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_jsonl, check_columns
from ingest.readers import jsonl_rows
from ingest.source import Row, Value

UPSTREAM: Final = "berlin-open-source-portal.jsonl"
EXTRACT: Final = "software.jsonl"
USED: Final = (
    "id", "source_path", "title", "license", "link", "repository", "repository_collection",
    "developers", "backers", "tags",
)  # fmt: skip
IGNORED: Final = frozenset(
    {"abstract", "body", "date", "has-hero", "has-thumb", "languages", "layout"}
)
ORGANISATIONS: Final = frozenset({
    "BerlinOnline", "CityLAB Berlin", "Fraunhofer FOKUS", "Liquid Democracy",
    "Open Data Informationsstelle (ODIS)", "Technologiestiftung Berlin", "Yil & Mann", "geoSYS",
    "machina eX", "poco.lit.", "völlig ohne",
})  # fmt: skip
"""Developers that are known to be organisations; other names may be persons' and stay out."""


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the portal's list with the fields we use."""
    name = EXTRACT if EXTRACT in files else UPSTREAM
    rows = jsonl_rows(name, files[name], None)
    check_columns(name, {column for row in rows for column in row}, USED, IGNORED)
    return {EXTRACT: as_jsonl(_facts(row) for row in rows)}


def _facts(row: Row) -> Row:
    return {
        column: _organisations(row[column]) if column == "developers" else row[column]
        for column in USED
        if row.get(column, "") != ""
    }


def _organisations(names: Value) -> Value:
    given = names if isinstance(names, list) else [names]
    return [one for one in given if isinstance(one, str) and one.strip() in ORGANISATIONS]
