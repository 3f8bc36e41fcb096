"""Prints for each answer the median time in process, and how it compares with a plain form.

The plain form of a question is one SPARQL query (`*.rq` beside this file) with names, evidence and
order; that of the score is a computation in plain Python for one solution. Run on the current
release of `LOTSE_DATA`. Medians, after one answer that fills the caches of the release.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from kg.answers.about import about
from kg.answers.adoptions import adopters, solutions_in
from kg.answers.responsible import responsible
from kg.answers.scales_where import fits_here, scales_where
from kg.answers.who_does_what import who_does_what
from kg.names import names_of
from kg.questions import Query
from kg.release import Release, current
from kg.scaling import Scores, compute, enough, scores_of
from kg.settings import Settings
from kg.store import Graph
from kg.uptake import known
from tests.bench import edge, reconciliation, shacl, themes
from tests.bench import search as searches
from tests.kg.answers.plain_score import plain_score

TARGET_MS = 20.0
_HERE = Path(__file__).parent


def median_ms(work: Callable[[], object], times: int) -> float:
    """Return the median of the times that this work takes, in milliseconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def questions(release: Release) -> dict[str, tuple[Callable[[], object], str]]:
    """Return by name the answers to measure, each with the name of its plain form."""
    graph, scores = release.graph, release.scores
    some = _least(scores_of(graph, scores))
    return {
        "who-does-what": (lambda: who_does_what(graph), ""),
        "who-does-what: Umwelt, Brandenburg": (
            lambda: who_does_what(graph, theme="Umwelt", place="Brandenburg"),
            "who_does_what",
        ),
        "adopters: Smart Village App": (
            lambda: adopters(graph, solution="Smart Village App"),
            "adopters",
        ),
        "solutions-in: Brandenburg": (
            lambda: solutions_in(graph, place="Brandenburg"),
            "solutions_in",
        ),
        "solutions-in: Deutschland": (lambda: solutions_in(graph, place="Deutschland"), ""),
        "responsible: Beleuchtung, Krakow am See": (
            lambda: responsible(graph, q="Beleuchtung", place="Stadt Krakow am See"),
            "responsible",
        ),
        "about: Kiel": (lambda: about(graph, thing="Kiel"), "about_kiel"),
        "about: Deutschland": (lambda: about(graph, thing="Deutschland"), "about_deutschland"),
        "scales-where: Smart Village App": (
            lambda: scales_where(graph, solution="Smart Village App", scores=scores),
            "",
        ),
        f"scales-where: {names_of(graph).label(some)}": (
            lambda: scales_where(graph, solution=some, scores=scores),
            "plain_score",
        ),
        "fits-here: Kiel": (lambda: fits_here(graph, place="Kiel", scores=scores), ""),
    }


def _least(scores: Scores) -> str:
    """Return the scored solution that is looked for in the fewest places: plain Python is slow."""
    found = [one for one in scores.known.uptakes if enough(one) and one.level == "gemeinde"]
    ground = scores.grounds["gemeinde"]
    return min(found, key=lambda one: (int(ground.within(one.lands).sum()), one.solution)).solution


def plain(graph: Graph, name: str, solution: str) -> Callable[[], object]:
    """Return the plain form of a question."""
    if name == "plain_score":
        found = known(graph)
        uptake = next(one for one in found.uptakes if one.solution == solution)
        return lambda: plain_score(found, uptake)
    query = Query.load(name, _HERE)
    return lambda: graph.select(query)


def main() -> None:
    """Print the table."""
    release = current(Settings().data)
    graph = release.graph
    console = Console()
    began = time.perf_counter()
    names_of(graph)
    console.print(f"release {release.id}: {len(graph):,} quads", highlight=False)
    console.print(f"names read in {(time.perf_counter() - began) * 1000:.0f} ms", highlight=False)
    table = Table("answer", "p50 ms", "plain form", "plain ms", "times faster", "≤ 20 ms")
    solution = _least(scores_of(graph, release.scores))
    for name, (work, plain_name) in questions(release).items():
        work()
        taken = median_ms(work, 21)
        cells = ["", "", ""]
        if plain_name:
            slow = median_ms(
                plain(graph, plain_name, solution), 3 if "score" not in plain_name else 1
            )
            cells = [plain_name, f"{slow:.1f}", f"{slow / taken:.0f}"]
        table.add_row(name, f"{taken:.1f}", *cells, "yes" if taken <= TARGET_MS else "NO")
    console.print(table)
    console.print(searches.measured(release, Settings(), median_ms))
    for one in edge.tables(release, Settings()):
        console.print(one)
    console.print(reconciliation.speed(release, Settings(), median_ms))
    console.print(reconciliation.quality(release))
    console.print(themes.table(graph))
    console.print(shacl.measured())
    began = time.perf_counter()
    found = known(graph)
    reading = time.perf_counter() - began
    began = time.perf_counter()
    compute(found)
    console.print(
        f"scores of {len(found.uptakes)} solutions: read {reading:.1f} s, "
        f"computed {time.perf_counter() - began:.1f} s",
        highlight=False,
    )


if __name__ == "__main__":
    main()
