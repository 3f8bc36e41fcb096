"""What stewards decided: a plain table, read in order, in which the later row counts.

    verdict    same, different, unsure; revoked (takes all earlier rows of the question back),
               undone (takes back the last earlier row that says the same)
    what       name: does this published name mean the thing?  thing: are the two things one?
    source     slug of the source that published the name; empty: whoever published it
    published  the name as published
    thing      `<kind>/<key>` of the thing, `lotse:theme-…` of a theme; of two, the one to speak of
    other      the other of two things
    author     the role that decided, never a person's name
    date       the day of the decision
    reason     why, in a sentence

The shipped table comes first, then `<data>/judgements.csv` of the deployment.
"""

import csv
import datetime
import fcntl
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, TypeAlias

from ingest.readers import csv_rows
from kg.errors import SourceError
from kg.iri import digest, kind_and_key, mint
from kg.namespaces import VOCABULARY
from kg.readings import folded
from kg.store import Graph
from kg.terms import LOTSE, PROV, RDF, SKOS, NamedNode, Triple, moment, text

SHIPPED: Final = Path(__file__).parent / "judgements.csv"
VERDICTS: Final = ("same", "different", "unsure", "revoked", "undone")
COLUMNS: Final = (
    "verdict", "what", "source", "published", "thing", "other", "author", "date", "reason",
)  # fmt: skip
_CURIE: Final = "lotse:"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One row of the table."""

    verdict: str
    what: str
    source: str
    published: str
    thing: str
    other: str
    author: str
    date: str
    reason: str
    where: str = ""
    """File and row, for messages."""

    def __str__(self) -> str:
        """Return the decision in one line."""
        subject = f"“{self.published}”" if self.what == "name" else self.other
        place = f" in {self.source}" if self.source else ""
        return f"{self.where}: {self.verdict} {subject}{place} {self.thing}".rstrip()

    def speaks_of(self, source: str, published: str) -> bool:
        """Tell whether it is about this name in this source."""
        return (
            self.what == "name"
            and self.source in {"", source}
            and folded(self.published) == folded(published)
        )

    def question(self) -> tuple[str, ...]:
        """Return what it is about: the same for rows that answer one question alike."""
        return (self.what, self.source, folded(self.published), self.thing, self.other)


Judgements: TypeAlias = Sequence[Judgement]
"""Judgements in the order in which they count."""


def thing_iri(short: str) -> NamedNode:
    """Return the IRI of a thing as the table writes it; `ValueError` if it is none."""
    if short.startswith(_CURIE):
        return LOTSE[short.removeprefix(_CURIE)]
    kind, slash, key = short.partition("/")
    if not slash:
        message = f"{short!r} is no thing; write it as kind/key, such as jurisdiction/110000000000"
        raise ValueError(message)
    return mint(kind, key)


def exists(graph: Graph, short: str) -> bool:
    """Tell whether a release holds the thing that the table writes so."""
    return next(graph.quads(thing_iri(short)), None) is not None


def short_of(thing: NamedNode) -> str:
    """Return a thing as the table writes it: `kind/key`, or `lotse:` and a term's name."""
    found = kind_and_key(thing.value)
    if found is not None:
        return "/".join(found)
    if thing.value.startswith(VOCABULARY):
        return _CURIE + thing.value.removeprefix(VOCABULARY)
    message = f"{thing.value} is none of our things"
    raise ValueError(message)


def counting(rows: Judgements) -> list[Judgement]:
    """Return the rows that count, in their order; none that was undone, nor what undid it."""
    kept: list[Judgement] = []
    for row in rows:
        if row.verdict != "undone":
            kept.append(row)
            continue
        question = row.question()
        at = max((n for n, one in enumerate(kept) if one.question() == question), default=None)
        if at is not None:
            del kept[at]
    return kept


def activity(row: Judgement) -> NamedNode:
    """Return the IRI of the decision itself."""
    said = (row.verdict, *row.question(), row.author, row.date, row.reason)
    return mint("judgement", digest(*said))


def activities(rows: Judgements, graph: Graph) -> Iterator[Triple]:
    """Yield of each row, whether it counts or not, what was decided, by which office and when.

    Only the day is known; PROV wants a moment, so it is the one at which the day begins in UTC.
    """
    for row in rows:
        node, agent = activity(row), mint("agent", row.author)
        yield Triple(node, RDF.type, LOTSE.Judgement)
        yield Triple(node, RDF.type, PROV.Activity)
        yield Triple(node, LOTSE.verdict, text(row.verdict))
        yield Triple(node, LOTSE.published, text(row.published or row.other))
        for thing in filter(None, (row.thing, row.other)):
            if exists(graph, thing):
                yield Triple(node, PROV.used, thing_iri(thing))
        yield Triple(node, LOTSE.reason, text(row.reason))
        yield Triple(node, PROV.endedAtTime, moment(f"{row.date}T00:00:00Z"))
        yield Triple(node, PROV.wasAssociatedWith, agent)
        yield Triple(agent, RDF.type, PROV.Agent)
        yield Triple(agent, SKOS.prefLabel, text(row.author, "de"))


def own_table(data: Path) -> Path:
    """Return where a deployment keeps its judgements."""
    return data / "judgements.csv"


def load(data: Path | None = None) -> Judgements:
    """Return the shipped judgements, then those of the deployment, in the order of the rows."""
    found = read_table(SHIPPED)
    if data is not None and own_table(data).is_file():
        found += read_table(own_table(data))
    return found


def read_table(path: Path) -> list[Judgement]:
    """Return the judgements of a table; `SourceError` says which row cannot be read and why."""
    rows = csv_rows(path.name, path.read_bytes(), COLUMNS)
    return [
        checked(
            Judgement(
                **{column: str(row[column]).strip() for column in COLUMNS},
                where=f"{path.name}, row {number}",
            )
        )
        for number, row in enumerate(rows, start=2)
    ]


def checked(one: Judgement) -> Judgement:
    """Return the judgement as it is; `SourceError` if its fields do not make one."""
    problem = _problem(one)
    if problem is not None:
        message = f"{one.where}: {problem}"
        raise SourceError(message)
    return one


def _problem(one: Judgement) -> str | None:
    """Return the first thing that is wrong with a row, None where nothing is."""
    wrong = {
        f"verdict {one.verdict!r} is none of {', '.join(VERDICTS)}": one.verdict not in VERDICTS,
        f"what {one.what!r} is neither 'name' nor 'thing'": one.what not in {"name", "thing"},
        "author (a role) and reason must not be empty": not (one.author and one.reason),
        "a judgement of a name needs `published` and no `other`": (
            one.what == "name" and (not one.published or bool(one.other))
        ),
        "a judgement of two things needs `other`, no `published` and no `source`": (
            one.what == "thing" and (not one.other or bool(one.published or one.source))
        ),
        f"verdict {one.verdict!r} of a {one.what} needs a `thing`": (
            not one.thing and (one.what == "thing" or one.verdict in {"same", "different"})
        ),
        "a thing is always the same as itself": bool(one.thing) and one.thing == one.other,
    }
    found = next((text for text, holds in wrong.items() if holds), None)
    return found or _unreadable(one)


def _unreadable(one: Judgement) -> str | None:
    try:
        datetime.date.fromisoformat(one.date)
        for short in filter(None, (one.thing, one.other)):
            thing_iri(short)
    except ValueError as error:
        return str(error)
    return None


def as_table(found: Iterable[Judgement]) -> bytes:
    """Return judgements as the CSV text that `read_table` reads."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(asdict(one) for one in found)
    return out.getvalue().encode()


def _on_one_line(one: Judgement) -> Judgement:
    """Return the judgement with single blanks for line breaks and the like."""
    return Judgement(**{name: " ".join(value.split()) for name, value in asdict(one).items()})


def append(data: Path, new: Sequence[Judgement]) -> Path:
    """Add judgements to the deployment's table in one step; returns the table's path.

    Writers wait for each other; whoever is interrupted leaves the table as it was.
    """
    added = [checked(_on_one_line(one)) for one in new]
    data.mkdir(parents=True, exist_ok=True)
    table = own_table(data)
    with (data / ".judgements.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = read_table(table) if table.is_file() else []
        beside = data / f".judgements-{os.getpid()}.csv"
        with beside.open("wb") as out:
            out.write(as_table([*kept, *added]))
            out.flush()
            os.fsync(out.fileno())
        beside.replace(table)
    return table
