"""What every answer is made of: parameters as understood, rows with evidence, a total, a page."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, Literal, TypeVar

from kg.errors import BadQueryError
from kg.things import Thing

LIMIT: Final = 25
MOST: Final = 1000
Item = TypeVar("Item")
Row_co = TypeVar("Row_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who says so: one statement of one source."""

    source: str
    title: str
    graph: str
    record: str
    """The upstream page of the record, or our own page of it where the source has none."""
    retrieved: str | None
    licence: str | None
    published: str | None = None
    """The name as this statement has it, where a name had to be found."""
    node: str | None = None
    """The IRI of what the statement is kept as."""


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows there are in all; `gte` where counting ended early."""

    value: int
    relation: Literal["eq", "gte"] = "eq"


@dataclass(frozen=True, slots=True)
class Answer(Generic[Row_co]):
    """An answer: the question as understood, and a page of its rows."""

    question: str
    parameters: Mapping[str, Thing | str]
    total: Total
    rows: tuple[Row_co, ...]
    release: str = ""
    next: str | None = None
    query: str = ""
    """The name of the saved question behind it."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """What this question has beside rows, such as `claim`."""

    @property
    def alternatives(self) -> tuple[Thing, ...]:
        """Return what else the parameters' names could have meant."""
        return tuple(
            other for one in self.parameters.values() if isinstance(one, Thing)
            for other in one.alternatives
        )  # fmt: skip

    def of_release(self, release: str) -> "Answer[Row_co]":
        """Return the same answer, saying which release it was read from."""
        return replace(self, release=release)


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a fixed order of rows is asked for."""

    limit: int = LIMIT
    offset: int = 0

    @classmethod
    def of(cls, limit: int = LIMIT, cursor: str | None = None) -> "Page":
        """Return the page of a limit and of the `next` of an answer before."""
        if not 1 <= limit <= MOST:
            message = f"limit is {limit}; it must lie between 1 and {MOST}"
            raise BadQueryError(message)
        if cursor is None or cursor == "":
            return cls(limit)
        try:
            written = base64.b64decode(cursor.encode("ascii"), altchars=b"-_", validate=True)
            offset = int(written.decode("ascii").removeprefix("o"))
        except (ValueError, binascii.Error, UnicodeError) as error:
            message = "cursor is none of ours; take `next` of the answer before, or leave it out"
            raise BadQueryError(message) from error
        return cls(limit, max(offset, 0))

    def cut(self, items: Sequence[Item]) -> list[Item]:
        """Return the items of this page."""
        return list(items[self.offset : self.offset + self.limit])

    def after(self, total: int) -> str | None:
        """Return the cursor of the next page, None where this is the last one."""
        end = self.offset + self.limit
        if end >= total:
            return None
        return base64.urlsafe_b64encode(f"o{end}".encode("ascii")).decode("ascii")
