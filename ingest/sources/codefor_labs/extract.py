"""The lab pages' front matter → names, places, states and the labs' own links.

Descriptions stay out. So do mailing lists, chats, calendars, pads and the pages of others: what is
kept is the lab's website, and its accounts where projects and meetings can be found.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ingest.extracts import as_jsonl, check_columns
from ingest.readers import jsonl_rows
from ingest.source import Row, Value
from ingest.themes import COLUMNS as CONCLUDED
from ingest.themes import concluded

UPSTREAM: Final = "codefor-de-labs.jsonl"
EXTRACT: Final = "labs.jsonl"
USED: Final = ("source_path", "title", "city", "lat", "long", "inactive", "aliases", "links")
IGNORED: Final = frozenset({
    "ExternalProjectsUrl", "body", "feeds", "h4c", "hero", "hide", "lab", "markerposition",
    "leads", "member_count", "members", "projectsorder", "schedule", "showsignup", *CONCLUDED,
})  # fmt: skip

_WEBSITE: Final = re.compile(r"website|webseite|homepage|^blog$|\.org$", re.IGNORECASE)
_ACCOUNT: Final = re.compile(
    r"https?://(www\.)?(github\.com/[\w-]+/?$|meetup\.com/|gettogether\.community/|"
    r"chaos\.social/@|norden\.social/@|muenster\.im/@)"
)


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the labs with the fields we use."""
    name = EXTRACT if EXTRACT in files else UPSTREAM
    rows = jsonl_rows(name, files[name], None)
    check_columns(name, {column for row in rows for column in row}, USED, IGNORED)
    return {EXTRACT: as_jsonl(_lab(row) for row in rows)}


def _lab(row: Row) -> Row:
    lab = {column: row[column] for column in USED if row.get(column, "") != ""}
    lab["links"] = list(_links(row.get("links", [])))
    return lab | concluded(row, str(row["title"]), [row.get("body", "")])


def _links(links: Value) -> Iterator[Value]:
    """Yield the first website and the accounts."""
    website = False
    for one in links if isinstance(links, list) else []:
        if not isinstance(one, dict):
            continue
        name, url, use = (str(one.get(column, "")) for column in ("name", "url", "use"))
        if not url.startswith("http"):
            continue
        if not website and (use == "website" or _WEBSITE.search(name)):
            website = True
            yield {"use": "website", "url": url}
        elif use == "account" or _ACCOUNT.match(url):
            yield {"use": "account", "url": url}
