"""What a build needs of a source once its records are judged; no triples, so it is small."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.source import Row, Source
from kg.gate import Finding


@dataclass(frozen=True, slots=True)
class Parked:
    """A record that is kept out of the release, with the reasons and what it held."""

    source: str
    key: str
    reasons: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Admitted:
    """What became of one source's records."""

    source: Source
    read: int
    """How many records the source's files hold."""
    kinds: Counter[str]
    unmapped: Counter[tuple[str, str]]
    parked: tuple[Parked, ...]
    findings: tuple[Finding, ...]
    hashes: Mapping[str, str]
    """Key of each accepted record → a hash of what it says."""
    types: Mapping[str, tuple[str, ...]]
    """Every thing that the accepted records describe, with its classes."""
    quads: bytes
    """The source's graph as canonical N-Quads."""
    provenance: bytes
    """The source's part of the graph `provenance` as canonical N-Quads."""
