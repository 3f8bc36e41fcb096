"""Which cases are weak, and why, by what the reader noted and by one rule."""

import re
from collections.abc import Mapping
from typing import Final

NOTED: Final[Mapping[str, str]] = {
    "Mängelmelder Erkelenz": "sources-conflict",
    "Service-App der Stadt Köln": "end-concluded",
    "Multifunktionales Chatsystem": "end-planned",
    "KI-Reise für Kommunen": "end-planned",
}
"""Title → what is weak: pages that disagree on the start, an end that no page states or that
lies ahead."""
REASONS: Final = ("sources-conflict", "end-concluded", "end-planned", "planned")

_PLANNED: Final = re.compile(r"\bplanned\b")
_BEFORE_OPERATION: Final = frozenset({"unknown", "prototype", "pilot"})


def weakness(row: Mapping[str, str]) -> str:
    """Return why a case is weak, empty where it is not.

    What is not in operation and whose outcome is planned is itself a plan in part.
    """
    noted = NOTED.get(row["title"])
    if noted is not None:
        return noted
    planned = row["stage"] in _BEFORE_OPERATION and _PLANNED.search(row["outcome"])
    return "planned" if planned else ""
