"""The ranking's JSON files → the data set, its criteria, and who got how many points.

Texts of the reviewers stay out. Of what they cite, the law is kept; a link is kept unless it is a
whole SPARQL query (up to several kB).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ingest.extracts import as_csv, check_columns
from ingest.readers import decode, json_value
from ingest.source import Row, Value
from kg.errors import SourceError

CRITERIA: Final = "criteria.json"
META: Final = ("name", "license", "created", "last_modified")
CRITERION: Final = ("criterion-number", "title", "maxPoints")
OBSERVATION: Final = ("name", "short", "criterion-number", "points", "citation", "link")
LAWS: Final = "2"
"""The criterion whose citations are acts by their name and year."""

_SIGNED: Final = re.compile(r"§|Art\.")
_DATED: Final = re.compile(r"\(\d{4}")
_QUERY: Final = "sparql-assistent#query="


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the tables of the data set, its criteria and its observations."""
    described = _object(CRITERIA, files[CRITERIA], {"meta", "criteria"})
    criteria = [
        _used(CRITERIA, row, CRITERION, {"description", "category"})
        for row in _objects(CRITERIA, described["criteria"])
    ]
    meta = _used(CRITERIA, _one(CRITERIA, described["meta"]), META, {
        "description", "author", "email", "url",
    })  # fmt: skip
    observations = [row for name in sorted({*files} - {CRITERIA}) for row in _of(name, files[name])]
    return {
        "dataset.csv": as_csv(META, [meta]),
        "criteria.csv": as_csv(CRITERION, criteria),
        "observations.csv": as_csv(OBSERVATION, observations),
    }


def _of(name: str, content: bytes) -> Iterator[dict[str, str]]:
    """Yield the points of one jurisdiction."""
    found = _object(name, content, {"meta", "name", "short", "criteria", "stats"})
    for row in _objects(name, found["criteria"]):
        where = f"{name}, criterion {row.get('criterion-number')}"
        said = _used(where, row, ("criterion-number", "points"), {"title", "citations", "text"})
        cited = _one(where, row.get("citations", {}))
        text, page = str(cited.get("text", "")).strip(), str(cited.get("link", "")).strip()
        yield {
            "name": str(found["name"]), "short": str(found["short"]), **said,
            "citation": text if is_law(said["criterion-number"], text) else "",
            "link": "" if _QUERY in page else page,
        }  # fmt: skip


def is_law(number: str, citation: str) -> bool:
    """Tell whether a citation names a provision, or for the criterion on acts an act."""
    return bool(_SIGNED.search(citation) or (number == LAWS and _DATED.search(citation)))


def _used(where: str, row: Row, used: tuple[str, ...], ignored: set[str]) -> dict[str, str]:
    check_columns(where, row, used, frozenset(ignored))
    return {name: str(row[name]) for name in used}


def _object(name: str, content: bytes, keys: set[str]) -> Row:
    found = _one(name, json_value(name, decode(name, content)))
    check_columns(name, found, tuple(sorted(keys)), frozenset())
    return found


def _one(where: str, value: Value) -> Row:
    if not isinstance(value, dict):
        message = f"{where}: no object in braces where the ranking has one."
        raise SourceError(message)
    return value


def _objects(where: str, value: Value) -> list[Row]:
    if not isinstance(value, list) or not value:
        message = f"{where}: 'criteria' is no list with criteria in it."
        raise SourceError(message)
    return [_one(where, one) for one in value]
