"""Counts bytes and rows of a result while the engine writes it, and stops it at the limits.

The engine writes results natively and does not say how many rows there were; they are counted
in what it wrote, format by format, exactly.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from kg.errors import LimitError

_MIB: Final = 1024 * 1024
IN_MEMORY: Final = 256 * 1024
"""Bytes up to which a result needs no file."""


@dataclass(frozen=True, slots=True)
class Marks:
    """How rows show in a format: bytes that begin or end one, outside quotes if there are any.

    `cut` is a byte after which a block may end without parting a mark or an escape.
    """

    rows: tuple[bytes, ...]
    cut: bytes
    quoted: bool = False
    escapes: tuple[bytes, ...] = ()
    head: int = 0


MARKS: Final = {
    "application/sparql-results+json": Marks(
        (b",{", b"[{"), b"}", quoted=True, escapes=(b"\\\\", b'\\"')
    ),
    "application/sparql-results+xml": Marks((b"<result>",), b">"),
    "text/csv": Marks((b"\r\n",), b"\n", quoted=True, head=1),
    "text/tab-separated-values": Marks((b"\n",), b"\n", head=1),
}


@dataclass(slots=True)
class Spool:
    """A result that knows its limits, in memory and, once it is long, in a file.

    `marks` is None where somebody else counts the rows.
    """

    path: Path
    most_mib: float
    most_rows: int
    marks: Marks | None = None
    size: int = 0
    memory: bytearray = field(default_factory=bytearray)
    file: BinaryIO | None = None
    _found: int = 0
    _inside: bool = False
    _rest: list[bytes] = field(default_factory=list)

    def write(self, block: bytes) -> int:
        """Write a block; `LimitError` once the result is too large or has too many rows."""
        self.size += len(block)
        if self.size > self.most_mib * _MIB:
            raise LimitError("size", self.most_mib)
        self._count(block)
        if self.rows > self.most_rows:
            raise LimitError("rows", self.most_rows)
        if self.file is None and self.size <= IN_MEMORY:
            self.memory += block
            return len(block)
        if self.file is None:
            self.file = self.path.open("wb")
            self.file.write(self.memory)
        return self.file.write(block)

    def flush(self) -> None:
        """Do nothing: a result is handed over at its end."""

    def close(self) -> None:
        """Hand the file, if there is one, to the system."""
        if self.file is not None:
            self.file.close()

    @property
    def rows(self) -> int:
        """Return the rows that were complete up to now."""
        return max(0, self._found - (self.marks.head if self.marks is not None else 0))

    def _count(self, block: bytes) -> None:
        marks = self.marks
        if marks is None:
            return
        whole, cut, rest = block.rpartition(marks.cut)
        if not cut:
            self._rest.append(block)
            return
        text = b"".join([*self._rest, whole, cut])
        self._rest = [rest]
        if marks.quoted:
            text = self._outside_quotes(text, marks)
        self._found += sum(text.count(mark) for mark in marks.rows)

    def _outside_quotes(self, text: bytes, marks: Marks) -> bytes:
        for escape in marks.escapes:
            text = text.replace(escape, b"")
        parts = text.split(b'"')
        outside = parts[1 if self._inside else 0 :: 2]
        self._inside ^= len(parts) % 2 == 0
        return b"".join(outside)
