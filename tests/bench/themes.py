"""How good the themes are that were concluded from words, by 150 things labelled by hand.

`themes.csv` lists for each thing all themes that a person finds right by its name and text, or
none. Drawn from the 522 things for which no source stated a theme that we knew then: by source with
`random.Random(f"themes {slug}").sample(sorted(keys), n)`, in proportion to how many there are
(4 to 43); of the Smart City model projects, whose names all decide alike, only 8. They were
labelled before any word was chosen, and the words were chosen by the other 372 things.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.table import Table

from ingest.themes import COLUMNS
from kg.names import kind_of
from kg.store import Graph
from kg.terms import DCTERMS, LOTSE, ORG, RDF, NamedNode
from tests.ingest.sources.shipped import shipped

LABELLED: Final = Path(__file__).parent / "themes.csv"
_CLASSES: Final = (LOTSE.Lab, LOTSE.Innovation, LOTSE.Solution, ORG.Organization)
_KINDS: Final = frozenset({"lab", "innovation", "solution", "actor"})
_GRAPH: Final = "/graph/"


@dataclass(frozen=True, slots=True)
class Figures:
    """What was concluded for the labelled things."""

    right: int
    """Concluded themes that a person finds right."""
    wrong: int
    found: int
    """Things with a theme by hand for which one was concluded."""
    themed: int
    """Things with a theme by hand."""

    @property
    def precision(self) -> float:
        """Return the share of concluded themes that are right."""
        return self.right / (self.right + self.wrong)

    @property
    def coverage(self) -> float:
        """Return the share of things with a theme for which one was concluded."""
        return self.found / self.themed


def labelled() -> list[dict[str, str]]:
    """Return the things labelled by hand."""
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figures(without: str = "") -> Figures:
    """Return the figures of the shipped extracts, those of one source left out."""
    rows = [row for row in labelled() if row["source"] != without]
    concluded = {
        (slug, record.key): set(str(record.rows[0][COLUMNS[0]]).split(";")) - {""}
        for slug in {row["source"] for row in rows}
        for record in shipped(slug)
    }
    pairs = [
        (concluded[row["source"], row["key"]], set(row["themes"].split(";")) - {""}) for row in rows
    ]
    return Figures(
        right=sum(len(found & themes) for found, themes in pairs),
        wrong=sum(len(found - themes) for found, themes in pairs),
        found=sum(bool(found) for found, themes in pairs if themes),
        themed=sum(bool(themes) for _, themes in pairs),
    )


def table(graph: Graph) -> Table:
    """Return by source how many things have a stated theme, a concluded one, and none."""
    stated, concluded = _with(graph, DCTERMS.subject), _with(graph, LOTSE.themeConcluded)
    counts: dict[str, Counter[str]] = {}
    for iri, slug in sorted(_things(graph)):
        sort = "stated" if iri in stated else "concluded" if iri in concluded else "none"
        counts.setdefault(slug, Counter())[sort] += 1
    found, harder = figures(), figures(without="smart_city_projects")
    title = (
        f"themes from words: precision {found.precision:.3f}, coverage {found.coverage:.3f} "
        f"(without Smart City projects {harder.precision:.3f}, {harder.coverage:.3f}); "
        f"{len(labelled())} things labelled by hand"
    )
    shown = Table("source", "theme stated", "concluded", "none", title=title)
    for slug, count in counts.items():
        shown.add_row(slug, *(str(count[sort]) for sort in ("stated", "concluded", "none")))
    every = sum(counts.values(), Counter())
    shown.add_row("all", *(str(every[sort]) for sort in ("stated", "concluded", "none")))
    return shown


def _with(graph: Graph, prop: NamedNode) -> set[str]:
    return {q.subject.value for q in graph.quads(None, prop) if isinstance(q.subject, NamedNode)}


def _things(graph: Graph) -> set[tuple[str, str]]:
    return {
        (quad.subject.value, str(quad.graph_name.value).partition(_GRAPH)[2])
        for cls in _CLASSES
        for quad in graph.quads(None, RDF.type, cls)
        if isinstance(quad.subject, NamedNode)
        and isinstance(quad.graph_name, NamedNode)
        and kind_of(quad.subject.value) in _KINDS
    }
