"""The 40 spellings of a project's status → the stage that each says, where it says one.

Where a status only says that work goes on (“Laufend”) or that people are wanted (“Sucht
Mitmacher”), no stage follows: it is kept as published and counted as unmapped.
"""

from typing import Final

from kg.terms import LOTSE, NamedNode

_IDEA: Final = ("Machbarkeitsstudie, Sucht Mitmacher",)
_PROTOTYPE: Final = (
    "Prototyp",
    "In Arbeit",
    "In Arbeit, sucht Mitstreiter:innen",
    "in Entwicklung",
    "In Progress",
    "In progress",
    "Laufend, Datensammlung, Entwicklung, In Test",
)
_IN_OPERATION: Final = (
    "Im Produktivbetrieb",
    "Released",
    "laufend aktualisiert",
    "wird jährlich aktualisiert",
    "Abgeschlossen, tägliche Datenaktualisierung",
    "Abgeschlossen, wöchentliche Datenaktualisierung",
)
_ENDED: Final = (
    "abgeschlossen",
    "Abgeschlossen",
    "Finished",
    "finished",
    "Done",
    "Fertig",
    "Discontinued",
    "Dead",
)

STAGES: Final[dict[str, NamedNode]] = {
    **dict.fromkeys(_IDEA, LOTSE["stage-idea"]),
    **dict.fromkeys(_PROTOTYPE, LOTSE["stage-prototype"]),
    **dict.fromkeys(_IN_OPERATION, LOTSE["stage-in-operation"]),
    **dict.fromkeys(_ENDED, LOTSE["stage-ended"]),
}
