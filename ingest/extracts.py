"""Upstream files ↔ extracts: the columns we use, under the upstream's names, and no more."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from ingest.readers import csv_rows
from ingest.source import Row
from kg.errors import SourceError


def select(
    name: str,
    content: bytes,
    used: Sequence[str],
    ignored: frozenset[str] = frozenset(),
    delimiter: str = ",",
) -> list[dict[str, str]]:
    """Return the rows of an upstream CSV file with the used columns alone.

    A used column that is missing, or a column that is neither used nor known and ignored, is a
    `SourceError`: somebody has to decide about it.
    """
    rows = csv_rows(name, content, None, delimiter)
    if rows:
        check_columns(name, list(rows[0]), used, ignored)
    return [{column: str(row[column]) for column in used} for row in rows]


def check_columns(
    name: str, found: Iterable[str], used: Sequence[str], ignored: frozenset[str]
) -> None:
    """Raise `SourceError` for a used column that is missing or one nobody decided about."""
    found = set(found)
    missing = [column for column in used if column not in found]
    unknown = sorted(found - set(used) - ignored)
    if missing:
        message = (
            f"{name}: the columns {', '.join(map(repr, missing))} are missing. If the upstream "
            "renamed them, change extract.py and source.toml of this source."
        )
        raise SourceError(message)
    if unknown:
        message = (
            f"{name}: nobody decided about the columns {', '.join(map(repr, unknown))}. Use them "
            "or add them to the ignored ones in extract.py of this source."
        )
        raise SourceError(message)


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return rows as a CSV file: UTF-8, LF line ends, a header, quotes where needed."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_jsonl(rows: Iterable[Row]) -> bytes:
    """Return rows as JSON lines: UTF-8, LF line ends."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
