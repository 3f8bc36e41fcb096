"""What queries need and nobody states: closures and roll-ups, by `derivations/*.rq` in order."""

from pathlib import Path
from typing import Final

from kg.iri import graph
from kg.questions import Query
from kg.store import Draft
from kg.terms import Triple

FOLDER: Final = Path(__file__).parent / "derivations"
GRAPH: Final = graph("derived")


def derive(draft: Draft, folder: Path = FOLDER) -> list[Triple]:
    """Add to the graph `derived` what the derivations yield, and return it, sorted.

    Each derivation sees the results of those before it.
    """
    found: set[Triple] = set()
    for path in sorted(folder.glob("*.rq")):
        new = set(draft.construct(Query.load(path.stem, folder))) - found
        draft.add(GRAPH, new)
        found |= new
    return sorted(found, key=str)
