"""The registry's records → names, links, licences, goals, organisations and countries; no texts."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_jsonl, check_columns
from ingest.readers import jsonl_rows
from ingest.source import Row, Value
from ingest.themes import COLUMNS as CONCLUDED
from ingest.themes import concluded
from kg.errors import SourceError

UPSTREAM: Final = "digital-public-goods.jsonl"
EXTRACT: Final = "goods.jsonl"
USED: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (),
    "name": (),
    "aliases": (),
    "website": (),
    "license": ("spdx",),
    "sdgs": (),
    "sectors": (),
    "type": (),
    "repositories": ("url",),
    "organizations": ("name", "org_type"),
    "locations": ("developmentCountries", "deploymentCountries"),
}
"""What is used; for groups of fields, what is used of each group."""
IGNORED: Final[Mapping[str, frozenset[str]]] = {
    "": frozenset({"description", "stage", *CONCLUDED}),
    "license": frozenset({"licenseURL"}),
    "repositories": frozenset({"name"}),
    "organizations": frozenset({"website", "contact_name", "contact_email"}),
    "locations": frozenset(),
}


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the registry with the fields we use."""
    name = EXTRACT if EXTRACT in files else UPSTREAM
    rows = jsonl_rows(name, files[name], None)
    check_columns(name, {one for row in rows for one in row}, tuple(USED), IGNORED[""])
    return {EXTRACT: as_jsonl(_facts(name, row) for row in rows)}


def _facts(name: str, row: Row) -> Row:
    facts = {column: _used(name, column, row.get(column, "")) for column in USED}
    sectors = row.get("sectors", [])
    published = [str(one) for one in sectors] if isinstance(sectors, list) else []
    return facts | concluded(row, str(row["name"]), [row.get("description", "")], published)


def _used(name: str, field: str, value: Value) -> Value:
    """Return of a group of fields, or of a list of them, the used ones."""
    wanted = USED[field]
    if not wanted or value in ("", []):
        return value
    if isinstance(value, list):
        return [_used(name, field, one) for one in value]
    if not isinstance(value, dict):
        message = f"{name}: `{field}` is {value!r} where a group of fields is wanted."
        raise SourceError(message)
    check_columns(f"{name}, {field}", {*wanted, *value}, wanted, IGNORED[field])
    return {one: value.get(one, "") for one in wanted}
