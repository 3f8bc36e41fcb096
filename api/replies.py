"""Turns answers, lists and documents into responses in the form that was agreed."""

import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

import orjson
from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from api.pages import page
from api.questions import BY_NAME
from api.service import Exchange, Reading
from api.tables import table
from kg.answers.answer import Answer
from kg.answers.formats import (
    as_csv,
    as_json,
    as_trig,
    as_ttl,
    things_as_trig,
    things_as_ttl,
)
from kg.answers.lists import Listing
from kg.answers.written import as_csv as rows_as_csv
from kg.answers.written import listing_as_json
from kg.names import kind_of, names_of
from kg.sandbox import Result
from kg.settings import Settings

JSON: Final = {"json": "application/json"}
TABLES: Final = {**JSON, "csv": "text/csv"}
ANSWERS: Final = {**TABLES, "ttl": "text/turtle", "trig": "application/trig"}
PAGE: Final = {"html": "text/html"}
_CONTEXT: Final = (
    '</context.jsonld>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
)
_IN_ONE_PIECE: Final = 1024 * 1024
_PIECE: Final = 256 * 1024
_QUERIES: Final = "/api/v1/queries/"
OFFERED: Final = (("JSON", "json"), ("CSV", "csv"), ("Turtle", "ttl"), ("TriG", "trig"))
_CHOICES: Final = {"role": "role", "kind": "kind"}


class Json(Response):
    """JSON, written fast."""

    media_type = "application/json"

    def render(self, content: object) -> bytes:
        """Return the content as JSON."""
        return orjson.dumps(content)


def json_reply(exchange: Exchange, content: Mapping[str, Any] | Sequence[Any]) -> Response:
    """Return JSON with the headers of the exchange."""
    return Json(content, headers=exchange.headers() | {"Link": _CONTEXT})


def answered(exchange: Exchange, ask: Callable[[], Answer[Any]]) -> Response:
    """Return an answer as JSON, CSV or, as its evidence, RDF."""
    chosen = exchange.media_type(ANSWERS)
    answer = ask().of_release(exchange.release.id)
    links = ", ".join([_CONTEXT, *_page_links(exchange, answer.next)])
    headers = exchange.headers() | {"Link": links}
    if chosen == ANSWERS["json"]:
        return Json(as_json(answer, _address(exchange, _QUERIES)), headers=headers)
    graph = exchange.release.graph
    if chosen == ANSWERS["csv"]:
        content = as_csv(answer).encode()
    else:
        content = (as_ttl if chosen == ANSWERS["ttl"] else as_trig)(graph, answer)
    return Response(content, headers=headers, media_type=chosen)


def question_page(exchange: Exchange, name: str, ask: Callable[[], Answer[Any]] | None) -> Response:
    """Return the page of a question: its form, and below it the answer where one was asked."""
    exchange.media_type(PAGE)
    question = BY_NAME[name]
    given = dict(exchange.request.query_params)
    answer = ask().of_release(exchange.release.id) if ask is not None else None
    said = as_json(answer) if answer is not None else None
    return page(
        exchange.request, exchange.lang, "answer.html", headers=exchange.headers(),
        question=question, given=given, options=_options(exchange, question.fields),
        answer=said, table=table(said["rows"], said["question"]) if said is not None else None,
        extra={key: said[key] for key in _extra(answer)} if answer is not None and said else {},
        release=exchange.release.id,
        formats=[
            (label, f"/api/v1/answers/{name}?{urlencode(given | {'format': key})}")
            for label, key in OFFERED
        ],
    )  # fmt: skip


def listed(exchange: Exchange, find: Callable[[], Listing]) -> Response:
    """Return a page of a list as JSON, CSV or RDF."""
    chosen = exchange.media_type(ANSWERS)
    found = find()
    links = ", ".join([_CONTEXT, *_page_links(exchange, found.next)])
    headers = exchange.headers() | {"Link": links}
    said = listing_as_json(found, exchange.release.id)
    if chosen == TABLES["csv"]:
        return Response(rows_as_csv(said["rows"]), headers=headers, media_type=chosen)
    if chosen != JSON["json"]:
        graph, iris = exchange.release.graph, [row.iri for row in found.rows]
        content = (things_as_ttl if chosen == ANSWERS["ttl"] else things_as_trig)(graph, iris)
        return Response(content, headers=headers, media_type=chosen)
    return Json(said, headers=headers)


def spooled(result: Result, media_type: str, headers: Mapping[str, str]) -> Response:
    """Return a whole result with its length."""
    said = {**headers, "Content-Length": str(result.size)}
    if result.size <= _IN_ONE_PIECE:
        with result:
            return Response(result.read(), headers=said, media_type=media_type)
    return StreamingResponse(_pieces(result), headers=said, media_type=media_type)


async def _pieces(result: Result) -> AsyncIterator[bytes]:
    with result:
        while piece := result.content.read(_PIECE):
            yield piece


def _extra(answer: Answer[Any]) -> list[str]:
    shown = as_json(answer)
    known = {"question", "parameters", "total", "rows", "release", "next", "query", "alternatives"}
    return [name for name in shown if name not in known | {"thing"}]


def _options(exchange: Exchange, fields: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Return what a field offers to choose from: the concepts of a short list."""
    names = names_of(exchange.release.graph)
    return {
        field: sorted(
            ((names.key_of(iri) or iri, names.label(iri, exchange.lang))
             for iri in names.labels if kind_of(iri) == _CHOICES[field]),
            key=lambda option: option[1].casefold(),
        )
        for field in fields if field in _CHOICES
    }  # fmt: skip


def _page_links(exchange: Exchange, cursor: str | None) -> Iterator[str]:
    given = dict(exchange.request.query_params)
    path = exchange.request.url.path
    first = {key: value for key, value in given.items() if key != "cursor"}
    yield f'<{path}{"?" if first else ""}{urlencode(first)}>; rel="first"'
    if cursor is not None:
        yield f'<{path}?{urlencode(given | {"cursor": cursor})}>; rel="next"'


def _address(exchange: Exchange, path: str) -> str:
    """Return an address of this service under which others reach it."""
    return public_url(exchange) + path


def public_url(reading: Reading) -> str:
    """Return scheme and host of this service, as set or as the request says."""
    return public_url_of(reading.request, reading.service.settings)


def public_url_of(request: Request, settings: Settings) -> str:
    """Return scheme and host under which others reach this service."""
    return (settings.public_url or str(request.base_url)).rstrip("/")


def as_text(value: Mapping[str, Any]) -> str:
    """Return JSON as text, umlauts as they are."""
    return json.dumps(value, ensure_ascii=False)
