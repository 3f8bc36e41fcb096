"""What can go wrong, said for the person who must mend it. No status codes here."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.personal import without_contacts


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A thing that may have been meant."""

    iri: str
    kind: str
    label: str


class LotseError(Exception):
    """Anything that we foresee; its text says what, where and how to mend it."""


class SourceError(LotseError):
    """A source's file or description cannot be used; the release is refused."""

    def __str__(self) -> str:
        """Say what is wrong, without mail addresses and telephone numbers of the file."""
        return without_contacts(super().__str__())


class RefusedError(LotseError):
    """A build came to its end and must not be published; the old release stays."""


class BusyError(LotseError):
    """Another build holds the data directory."""


class NoReleaseError(LotseError):
    """There is no release to answer from."""


@dataclass
class NotFoundError(LotseError):
    """Nothing is called so."""

    asked: str
    kind: str = "thing"
    suggestions: Sequence[Suggestion] = field(default_factory=tuple)

    def __str__(self) -> str:
        """Say what was asked for, and what may have been meant."""
        near = ", ".join(one.label for one in self.suggestions[:5])
        return f"We hold no {self.kind} called “{self.asked}”." + (
            f" Did you mean: {near}?" if near else ""
        )


@dataclass
class GoneError(LotseError):
    """There was something of this name once, and it is gone for good."""

    asked: str
    release: str
    """The release that had it last."""
    published: str

    def __str__(self) -> str:
        """Say what was asked for, and until when there was something."""
        return (
            f"We spoke of <{self.asked}> until the release {self.release} "
            f"({self.published[:10]}); since then no source does."
        )


@dataclass
class PrunedError(LotseError):
    """The release that is asked for is no longer kept."""

    release: str
    published: str

    def __str__(self) -> str:
        """Say when it was published, and what there is instead."""
        return (
            f"The release {self.release}, published {self.published[:10]}, is no longer kept. "
            "A date in Accept-Datetime leads to the nearest one that is."
        )


@dataclass
class AmbiguousError(LotseError):
    """Several things are called so."""

    asked: str
    kind: str
    candidates: Sequence[Suggestion]

    def __str__(self) -> str:
        """Say what was asked for and between which things it does not decide."""
        return (
            f"“{self.asked}” names {len(self.candidates)} things. Give the key or the IRI of one: "
            + ", ".join(f"{one.label} ({one.iri})" for one in self.candidates[:8])
        )


class BadQueryError(LotseError):
    """The query cannot be read, or asks for what is not allowed here."""


@dataclass
class LimitError(LotseError):
    """A query met a published limit and was ended; nothing of its result is shown."""

    limit: str
    value: float

    def __str__(self) -> str:
        """Say which limit it was, and the ways out."""
        return {
            "time": f"The query ran longer than {self.value:g} s and was ended.",
            "memory": f"The query needed more than {self.value:g} MiB of memory and was ended.",
            "rows": f"The result has more than {self.value:g} rows.",
            "size": f"The result is larger than {self.value:g} MiB.",
        }[self.limit] + " Ask for less with LIMIT and OFFSET, or take the whole graph from /dumps/."


@dataclass
class UnreadableError(LotseError):
    """What was handed in cannot be read as RDF, or asks for what is not done here."""

    problem: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """Say what cannot be read, and where."""
        if self.line is None:
            return self.problem
        at = f"line {self.line}" + ("" if self.column is None else f", column {self.column}")
        return f"{at}: {self.problem}"


class FaultyShapesError(LotseError):
    """The shapes themselves are wrong; nothing can be judged with them."""


class DisagreementError(LotseError):
    """The engine that screens and the arbiter say different things; there is no report."""
