"""The project pages' front matter → the pages that are real and shown, without their texts."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from ingest.extracts import as_jsonl, check_columns
from ingest.readers import jsonl_rows
from ingest.source import Row
from ingest.themes import concluded

UPSTREAM: Final = "citylab-berlin-lab-projects.jsonl"
EXTRACT: Final = "projects.jsonl"
USED: Final = ("source_path", "title", "type", "status", "start", "end", "externalUrl", "visible")
IGNORED: Final = frozenset({
    "authors", "body", "colorMode", "date", "description", "featured", "featuredImage", "heroImage",
    "lang", "layout", "materialsIncluded", "redirect_from", "socialMediaImage", "subtitle",
    "thumbnail",
})  # fmt: skip
RESERVED: Final = frozenset({"example.com", "example.org", "example.net"})
"""Hosts that exist for examples only: a page that links to one is a test row."""


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the real, visible projects with the fields we use."""
    rows = jsonl_rows(UPSTREAM, files[UPSTREAM], None)
    check_columns(UPSTREAM, {column for row in rows for column in row}, USED, IGNORED)
    return {EXTRACT: as_jsonl(_project(row) for row in rows if why_left_out(row) is None)}


def why_left_out(row: Row) -> str | None:
    """Return `test` for a test row, `hidden` for one that the site does not show, else None."""
    host = urlsplit(str(row["externalUrl"])).netloc.removeprefix("www.")
    if host in RESERVED:
        return "test"
    return None if row["visible"] == "true" else "hidden"


def _project(row: Row) -> Row:
    told = [row.get(column, "") for column in ("subtitle", "description", "body")]
    return {
        **{column: row[column] for column in USED if column != "visible"},
        **concluded(row, str(row["title"]), told),
    }
