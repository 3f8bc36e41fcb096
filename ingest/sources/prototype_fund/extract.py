"""The project pages' front matter → round, name and the project's own links, without texts."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_jsonl, check_columns
from ingest.readers import jsonl_rows
from ingest.source import Row, Value
from ingest.sources.prototype_fund.own_links import homepage, repositories
from ingest.themes import concluded

UPSTREAM: Final = "prototypefund-demoweek.jsonl"
EXTRACT: Final = "projects.jsonl"
USED: Final = ("round", "source", "source_path", "title", "links")
IGNORED: Final = frozenset({"body", "brief", "slider", "summary"})


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the projects with the fields we use."""
    rows = jsonl_rows(UPSTREAM, files[UPSTREAM], None)
    check_columns(UPSTREAM, {column for row in rows for column in row}, USED, IGNORED)
    return {EXTRACT: as_jsonl(_project(row) for row in rows)}


def _project(row: Row) -> Row:
    found = row["links"]
    links = [str(one) for one in found] if isinstance(found, list) else []
    title = str(row["title"])
    code: list[Value] = list(repositories(title, links))
    return {
        **{column: row[column] for column in USED if column != "links"},
        "homepage": homepage(title, links) or "",
        "code": code,
        **concluded(row, title, [row.get(one, "") for one in ("brief", "summary", "body")]),
    }
