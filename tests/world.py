"""A small world: every source with its sample in place of its extract; builds in seconds."""

from dataclasses import replace
from pathlib import Path

from ingest.files import checksum
from ingest.source import Source, sources

SHARED = Path(__file__).parents[2] / "shared" / "data"


def small_sources(parking_limit: float = 0.7) -> list[Source]:
    """Return all sources, each reading its sample; only `parking_limit` guards them."""
    return [_small(source, parking_limit) for source in sources()]


def _small(source: Source, parking_limit: float) -> Source:
    sample = source.folder / "sample"
    return replace(
        source,
        folder=sample,
        parking_limit=parking_limit,
        expect={},
        at_least={},
        shipped=True,
        extracts=tuple(
            replace(one, sha256=checksum((sample / one.file).read_bytes()))
            for one in source.extracts
        ),
    )
