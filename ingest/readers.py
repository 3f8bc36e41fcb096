"""Files → records, strictly: what a file holds more, less or twice is said, never guessed.

Every scalar is read as a string, so that keys keep their zeros, `no` stays Norway and a number
is a number only where a transform says so.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ingest.source import ExtractFile, Record, RecordRule, Row, Source, Value
from kg.errors import SourceError


def decode(name: str, content: bytes) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = (
            f"{name}: byte {error.start} is not UTF-8. Save the file as UTF-8; if it is ISO 8859-1 "
            "or Windows-1252, convert it."
        )
        raise SourceError(message) from error


def csv_rows(
    name: str, content: bytes, columns: Sequence[str] | None, delimiter: str = ","
) -> list[Row]:
    """Return the rows of a CSV file; `columns` are the ones it must have, no more, no fewer."""
    reader = csv.reader(
        io.StringIO(decode(name, content), newline=""), delimiter=delimiter, strict=True
    )
    try:
        table = list(reader)
    except csv.Error as error:
        message = f"{name}, line {reader.line_num}: {error}. The file may have been cut short."
        raise SourceError(message) from error
    if not table:
        message = f"{name} is empty; it must at least have a header line."
        raise SourceError(message)
    header = [cell.strip() for cell in table[0]]
    _check_header(name, header, columns)
    rows: list[Row] = []
    for number, cells in enumerate(table[1:], start=2):
        if not cells:
            continue
        if len(cells) != len(header):
            message = (
                f"{name}, row {number}: {len(cells)} fields where the header has {len(header)}. "
                "The file may have been cut short, or a text lacks its quotes."
            )
            raise SourceError(message)
        rows.append(dict(zip(header, cells, strict=True)))
    if content and not content.endswith(b"\n"):
        message = (
            f"{name} ends in the middle of line {len(table)}: no line end. It seems to have been "
            "cut short; fetch it again."
        )
        raise SourceError(message)
    return rows


def _check_header(name: str, header: Sequence[str], columns: Sequence[str] | None) -> None:
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        message = f"{name}: the columns {', '.join(map(repr, twice))} stand in the header twice."
        raise SourceError(message)
    if columns is None:
        return
    missing = [column for column in columns if column not in header]
    unknown = [column for column in header if column not in columns]
    if missing or unknown:
        message = (
            f"{name}: the columns are not those of source.toml"
            + (f"; missing: {', '.join(map(repr, missing))}" if missing else "")
            + (f"; unknown: {', '.join(map(repr, unknown))}" if unknown else "")
            + ". Run `make extracts`, or decide about the column in extract.py."
        )
        raise SourceError(message)


def json_value(name: str, content: str, where: str = "") -> Value:
    """Return a JSON text with every scalar as a string."""
    try:
        return _as_text(json.loads(content, parse_int=str, parse_float=str))
    except json.JSONDecodeError as error:
        message = (
            f"{name}{where}: no valid JSON at line {error.lineno}, column {error.colno}: "
            f"{error.msg}. The file may have been cut short."
        )
        raise SourceError(message) from error


def yaml_value(name: str, content: bytes) -> Value:
    """Return a YAML text with every scalar as a string (`no` is `"no"`, not false)."""
    try:
        return _as_text(YAML(typ="base", pure=True).load(decode(name, content)))
    except YAMLError as error:
        said = " ".join(str(error).split())
        message = f"{name}: no valid YAML: {said}"
        raise SourceError(message) from error


def _as_text(value: object) -> Value:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case list():
            return [_as_text(one) for one in value]
        case dict():
            return {str(key): _as_text(one) for key, one in value.items()}
        case _:
            return str(value)


def jsonl_rows(name: str, content: bytes, columns: Sequence[str] | None) -> list[Row]:
    """Return the objects of a JSON-lines file; `columns` are all names that may occur."""
    rows: list[Row] = []
    for number, line in enumerate(decode(name, content).splitlines(), start=1):
        if not line.strip():
            continue
        row = json_value(name, line, f", line {number}")
        if not isinstance(row, dict):
            message = f"{name}, line {number}: not an object in braces."
            raise SourceError(message)
        unknown = sorted(set(row) - set(columns or row))
        if unknown:
            message = (
                f"{name}, line {number}: nobody decided about {', '.join(map(repr, unknown))}; "
                "see extract.py of this source."
            )
            raise SourceError(message)
        rows.append(row if columns is None else {name: row.get(name, "") for name in columns})
    return rows


_READERS: Mapping[str, Callable[[str, bytes, Sequence[str]], list[Row]]] = {
    "csv": csv_rows,
    "jsonl": jsonl_rows,
}


def rows_of(extract: ExtractFile, content: bytes) -> list[Row]:
    """Return the rows of an extract file (`csv` or `jsonl`)."""
    return _READERS[extract.format](extract.file, content, extract.columns)


def records(source: Source, files: Mapping[str, bytes]) -> Iterator[Record]:
    """Yield the records of a source's extract files, grouped by key, in the order of the keys."""
    rows = {extract.file: rows_of(extract, files[extract.file]) for extract in source.extracts}
    seen: dict[str, str] = {}
    for rule in source.records:
        for key, group in sorted(_grouped(source, rule, rows[rule.file]).items()):
            if key in seen:
                message = (
                    f"{source.slug}: the key {key!r} stands for a {seen[key]} and a {rule.kind}; "
                    "let `record_key` put the kind before one of them."
                )
                raise SourceError(message)
            seen[key] = rule.kind
            yield Record(source.slug, rule.kind, key, tuple(group))


def _grouped(source: Source, rule: RecordRule, rows: Sequence[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for number, row in enumerate(rows, start=2):
        key = _key(source, rule, row, number)
        if key is not None:
            grouped.setdefault(key, []).append(row)
    return grouped


def _key(source: Source, rule: RecordRule, row: Row, number: int) -> str | None:
    if not rule.key:
        if source.record_key is None:
            message = f"{source.slug}: {rule.kind} has neither `key` in source.toml nor record_key."
            raise SourceError(message)
        return source.record_key(rule.kind, row)
    parts = [cast("str", row[column]).strip() for column in rule.key]
    if not all(parts):
        message = (
            f"{source.slug}/{rule.file}, row {number}: the key ({', '.join(rule.key)}) has an "
            "empty part; every record needs one."
        )
        raise SourceError(message)
    return "-".join(parts)
