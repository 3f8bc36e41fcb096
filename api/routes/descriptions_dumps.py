"""`/dumps/`: each graph and the whole as files, of every release that is kept.

A packed file is a file: `x.nq.gz` is `application/gzip`, sent as it lies, with ranges, and its
checksum is that of `SHA256SUMS`. `x.nq` is the text: `application/n-quads`, sent packed
(`Content-Encoding`) to whoever takes that. Both never change; `latest` leads to the newest.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import zstandard
from fastapi import APIRouter, Response
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse, StreamingResponse

from api.negotiation import encoding
from api.pages import page
from api.replies import JSON, PAGE, public_url
from api.service import Exchange, ExchangeDep, NotModifiedError, header
from kg.dumps import MEDIA_TYPES, PACKED, SUMS, Dump, dump, dumps, folder_of
from kg.errors import NotFoundError, Suggestion
from kg.release import Entry, listed
from kg.release import folder_of as folder_of_release

router = APIRouter(tags=["Descriptions and copies"])

_FOUND: Final = 302
_FOREVER: Final = "public, max-age=31536000, immutable"
_BLOCK: Final = 256 * 1024
_CODINGS: Final = {"zstd": "zst", "gzip": "gz"}
_FILES: Final[dict[str, Any]] = {
    "responses": {
        200: {
            "content": {one: {} for one in (*MEDIA_TYPES.values(), *PACKED.values(), "text/plain")}
        }
    }
}
_LISTED: Final[dict[str, Any]] = {
    "responses": {200: {"content": {one: {} for one in PAGE.values()}}}
}


@router.get("/dumps/", summary="The releases as files", **_LISTED)
def all_dumps(exchange: ExchangeDep) -> Response:
    """List the releases that are kept and the files of the newest."""
    return _index(exchange, exchange.release.folder, listed(exchange.service.settings.data))


@router.get("/dumps/latest/", summary="The newest release as files", status_code=_FOUND)
def latest_dumps(exchange: ExchangeDep) -> Response:
    """Redirect to the files of the release that is served now."""
    return latest_dump(exchange, "")


@router.get("/dumps/latest/{name}", summary="A file of the newest release", status_code=_FOUND)
def latest_dump(exchange: ExchangeDep, name: str) -> Response:
    """Redirect to the file of the release that is served now."""
    headers = {"Cache-Control": "public, no-cache"}
    return RedirectResponse(f"/dumps/{exchange.release.id}/{name}", _FOUND, headers)


@router.get("/dumps/{release}/", summary="A release as files", **_LISTED)
def dumps_of_release(exchange: ExchangeDep, release: str) -> Response:
    """List the files of a release with size and checksum."""
    return _index(exchange, _folder(exchange, release), [])


@router.get("/dumps/{release}/{name}", summary="A file of a release", **_FILES)
def dump_of_release(exchange: ExchangeDep, release: str, name: str) -> Response:
    """Return a file: packed as it lies, or (without `.gz`, `.zst`) the text; it never changes."""
    folder = _made(exchange, _folder(exchange, release))
    if name == SUMS:
        return FileResponse(folder_of(folder) / name, media_type="text/plain")
    if name.rpartition(".")[2] in MEDIA_TYPES:
        return _text(exchange, folder, name)
    found = dump(folder, name)
    headers = _headers(exchange, f'"{found.sha256}"')
    return FileResponse(
        folder_of(folder) / found.name, headers=headers, media_type=PACKED[found.packing]
    )


def _text(exchange: Exchange, folder: Path, name: str) -> Response:
    """Return the text of a dump, packed where the client takes that."""
    coding = encoding(header(exchange.request, "accept-encoding"), tuple(_CODINGS))
    found = dump(folder, f"{name}.{_CODINGS.get(coding or '', 'zst')}")
    media_type = MEDIA_TYPES[found.format]
    if coding is not None:
        headers = _headers(exchange, f'"{found.sha256}-{coding}"') | {"Content-Encoding": coding}
        path = folder_of(folder) / found.name
        return FileResponse(path, headers=headers, media_type=media_type)
    headers = _headers(exchange, f'"{found.sha256}-plain"')
    return StreamingResponse(_unpacked(folder_of(folder) / found.name), headers=headers,
                             media_type=media_type)  # fmt: skip


def _unpacked(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from zstandard.ZstdDecompressor().read_to_iter(file, write_size=_BLOCK)


def _headers(exchange: Exchange, tag: str) -> dict[str, str]:
    """Return the headers of a file; `NotModifiedError` where the client has it."""
    exchange.tag = tag
    headers = {
        "ETag": tag,
        "Cache-Control": _FOREVER,
        "Vary": "Accept-Encoding, Origin",
        "Link": '</dumps/>; rel="collection"',
    }
    known = header(exchange.request, "if-none-match") or ""
    if {one.strip().removeprefix("W/") for one in known.split(",")} & {tag, "*"}:
        raise NotModifiedError(headers)
    return headers


def _folder(exchange: Exchange, release: str) -> Path:
    data = exchange.service.settings.data
    try:
        return folder_of_release(data, release)
    except NotFoundError as error:
        near = [Suggestion("", "release", one.id) for one in listed(data)]
        raise NotFoundError(release, "release", near) from error


def _made(exchange: Exchange, folder: Path) -> Path:
    """Return the folder of a release when its dumps are there."""
    data = exchange.service.settings.data
    exchange.service.copier.wait_for(data, folder.name, folder_of(folder).exists)
    return folder


def _index(exchange: Exchange, folder: Path, releases: list[Entry]) -> Response:
    exchange.edition += "".join(one.id + one.published for one in releases)
    chosen = exchange.media_type({**PAGE, **JSON})
    files = dumps(_made(exchange, folder))
    if chosen == PAGE["html"]:
        return page(
            exchange.request, exchange.lang, "dumps.html", headers=exchange.headers(),
            files=files, of=folder.name, releases=releases, sums=SUMS,
            release=exchange.release.id,
        )  # fmt: skip
    base = f"{public_url(exchange)}/dumps"
    said = {
        "release": folder.name,
        "releases": [
            {"release": one.id, "published": one.published, "current": one.current,
             "address": f"{base}/{one.id}/"} for one in releases
        ],
        "checksums": f"{base}/{folder.name}/{SUMS}",
        "files": [_shown(one, f"{base}/{folder.name}/{one.name}") for one in files],
    }  # fmt: skip
    return JSONResponse(said, headers=exchange.headers())


def _shown(one: Dump, address: str) -> dict[str, Any]:
    return {
        "name": one.name, "address": address, "graph": one.graph,
        "mediaType": MEDIA_TYPES[one.format], "packing": PACKED[one.packing],
        "bytes": one.bytes, "sha256": one.sha256, "quads": one.quads,
    }  # fmt: skip
