"""Köln's reports without any text or address, their coordinates rounded to about 100 metres."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from ingest.extracts import as_csv, check_columns, select
from ingest.readers import decode, json_value
from ingest.source import Row
from kg.errors import SourceError

UPSTREAM: Final = "requests-2016.json"
EXTRACT: Final = "requests.csv"
USED: Final = (
    "service_request_id",
    "status",
    "service_code",
    "service_name",
    "requested_datetime",
    "updated_datetime",
    "lat",
    "long",
)
IGNORED: Final = frozenset(
    {
        "description",
        "status_notes",
        "agency_responsible",
        "service_notice",
        "address_id",
        "address",
        "zipcode",
        "media_url",
    }
)
_THOUSANDTHS: Final = Decimal("0.001")


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the table of reports."""
    if EXTRACT in files:
        return {EXTRACT: as_csv(USED, select(EXTRACT, files[EXTRACT], USED))}
    return {EXTRACT: as_csv(USED, _rows(files[UPSTREAM]))}


def _rows(content: bytes) -> Iterator[Mapping[str, str]]:
    reports = json_value(UPSTREAM, decode(UPSTREAM, content))
    if not isinstance(reports, list) or not reports:
        message = f"{UPSTREAM}: no list of reports; a GeoReport answer begins with `[`."
        raise SourceError(message)
    for number, report in enumerate(reports, start=1):
        where = f"{UPSTREAM}, report {number}"
        if not isinstance(report, dict):
            message = f"{where}: not an object in braces."
            raise SourceError(message)
        check_columns(where, report, USED, IGNORED)
        yield {name: _text(where, report, name) for name in USED}


def _text(where: str, report: Row, name: str) -> str:
    value = report[name]
    if not isinstance(value, str):
        message = f"{where}: {name!r} is no text."
        raise SourceError(message)
    if name not in ("lat", "long") or not value:
        return value
    try:
        return str(Decimal(value).quantize(_THOUSANDTHS))
    except InvalidOperation as error:
        message = f"{where}: {name!r} is {value!r}, which is no number."
        raise SourceError(message) from error
