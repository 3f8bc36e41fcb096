"""The partners of a project, cut out of the end of its heading.

“Chatbot BMI, ITZ Bund BMFSFJ 2020” names the project, its partners and the year, and nothing
says where one ends: the partners are those of this roster that stand before the year, spelt as
published.
"""

import re
from typing import Final

from kg.errors import SourceError

ROSTER: Final = (
    "AA", "Antidiskriminierungsstelle", "Auswärtiges Amt", "BMAS", "BMBF", "BMDV", "BMEL", "BMF",
    "BMFSFJ", "BMG", "BMI", "BMJV", "BMVDI", "BSI",
    "Bundesanstalt für Materialforschung und -Prüfung", "Bundeszentralamt für Steuern", "DRV",
    "Deutscher Bundestag", "Generalzolldirektion", "Govdata", "ITZ Bund", "ITZBund",
)  # fmt: skip

_YEAR: Final = re.compile(r"\s+\d{4}$")
_BETWEEN: Final = " ,&-"
_LAST: Final = re.compile(
    rf"(?:^|(?<=[ ,]))(?:{'|'.join(map(re.escape, sorted(ROSTER, key=len, reverse=True)))})$"
)


def partners(heading: str) -> list[str]:
    """Return the partners that a heading names, in its order.

    `SourceError` where it ends with none of the roster.
    """
    left = _YEAR.sub("", heading.strip())
    found: list[str] = []
    while (last := _LAST.search(left)) is not None:
        found.insert(0, last.group())
        left = left[: last.start()].rstrip(_BETWEEN)
    if not found or not left:
        message = (
            f"tech4germany: the heading {heading!r} names no known partner; add it to ROSTER in "
            "partners.py of this source."
        )
        raise SourceError(message)
    return found
