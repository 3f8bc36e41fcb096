"""A row in which every field is decided.

A transform takes each field of its row once, by the way that suits it, and closes the row; a
field that nobody decided about is an error of that record.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from ingest.source import Record, Row, Value
from kg.terms import Literal, NamedNode, date, link, when

T = TypeVar("T")


class FieldError(Exception):
    """A field of a record is not what it must be; the record is parked with this text."""


class Fields:
    """The fields of one row of a record, each to be taken once."""

    def __init__(self, record: Record, row: Row | None = None) -> None:
        """Stand before `row`, or before the only row of the record."""
        if row is None:
            if len({repr(one) for one in record.rows}) != 1:
                message = (
                    f"{len(record.rows)} different rows have the key {record.key!r}; "
                    "give each thing a key of its own, or take out all rows but one"
                )
                raise FieldError(message)
            row = record.rows[0]
        self._record = record
        self._row = dict(row)
        self._taken: set[str] = set()

    def _value(self, name: str) -> Value:
        if name not in self._row:
            message = f"field {name!r} is missing"
            raise FieldError(message)
        self._taken.add(name)
        return self._row[name]

    def maybe(self, name: str) -> str | None:
        """Return the text of a field without blanks around it, None where it is empty."""
        value = self._value(name)
        if not isinstance(value, str):
            message = f"field {name!r} holds {type(value).__name__}, not text"
            raise FieldError(message)
        return value.replace("\xa0", " ").replace("\xad", "").strip() or None

    def take(self, name: str) -> str:
        """Return the text of a field that must not be empty."""
        value = self.maybe(name)
        if value is None:
            message = f"field {name!r} is empty, and must not be"
            raise FieldError(message)
        return value

    def texts(self, name: str, separator: str | None = None) -> list[str]:
        """Return the texts of a list field, or of a field cut at `separator`, without empties."""
        value = self._value(name)
        if isinstance(value, str):
            value = list(value.split(separator)) if separator else [value]
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            message = f"field {name!r} is no list of texts"
            raise FieldError(message)
        found = [str(one).replace("\xa0", " ").strip() for one in value]
        return [one for one in found if one]

    def rows(self, name: str) -> Iterator["Fields"]:
        """Yield the nested rows of a field, each to be decided and closed like this one."""
        value = self._value(name)
        nested = value if isinstance(value, list) else [value] if value else []
        for one in nested:
            if not isinstance(one, dict):
                message = f"field {name!r} holds {one!r} where a group of fields is wanted"
                raise FieldError(message)
            yield Fields(self._record, one)

    def one_of(self, name: str, table: Mapping[str, T]) -> T:
        """Return what `table` has for the value; a value it lacks is an error of the record."""
        value = self.maybe(name) or ""
        if value not in table:
            message = f"field {name!r} is {value!r}; allowed are {', '.join(map(repr, table))}"
            raise FieldError(message)
        return table[value]

    def mapped(self, name: str, table: Mapping[str, T]) -> T | None:
        """Return what `table` has for the value, None (and counted as unmapped) if nothing."""
        value = self.maybe(name)
        if value is None:
            return None
        if value not in table:
            self._record.unmapped.append((name, value))
            return None
        return table[value]

    def _read(self, name: str, wanted: str, read: Callable[[str], T]) -> T | None:
        value = self.maybe(name)
        if value is None:
            return None
        try:
            return read(value)
        except (ValueError, InvalidOperation) as error:
            message = f"field {name!r} is {value!r}; wanted is {wanted}"
            raise FieldError(message) from error

    def number(self, name: str) -> int | None:
        """Return a whole number, blanks between thousands allowed; None where empty."""
        return self._read(
            name, "a whole number, such as 90164", lambda value: int(value.replace(" ", ""))
        )

    def decimal(self, name: str, mark: str = ".") -> Decimal | None:
        """Return a decimal number written with this decimal mark; None where empty."""
        return self._read(
            name,
            f"a number, such as 9{mark}43",
            lambda value: Decimal(value.replace(" ", "").replace(mark, ".")),
        )

    def day(self, name: str) -> Literal | None:
        """Return an ISO date as `xsd:date`; None where empty."""
        return self._read(name, "a date such as 2021-07-01", date)

    def when(self, name: str) -> Literal | None:
        """Return a year, month or date; None where empty."""
        return self._read(name, "a year, month or date such as 2021, 2021-07, 2021-07-01", when)

    def link(self, name: str) -> NamedNode | None:
        """Return a web address, blanks percent-encoded; None where empty."""
        return self._read(name, "a web address such as https://example.org/", link)

    def close(self, ignore: frozenset[str] = frozenset()) -> None:
        """Raise `FieldError` if a field was neither taken nor named in `ignore`."""
        left = sorted(set(self._row) - self._taken - ignore)
        if left:
            message = f"nobody decided about the fields {', '.join(map(repr, left))}"
            raise FieldError(message)
