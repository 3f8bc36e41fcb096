"""Validation: what the service does to 200,000 triples against pySHACL alone, file to report.

Both run once, in processes of their own, on the same file: pySHACL as its documentation says
(`pyshacl.validate` on two files), and our `validate` with its process, screening and sample. The
results are compared one by one.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from rich.table import Table

from kg.validation import Given, Limits, Wish, validate
from tests.bench import shacl_world

THINGS = 12_500
WRONG = 0.01
TARGET = 25
_MIB = 1024


def measured() -> Table:
    """Return the table: seconds, memory, results, and how many times faster."""
    with tempfile.TemporaryDirectory() as folder:
        data, shapes = Path(folder, "data.nt"), Path(folder, "shapes.ttl")
        data.write_text(shacl_world.data(THINGS, WRONG), encoding="utf-8")
        shapes.write_text(shacl_world.SHAPES, encoding="utf-8")
        ours, alone = (_run(way, data, shapes) for way in ("ours", "alone"))
    same = ours["results"] == alone["results"]
    times = alone["seconds"] / ours["seconds"]
    table = Table(
        title="validation: 200,000 triples, 12 kinds of constraint, 1 % wrong, sample 1 %"
    )
    for head in ("", "s", "MiB", "results"):
        table.add_column(head)
    for name, one in (("pySHACL alone", alone), ("screened, pySHACL judges", ours)):
        cells = f"{one['seconds']:.1f}", f"{one['mib']:.0f}", str(len(one["results"]))
        table.add_row(name, *cells)
    reached = "yes" if same and times >= TARGET else "NO"
    table.caption = (
        f"{times:.0f} times faster (≥ {TARGET}: {reached}); "
        f"the same results: {'yes' if same else 'NO'}; {ours['method']}"
    )
    return table


def _run(way: str, data: Path, shapes: Path) -> dict[str, Any]:
    """Return what a run in a process of its own took and found."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.shacl", way, str(data), str(shapes)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _ours(data: Path, shapes: Path) -> tuple[list[str], str]:
    report = validate(
        Given(data.read_bytes(), "ntriples"),
        Wish(shapes=Given(shapes.read_bytes(), "turtle")),
        limits=Limits(seconds=600, mib=1024),
    )
    found = [
        f"{one.focus} {one.shape} {one.component} {one.value}" for one in report.findings
    ]  # fmt: skip
    return found, str(report.method)


def _alone(data: Path, shapes: Path) -> tuple[list[str], str]:
    import pyshacl  # noqa: PLC0415 (the other run must not pay for it)
    from rdflib.namespace import SH  # noqa: PLC0415

    from kg.facts import oxigraph_term  # noqa: PLC0415

    _, report, _ = pyshacl.validate(str(data), shacl_graph=str(shapes))
    found = []
    for result in report.objects(None, SH.result):
        value = report.value(result, SH.value)
        said = [
            str(report.value(result, one))
            for one in (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent)
        ]
        found.append(" ".join([*said, "" if value is None else str(oxigraph_term(value))]))
    return found, "pySHACL"


def main() -> None:
    """Run one way and print what it took and found."""
    way, data, shapes = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    began = time.perf_counter()
    results, method = (_ours if way == "ours" else _alone)(data, shapes)
    seconds = time.perf_counter() - began
    most = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    counted = sorted(Counter(results).items())
    said = {"seconds": seconds, "mib": most / _MIB, "results": counted, "method": method}
    print(json.dumps(said))  # noqa: T201 (our parent reads it)


if __name__ == "__main__":
    main()
