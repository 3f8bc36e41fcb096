"""The list without descriptions and outcomes, which are texts, and with what is weak about a case.

The solutions that stand behind cases are a table of their own, with the pages that name them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ingest.extracts import as_csv, select
from ingest.sources.good_practice.weak import weakness
from ingest.themes import COLUMNS as CONCLUDED
from ingest.themes import concluded

UPSTREAM: Final = "good-practice.csv"
EXTRACT: Final = "cases.csv"
COLUMNS: Final = (
    "title", "organisations", "place", "level", "started", "ended", "stage", "solution",
    "adopted_from", "lab", "themes", "award", "url", "source_url",
)  # fmt: skip
SOLUTIONS: Final = "solutions.csv"
SOLUTION: Final = ("solution", "source_url")


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the cases with the columns we use, and the solutions behind them."""
    rows = select(UPSTREAM, files[UPSTREAM], (*COLUMNS, "what", "outcome"))
    return {
        EXTRACT: as_csv((*COLUMNS, "weak", *CONCLUDED), [_case(row) for row in rows]),
        SOLUTIONS: as_csv(SOLUTION, _solutions(rows)),
    }


def _case(row: Mapping[str, str]) -> dict[str, str]:
    about = concluded(row, row["title"], [row["what"]], row["themes"].split(";"))
    return {**{column: row[column] for column in COLUMNS}, "weak": weakness(row), **about}


def _solutions(rows: Sequence[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """Yield each solution once, with the pages of all cases that it stands behind."""
    pages: dict[str, dict[str, None]] = {}
    for row in rows:
        for name in filter(None, row["solution"].split(";")):
            pages.setdefault(name, {}).update(dict.fromkeys(row["source_url"].split(" ; ")))
    for name in sorted(pages):
        yield {"solution": name, "source_url": " ; ".join(pages[name])}
