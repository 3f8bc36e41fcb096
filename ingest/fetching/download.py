"""One file over HTTP: asked for only if it changed, gone on with where it broke off.

What has come of a file lies beside a note of what it is; `Range` and `If-Range` ask for the rest
of exactly that. A file is handed on only when it is whole.
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

import httpx2

from ingest.fetching.archive import Seen
from ingest.fetching.visiting import AgainError, FetchError, Visitor

_CHUNK: Final = 1 << 16
_MIB: Final = 1 << 20
_HTML: Final = re.compile(rb"\s*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_OK, _PARTIAL, _UNCHANGED, _OUT_OF_RANGE = 200, 206, 304, 416


@dataclass(frozen=True, slots=True)
class _Note:
    """What lies there, half or whole."""

    url: str
    etag: str
    modified: str
    whole: int | None


def download(
    visitor: Visitor, url: str, path: Path, max_mib: int, known: Seen | None = None
) -> Seen | None:
    """Fetch a file to this path; returns what came, None where `known` is still what there is.

    Raises `FetchError`. What broke off stays at the path, and the next call goes on there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    return visitor.patiently(lambda: _attempt(visitor, url, path, max_mib, known))


def discard(path: Path) -> None:
    """Delete a file that was fetched, and its note."""
    path.unlink(missing_ok=True)
    _beside(path).unlink(missing_ok=True)


def _attempt(
    visitor: Visitor, url: str, path: Path, max_mib: int, known: Seen | None
) -> Seen | None:
    note = _read_note(path, url)
    begun = path.stat().st_size if note is not None else 0
    with visitor.asking(url, _headers(note, begun, known)) as answer:
        if answer.status_code == _UNCHANGED and known is not None:
            return None
        if answer.status_code == _OUT_OF_RANGE:
            discard(path)
            raise AgainError(f"{url}: what was begun does not fit any more.")
        if answer.status_code == _PARTIAL:
            if note is None or not _goes_on(answer, begun):
                discard(path)
                raise AgainError(f"{url}: the server sends another part than was asked for.")
        elif answer.status_code == _OK:
            begun = 0
            note = _write_note(path, url, answer)
        else:
            raise FetchError(f"{url}: the server answers {answer.status_code}, which is no file.")
        if max(note.whole or 0, begun) > max_mib * _MIB:
            discard(path)
            raise FetchError(_too_large(url, max_mib))
        _take(answer, path, begun, url, max_mib)
    _check_whole(answer, path, url, note)
    return _seen(path, note)


def _headers(note: _Note | None, begun: int, known: Seen | None) -> dict[str, str]:
    if note is not None and begun:
        return {"Range": f"bytes={begun}-", "If-Range": note.etag or note.modified}
    asked = {}
    if known is not None and known.etag:
        asked["If-None-Match"] = known.etag
    if known is not None and known.modified:
        asked["If-Modified-Since"] = known.modified
    return asked


def _goes_on(answer: httpx2.Response, begun: int) -> bool:
    return answer.headers.get("Content-Range", "").startswith(f"bytes {begun}-")


def _take(answer: httpx2.Response, path: Path, begun: int, url: str, max_mib: int) -> None:
    """Append the body to what has come; its size is watched, whatever the server stated."""
    size = begun
    with path.open("ab" if begun else "wb", buffering=0) as file:
        for chunk in answer.iter_raw():
            size += len(chunk)
            if size > max_mib * _MIB:
                discard(path)
                raise FetchError(_too_large(url, max_mib))
            file.write(chunk)


def _check_whole(answer: httpx2.Response, path: Path, url: str, note: _Note) -> None:
    size = path.stat().st_size
    if note.whole is not None and size != note.whole:
        if size > note.whole:
            discard(path)
        raise AgainError(f"{url}: only {size} of {note.whole} bytes came; run the command again.")
    with path.open("rb") as file:
        start = file.read(1024)
    page = path.suffix in {".html", ".htm"}
    if not page and (answer.headers.get("Content-Type", "").startswith("text/html")
                     or _HTML.match(start)):  # fmt: skip
        discard(path)
        message = (
            f"{url} answers with a web page, not with {path.name}: perhaps an error page, a login "
            "or a new address. Open it in a browser and correct source.toml."
        )
        raise FetchError(message)
    if not size:
        discard(path)
        raise FetchError(f"{url} is empty.")


def _seen(path: Path, note: _Note) -> Seen:
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            whole.update(chunk)
    try:
        as_of = parsedate_to_datetime(note.modified).date().isoformat()
    except ValueError:
        as_of = ""
    size = path.stat().st_size
    return Seen(note.url, whole.hexdigest(), size, note.etag, note.modified, as_of=as_of)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.note")


def _write_note(path: Path, url: str, answer: httpx2.Response) -> _Note:
    stated = answer.headers.get("Content-Length", "")
    note = _Note(
        url,
        answer.headers.get("ETag", ""),
        answer.headers.get("Last-Modified", ""),
        int(stated) if stated.isdigit() else None,
    )
    path.unlink(missing_ok=True)
    _beside(path).write_text(json.dumps(asdict(note)), encoding="utf-8")
    path.touch()
    return note


def _read_note(path: Path, url: str) -> _Note | None:
    """Return the note of what has come of this file; None where it cannot be gone on with."""
    try:
        note = _Note(**json.loads(_beside(path).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    weak = not note.etag or note.etag.startswith("W/")
    if note.url != url or not path.exists() or (weak and not note.modified):
        return None
    return _Note(url, "" if weak else note.etag, note.modified, note.whole)


def _too_large(url: str, max_mib: int) -> str:
    return (
        f"{url} is larger than {max_mib} MiB. If that is right, raise `max_mib` in [fetch] of "
        "source.toml."
    )
