"""Tables of the catalogue, joined by their row numbers → situations, bundles, services."""

from collections import Counter
from collections.abc import Mapping
from typing import Final, TypeVar

from ingest.extracts import as_csv, select
from kg.errors import SourceError

SUBJECTS: Final[Mapping[str, str]] = {
    "Arbeit & Ruhestand": "arbeit-ruhestand",
    "Bauen & Wohnen": "bauen-wohnen",
    "Bildung": "bildung",
    "Ein- & Auswanderung": "ein-auswanderung",
    "Engagement & Hobby": "engagement-hobby",
    "Familie & Kind": "familie-kind",
    "Forschung & Förderung": "forschung-foerderung",
    "Gesundheit": "gesundheit",
    "Mobilität & Reisen": "mobilitaet-reisen",
    "Querschnitt": "querschnitt",
    "Recht & Ordnung": "recht-ordnung",
    "Steuern & Zoll": "steuern-zoll",
    "Umwelt": "umwelt",
    "Unternehmensführung & -entwicklung": "unternehmensfuehrung",
}
"""Themenfeld → its key in our vocabulary (`lotse:ozg-…`)."""
SITUATIONS: Final = ("id", "name", "subject", "bundles")
BUNDLES: Final = ("service_key", "name", "situation_id", "subject")
SERVICES: Final = (
    "id", "service_key", "service_type", "name", "bundle", "situation_id", "subject",
)  # fmt: skip
_FILES: Final[Mapping[str, tuple[tuple[str, ...], frozenset[str]]]] = {
    "ozg_subject.csv": (("id", "name"), frozenset()),
    "ozg_situation.csv": (("id", "subject_id", "name"), frozenset()),
    "ozg_service_system.csv": (
        ("id", "situation_id", "service_key", "name"),
        frozenset({"priority_id", "status_id"}),
    ),
    "ozg_service.csv": (
        ("id", "service_system_id", "service_key", "service_type", "name"),
        frozenset({"relevance1", "relevance2", "status_id"}),
    ),
}
"""Used and ignored columns; priorities and states are no more than defaults of the database."""
_EXTRACTS: Final = {"situations.csv": SITUATIONS, "bundles.csv": BUNDLES, "services.csv": SERVICES}
_Held = TypeVar("_Held")
_NONE: Final[Mapping[str, str]] = {"service_key": "", "situation_id": "", "subject": ""}


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the three tables; row numbers stand only where there is no key."""
    if set(_EXTRACTS) <= set(files):
        return {
            name: as_csv(columns, select(name, files[name], columns))
            for name, columns in _EXTRACTS.items()
        }
    subjects, situations, systems, services = (
        select(name, files[name], used, ignored) for name, (used, ignored) in _FILES.items()
    )
    fields = {row["id"]: _subject(row["name"].strip()) for row in subjects}
    held = Counter(row["situation_id"] for row in systems)
    lagen = {
        row["id"]: {
            "id": row["id"],
            "name": row["name"],
            "subject": _named(fields, row, "subject_id", "ozg_situation.csv"),
            "bundles": str(held[row["id"]]),
        }
        for row in situations
    }
    bundles = {
        row["id"]: {
            **row,
            "subject": _named(lagen, row, "situation_id", "ozg_service_system.csv")["subject"],
        }
        for row in systems
    }
    return {
        "situations.csv": as_csv(SITUATIONS, lagen.values()),
        "bundles.csv": as_csv(BUNDLES, (_of(BUNDLES, row) for row in bundles.values())),
        "services.csv": as_csv(SERVICES, (_service(row, bundles) for row in services)),
    }


def _named(held: Mapping[str, _Held], row: Mapping[str, str], column: str, file: str) -> _Held:
    """Return what a row refers to by the row number of another table."""
    if row[column] not in held:
        message = f"{file}: {column} {row[column]!r} of row {row['id']!r} is in no other table."
        raise SourceError(message)
    return held[row[column]]


def _subject(name: str) -> str:
    if name not in SUBJECTS:
        message = f"ozg_subject.csv: nobody decided about the Themenfeld {name!r}; see extract.py."
        raise SourceError(message)
    return SUBJECTS[name]


def _service(row: Mapping[str, str], bundles: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    bundle = bundles.get(row["service_system_id"], _NONE)
    joined = {"bundle": bundle["service_key"], "situation_id": bundle["situation_id"]}
    return _of(SERVICES, {**row, **joined, "subject": bundle["subject"]})


def _of(columns: tuple[str, ...], row: Mapping[str, str]) -> Mapping[str, str]:
    return {column: row[column] for column in columns}
