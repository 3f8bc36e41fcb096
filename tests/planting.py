"""Copies of upstream files in which an invented person stands in one column."""

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator
from typing import Any, Final
from xml.etree import ElementTree

from ruamel.yaml import YAML

NAME: Final = "Erika Mustermann-Erfunden"
MAIL: Final = "erika.erfunden@example.org"
PHONE: Final = "0800 0000000"
PERSON: Final = f"{NAME}, {MAIL}, Tel. {PHONE}"
_ROWS: Final = 400
"""So many rows of a table are copied; all other files whole."""
_SENTENCE: Final = 9
csv.field_size_limit(10_000_000)


def columns(name: str, content: bytes) -> list[str]:
    """Return the columns of a file in which a text stands somewhere."""
    held = {one for row in _rows(name, content)[1] for one in row if _holds(row[one])}
    return sorted(held)


def speaks(name: str, content: bytes, column: str) -> bool:
    """Tell whether sentences stand in a column: one in fifty of its texts has nine words."""
    lengths = [n for row in _rows(name, content)[1] for n in _words(row.get(column, ""))]
    return sum(n >= _SENTENCE for n in lengths) * 50 >= max(len(lengths), 1)


def _words(value: Any) -> Iterator[int]:  # noqa: ANN401 (what a file may hold)
    if isinstance(value, str):
        yield len(value.split())
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _words(one)


def planted(name: str, content: bytes, column: str) -> bytes:
    """Return a copy of a file in which each text of a column is followed by the person."""
    write, rows = _rows(name, content)
    for row in rows:
        if column in row:
            row[column] = _with_person(row[column])
    return write(rows)


def _with_person(value: Any) -> Any:  # noqa: ANN401 (what a file may hold)
    if isinstance(value, str):
        return f"{value} {PERSON}".strip()
    if isinstance(value, list):
        return [_with_person(one) for one in value]
    if isinstance(value, dict):
        return {name: _with_person(one) for name, one in value.items()}
    return value


def _holds(value: Any) -> bool:  # noqa: ANN401 (what a file may hold)
    return _with_person(value) != value


def _rows(  # noqa: PLR0911 (a return a format)
    name: str, content: bytes
) -> tuple[Callable[[list[Any]], bytes], list[dict[str, Any]]]:
    """Return the rows of a file, and how they are written back."""
    if name.endswith(".gz"):
        write, rows = _rows(name.removesuffix(".gz"), gzip.decompress(content))
        return lambda changed: gzip.compress(write(changed), mtime=0), rows
    text = content.decode("utf-8-sig")
    if name.endswith(".rdf"):
        return _elements(text)
    if name.endswith(".csv"):
        head = text.partition("\n")[0]
        delimiter = max(",;\t|", key=head.count)
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        fields = list(reader.fieldnames or ())
        some = [row for row, _ in zip(reader, range(_ROWS), strict=False)]
        return lambda rows: _csv(fields, rows, delimiter), some
    if name.endswith(".jsonl"):
        return _lines, [json.loads(line) for line in text.splitlines() if line.strip()]
    if name.endswith(".yml"):
        whole = YAML(typ="safe").load(text)
        return lambda rows: _yaml(rows[0]), [whole]
    whole = json.loads(text)
    if isinstance(whole, list):
        return lambda rows: json.dumps(rows, ensure_ascii=False).encode(), whole
    lists = {key: value for key, value in whole.items() if isinstance(value, list)}
    if len(lists) > 1:
        return lambda rows: json.dumps(rows[0], ensure_ascii=False).encode(), [whole]
    ((key, held),) = lists.items()
    return lambda rows: json.dumps({**whole, key: rows}, ensure_ascii=False).encode(), held


def _elements(text: str) -> tuple[Callable[[list[Any]], bytes], list[dict[str, Any]]]:
    """Return the texts of an XML file, a row for each element that has one."""
    root = ElementTree.fromstring(text)  # noqa: S314 (a file of ours to read, no one else's)
    held = [one for one in root.iter() if one.text and one.text.strip()]

    def write(rows: list[dict[str, Any]]) -> bytes:
        for element, row in zip(held, rows, strict=True):
            element.text = row[element.tag]
        return ElementTree.tostring(root)

    return write, [{one.tag: one.text} for one in held]


def _csv(fields: list[str], rows: list[dict[str, Any]], delimiter: str) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, fields, delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _lines(rows: list[Any]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _yaml(value: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    YAML(typ="safe").dump(value, out)
    return out.getvalue()
