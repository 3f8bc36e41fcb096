"""`/sparql`: the SPARQL 1.1 protocol for queries, and a page with an editor.

Everything runs in the event loop: the readers are other processes, and no thread waits for them.
"""

import hashlib
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.routing import Route

from api.caching import holds
from api.editor import editor
from api.negotiation import language
from api.replies import public_url, spooled
from api.service import LANGUAGES, VARY, Exchange, NotModifiedError, Service, header, media_type
from kg.documents import JSON_LD, written
from kg.endpoint import described, limits, sizes
from kg.errors import BadQueryError
from kg.process import GoneError
from kg.querytext import LONGEST, examine

router = APIRouter(tags=["SPARQL"])

RESULTS: Final = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "plain-json": "application/json",
}
GRAPHS: Final = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": JSON_LD,
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "nq": "application/n-quads",
    "plain-json": "application/json",
}
_SPOKEN_OF_AS: Final = {
    "turtle": "ttl", "n3": "ttl", "xml": "rdf", "rdf+xml": "rdf", "json-ld": "jsonld",
    "json": "jsonld", "ntriples": "nt",
}  # fmt: skip
"""Words that SPARQLWrapper and others send as `format` beside `Accept`."""
_HTML: Final = {"html": "text/html"}
_BARE: Final = {key: value for key, value in GRAPHS.items() if key != "plain-json"} | _HTML
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_NO_UPDATES: Final = (
    "There are no updates here: every fact comes from a source. "
    "See CONTRIBUTING on how to bring one in."
)
_GONE: Final = 499
"""In the log only: the client did not wait for the answer."""
_MOST_BYTES: Final = 8 * LONGEST
_TEXT: Final = {"type": "string"}
_GRAPH_NAMES: Final = {"type": "array", "items": {"type": "string", "format": "uri"}}
_BY_GET: Final[dict[str, Any]] = {
    "parameters": [
        {"name": "query", "in": "query", "schema": _TEXT, "description": "SPARQL 1.1"},
        {"name": "lang", "in": "query", "schema": {"enum": list(LANGUAGES)},
         "description": "Sprache der Seite / language of the page"},
        {"name": "format", "in": "query", "schema": _TEXT,
         "description": "Format / format, stronger than `Accept`: json, csv, ttl …"},
        *(
            {"name": name, "in": "query", "schema": _GRAPH_NAMES}
            for name in ("default-graph-uri", "named-graph-uri")
        ),
    ]
}  # fmt: skip
_BY_POST: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            _FORM: {"schema": {"type": "object", "required": ["query"],
                               "properties": {"query": _TEXT}}},
            _QUERY: {"schema": _TEXT},
        },
    }
}  # fmt: skip
_ANSWERS: Final[dict[str, Any]] = {
    "responses": {200: {"content": {one: {} for one in (*RESULTS.values(), *GRAPHS.values())}}}
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as one of the three request forms brings it."""

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    format: str | None = None


async def _asked_by_post(request: Request) -> Asked:
    """Return the query of a POST: of a form, or as the body itself."""
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind == _UPDATE:
        raise HTTPException(405, _NO_UPDATES)
    charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip(' "')
    if kind not in {_FORM, _QUERY} or charset not in {"", "utf-8", "utf8", "us-ascii"}:
        raise HTTPException(
            415,
            f"Send the query in UTF-8, as {_FORM} or as {_QUERY}.",
            {"Accept-Post": f"{_FORM}, {_QUERY}"},
        )
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            raise HTTPException(413, f"A query may have at most {LONGEST} characters.")
    in_url = _pairs(request.url.query)
    if kind == _FORM:
        return _asked([*in_url, *_pairs(_decoded(bytes(body)))])
    if any(name == "query" for name, _ in in_url):
        raise BadQueryError("The query is the body; leave `query` out of the address.")
    return _asked([*in_url, ("query", _decoded(bytes(body)))])


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadQueryError("The query is not in UTF-8.") from error


def _pairs(text: str) -> list[tuple[str, str]]:
    """Return what is percent-encoded in a query string or a form, decoded once."""
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise BadQueryError("What is percent-encoded there is not in UTF-8.") from error


def _asked(pairs: list[tuple[str, str]]) -> Asked:
    names = [name for name, _ in pairs]
    if "update" in names:
        raise BadQueryError(_NO_UPDATES)
    if names.count("query") != 1:
        raise BadQueryError(f"Give `query` exactly once, not {names.count('query')} times.")

    def all_of(name: str) -> tuple[str, ...] | None:
        return tuple(value for key, value in pairs if key == name) or None

    formats = all_of("format")
    return Asked(
        dict(pairs)["query"],
        all_of("default-graph-uri"),
        all_of("named-graph-uri"),
        formats[0] if formats is not None else None,
    )


@router.get("/sparql", summary="Ask the graph in SPARQL", openapi_extra=_BY_GET, **_ANSWERS)
async def ask_by_get(request: Request) -> Response:
    """Return the result of `query`; without any parameter, what the endpoint can do.

    `default-graph-uri` and `named-graph-uri` win over `FROM`; `format` over `Accept`.
    """
    pairs = _pairs(request.scope["query_string"].decode("latin-1"))
    if {name for name, _ in pairs} <= {"format", "lang"}:
        return _bare(_exchange(request))
    return await run(_exchange(request), _asked(pairs))


@router.post("/sparql", summary="Ask the graph in SPARQL", openapi_extra=_BY_POST, **_ANSWERS)
async def ask_by_post(request: Request) -> Response:
    """Return the result of the query in the form or in the body."""
    return await run(_exchange(request), await _asked_by_post(request))


async def _ask(request: Request) -> Response:
    return await (ask_by_post if request.method == "POST" else ask_by_get)(request)


SHORT: Final = Route("/sparql", _ask, methods=["GET", "POST"])
"""The short way to both: that of FastAPI takes as long as an answer that is held."""


def _exchange(request: Request) -> Exchange:
    service: Service = request.app.state.service
    release = service.release()
    wish = request.query_params.get("lang")
    lang = wish if wish in LANGUAGES else language(header(request, "accept-language"), LANGUAGES)
    return Exchange(request, service, lang, release.id, release)


async def run(exchange: Exchange, asked: Asked) -> Response:
    """Return the result of a query, in the form agreed, within the published limits."""
    base = _base(exchange)
    examined = examine(asked.text, base)
    is_graph = examined.form in {"CONSTRUCT", "DESCRIBE"}
    offers = GRAPHS if is_graph else RESULTS
    wish = asked.format or exchange.request.query_params.get("format")
    if is_graph and wish is not None:
        wish = _SPOKEN_OF_AS.get(wish, wish)
    chosen = media_type(exchange.request, offers | _HTML, wish)
    if chosen == "application/json":
        chosen = offers["jsonld"] if "jsonld" in offers else offers["json"]
    is_page = chosen in _HTML.values()
    same = None if examined.varies else (asked, chosen, exchange.lang if is_page else None, base)
    headers = _headers(exchange, same)
    if is_page:
        headers["Content-Language"] = exchange.lang
    run_as = offers["ttl" if is_graph else "json"] if is_page else chosen
    try:
        result = await exchange.service.sandbox(exchange.release).run(
            asked.text, run_as, asked.default_graphs, asked.named_graphs,
            base=base, gone=exchange.request.is_disconnected,
        )  # fmt: skip
    except GoneError:
        return Response(status_code=_GONE)
    if is_page:
        return editor(exchange, headers, asked.text, result)
    charset = "; charset=utf-8" if chosen.startswith("text/") else ""
    return spooled(result, chosen + charset, headers)


def _base(exchange: Exchange) -> str:
    return f"{public_url(exchange)}/sparql"


def _headers(exchange: Exchange, same: tuple[object, ...] | None) -> dict[str, str]:
    """Return the headers of a result; `NotModifiedError` where the client has it.

    The ETag stands for the release and for all that makes an answer the `same`: query, data set,
    type (and, of a page, its language). What varies by itself has none.
    """
    release = exchange.release.id
    headers = {
        "Vary": VARY,
        "Cache-Control": "public, no-cache" if same is not None else "no-store",
        "X-Release": release,
        "X-Query-Limits": limits(exchange.service.settings),
    }
    if same is None or exchange.request.method not in {"GET", "HEAD"}:
        return headers
    digest = hashlib.sha256(repr(same).encode()).hexdigest()[:20]
    tag = headers["ETag"] = f'"{release[:12]}-{digest}"'
    exchange.service.tags.learn(exchange.request.scope, release, tag, headers)
    if holds(header(exchange.request, "if-none-match"), tag):
        raise NotModifiedError(headers)
    return headers


def _bare(exchange: Exchange) -> Response:
    chosen = exchange.media_type(_BARE)
    headers = exchange.headers() | {"X-Query-Limits": limits(exchange.service.settings)}
    if chosen == "text/html":
        return editor(exchange, headers)
    about = described(_base(exchange), sizes(exchange.release), exchange.service.settings)
    return Response(written(about, chosen), headers=headers, media_type=chosen)
