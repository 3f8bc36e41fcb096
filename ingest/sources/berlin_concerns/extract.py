"""Berlin's reports without any text or address; what the replies record of hand-overs.

The subject of a report stays only where it is one of the authority's list; citizens write some
freely. Coordinates are rounded to about 100 metres.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from ingest.extracts import as_csv, check_columns, select
from ingest.readers import decode, json_value
from ingest.source import Row
from ingest.sources.berlin_concerns.replies import read
from kg.errors import SourceError

UPSTREAM: Final = "meldungen-2025-2026.json"
EXTRACT: Final = "meldungen.csv"
PUBLISHED: Final = (
    "id",
    "bezirk",
    "betreff",
    "erstellungsDatum",
    "letzteAenderungDatum",
    "status",
    "lat",
    "lng",
)
CONCLUDED: Final = (
    "handed_over_to",
    "handed_over_on",
    "handed_over_as",
    "answered_on",
    "answer",
    "unread",
)
"""Columns of ours: concluded from the reply, which itself is left out."""
COLUMNS: Final = (*PUBLISHED, *CONCLUDED)
REPLY: Final = "rueckMeldungAnBuerger"
IGNORED: Final = frozenset({"sachverhalt", "strasse", "hausNummer", "plz"})
LISTED: Final = re.compile(r"(Abfall|Baumschutz|Straßenaufsicht|Verkehr) - \S.*")
"""A subject of the authority's list: its group, a dash, the kind of report."""
_THOUSANDTHS: Final = Decimal("0.001")


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the table of reports."""
    if EXTRACT in files:
        return {EXTRACT: as_csv(COLUMNS, select(EXTRACT, files[EXTRACT], COLUMNS))}
    return {EXTRACT: as_csv(COLUMNS, _rows(files[UPSTREAM]))}


def _rows(content: bytes) -> Iterator[Mapping[str, str]]:
    answer = json_value(UPSTREAM, decode(UPSTREAM, content))
    reports = answer.get("index") if isinstance(answer, dict) else None
    if not isinstance(reports, list) or not reports:
        message = f'{UPSTREAM}: no list of reports under "index".'
        raise SourceError(message)
    for number, report in enumerate(reports, start=1):
        where = f"{UPSTREAM}, report {number}"
        if not isinstance(report, dict):
            message = f"{where}: not an object in braces."
            raise SourceError(message)
        check_columns(where, report, (*PUBLISHED, REPLY), IGNORED)
        yield _row(where, report)


def _row(where: str, report: Row) -> dict[str, str]:
    said = read(_text(where, report, REPLY))
    row = {name: _text(where, report, name) for name in PUBLISHED}
    subject = row["betreff"].strip()
    return {
        **row,
        "betreff": subject if LISTED.fullmatch(subject) else "",
        "lat": _rounded(where, "lat", row["lat"]),
        "lng": _rounded(where, "lng", row["lng"]),
        "handed_over_to": said.to,
        "handed_over_on": said.on,
        "handed_over_as": said.how,
        "answered_on": said.answered_on,
        "answer": said.answer,
        "unread": said.unread,
    }


def _text(where: str, report: Row, name: str) -> str:
    value = report[name]
    if not isinstance(value, str):
        message = f"{where}: {name!r} is no text."
        raise SourceError(message)
    return value


def _rounded(where: str, name: str, value: str) -> str:
    try:
        return str(Decimal(value).quantize(_THOUSANDTHS)) if value else ""
    except InvalidOperation as error:
        message = f"{where}: {name!r} is {value!r}, which is no number."
        raise SourceError(message) from error
