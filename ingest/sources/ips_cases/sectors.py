"""COFOG sectors and technologies of the explorer → our themes.

Divisions have the theme that `ontology/theme-mappings.csv` has for them, a test compares the two.
The groups that have a theme of their own have that one instead.
"""

from collections.abc import Mapping
from typing import Final

from kg.terms import LOTSE, NamedNode

DIVISIONS: Final[Mapping[str, str]] = {
    "General public services": "01",
    "Defence": "02",
    "Public order and safety": "03",
    "Economic affairs": "04",
    "Environmental protection": "05",
    "Housing and community amenities": "06",
    "Health": "07",
    "Recreation, culture and religion": "08",
    "Education": "09",
    "Social protection": "10",
}
_THEMES: Final[Mapping[str, str]] = {
    "01": "administration", "02": "security", "03": "security", "04": "economy",
    "05": "environment", "06": "urban-development", "07": "health", "08": "culture",
    "09": "education", "10": "social",
}  # fmt: skip
THEMES: Final[Mapping[str, NamedNode]] = {
    name: LOTSE[f"theme-{_THEMES[code]}"] for name, code in DIVISIONS.items()
}
GROUPS: Final[Mapping[str, NamedNode]] = {
    "Transport": LOTSE["theme-mobility"],
    "Agriculture, forestry, fishing and hunting": LOTSE["theme-agriculture"],
    "Fuel and energy": LOTSE["theme-energy"],
}
TECHNOLOGIES: Final[Mapping[str, NamedNode]] = {
    "Artificial intelligence": LOTSE["theme-artificial-intelligence"],
    "Blockchain": LOTSE["theme-technology"],
}
