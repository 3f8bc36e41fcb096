"""A folder of a repository, from its packed form (`tar.gz`), without ever unpacking it to disk."""

import re
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from ingest.extracts import as_jsonl
from ingest.fetching.visiting import FetchError
from ingest.readers import yaml_value
from ingest.source import Fetch, Row
from kg.errors import SourceError

_MIB: Final = 1 << 20
MOST_FILES: Final = 20_000
_FRONT: Final = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(\n|\Z)", re.DOTALL)


def folder(path: Path, fetch: Fetch, max_mib: int) -> tuple[dict[str, bytes], str]:
    """Return the wanted files by their path in the repository, and the commit they are of.

    Only plain files that `paths` names are read, into memory; links and names that lead out of
    the repository are passed over, and all together may be `max_mib` large.
    """
    found: dict[str, bytes] = {}
    try:
        with tarfile.open(path, "r:gz") as archive:
            for member in _wanted(archive, fetch):
                content = archive.extractfile(member)
                if content is None or sum(map(len, found.values())) + member.size > max_mib * _MIB:
                    message = f"{fetch.url}: its files are larger than {max_mib} MiB together."
                    raise FetchError(message)
                found[_inner(member.name)] = content.read()
            commit = archive.pax_headers.get("comment", "")
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        message = f"{fetch.url} is no whole tar.gz archive: {error}. Fetch it again."
        raise FetchError(message) from error
    if not found:
        message = (
            f"{fetch.url} has no files like {', '.join(fetch.paths)}. If the repository was "
            "rearranged, correct `paths` in source.toml."
        )
        raise FetchError(message)
    return dict(sorted(found.items())), commit


def _wanted(archive: tarfile.TarFile, fetch: Fetch) -> Iterator[tarfile.TarInfo]:
    for number, member in enumerate(archive):
        if number >= MOST_FILES:
            raise FetchError(f"{fetch.url} has more than {MOST_FILES} files.")
        name = _inner(member.name)
        if (
            member.isreg()
            and ".." not in name.split("/")
            and any(fnmatchcase(name, pattern) for pattern in fetch.paths)
            and not any(fnmatchcase(name, pattern) for pattern in fetch.without)
        ):
            yield member


def _inner(name: str) -> str:
    """Return a path without the folder that holds the whole repository."""
    return name.partition("/")[2]


def front_matter(name: str, files: Mapping[str, bytes]) -> bytes:
    """Return Markdown pages as JSON lines: `source_path`, the front matter, the text as `body`.

    Every value is a string, as everywhere in extracts.
    """
    rows: list[Row] = []
    for path, content in files.items():
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            message = f"{name}: {path} is not UTF-8 (byte {error.start})."
            raise SourceError(message) from error
        found = _FRONT.match(text)
        front = yaml_value(path, found.group(1).encode()) if found is not None else None
        if found is None or not isinstance(front, dict):
            message = (
                f"{name}: {path} has no front matter between two lines of `---`. If it is no page "
                "like the others, name it in `without` of source.toml."
            )
            raise SourceError(message)
        rows.append({"source_path": path, "body": text[found.end() :].strip(), **front})
    return as_jsonl(rows)
