"""One source: its upstream files are fetched, extracted and archived, or nothing changes."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.fetching import archive
from ingest.fetching.archive import Seen
from ingest.fetching.download import discard, download
from ingest.fetching.paging import pages, results
from ingest.fetching.repositories import folder, front_matter
from ingest.fetching.visiting import FetchError, Visitor
from ingest.files import checksum
from ingest.lock import locked
from ingest.readers import rows_of
from ingest.source import Source, Upstream
from kg.errors import LotseError, SourceError

Watch = Callable[[str], None]
"""Called with the name of each upstream file before it is asked for."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a look at upstream came to."""

    source: str
    changed: bool
    files: int
    bytes: int
    rows: int


def can_be_fetched(source: Source) -> bool:
    """Return whether each upstream file of a source says how it is fetched."""
    return bool(source.upstream) and all(one.fetch is not None for one in source.upstream)


def fetch(
    data: Path, source: Source, visitor: Visitor | None = None, watch: Watch = lambda _name: None
) -> Fetched:
    """Fetch a source and let the next build read it; raises `FetchError` or `SourceError`.

    Nothing is taken over before every file is there and `extract` has read it. What went wrong is
    remembered for `lotse sources`.
    """
    if not can_be_fetched(source):
        message = (
            f"{source.slug} has no upstream that can be fetched: its table is kept by hand or does "
            "not change any more. `lotse build --input` reads a file of yours."
        )
        raise SourceError(message)
    asking = visitor or Visitor(source.fetching.hosts)
    look = _Look(source, asking, data / "fetched" / "parts" / source.slug, watch)
    with locked(data, "fetch"):
        before = archive.state(data, source.slug)
        try:
            return _fetch(data, look, before)
        except LotseError as error:
            if not isinstance(error, FetchError):
                look.tidy()
            archive.remember(data, source.slug, replace(before, failed=f"{archive.now()} {error}"))
            raise
        finally:
            asking.close()


def _fetch(data: Path, look: "_Look", state: archive.State) -> Fetched:
    source, extractor = look.source, _extractor(look.source)
    known = state.seen if state.entry and state.extractor == extractor else {}
    got = {one.name: look.get(one, known.get(one.name)) for one in source.upstream}
    if known and all(one is None or one.sha256 == known[name].sha256 for name, one in got.items()):
        archive.remember(data, source.slug, replace(state, checked=archive.now(), failed=""))
        look.tidy()
        return Fetched(source.slug, changed=False, files=len(got), bytes=0, rows=0)
    seen, files = {}, {}
    for one in source.upstream:
        came = got[one.name] or look.get(one, None)
        if came is None:
            message = f"{one.url}: the server says that nothing changed, although nobody asked."
            raise FetchError(message)
        files[one.name], commit = look.content(one)
        seen[one.name] = replace(came, commit=commit)
    extract = _extract(source, files)
    kept = {} if source.fetching.personal else {one: look.parts / one for one in seen}
    entry = archive.keep(data, source.slug, seen, extract, kept)
    moment = archive.now()
    taken = archive.State(entry, moment, moment, "", extractor, seen)
    archive.remember(data, source.slug, taken)
    archive.prune(data, source.slug, entry)
    look.tidy()
    size = sum(one.size for one in seen.values())
    return Fetched(source.slug, changed=True, files=len(seen), bytes=size,
                   rows=_rows(source, extract))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at the upstream of a source."""

    source: Source
    visitor: Visitor
    parts: Path
    watch: Watch

    def get(self, upstream: Upstream, known: Seen | None) -> Seen | None:
        """Fetch one upstream file into `parts`; None where it is still what is known."""
        how, path, limit = upstream.fetch, self.parts / upstream.name, self.source.fetching.max_mib
        if how is None:
            raise FetchError(f"{self.source.slug}: nobody said how {upstream.name} is fetched.")
        self.watch(upstream.name)
        if how.how == "pages":
            live = pages(self.visitor, how, limit)
        elif how.how == "sparql":
            live = results(self.visitor, self.source, how, limit)
        else:
            return download(self.visitor, how.url, path, limit, known)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(live)
        return Seen(how.url, checksum(live), len(live), as_of=archive.now()[:10])

    def content(self, upstream: Upstream) -> tuple[bytes, str]:
        """Return an upstream file as `extract` reads it, and the commit that it is of."""
        how, path = upstream.fetch, self.parts / upstream.name
        if how is None or how.how != "repository":
            return path.read_bytes(), ""
        found, commit = folder(path, how, self.source.fetching.max_mib)
        gather = self.source.gather or front_matter
        return gather(upstream.name, found), commit

    def tidy(self) -> None:
        """Delete what was fetched: upstream files may name persons."""
        for one in self.source.upstream:
            discard(self.parts / one.name)
        if self.parts.is_dir():
            self.parts.rmdir()


def _extract(source: Source, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return what `extract.py` makes of the files, read once to see that it can be read."""
    try:
        extract = source.extract(files)
        for one in source.extracts:
            if one.file in extract:
                rows_of(one, extract[one.file])
    except SourceError as error:
        message = (
            f"{source.slug}: what was fetched cannot be read: {error} What was there before stays "
            "in use."
        )
        raise SourceError(message) from error
    return extract


def _rows(source: Source, extract: Mapping[str, bytes]) -> int:
    return sum(
        len(rows_of(one, extract[one.file])) for one in source.extracts if one.file in extract
    )


def _extractor(source: Source) -> str:
    """Return a checksum of the programme that makes this source's extracts."""
    whole = hashlib.sha256()
    for path in sorted(source.folder.glob("*.py")):
        whole.update(path.read_bytes())
    return whole.hexdigest()
