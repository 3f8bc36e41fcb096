"""Dumps of a release: each graph and the whole, as N-Quads and Turtle, packed by zstd and gzip.

    <release>/copies/dumps/   <graph>.nq.zst  <graph>.nq.gz  <graph>.ttl.zst  <graph>.ttl.gz
                              all-graphs.…, SHA256SUMS, index.json

The folder is written under another name and then renamed: there is a whole one, or none.
"""

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Final, Self, cast

import zstandard
from pyoxigraph import RdfFormat, Triple, parse, serialize

from kg.errors import NotFoundError
from kg.namespaces import PREFIXES
from kg.release import read_graph

FOLDER: Final = "copies"
WHOLE: Final = "all-graphs"
"""No graph is called so: their names have no hyphen."""
SUFFIXES: Final = ("nq.zst", "nq.gz", "ttl.zst", "ttl.gz")
MEDIA_TYPES: Final = {"nq": "application/n-quads", "ttl": "text/turtle"}
PACKED: Final = {"zst": "application/zstd", "gz": "application/gzip"}
SUMS: Final = "SHA256SUMS"
_LEVELS: Final = {"zst": 9, "gz": 6}
_BLOCK: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Dump:
    """One file of the dumps."""

    name: str
    graph: str | None
    """None: all graphs."""
    format: str
    packing: str
    bytes: int
    sha256: str
    quads: int


def file_of(graph: str | None, suffix: str) -> str:
    """Return the name of the dump of a graph, None for the whole."""
    return f"{graph or WHOLE}.{suffix}"


def folder_of(release: Path) -> Path:
    """Return where the dumps of the release in this folder lie, or will lie."""
    return release / FOLDER / "dumps"


def dumps(release: Path) -> list[Dump]:
    """Return the dumps of the release in this folder; none while they are being written."""
    with suppress(FileNotFoundError):
        said = json.loads((folder_of(release) / "index.json").read_text(encoding="utf-8"))
        return [Dump(**one) for one in said]
    return []


def dump(release: Path, name: str) -> Dump:
    """Return the dump of this name; `NotFoundError` where there is none."""
    for one in dumps(release):
        if one.name == name:
            return one
    raise NotFoundError(name, "dump")


def write(release: Path) -> None:
    """Write the dumps of the release in this folder, unless they are there."""
    target = folder_of(release)
    if target.is_dir():
        return
    beside = target.with_name(".dumps")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    files = (release / "graphs").glob("*.nq.zst")
    names = sorted(path.name.removesuffix(".nq.zst") for path in files)
    found = [one for name in names for one in _written(release, beside, name, [name])]
    found += _written(release, beside, None, names)
    sums = "".join(f"{one.sha256}  {one.name}\n" for one in found)
    (beside / SUMS).write_text(sums, encoding="utf-8")
    index = json.dumps([asdict(one) for one in found], indent=1)
    (beside / "index.json").write_text(index, encoding="utf-8")
    for path in beside.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    beside.rename(target)


def _written(
    release: Path, folder: Path, graph: str | None, names: Sequence[str]
) -> Iterator[Dump]:
    """Write the files of one dump; `names` are the graphs that it holds."""
    quads = 0
    with _Packed(folder, file_of(graph, "nq")) as plain:
        for name in names:
            content = read_graph(release, name)
            quads += content.count(b"\n")
            plain.write(content)
    with _Packed(folder, file_of(graph, "ttl")) as turtle:
        serialize(
            _triples(release, names), cast("IO[bytes]", turtle), RdfFormat.TURTLE,
            prefixes=PREFIXES,
        )  # fmt: skip
    for suffix in SUFFIXES:
        path = folder / file_of(graph, suffix)
        form, packing = suffix.split(".")
        with path.open("rb") as file:
            sum_ = hashlib.file_digest(file, "sha256").hexdigest()
        yield Dump(path.name, graph, form, packing, path.stat().st_size, sum_, quads)


def _triples(release: Path, names: Sequence[str]) -> Iterator[Triple]:
    for name in names:
        for quad in parse(read_graph(release, name), RdfFormat.N_QUADS):
            yield quad.triple


class _Packed:
    """A file that is written packed in each way at once."""

    def __init__(self, folder: Path, name: str) -> None:
        self._stack = ExitStack()
        zipped = self._stack.enter_context((folder / f"{name}.gz").open("wb"))
        self._gz = self._stack.enter_context(
            gzip.GzipFile("", "wb", _LEVELS["gz"], zipped, mtime=0)
        )
        self._zst = self._stack.enter_context(
            zstandard.open(folder / f"{name}.zst", "wb", zstandard.ZstdCompressor(_LEVELS["zst"]))
        )

    def write(self, content: bytes) -> int:
        """Pack this content too."""
        for at in range(0, len(content), _BLOCK):
            self._gz.write(content[at : at + _BLOCK])
            self._zst.write(content[at : at + _BLOCK])
        return len(content)

    def flush(self) -> None:
        """Leave it to the end."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
