"""From a question to SPARQL: ten steps, each a file `steps/NN-….rq` that runs as it stands."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from kg.questions import Query, Term
from kg.shapes import compact
from kg.store import Graph
from kg.terms import NamedNode

FOLDER: Final = Path(__file__).parent / "steps"
_FIRST: Final = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as the page shows it: its text, and its IRI where it has one."""

    text: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a step finds in a release: how many rows, and the first of them."""

    total: int
    rows: tuple[tuple[Cell | None, ...], ...]


@lru_cache(maxsize=1)
def steps() -> tuple[Query, ...]:
    """Return the steps in their order."""
    return tuple(Query.load(path.stem, FOLDER) for path in sorted(FOLDER.glob("*.rq")))


def written(step: Query) -> str:
    """Return the query of a step without the lines that name it."""
    return "\n".join(line for line in step.text.splitlines() if not line.startswith("# "))


@lru_cache(maxsize=2)
def found(graph: Graph) -> tuple[Found, ...]:
    """Return what every step finds; releases never change, so each is asked once."""
    answers = [graph.select(step) for step in steps()]
    return tuple(
        Found(len(rows), tuple(tuple(_cell(one) for one in row) for row in rows[:_FIRST]))
        for rows in answers
    )


def columns(step: Query) -> list[str]:
    """Return the columns of a step, as its SELECT names them."""
    select = step.text.partition("SELECT")[2].partition("WHERE")[0]
    words = select.replace("(", " ").replace(")", " ").split()
    counted = {words[at - 1] for at, word in enumerate(words) if word == "AS"}
    return [word[1:] for word in words if word.startswith("?") and word not in counted]


def _cell(term: Term | None) -> Cell | None:
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return Cell(compact(term.value).strip("<>"), term.value)
    return Cell(term.value)
