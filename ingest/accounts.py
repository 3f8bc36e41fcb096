"""What became of published names, group by group, and which of it a change leaves standing.

A group is the names that stand beside each other: of one activity, else of one subject. What they
became rests on four things, and is taken over where none of them changed:

- what is said of the names, and what stewards hold of them: its hash is kept;
- which things count as one: part of that hash;
- the register of places: where a statement about a place came or went, nothing is taken over;
- the labels of organisations and themes, and single things: what was asked for is kept, found or
  not; a statement that came or went says what would be answered otherwise.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ingest.judgements import Judgement, Judgements, thing_iri
from ingest.mentions import SAID, Mention
from ingest.verdicts import Opinion, Verdicts
from kg import nquads
from kg.iri import digest
from kg.labels import PROPERTIES as LABELS
from kg.labels import VALIDITY, keys
from kg.register import HOME
from kg.register import PROPERTIES as OF_PLACES
from kg.store import Graph
from kg.terms import LOTSE, RDF, WGS, Literal, NamedNode, Triple

_SINGLE: Final = frozenset({RDF.type, WGS.lat, WGS.long})


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the names of one group."""

    of: str
    """A hash of what is said of the names, and of what stewards decided."""
    asked: tuple[str, ...]
    """The labels and things that were asked for, as the tables write them."""
    outcomes: tuple[tuple[str, str, str], ...]
    """Of each name its source, its role and its outcome."""
    lines: bytes
    """N-Quads."""

    def said(self) -> list[Any]:
        """Return all but the lines, for JSON."""
        return [self.of, self.asked, self.outcomes]


def read(said: Iterable[Any], lines: bytes) -> Account:
    """Return the account that was written so."""
    of, asked, outcomes = said
    return Account(of, tuple(asked), tuple((a, b, c) for a, b, c in outcomes), lines)


def grouped(mentions: Iterable[Mention]) -> Mapping[NamedNode, list[Mention]]:
    """Return the names by what they stand beside each other in."""
    found: dict[NamedNode, list[Mention]] = defaultdict(list)
    for one in mentions:
        found[one.group].append(one)
    return found


def told(
    mentions: Iterable[Mention],
    verdicts: Verdicts,
    joined: str,
) -> str:
    """Return a hash of what is said of these names and decided about them.

    `joined` stands for the things that count as one.
    """
    each = (
        f"{one.source}\0{one.subject.value}\0{one.role.name}\0{one.published}\0{one.key}\0"
        f"{sorted(one.levels)}\0{one.day}\0{one.land}\0{one.website}\0{one.domain}\0"
        f"{_decided(verdicts.of_name(one.source, one.published))}"
        for one in mentions
    )
    return digest(joined, *sorted(each))


def _decided(opinion: Opinion | None) -> str:
    if opinion is None:
        return ""
    different = sorted(one.value for one in opinion.different)
    return f"{opinion.same}\0{different}\0{opinion.unsure}\0{opinion.last!r}"


def pairs_of(pairs: Mapping[NamedNode, tuple[NamedNode, Judgement]]) -> str:
    """Return what stands for the things that count as one."""
    return digest(*sorted(f"{other.value} {one.value}" for other, (one, _) in pairs.items()))


def standing(
    accounts: Mapping[str, Account], changed: bytes, graph: Graph
) -> Mapping[str, Account]:
    """Return the accounts that rest on nothing that changed but what is said of their own names.

    `changed` are the statements that came and went since; `graph` holds those that are there now.
    """
    moved: set[str] = set()
    for one in nquads.triples(changed):
        if _of_places(one):
            return {}
        moved.update(_moved(one, graph))
    return {group: one for group, one in accounts.items() if moved.isdisjoint(one.asked)}


def says_the_same(changed: bytes, judgements: Judgements) -> bool:
    """Return whether these changes leave all published names, and all that is judged, as it was."""
    judged = {thing_iri(short) for row in judgements for short in (row.thing, row.other) if short}
    return not any(
        one.predicate in SAID or one.subject in judged for one in nquads.triples(changed)
    )


def _of_places(one: Triple) -> bool:
    at_home = isinstance(one.subject, NamedNode) and one.subject.value.startswith(HOME)
    return one.predicate == LOTSE.scheme or (at_home and one.predicate in OF_PLACES)


def _moved(one: Triple, graph: Graph) -> Iterator[str]:
    """Yield what would be answered otherwise because this came or went."""
    if not isinstance(one.subject, NamedNode):
        return
    if one.predicate in LABELS and isinstance(one.object, Literal):
        yield from keys(one.object.value)
    elif one.predicate in VALIDITY:
        for label in LABELS:
            for quad in graph.quads(one.subject, label):
                if isinstance(quad.object, Literal):
                    yield from keys(quad.object.value)
    elif one.predicate in _SINGLE:
        yield one.subject.value
