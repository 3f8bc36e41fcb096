"""publiccode.yml files → one line a file with the facts; descriptions and contacts stay out.

Every scalar is read as a string: `no` is Norway, `0.10` no number and `2026-06-17` no date.
"""

import re
from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_jsonl, check_columns
from ingest.readers import jsonl_rows, yaml_value
from ingest.source import Row, Value
from kg.errors import SourceError

EXTRACT: Final = "solutions.jsonl"
ENDING: Final = ".publiccode.yml"
FILE: Final = "file"
"""The one column that is not the upstream's: the name of the file, which is the record's key."""

USED: Final[Mapping[str, tuple[str, ...]]] = {
    "publiccodeYmlVersion": (),
    "name": (),
    "url": (),
    "landingURL": (),
    "isBasedOn": (),
    "softwareVersion": (),
    "releaseDate": (),
    "categories": (),
    "usedBy": (),
    "developmentStatus": (),
    "softwareType": (),
    "intendedAudience": ("countries", "unsupportedCountries"),
    "legal": ("license", "mainCopyrightOwner", "repoOwner"),
    "maintenance": ("contractors",),
    "contractors": ("name", "until"),
    "organisation": ("name",),
    "fundedBy": ("name",),
}
"""What is used; for groups of fields, what is used of each group."""

IGNORED: Final[Mapping[str, frozenset[str]]] = {
    "": frozenset(
        {
            "applicationSuite",
            "dependsOn",
            "description",
            "documentationURL",
            "inputTypes",
            "localisation",
            "logo",
            "monochromeLogo",
            "outputTypes",
            "platforms",
            "roadmap",
            "version",
        }
    ),
    "intendedAudience": frozenset({"scope"}),
    "legal": frozenset({"authorsFile"}),
    "maintenance": frozenset({"type", "contacts"}),
    "contractors": frozenset({"email", "website"}),
    "organisation": frozenset({"uri"}),
    "fundedBy": frozenset({"uri"}),
}
_TOP: Final = tuple(name for name in USED if name != "contractors")
COLUMNS: Final = (FILE, *_TOP)
_COUNTRY_SECTION: Final = re.compile(r"[A-Za-z]{2}")
"""Sections of single countries (`IT:`) are outside the standard's common part."""


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return one line a file, in the order of the files' names."""
    if EXTRACT in files:
        return {EXTRACT: as_jsonl(jsonl_rows(EXTRACT, files[EXTRACT], COLUMNS))}
    return {EXTRACT: as_jsonl(_facts(name, files[name]) for name in sorted(files))}


def _facts(name: str, content: bytes) -> Row:
    value = yaml_value(name, content)
    if not isinstance(value, dict):
        message = f"{name}: no publiccode.yml; it must consist of fields such as `name: …`."
        raise SourceError(message)
    found = {key: one for key, one in value.items() if not _COUNTRY_SECTION.fullmatch(key)}
    check_columns(name, {*_TOP, *found}, _TOP, IGNORED[""])
    return {
        FILE: name.removesuffix(".yml").removesuffix(ENDING.removesuffix(".yml")),
        **{column: _used(name, column, found.get(column, "")) for column in _TOP},
    }


def _used(name: str, field: str, value: Value) -> Value:
    """Return of a group of fields, or of a list of them, the used ones."""
    wanted = USED[field]
    if not wanted or value == "":
        return value
    if isinstance(value, list):
        return [_used(name, field, one) for one in value]
    if not isinstance(value, dict):
        message = f"{name}: `{field}` is {value!r} where a group of fields is wanted."
        raise SourceError(message)
    check_columns(f"{name}, {field}", {*wanted, *value}, wanted, IGNORED[field])
    return {one: _nested(name, one, value.get(one, "")) for one in wanted}


def _nested(name: str, field: str, value: Value) -> Value:
    return _used(name, field, value) if field in USED else value
