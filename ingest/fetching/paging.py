"""Answers in pages, put together: JSON lists over HTTP, and SPARQL results."""

import json
import tempfile
from functools import partial
from pathlib import Path
from typing import Any, Final

from ingest.extracts import as_csv
from ingest.fetching.download import discard, download
from ingest.fetching.visiting import AGENT, AgainError, FetchError, Visitor, seconds
from ingest.source import Fetch, Source
from kg import remote
from kg.questions import Query
from kg.terms import text

MOST_PAGES: Final = 1000
_SPARQL_SECONDS: Final = 90


def pages(visitor: Visitor, fetch: Fetch, max_mib: int) -> bytes:
    """Return the rows of all pages as one JSON list, in the shape of one page.

    Pages are asked for until one is empty or not full, or as many came as are wanted.
    """
    rows: list[Any] = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, MOST_PAGES + 1):
            found = _page(visitor, fetch, number, Path(folder) / "page.json", max_mib)
            if found and found[-1] in rows:
                message = (
                    f"{fetch.url}: page {number} repeats what came before; the server seems not "
                    f"to know the parameter {fetch.page!r}. Correct `page` in source.toml."
                )
                raise FetchError(message)
            rows.extend(found)
            if len(found) < fetch.size[1] or number == fetch.pages:
                whole = {fetch.items: rows} if fetch.items else rows
                content = (json.dumps(whole, ensure_ascii=False, indent=0) + "\n").encode()
                if len(content) > max_mib << 20:
                    break
                return content
    message = f"{fetch.url} goes on after {MOST_PAGES} pages or {max_mib} MiB; that is too much."
    raise FetchError(message)


def _page(visitor: Visitor, fetch: Fetch, number: int, path: Path, max_mib: int) -> list[Any]:
    size, most = fetch.size
    joint = "&" if "?" in fetch.url else "?"
    at = (number - 1) * most if fetch.by == "row" else number
    url = f"{fetch.url}{joint}{fetch.page}={at}&{size}={most}"
    discard(path)
    download(visitor, url, path, max_mib)
    try:
        answer = json.loads(path.read_bytes())
        rows = answer[fetch.items] if fetch.items else answer
    except (ValueError, KeyError, TypeError) as error:
        what = f"under {fetch.items!r}" if fetch.items else "as the whole answer"
        message = f"{url}: no JSON list {what} ({error}). Correct `items` in source.toml."
        raise FetchError(message) from error
    if not isinstance(rows, list):
        raise FetchError(f"{url}: what should be a list is a {type(rows).__name__}.")
    return rows


def results(visitor: Visitor, source: Source, fetch: Fetch, max_mib: int) -> bytes:
    """Return all rows that a SPARQL endpoint has for the source's query, as CSV.

    The query asks for the things after the one in its slot `after`, in the order of its first
    column, as many as its `LIMIT` says; it is asked again until nothing comes.
    """
    query = Query.load(fetch.query.removesuffix(".rq"), source.folder)
    rows: list[dict[str, str]] = []
    after, size = "", 0
    for _ in range(MOST_PAGES):
        asked = partial(_ask, visitor, fetch, query.bind(after=text(after)))
        found = visitor.patiently(asked)
        if not found.rows:
            return as_csv(found.columns, rows)
        last = max(row[found.columns[0]] for row in found.rows)
        size += sum(len(value) for row in found.rows for value in row.values())
        if last <= after or size > max_mib << 20:
            break
        rows.extend(found.rows)
        after = last
    message = f"{fetch.url} goes on without end, or beyond {max_mib} MiB; look at {fetch.query}."
    raise FetchError(message)


def _ask(visitor: Visitor, fetch: Fetch, query: str) -> remote.Rows:
    visitor.check(fetch.url)
    visitor.wait()
    try:
        return remote.select(fetch.url, query, AGENT, _SPARQL_SECONDS)
    except remote.BusyEndpointError as error:
        raise AgainError(str(error), seconds(error.retry_after)) from error
    except remote.EndpointError as error:
        raise FetchError(str(error)) from error
