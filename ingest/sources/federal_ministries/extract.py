"""The two lists of ministries → one table in which the rows of one body share a key.

A body is an abbreviation with a German name: BMI “des Innern, für Bau und Heimat” and BMI “des
Innern und für Heimat” are two. Its key is the abbreviation with the year of the legislature in
whose list it stands first.
"""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv, select

EXTRACT: Final = "ministries.csv"
COLUMNS: Final = ("body", "legislature", "Abkürzung", "Name_DE", "Name_EN")
USED: Final = ("Abkürzung", "Name_DE", "Name_EN")
IGNORED: Final = frozenset({"ReihenfolgeID", "HH-Plan"})
LISTS: Final = {
    "2017-2021": "bundesministerien-2017-2021.csv",
    "2021-2025": "bundesministerien-2021-2025.csv",
}
"""Legislature → upstream file, in the order of time."""


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the table of both lists."""
    if EXTRACT in files:
        return {EXTRACT: as_csv(COLUMNS, select(EXTRACT, files[EXTRACT], COLUMNS))}
    first: dict[tuple[str, str], str] = {}
    rows = []
    for legislature, name in LISTS.items():
        for row in select(name, files[name], USED, IGNORED):
            said = {column: value.strip() for column, value in row.items()}
            body = f"{said['Abkürzung'].lower()}-{legislature[:4]}"
            body = first.setdefault((said["Abkürzung"], said["Name_DE"]), body)
            rows.append({"body": body, "legislature": legislature, **said})
    return {EXTRACT: as_csv(COLUMNS, rows)}
