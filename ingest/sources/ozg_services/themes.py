"""Themenfelder of the OZG → our themes, as `ontology/theme-mappings.csv` has them (a test)."""

from collections.abc import Mapping
from typing import Final

from kg.terms import LOTSE, NamedNode

THEMES: Final[Mapping[str, NamedNode]] = {
    field: LOTSE[f"theme-{theme}"]
    for field, theme in {
        "arbeit-ruhestand": "economy",
        "bauen-wohnen": "urban-development",
        "bildung": "education",
        "ein-auswanderung": "migration",
        "engagement-hobby": "participation",
        "familie-kind": "social",
        "forschung-foerderung": "education",
        "gesundheit": "health",
        "mobilitaet-reisen": "mobility",
        "querschnitt": "administration",
        "recht-ordnung": "security",
        "steuern-zoll": "finance",
        "umwelt": "environment",
        "unternehmensfuehrung": "economy",
    }.items()
}
"""Of the matches each field's first; what is only related says nothing about a single service."""
