"""The pages' front matter → names, links, licences and tags.

Texts stay out, and so does who made a software: makers are firms, projects and persons alike.
"""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_jsonl, check_columns
from ingest.readers import jsonl_rows
from ingest.source import Row
from ingest.themes import COLUMNS as CONCLUDED
from ingest.themes import concluded

UPSTREAM: Final = "opensource-muenchen.jsonl"
EXTRACT: Final = "software.jsonl"
USED: Final = (
    "source_path", "title", "developerlink", "license", "code", "opencode", "linkapplication",
    "tags",
)  # fmt: skip
IGNORED: Final = frozenset({
    "Source", "body", "codelinktext", "developer", "licensingmodel", "logo", "sortingPriority",
    "sponsor", *CONCLUDED,
})  # fmt: skip

RULE: Final = "\n---"
"""What stands between the lead of a page and the rest."""


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the list with the fields we use, empty ones left out."""
    name = EXTRACT if EXTRACT in files else UPSTREAM
    rows = jsonl_rows(name, files[name], None)
    check_columns(name, {column for row in rows for column in row}, USED, IGNORED)
    return {EXTRACT: as_jsonl(_software(row) for row in rows)}


def _software(row: Row) -> Row:
    """Return the used fields; the theme is concluded from the part of the text before the rule."""
    told = str(row.get("body", "")).partition(RULE)[0]
    return {
        **{column: row[column] for column in USED if row.get(column, "") != ""},
        **concluded(row, str(row["title"]), [told]),
    }
