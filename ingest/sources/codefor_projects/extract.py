"""The project pages' front matter → names, labs, states, tags, websites and repositories.

Descriptions and the names of links stay out. Of the links, one website and the repositories are
kept, with what they are (`use`). Addresses that carry a person's name are dropped, and so are
accounts with the hosts of code that no organisation, group or project is known to own.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from ingest.extracts import as_jsonl, check_columns
from ingest.readers import jsonl_rows
from ingest.source import Row, Value
from ingest.themes import COLUMNS as CONCLUDED
from ingest.themes import concluded
from kg.iri import digest

UPSTREAM: Final = "codefor-de-projects.jsonl"
EXTRACT: Final = "projects.jsonl"
USED: Final = ("source_path", "title", "lab", "status", "tags", "links")
IGNORED: Final = frozenset({
    "body", "collaborator_count", "collaborators", "draft", "excerpt", "imgname", "layout", "name",
    "showcase", "website", *CONCLUDED,
})  # fmt: skip

_HOSTS: Final = r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org)"
_CODE_HOST: Final = re.compile(_HOSTS, re.IGNORECASE)
_CODE: Final = re.compile(rf"{_HOSTS}/([\w.-]+)/[\w.-]+/?$", re.IGNORECASE)
_ACCOUNT: Final = re.compile(rf"{_HOSTS}/([\w.-]+)|https?://([\w-]+)\.github\.io\b", re.IGNORECASE)
_NAMED_WEBSITE: Final = re.compile(
    r"web-?site|webseite|homepage|web-?app|projekt-?(web)?seite", re.IGNORECASE
)
_NO_WEBSITE: Final = re.compile(
    r"datenquelle|csv|kontakt|linkedin|bluesky|mastodon|store|blog|video|pad$|"
    r"foto|cran|dokumentation|documentation|präsentation|nachbericht|eventbrite|sensor|api|"
    r"how-to|vorhersage|app\b",
    re.IGNORECASE,
)
_FOREIGN: Final = re.compile(
    r"https?://(www\.)?((twitter|facebook|instagram|linkedin|play\.google|itunes\.apple|"
    r"apps\.apple|youtube)\.com|youtu\.be|t\.me|\w+\.wikipedia\.org|hackster\.io|$|[^.]*$)",
    re.IGNORECASE,
)
_OWNERS: Final = frozenset({
    "52north", "chaoschemnitz", "cityconnect11", "code-for-magdeburg", "codeforberlin",
    "codeforbielefeld", "codeforchemnitz", "codeforcologne", "codefordus", "codeforffm",
    "codeforfrankfurt", "codeforgiessen", "codeforleipzig", "codeformuenster", "codeformunich",
    "codeforpb", "codeforruhrgebiet", "coders4help", "denkmalinkoeln", "hackers4peace", "ini20",
    "koelnapi", "lieblingsplatz", "meine-stadt-transparent", "offenesjena", "oklabbonn",
    "oklabflensburg", "open-data-potsdam", "opendata-heilbronn", "opendatal", "opendatalab-de",
    "openlegaldata", "publicplan", "refugeeswork", "schuleninkoeln", "teikei", "the-villains",
    "umweltzone", "wo-ist-markt",
})  # fmt: skip
"""Accounts of organisations, groups and projects; all others may be a person's."""
_OF_PERSONS: Final = frozenset({
    "02faa77f11aa6c56", "053ada66ec171746", "156b0f477a6f1d56",
    "233824881710e8d5", "28dbb4acb9c909eb", "3b08dda18247634c",
    "3b43cf8299b45754", "524e2866dba04f33", "5c305ef5dad67b33",
    "61c9a9d6e97e5d0c", "6b3039875fdd10a3", "7568474fb807601a",
    "77ff38f36418312f", "800f68a59b0e339c", "9b2a50adece0dfe1",
    "a0a84599f5917da6", "a3184d153097e218", "a7cfef7cb77c26fa",
    "ac0af30d94f0dbf0", "cff24d06b5b678b0", "d793b7e7cd29b5b7",
    "f30db4ef27067775", "f95e7dae045aad5b",
})  # fmt: skip
"""Digests of domains that carry a person's name, so that no name stands here."""


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the projects with the fields we use."""
    name = EXTRACT if EXTRACT in files else UPSTREAM
    rows = jsonl_rows(name, files[name], None)
    check_columns(name, {column for row in rows for column in row}, USED, IGNORED)
    return {EXTRACT: as_jsonl(_project(row) for row in rows)}


def _project(row: Row) -> Row:
    project = {column: row[column] for column in USED if row.get(column, "") != ""}
    links = row.get("links", [])
    given = [one for one in links if isinstance(one, dict)] if isinstance(links, list) else []
    project["links"] = list(_links(given))
    tags = row.get("tags", [])
    published = [str(one) for one in tags] if isinstance(tags, list) else []
    told = [row.get("excerpt", ""), row.get("body", "")]
    return project | concluded(row, str(row["title"]), told, published)


def _links(given: list[dict[str, Value]]) -> Iterator[Value]:
    """Yield the website, then the repositories."""
    named = [
        (str(one.get("use", "")), str(one.get("name", "")), str(one.get("url", "")))
        for one in given
    ]
    named = [one for one in named if one[2].startswith("http") and not _of_person(one[2])]
    website = next(
        (url for use, name, url in named if use == "website" or _is_named_website(name, url)),
        next((url for use, name, url in named if not use and _may_be_website(name, url)), None),
    )
    if website is not None:
        yield {"use": "website", "url": website}
    for _, _, url in named:
        if _CODE.match(url):
            yield {"use": "code", "url": url}


def _is_named_website(name: str, url: str) -> bool:
    return bool(_NAMED_WEBSITE.search(name)) and not _elsewhere(url)


def _may_be_website(name: str, url: str) -> bool:
    return not (_elsewhere(url) or _NO_WEBSITE.search(name))


def _elsewhere(url: str) -> bool:
    """Return whether an address lies with a host of code, apps or posts, or has no host."""
    return bool(_CODE_HOST.match(url) or _FOREIGN.match(url))


def _of_person(url: str) -> bool:
    """Return whether an address may be a person's: by the account, else by the domain."""
    account = _ACCOUNT.match(url)
    if account is not None:
        return str(account.group(1) or account.group(2)).lower() not in _OWNERS
    labels = urlsplit(url).netloc.lower().split(".")
    return any(digest(".".join(labels[at:])) in _OF_PERSONS for at in range(len(labels)))
