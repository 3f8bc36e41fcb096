"""What the judgements say about one name, and which things they make one."""

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.judgements import Judgement, Judgements, counting, exists, thing_iri
from kg.readings import folded
from kg.store import Graph
from kg.terms import NamedNode


@dataclass(frozen=True, slots=True)
class Opinion:
    """What stewards hold of one name in one source, after all rows."""

    same: NamedNode | None
    different: frozenset[NamedNode]
    unsure: tuple[NamedNode, ...]
    last: Judgement
    """The row that counts, whose author, date and reason are shown."""


class Verdicts:
    """All judgements, ready to be asked; remembers which of them were used."""

    def __init__(self, rows: Judgements, graph: Graph) -> None:
        """Sort the rows by name; those that speak of a thing that is not there are set aside."""
        self.problems: list[str] = []
        self._used: set[Judgement] = set()
        self._by_name: dict[str, list[Judgement]] = {}
        self._pairs: dict[frozenset[str], Judgement] = {}
        for row in counting(rows):
            gone = [one for one in (row.thing, row.other) if one and not exists(graph, one)]
            if gone:
                self.problems.append(f"{row}: there is no {' and no '.join(gone)} in this release")
            elif row.what == "name":
                self._by_name.setdefault(folded(row.published), []).append(row)
            else:
                self._pairs[frozenset({row.thing, row.other})] = row

    def of_name(self, source: str, published: str) -> Opinion | None:
        """Return what counts for this name in this source, None where nobody decided."""
        rows = [
            row
            for row in self._by_name.get(folded(published), ())
            if row.speaks_of(source, published)
        ]
        self._used.update(rows)
        same: Judgement | None = None
        others: dict[str, Judgement] = {}
        for row in rows:
            if row.verdict == "same":
                same = row
                others.pop(row.thing, None)
                others = {thing: one for thing, one in others.items() if one.verdict != "unsure"}
                continue
            if same is not None and (row.thing in {"", same.thing} or row.verdict == "unsure"):
                same = None
            if row.verdict != "revoked":
                others[row.thing] = row
            elif row.thing:
                others.pop(row.thing, None)
            else:
                others.clear()
        return _opinion(same, others)

    def pairs(self) -> Mapping[NamedNode, tuple[NamedNode, Judgement]]:
        """Return for each thing that is another one the thing to speak of, and who decided so.

        Chains are followed to their end; a row that would close a circle is a problem.
        """
        found: dict[NamedNode, tuple[NamedNode, Judgement]] = {}
        for row in self._pairs.values():
            if row.verdict != "same":
                continue
            other, preferred = thing_iri(row.other), _end(found, thing_iri(row.thing))
            if other == preferred or other in found:
                self.problems.append(f"{row}: contradicts an earlier row; revoke that one first")
            else:
                found[other] = (preferred, row)
        return {other: (_end(found, preferred), row) for other, (preferred, row) in found.items()}

    def unused(self) -> list[str]:
        """Return the judgements whose name nobody published."""
        return [
            f"{row}: nobody published this name"
            for rows in self._by_name.values()
            for row in rows
            if row not in self._used
        ]


def _opinion(same: Judgement | None, others: Mapping[str, Judgement]) -> Opinion | None:
    shown = same or next(reversed(list(others.values())), None)
    if shown is None:
        return None
    return Opinion(
        same=thing_iri(same.thing) if same is not None else None,
        different=frozenset(
            thing_iri(thing) for thing, row in others.items() if row.verdict == "different"
        ),
        unsure=tuple(
            thing_iri(thing) for thing, row in others.items() if row.verdict == "unsure" and thing
        ),
        last=shown,
    )


def _end(found: Mapping[NamedNode, tuple[NamedNode, Judgement]], thing: NamedNode) -> NamedNode:
    while thing in found:
        thing = found[thing][0]
    return thing
