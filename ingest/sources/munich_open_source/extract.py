"""The pages' front matter → names, links, licences and tags.

Texts stay out, and so does who made a software: makers are firms, projects and persons alike.
"""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_jsonl, check_columns
from ingest.readers import jsonl_rows

UPSTREAM: Final = "opensource-muenchen.jsonl"
EXTRACT: Final = "software.jsonl"
USED: Final = (
    "source_path", "title", "developerlink", "license", "code", "opencode", "linkapplication",
    "tags",
)  # fmt: skip
IGNORED: Final = frozenset({
    "Source", "body", "codelinktext", "developer", "licensingmodel", "logo", "sortingPriority",
    "sponsor",
})  # fmt: skip


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the list with the fields we use, empty ones left out."""
    name = EXTRACT if EXTRACT in files else UPSTREAM
    rows = jsonl_rows(name, files[name], None)
    check_columns(name, {column for row in rows for column in row}, USED, IGNORED)
    return {
        EXTRACT: as_jsonl(
            {column: row[column] for column in USED if row.get(column, "") != ""} for row in rows
        )
    }
