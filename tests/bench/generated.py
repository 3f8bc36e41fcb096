"""Measures the index on generated things, beside the same questions in SPARQL.

`python -m tests.bench.generated 1000000`. Measured are the search in the index and what a page of
25 things needs from the store; the names that a release keeps in memory are left out.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from kg.indexing import ORDERS, fill, rank_of
from kg.iri import graph as graph_iri
from kg.iri import mint
from kg.namespaces import PREFIXES
from kg.questions import Query
from kg.search import Hits, Index, Wish
from kg.spelling import words
from kg.store import Draft, Graph
from kg.terms import DCTERMS, LOTSE, ORG, RDF, SKOS, NamedNode
from tests.bench.__main__ import median_ms

TARGET_MS: Final = 30.0
_NAMES: Final = (
    "Gebäude Straße Umwelt Bürger Wasser Kinder Verkehr Daten Labor Plattform Portal Beteiligung "
    "Register Energie Gesundheit Bildung Wald Müll Ampel Haushalt Antrag Kataster Wohnen Kultur"
)
_PARTS: Final = tuple(_NAMES.split())
_THEMES: Final = 18
_LANDS: Final = 16
_SOURCES: Final = 20
_KINDS: Final = ("innovation-lab", "hub", "network", "authority", "ministry")
_PIECE: Final = 100_000
_HEAD: Final = "".join(f"PREFIX {name}: <{base}>\n" for name, base in PREFIXES.items())
_QUERIES: Final = {
    "search": """SELECT ?x ?l { ?x skos:prefLabel ?l FILTER(CONTAINS(LCASE(?l), "gebäude") &&
        CONTAINS(LCASE(?l), "wasser")) } ORDER BY ?l ?x LIMIT 25""",
    "suggest": """SELECT ?x ?l { ?x skos:prefLabel ?l FILTER(STRSTARTS(LCASE(?l), "gebäude w")) }
        ORDER BY ?l ?x LIMIT 10""",
    "list": """SELECT ?x ?l { ?x dcterms:subject lotse:theme-3 ; org:classification lotse:kind-hub ;
        skos:prefLabel ?l } ORDER BY ?l ?x LIMIT 25""",
    "facets": """SELECT ?v (COUNT(*) AS ?n) { ?x org:classification lotse:kind-hub ;
        dcterms:subject ?v } GROUP BY ?v ORDER BY ?v""",
    "facets, unfiltered": """SELECT ?v (COUNT(*) AS ?n) { ?x dcterms:subject ?v }
        GROUP BY ?v ORDER BY ?v""",
}  # fmt: skip
_QUERIES["facets, unfiltered, kept"] = _QUERIES["facets, unfiltered"]
"""The last one is what people get: counts of whole lists are kept, releases never change."""


def things(number: int) -> Iterator[tuple[str, str, NamedNode, NamedNode, NamedNode, str]]:
    """Yield IRI, label, kind, theme, Land and year of generated things, always the same."""
    chance = random.Random(4)  # noqa: S311 (nothing secret)
    for n in range(number):
        name = " ".join(chance.sample(_PARTS, 3)) + f" {n}"
        yield (
            mint("lab", "generated", str(n)).value, name, LOTSE[f"kind-{chance.choice(_KINDS)}"],
            LOTSE[f"theme-{chance.randrange(_THEMES)}"],
            mint("jurisdiction", f"{chance.randrange(1, _LANDS + 1):02}0000000000"),
            str(2000 + n % 25),
        )  # fmt: skip


def documents(number: int) -> Iterator[dict[str, Any]]:
    """Yield the documents of generated things."""
    for n, (iri, name, kind, theme, land, year) in enumerate(things(number)):
        cut = words(name)
        yield {
            "iri": [iri], "list": ["labs"], "sort": ["lab"], "kind": [kind.value],
            "theme": [theme.value], "place": [land.value], "land": [land.value],
            "level": [LOTSE["level-land"].value], "status": [LOTSE["status-active"].value],
            "source": [mint("source", str(n % _SOURCES)).value], "year": [year], "tier": ["2"],
            "whole": [" ".join(cut)], "word": cut, "start": [" ".join(cut)],
            "begins": cut, "de": [name], "en": [], "said": [],
        } | {rank_of(order): [n] for order in ORDERS}  # fmt: skip


def stored(number: int, folder: Path) -> Draft:
    """Return a store of the same things."""
    draft = Draft(folder)
    into, lines = graph_iri("generated"), []
    for iri, name, kind, theme, land, _ in things(number):
        node = NamedNode(iri)
        lines += [
            f"{node} {RDF.type} {LOTSE.Lab} {into} .",
            f'{node} {SKOS.prefLabel} "{name}"@de {into} .',
            f"{node} {ORG.classification} {kind} {into} .",
            f"{node} {DCTERMS.subject} {theme} {into} .",
            f"{node} {LOTSE.takesPlaceIn} {land} {into} .",
        ]
        if len(lines) > _PIECE:
            draft.load("\n".join([*lines, ""]).encode())
            lines.clear()
    draft.load("\n".join([*lines, ""]).encode())
    draft.finish()
    return draft


def hydrated(graph: Graph, found: Hits) -> int:
    """Read what a page of rows is made of; returns how many facts."""
    return sum(1 for hit in found.hits for _ in graph.quads(NamedNode(hit.iri)))


def ask(index: Index, graph: Graph, name: str) -> object:
    """Ask one of the questions of the index."""
    labs, hub = ("labs",), ("kind", LOTSE["kind-hub"].value)
    match name:
        case "search":
            return hydrated(graph, index.find(Wish("Gebaeude Wasser", labs), "relevance", 25))
        case "suggest":
            return index.suggest("gebäude w", ["lab"], 10)
        case "list":
            theme = ("theme", LOTSE["theme-3"].value)
            return hydrated(graph, index.find(Wish("", labs, (hub, theme)), "label", 25))
        case "facets":
            index.forget()
            return index.counts(Wish("", labs, (hub,)))
        case "facets, unfiltered":
            index.forget()
    return index.counts(Wish("", labs))


def main() -> None:
    """Print the table."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        index = Index(fill(documents(number), 0, Path(folder) / "index"))
        console.print(f"index of {number:,} things: {time.perf_counter() - began:.0f} s")
        began = time.perf_counter()
        graph = stored(number, Path(folder) / "store")
        console.print(f"store of {len(graph):,} quads: {time.perf_counter() - began:.0f} s")
        table = Table(f"{number:,} things", "p50 ms", "SPARQL ms", "times faster", "≤ 30 ms")
        for name, text in _QUERIES.items():
            ask(index, graph, name)
            taken = median_ms(lambda name=name: ask(index, graph, name), 21)  # type: ignore[misc]
            query = Query.parse(name, _HEAD + text)
            slow = median_ms(lambda query=query: graph.select(query), 1)  # type: ignore[misc]
            fast = "yes" if taken <= TARGET_MS else "NO"
            table.add_row(name, f"{taken:.1f}", f"{slow:.0f}", f"{slow / taken:.0f}", fast)
        console.print(table)


if __name__ == "__main__":
    main()
