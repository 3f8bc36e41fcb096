"""Prints how long builds take, and what share that is of a clean build in the same run.

Everything is built, in a folder of its own: some minutes. `python -m tests.bench.builds`.
"""

import resource
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from ingest.pipeline import build
from ingest.source import sources
from tests.ingest.edits import World

_EDITS = {
    "one record of tech4germany changed": (
        "tech4germany",
        "Digitale Identitäten",
        "Digitaler Ausweis",
    ),
    "an address of tech4germany changed": ("tech4germany", "2019/Webauftritt/README", "2019/Netz"),
    "one lab of codefor_labs renamed": ("codefor_labs", "OK Lab Berlin", "OK Lab an der Spree"),
    "one ministry renamed": ("federal_ministries", "Auswärtiges Amt", "Amt für Auswärtiges"),
    "one record of destatis_register changed": ("destatis_register", "Wyk auf Föhr", "Wyk (neu)"),
}


def main() -> None:
    """Print the table."""
    table = Table("build", "seconds", "share of a clean one", "longest steps")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        world = World(Path(folder) / "world", [one for one in sources() if one.shipped])
        clean = _row(table, "clean", data, world, None)
        _row(table, "nothing changed", data, world, clean)
        for name, (slug, old, new) in _EDITS.items():
            _replace(Path(folder) / "world" / slug, old, new)
            _row(table, name, data, world, clean)
    Console().print(table)
    mine, aside = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    Console().print(
        f"largest memory: {mine:,.0f} MiB; of the process of the index: {aside:,.0f} MiB",
        highlight=False,
    )


def _replace(folder: Path, old: str, new: str) -> None:
    """Change a text where it stands first in the files of a folder."""
    for path in sorted(folder.iterdir()):
        text = path.read_text(encoding="utf-8")
        if old in text:
            path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
            return
    message = f"{folder.name} does not hold {old!r} any more"
    raise LookupError(message)


def _row(table: Table, name: str, data: Path, world: World, clean: float | None) -> float:
    began = time.perf_counter()
    built = build(data, world.sources())
    taken = time.perf_counter() - began
    steps = sorted(built.seconds.items(), key=lambda one: -one[1])[:5]
    table.add_row(
        name,
        f"{taken:.1f}",
        f"{taken / clean:.0%}" if clean is not None else "",
        ", ".join(f"{step} {seconds:.1f}" for step, seconds in steps),
    )
    return taken


if __name__ == "__main__":
    main()
