"""The authorities we know how to recognise: a table of our own.

Public bodies only: no persons, no companies, no foundations. What is in the table comes into the
extract only where an upstream file names it.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority and the spellings that mean it."""

    key: str
    name: str
    kind: str
    place: str
    place_key: str
    spellings: tuple[str, ...]
    at_home: str | None = None
    """The short name that means this authority in a file of its own city alone."""


def _berlin(key: str, name: str, *more: str) -> Authority:
    return Authority(f"berlin-{key}", name, "authority", "Berlin", "110000000000", (name, *more))


def _munich(key: str, short: str) -> Authority:
    return Authority(
        f"muenchen-{key}", f"{short} der Landeshauptstadt München",
        "authority", "München", "091620000000",
        (f"Landeshauptstadt München, {short}", f"{short} der Landeshauptstadt München"), short,
    )  # fmt: skip


ROSTER: Final = (
    _berlin("senatskanzlei", "Senatskanzlei Berlin"),
    _berlin("sen-finanzen", "Senatsverwaltung für Finanzen"),
    _berlin("sen-inneres", "Senatsverwaltung für Inneres, Digitalisierung und Sport"),
    _berlin("sen-integration", "Senatsverwaltung für Integration, Arbeit und Soziales"),
    _berlin(
        "sen-kultur",
        "Senatsverwaltung für Kultur und Europa",
        "Senatsverwaltung für Kultur und Europa Berlin",
    ),
    _berlin("sen-umwelt", "Senatsverwaltung für Umwelt, Verkehr und Klimaschutz"),
    _berlin("sen-wirtschaft", "Senatsverwaltung für Wirtschaft, Energie und Betriebe"),
    _berlin("bezirksamt-pankow", "Bezirksamt Pankow von Berlin"),
    _munich("gesundheitsreferat", "Gesundheitsreferat"),
    _munich("it-referat", "IT-Referat"),
    Authority(
        "muenchen-itm", "it@M",
        "municipal-enterprise", "München", "091620000000",
        ("it@M (Landeshauptstadt München)",), "it@M",
    ),
    _munich("kreisverwaltungsreferat", "Kreisverwaltungsreferat"),
    _munich("mobilitaetsreferat", "Mobilitätsreferat"),
    _munich("arbeit-und-wirtschaft", "Referat für Arbeit und Wirtschaft"),
    _munich("stadtplanung", "Referat für Stadtplanung und Bauordnung"),
    _munich("sozialreferat", "Sozialreferat"),
    Authority(
        "muenchen-stadtentwaesserung", "Münchner Stadtentwässerung",
        "municipal-enterprise", "München", "091620000000",
        ("Landeshauptstadt München, Münchner Stadtentwässerung",),
        "Münchner Stadtentwässerung",
    ),
)  # fmt: skip
