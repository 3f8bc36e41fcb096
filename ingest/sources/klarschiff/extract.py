"""Klarschiff's indented tables → tables in which every row says the whole.

Upstream, a row names either a main category or, below it, a sub category. Here each row carries
its main category and type, and the three tables of the Ämter are one.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ingest.extracts import as_csv, select
from kg.errors import SourceError

CATEGORIES: Final = "categories.csv"
COMPETENCES: Final = "competences.csv"
TREE: Final = ("Main category", "Type", "Sub category")
GROUP: Final = "Group"
AUTHORITY: Final = "authority"
"""The one column that is not the upstream's: which table a row stood in."""
TABLE: Final = (AUTHORITY, *TREE, GROUP)
AUTHORITIES: Final[Mapping[str, tuple[str, Sequence[str]]]] = {
    "responsibilities_authority_Krakow_am_See.csv": (
        "Amt Krakow am See",
        ("Hauptkategorie", "typ", "Unterkategorie", "Fachamt"),
    ),
    "responsibilities_authority_Recknitz-Trebeltal.csv": (
        "Amt Recknitz-Trebeltal",
        (*TREE, GROUP),
    ),
    "responsibilities_authority_Roebel-Mueritz.csv": ("Amt Röbel-Müritz", (*TREE, GROUP)),
}
"""File → Amt, and the names of its four columns."""


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the table of categories and the one of competences, or what is there of them."""
    found = {}
    if CATEGORIES in files:
        rows = select(CATEGORIES, files[CATEGORIES], TREE)
        found[CATEGORIES] = as_csv(TREE, _filled(CATEGORIES, rows))
    if COMPETENCES in files:
        rows = select(COMPETENCES, files[COMPETENCES], TABLE)
        found[COMPETENCES] = as_csv(TABLE, rows)
    elif any(name in files for name in AUTHORITIES):
        found[COMPETENCES] = as_csv(TABLE, _competences(files))
    if not found:
        raise KeyError(CATEGORIES)
    return found


def _competences(files: Mapping[str, bytes]) -> Iterator[Mapping[str, str]]:
    for name, (authority, columns) in AUTHORITIES.items():
        rows = [
            dict(zip((*TREE, GROUP), row.values(), strict=True))
            for row in select(name, files[name], columns)
        ]
        for row in _filled(name, rows):
            if row["Sub category"]:
                yield {AUTHORITY: authority, **row}


def _filled(name: str, rows: Sequence[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """Yield the rows with main category and type written into each."""
    main = kind = ""
    for row in rows:
        if row["Main category"]:
            main, kind = row["Main category"], row["Type"]
        if not main:
            message = f"{name}: {row['Sub category']!r} stands above the first main category."
            raise SourceError(message)
        if row["Type"] not in ("", kind):
            message = (
                f"{name}: {row['Sub category']!r} is of type {row['Type']!r} under {main!r}, "
                f"which is of type {kind!r}."
            )
            raise SourceError(message)
        yield {**row, "Main category": main, "Type": kind}
