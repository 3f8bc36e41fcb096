"""The extract files of a source: the shipped ones, or what a given upstream file extracts to."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.source import Source
from kg.errors import SourceError
from kg.personal import file_without_contacts


@dataclass(frozen=True, slots=True)
class Given:
    """The extract files of one source for one build."""

    files: Mapping[str, bytes]
    shipped: bool
    """True: the files that `source.toml` knows by checksum; its exact counts hold."""

    @property
    def sha256(self) -> str:
        """Return one checksum for all files together."""
        whole = hashlib.sha256()
        for name in sorted(self.files):
            whole.update(f"{name}\0{checksum(self.files[name])}\n".encode())
        return whole.hexdigest()


def checksum(content: bytes) -> str:
    """Return the SHA-256 of a file's content in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def shipped(source: Source) -> Given:
    """Return the extract files that lie in the source's folder, held against their checksums."""
    files = {}
    for extract in source.extracts:
        try:
            content = (source.folder / extract.file).read_bytes()
        except OSError as error:
            message = f"{source.slug}/{extract.file} cannot be read: {error}. Run `make extracts`."
            raise SourceError(message) from error
        if checksum(content) != extract.sha256:
            message = (
                f"{source.slug}/{extract.file}: the checksum is not that of source.toml "
                f"(file {checksum(content)[:12]}…, source.toml {extract.sha256[:12]}…). If the "
                "file was changed on purpose, run `make extracts`; if not, restore it from git."
            )
            raise SourceError(message)
        files[extract.file] = content
    return Given(files, shipped=True)


def given(source: Source, path: Path) -> Given:
    """Return what an upstream file, or a folder of them, extracts to.

    A file that has the name of an extract file, and not of an upstream one, is taken as that
    extract. A file beside it with the ending `.sha256` must state its checksum.
    """
    if not path.exists():
        message = f"--input {source.slug}={path}: there is no such file."
        raise SourceError(message)
    if path.is_dir():
        upstream = {
            one.name: _read(one)
            for one in sorted(path.iterdir())
            if one.is_file() and one.suffix != ".sha256"
        }
    else:
        content = _read(path)
        names = {extract.file for extract in source.extracts}
        if path.name in names - {one.name for one in source.upstream}:
            base = shipped(source).files if len(source.extracts) > 1 else {}
            return Given({**base, path.name: file_without_contacts(content)}, shipped=False)
        only = source.upstream[0].name if len(source.upstream) == 1 else path.name
        upstream = {only: content}
    try:
        extracted = source.extract(upstream)
    except KeyError as error:
        needed = ", ".join(one.name for one in source.upstream)
        message = (
            f"{source.slug}: the upstream file {error.args[0]!r} is not there. The source is read "
            f"from {needed}; give `--input {source.slug}=` a folder that holds them all."
        )
        raise SourceError(message) from error
    base = {} if len(extracted) == len(source.extracts) else shipped(source).files
    return Given({**base, **extracted}, shipped=False)


def _read(path: Path) -> bytes:
    content = path.read_bytes()
    beside = path.with_name(path.name + ".sha256")
    if beside.exists():
        stated = beside.read_text(encoding="utf-8").split()[0].lower()
        if stated != checksum(content):
            message = (
                f"{path.name}: wrong checksum. {beside.name} states {stated[:12]}…, the file has "
                f"{checksum(content)[:12]}…. Fetch the file again."
            )
            raise SourceError(message)
    return content
