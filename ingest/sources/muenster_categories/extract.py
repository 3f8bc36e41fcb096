"""Münster's list of services, in the form of GeoReport: codes, names and groups."""

from collections.abc import Iterator, Mapping
from typing import Final

from ingest.extracts import as_csv, check_columns
from ingest.readers import decode, json_value
from kg.errors import SourceError

UPSTREAM: Final = "muenster-services.json"
EXTRACT: Final = "services.csv"
COLUMNS: Final = ("group", "service_name", "service_code")


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the table of services."""
    return {EXTRACT: as_csv(COLUMNS, _rows(files[UPSTREAM]))}


def _rows(content: bytes) -> Iterator[Mapping[str, str]]:
    services = json_value(UPSTREAM, decode(UPSTREAM, content))
    if not isinstance(services, list) or not services:
        message = f"{UPSTREAM}: no list of services; a GeoReport answer begins with `[`."
        raise SourceError(message)
    for number, service in enumerate(services, start=1):
        if not isinstance(service, dict):
            message = f"{UPSTREAM}, service {number}: not an object in braces."
            raise SourceError(message)
        check_columns(f"{UPSTREAM}, service {number}", service, COLUMNS, frozenset())
        yield {name: str(service[name]) for name in COLUMNS}
