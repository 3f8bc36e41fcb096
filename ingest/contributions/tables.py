"""A table by our template → who uses which solution; a row that cannot stand is told by its number.

The template lies where the service offers it for download: `api/static/beitrag-nutzung.csv`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from ingest.contributions.things import Fault, Statements
from ingest.readers import csv_rows
from ingest.source import Row
from kg.errors import SourceError, UnreadableError
from kg.iri import digest, mint
from kg.namespaces import ID
from kg.terms import FOAF, LOTSE, RDF, SKOS, Literal, NamedNode, Triple, link, text, when

REQUIRED: Final = ("solution", "adopter", "status")
COLUMNS: Final = (
    "solution", "solution_kind", "solution_homepage", "adopter", "adopter_key", "adopter_level",
    "status", "since", "since_means", "until", "relation", "page",
)  # fmt: skip
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "solution_kind": (
        "software", "service", "app", "standard", "practice", "programme", "data", "content",
    ),
    "adopter_level": ("bund", "land", "kreis", "verband", "gemeinde"),
    "status": ("in-use", "pilot", "planned", "ended"),
    "since_means": ("adoption", "listed"),
    "relation": ("used-by", "member-of"),
}  # fmt: skip
"""Columns whose words are chosen from a list."""
_TERMS: Final = {"solution_kind": "solution-kind", "adopter_level": "level", "since_means": "since"}
T = TypeVar("T")
_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def read(content: bytes, slug: str) -> Statements:
    """Return what the rows say, and what is wrong with those that cannot stand."""
    found = Statements([])
    for number, row in enumerate(_rows(content), start=2):
        cells = _Cells(number, row)
        triples = list(_said(cells, slug)) if any(row.values()) else []
        found.faults.extend(cells.faults)
        found.rows.update(
            {one.subject: number for one in triples if isinstance(one.subject, NamedNode)}
        )
        found.triples.extend(triples)
    return found


def _rows(content: bytes) -> list[Row]:
    head = content.partition(b"\n")[0]
    delimiter = ";" if head.count(b";") > head.count(b",") else ","
    whole = content if content.endswith(b"\n") else content + b"\n"
    try:
        rows = csv_rows("the table", whole, None, delimiter)
    except SourceError as error:
        raise UnreadableError(str(error)) from error
    if not rows:
        raise UnreadableError("the table has no rows; the template shows one")
    named = set(rows[0])
    wrong = [f"the column {one!r} is missing" for one in REQUIRED if one not in named]
    wrong += [f"there is no column {one!r}" for one in sorted(named - set(COLUMNS))]
    if wrong:
        columns = ", ".join(COLUMNS)
        raise UnreadableError(f"{'; '.join(wrong)}. The template has {columns}", 1)
    return rows


@dataclass(slots=True)
class _Cells:
    """The cells of one row; what is wrong with them is noted."""

    number: int
    row: Row
    faults: list[Fault] = field(default_factory=list)

    def text(self, column: str) -> str:
        value = str(self.row.get(column) or "").strip()
        if not value and column in REQUIRED:
            self._fault(column, "cell-empty")
        return value

    def choice(self, column: str, otherwise: str = "") -> NamedNode | None:
        value = self.text(column).casefold() or otherwise
        if not value:
            return None
        if value not in CHOICES[column]:
            self._fault(column, "cell-choice", ", ".join(CHOICES[column]))
            return None
        return LOTSE[f"{_TERMS.get(column, column)}-{value}"]

    def when(self, column: str) -> Literal | None:
        return self._read(column, when, "cell-date")

    def link(self, column: str) -> NamedNode | None:
        return self._read(column, _web, "cell-link")

    def _read(self, column: str, as_: Callable[[str], T], rule: str) -> T | None:
        value = self.text(column)
        try:
            return as_(value) if value else None
        except ValueError:
            self._fault(column, rule)
            return None

    def _fault(self, column: str, rule: str, wanted: str = "") -> None:
        self.faults.append(Fault(rule, self.number, column, wanted))


def _web(value: str) -> NamedNode:
    if not value.startswith(("http://", "https://")):
        message = f"{value!r} is no web address"
        raise ValueError(message)
    return link(value)


def _said(cells: _Cells, slug: str) -> Iterator[Triple]:
    name, adopter, key = cells.text("solution"), cells.text("adopter"), cells.text("adopter_key")
    if name.startswith(ID):
        solution = NamedNode(name)
    else:
        plain = re.sub(r"[^a-z0-9]+", "-", name.lower().translate(_LETTERS)).strip("-")
        solution = mint("solution", slug, plain or digest(name))
        yield Triple(solution, RDF.type, LOTSE.Solution)
        yield Triple(solution, SKOS.prefLabel, text(name, "de"))
        yield from _if(solution, LOTSE.solutionKind, cells.choice("solution_kind", "software"))
        yield from _if(solution, FOAF.homepage, cells.link("solution_homepage"))
    adoption = mint("adoption", slug, digest(solution.value, adopter, key))
    yield Triple(adoption, RDF.type, LOTSE.Adoption)
    yield Triple(adoption, LOTSE.solution, solution)
    yield Triple(adoption, LOTSE.adopterAsPublished, text(adopter))
    yield from _if(adoption, LOTSE.adopterKey, text(key) if key else None)
    yield from _if(adoption, LOTSE.levelAsPublished, cells.choice("adopter_level"))
    yield from _if(adoption, LOTSE.status, cells.choice("status"))
    yield from _if(adoption, LOTSE.since, cells.when("since"))
    yield from _if(adoption, LOTSE.sinceMeans, cells.choice("since_means"))
    yield from _if(adoption, LOTSE.until, cells.when("until"))
    yield from _if(adoption, LOTSE.relation, cells.choice("relation", "used-by"))
    yield from _if(adoption, FOAF.page, cells.link("page"))
    yield Triple(adoption, LOTSE.basis, LOTSE["basis-stated"])


def _if(
    subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal | None
) -> Iterator[Triple]:
    if value is not None:
        yield Triple(subject, predicate, value)
