"""Prepares the rows of answers and lists for the one template that shows them all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

_EVIDENCE: Final = "evidence"
_SHOWN_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "who-does-what": (
        "who", "activity", "role", "place", "relation", "status", "attestation", "since", "until",
        "concludedThemes", "themeWords",
    ),
    "adopters": ("adopter", "status", "since", "sinceMeans", "until", "basis", "candidates"),
    "solutions-in": ("solution", "adopter", "status", "since", "sinceMeans", "until"),
    "responsible": ("body", "unit", "category", "area", "rule", "confidence", "legalBasis",
                    "because"),
}  # fmt: skip
"""The columns that a person needs; the formats for programs have all of them."""
_LAST: Final = ("because", "against", "providers", "candidates", "sources")
_NEVER: Final = frozenset(
    {"published", "iri", "key", "kinds", "latitude", "longitude", "resolution", "statements"}
)
"""Columns that another column already says, or that only programs want."""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns that have a value somewhere, and the rows with their evidence apart."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]], ...]


def table(rows: Iterable[Mapping[str, Any]], question: str = "") -> Table:
    """Return rows (as JSON has them) as a table: empty columns gone, reasons and sources last."""
    held = [_shown(dict(row)) for row in rows]
    named = dict.fromkeys(name for row in held for name, value in row.items() if _says(value))
    names = [name for name in named if name not in _NEVER and name != _EVIDENCE]
    columns = [name for name in names if name not in _LAST] + [one for one in _LAST if one in names]
    if question in _SHOWN_OF:
        columns = [name for name in _SHOWN_OF[question] if name in columns]
    return Table(
        tuple(columns),
        tuple((row, row.get(_EVIDENCE) or ()) for row in held),
    )


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """Let a published name stand where the thing itself is not known."""
    published = row.get("published")
    for name in ("adopter", "who", "body"):
        if name in row and row[name] is None and published:
            row[name] = published
    if row.get("attestation") == "stated":  # as good as all are; the others are marked
        row["attestation"] = None
    return row


def _says(value: object) -> bool:
    return value is not None and value not in ("", [], {})
