"""`python -m kg.validator`: judges one file that comes from outside, and ends.

It reads a line of JSON and the file from stdin and writes lines of JSON to stdout: first, where
there are such, the patterns that may take for ever, then the outcome. Before it looks at the file
it gives up the network and memory beyond its limit; its parent ends it in time.
"""

import gc
import json
import logging
import sys
import warnings
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from pyoxigraph import NamedNode, Triple

from kg.errors import DisagreementError, FaultyShapesError, UnreadableError
from kg.isolation import limit_memory, without_network
from kg.namespaces import RDF
from kg.reading import read

IN_THE_DATA: Final = "self"
"""The profile of data that bring their shapes along."""


def unknown(triples: Sequence[Triple]) -> list[str]:
    """Return the IRIs that stand in subject or object and have no class here."""
    typed = {one.subject for one in triples if one.predicate == RDF.type}
    found = {
        term.value
        for one in triples
        for term in (one.subject, one.object)
        if isinstance(term, NamedNode) and term not in typed and one.predicate != RDF.type
    }
    return sorted(found)


def answer(request: dict[str, Any], content: bytes) -> dict[str, Any]:
    """Return what the request asks about the content."""
    try:
        triples = read(content, request["form"], request["base"])
        if request.get("only") == "unknown":
            return {"unknown": unknown(triples)}
        return _judged(request, triples)
    except UnreadableError as error:
        return {"unreadable": asdict(error)}
    except FaultyShapesError as error:
        return {"faulty": str(error)}
    except DisagreementError as error:
        return {"disagreement": str(error)}
    except RecursionError:
        return {"faulty": "The shapes or the data are nested too deeply to be judged."}


def _judged(request: dict[str, Any], triples: list[Triple]) -> dict[str, Any]:
    from kg.outside import judged  # noqa: PLC0415 (half a second, which the other question saves)
    from kg.profiles import shapes_of, vocabularies_of  # noqa: PLC0415
    from kg.shapes import Shapes  # noqa: PLC0415
    from kg.wellformed import check, suspicious  # noqa: PLC0415

    vocabularies: list[Triple] = []
    if request["profile"] == IN_THE_DATA:
        shapes = Shapes.foreign(triples)
    elif "shapes" in request:
        given = request["shapes"]
        try:
            shapes = Shapes.foreign(read(given["content"].encode(), given["form"], given["base"]))
        except UnreadableError as error:
            problem = f"the shapes cannot be read: {error.problem}"
            raise UnreadableError(problem, error.line, error.column) from error
    else:
        shapes = shapes_of(request["profile"])
        vocabularies = vocabularies_of(request["profile"])
    check(shapes.graph)
    if endless := suspicious(shapes.graph):
        print(json.dumps({"suspicious": endless}), flush=True)  # noqa: T201 (our parent reads it)
    types = {
        NamedNode(thing): frozenset(map(NamedNode, classes))
        for thing, classes in request.get("types", {}).items()
    }
    findings, method = judged(triples, types, shapes, request["engine"], vocabularies)
    return {
        "triples": len(triples),
        "findings": [asdict(one) for one in findings],
        "method": asdict(method),
    }


def main() -> None:
    """Answer the one request on stdin."""
    request = json.loads(sys.stdin.buffer.readline())
    without_network()
    limit_memory(request["memory"])
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    gc.disable()
    json.dump(answer(request, sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
