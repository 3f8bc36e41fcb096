"""Five upstream files → which authority of the roster each names, and on which page.

Two files name authorities only in their texts; from those nothing but the name is taken.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ingest.extracts import as_csv, select
from ingest.readers import csv_rows, jsonl_rows
from ingest.source import Row
from ingest.sources.named_authorities.roster import ROSTER, Authority

EXTRACT: Final = "authorities.csv"
COLUMNS: Final = ("key", "name", "kind", "place", "place_key", "published", "source")

_GITHUB: Final = "https://github.com/"
_FILES: Final = {
    "labs-and-hubs.csv": (("operator",), ""),
    "challenges.csv": (("owner_body",), ""),
    "berlin-open-source-portal.jsonl": (
        ("backers", "developers"),
        f"{_GITHUB}technologiestiftung/berlin-open-source-portal/blob/535fcf0/",
    ),
    "citylab-berlin-lab-projects.jsonl": (
        ("subtitle", "body"),
        f"{_GITHUB}technologiestiftung/lab-site/blob/7122e13/",
    ),
    "opensource-muenchen.jsonl": (
        ("body",),
        f"{_GITHUB}it-at-m/opensource.muenchen.de/blob/68c02f1/",
    ),
}
"""Upstream file → columns in which authorities stand, and where its pages lie."""
_MUNICH: Final = "opensource-muenchen.jsonl"


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return one row for each authority, spelling and page."""
    if EXTRACT in files:
        return {EXTRACT: as_csv(COLUMNS, select(EXTRACT, files[EXTRACT], COLUMNS))}
    found = {
        (authority.key, authority.name, authority.kind, authority.place, authority.place_key,
         published, page): None
        for name, (columns, base) in _FILES.items()
        for row in _rows(name, files[name])
        for value in _values(row, columns)
        for authority, published in named(value, at_home=name == _MUNICH)
        for page in _pages(row, base)
    }  # fmt: skip
    return {
        EXTRACT: as_csv(COLUMNS, (dict(zip(COLUMNS, row, strict=True)) for row in sorted(found)))
    }


def named(value: str, *, at_home: bool) -> Iterator[tuple[Authority, str]]:
    """Yield the authorities that a value names, longest spelling first, each with its spelling."""
    spellings = {spelling: one for one in ROSTER for spelling in one.spellings}
    if at_home:
        spellings |= {one.at_home: one for one in ROSTER if one.at_home is not None}
    for spelling in sorted(spellings, key=lambda one: (-len(one), one)):
        # a genitive s may follow in running text; a longer word may not
        pattern = rf"(?<![\w/-]){re.escape(spelling)}(?:e?s)?(?![\w/])"
        value, times = re.subn(pattern, "\n", value)
        if times:
            yield spellings[spelling], spelling


def _rows(name: str, content: bytes) -> list[Row]:
    if name.endswith(".csv"):
        return csv_rows(name, content, None)
    return jsonl_rows(name, content, None)


def _values(row: Row, columns: tuple[str, ...]) -> Iterator[str]:
    for column in columns:
        value = row.get(column, "")
        yield from (str(one) for one in (value if isinstance(value, list) else [value]))


def _pages(row: Row, base: str) -> list[str]:
    if base:
        return [base + str(row["source_path"])]
    return [page.strip() for page in str(row["source_url"]).split(" ; ")]
