"""Statistics of a release, counted in its store: for the whole and for each graph.

Counting reads every quad once, so it is done once a release, by `kg.copies`, and kept beside it.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from kg.namespaces import BASE, DATASET, DCATDE, DCTERMS, ID, OWL, RDF, SCHEMA, SKOS
from kg.store import Graph
from kg.terms import NamedNode

FILE: Final = "statistics.json"
WHOLE: Final = DATASET
"""The data set of all graphs together; each graph is a data set under its own name."""
_LINKS: Final = frozenset(
    one.value
    for one in (
        OWL.sameAs, SCHEMA.sameAs, SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch,
        SKOS.narrowMatch, SKOS.relatedMatch, DCATDE.politicalGeocodingURI, DCATDE.contributorID,
        DCTERMS.spatial, DCTERMS.license,
    )
)  # fmt: skip
"""Properties that lead from a thing of ours to the same, or a known, thing of others."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a data set holds."""

    triples: int
    subjects: int
    objects: int
    entities: int
    """Things of ours that are described."""
    example: str | None
    classes: Mapping[str, int]
    """Class → how many things are said to be of it."""
    properties: Mapping[str, int]
    """Property → how many triples have it."""
    links: Mapping[str, Mapping[str, int]]
    """Property → where others' things live → how many triples."""


class _Count:
    """Counts the quads of one graph."""

    def __init__(self) -> None:
        self.triples = 0
        self.subjects: set[str] = set()
        self.objects: set[int] = set()
        self.things: dict[str, set[str]] = defaultdict(set)
        self.properties: Counter[str] = Counter()
        self.links: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, subject: str, predicate: str, value: object) -> None:
        self.triples += 1
        self.subjects.add(subject)
        self.objects.add(hash(value))
        self.properties[predicate] += 1
        if isinstance(value, NamedNode):
            if predicate == RDF.type.value:
                self.things[value.value].add(subject)
            elif predicate in _LINKS and not value.value.startswith(BASE):
                self.links[predicate][_home(value.value)] += 1


def counted(graph: Graph) -> dict[str, Statistics]:
    """Return the statistics of a store by the IRI of the data set: each graph, and `WHOLE`."""
    counts: dict[str, _Count] = {}
    for quad in graph.quads():
        if isinstance(quad.graph_name, NamedNode):
            count = counts.setdefault(quad.graph_name.value, _Count())
            count.add(_name(quad.subject), quad.predicate.value, quad.object)
    return {WHOLE: _statistics(counts.values())} | {
        name: _statistics([count]) for name, count in sorted(counts.items())
    }


def write(path: Path, found: Mapping[str, Statistics]) -> None:
    """Write statistics to a file."""
    said = {name: asdict(one) for name, one in found.items()}
    path.write_text(json.dumps(said, indent=1, sort_keys=True), encoding="utf-8")


def read(path: Path) -> dict[str, Statistics]:
    """Return the statistics that lie in a file."""
    said: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return {name: Statistics(**one) for name, one in said.items()}


def _statistics(counts: Iterable[_Count]) -> Statistics:
    every = list(counts)
    subjects = set[str]().union(*(one.subjects for one in every))
    ours = [one for one in subjects if one.startswith(ID)]
    classes: dict[str, set[str]] = defaultdict(set)
    links: dict[str, Counter[str]] = defaultdict(Counter)
    for one in every:
        for name, things in one.things.items():
            classes[name] |= things
        for name, homes in one.links.items():
            links[name] += homes
    return Statistics(
        triples=sum(one.triples for one in every),
        subjects=len(subjects),
        objects=len(set[int]().union(*(one.objects for one in every))),
        entities=len(ours),
        example=min(ours, default=None),
        classes={name: len(things) for name, things in sorted(classes.items())},
        properties=dict(sorted(sum((one.properties for one in every), Counter()).items())),
        links={name: dict(sorted(homes.items())) for name, homes in sorted(links.items())},
    )


def _name(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _home(iri: str) -> str:
    parts = urlsplit(iri)
    return f"{parts.scheme}://{parts.netloc}/"
