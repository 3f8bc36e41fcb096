"""`make extracts`: writes every source's extracts anew from the upstream files.

Tables of our own have no upstream file; of them only the checksum is brought up to date.
"""

import argparse
import re
import sys
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Final

from ingest.files import checksum
from ingest.source import FOLDER, Source, load
from kg.errors import SourceError

_TOML: Final = "source.toml"
_SUM: Final = re.compile(r'^(sha256\s*=\s*)"[^"]*"', re.MULTILINE)


def make_extracts(
    shared: Path, only: Collection[str] | None = None, folder: Path = FOLDER
) -> list[Path]:
    """Write the extracts and checksums of all sources, or of `only` these.

    `shared` is the folder that holds `data/`. Returns the files whose content has changed; a
    second run returns none.
    """
    found = {path.parent.name: path.parent for path in sorted(folder.glob(f"*/{_TOML}"))}
    unknown = sorted(set(only or ()) - set(found))
    if unknown:
        message = f"There is no source called {', '.join(unknown)}; there are {', '.join(found)}."
        raise SourceError(message)
    changed: list[Path] = []
    for slug, place in found.items():
        if only is None or slug in only:
            source = load(place)
            if source.shipped:
                changed.extend(_write_extracts(source, shared / "data"))
                changed.extend(write_checksums(place))
    return changed


def _write_extracts(source: Source, data: Path) -> list[Path]:
    upstream = {one.name: _read(source, data / one.shared) for one in source.upstream}
    if not upstream:
        return []
    extracted = source.extract(upstream)
    unknown = sorted(set(extracted) - {one.file for one in source.extracts})
    if unknown:
        message = f"{source.slug}: extract.py writes {unknown}, which source.toml does not name."
        raise SourceError(message)
    return [
        path
        for name, content in extracted.items()
        if _replace(path := source.folder / name, content)
    ]


def _read(source: Source, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{source.slug}: the upstream file {path} cannot be read: {error.strerror}."
        raise SourceError(message) from error


def write_checksums(folder: Path) -> list[Path]:
    """Bring the checksums in a source's `source.toml` up to date; returns it if it changed."""
    path = folder / _TOML
    before = path.read_text(encoding="utf-8")
    files = [one["file"] for one in tomllib.loads(before).get("extract", [])]
    sums = iter([checksum((folder / file).read_bytes()) for file in files])
    after, written = _SUM.subn(lambda found: f'{found.group(1)}"{next(sums)}"', before, len(files))
    if written != len(files):
        message = f'{folder.name}/{_TOML}: each [[extract]] needs one line `sha256 = ""`.'
        raise SourceError(message)
    return [path] if _replace(path, after.encode()) else []


def _replace(path: Path, content: bytes) -> bool:
    """Write a file if its content differs; returns whether it did."""
    if path.exists() and path.read_bytes() == content:
        return False
    path.write_bytes(content)
    return True


def main() -> None:
    """Run as `python -m ingest.extracting SHARED [SLUG …]`; prints the files that changed."""
    parser = argparse.ArgumentParser(prog="python -m ingest.extracting", description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder that holds data/")
    parser.add_argument("only", nargs="*", help="slugs of sources; default: all")
    given = parser.parse_args()
    try:
        changed = make_extracts(given.shared, given.only or None)
    except SourceError as error:
        sys.exit(str(error))
    for path in changed:
        sys.stdout.write(f"{path.parent.name}/{path.name}\n")
    sys.stdout.write(f"{len(changed)} files changed\n")


if __name__ == "__main__":
    main()
