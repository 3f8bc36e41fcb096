"""`/sparql`: the SPARQL 1.1 protocol for queries, and a page with a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from api.pages import page
from api.replies import public_url, spooled
from api.service import Exchange, ExchangeDep
from kg.answers.sources import graphs
from kg.documents import JSON_LD, written
from kg.endpoint import described
from kg.errors import BadQueryError
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
_DESCRIPTION: Final = {key: value for key, value in GRAPHS.items() if key != "plain-json"}
_BARE: Final = _DESCRIPTION | {"html": "text/html"}
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_MOST_BYTES: Final = 8 * LONGEST
_TEXT: Final = {"type": "string"}
_GRAPH_NAMES: Final = {"type": "array", "items": {"type": "string", "format": "uri"}}
_BY_GET: Final[dict[str, Any]] = {
    "parameters": [
        {"name": "query", "in": "query", "schema": _TEXT, "description": "SPARQL 1.1"},
        *(
            {"name": name, "in": "query", "schema": _GRAPH_NAMES}
            for name in ("default-graph-uri", "named-graph-uri")
        ),
    ]
}
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
_EXAMPLE: Final = """PREFIX lotse: <https://w3id.org/innovationslotse/ns#>
PREFIX skos:  <http://www.w3.org/2004/02/skos/core#>

SELECT ?lab ?name ?place WHERE {
  ?lab a lotse:Lab ; skos:prefLabel ?name ; lotse:takesPlaceIn ?where .
  ?where skos:prefLabel ?place .
} ORDER BY ?name ?lab ?place LIMIT 25
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as one of the three request forms brings it."""

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    format: str | None = None


async def asked_by_post(request: Request) -> Asked:
    """Return the query of a POST: of a form, or as the body itself."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {_FORM, _QUERY}:
        raise HTTPException(
            415,
            f"Send the query as {_FORM} or as {_QUERY}; updates are not taken here.",
            {"Accept-Post": f"{_FORM}, {_QUERY}"},
        )
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            raise HTTPException(413, f"A query may have at most {LONGEST} characters.")
    text = _decoded(body)
    in_url = parse_qsl(request.url.query, keep_blank_values=True)
    if kind == _QUERY:
        if any(name in {"query", "update"} for name, _ in in_url):
            raise BadQueryError("The query is the body; leave `query` out of the address.")
        return _asked([*in_url, ("query", text)])
    return _asked([*in_url, *parse_qsl(text, keep_blank_values=True)])


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadQueryError("The query is not in UTF-8.") from error


def _asked(pairs: list[tuple[str, str]]) -> Asked:
    names = [name for name, _ in pairs]
    if "update" in names:
        raise BadQueryError(
            "There are no updates here: every fact comes from a source. "
            "See CONTRIBUTING on how to bring one in."
        )
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
def ask_by_get(exchange: ExchangeDep) -> Response:
    """Return the result of `query`; without any parameter, what the endpoint can do.

    `default-graph-uri` and `named-graph-uri` win over `FROM`; `format` over `Accept`.
    """
    if not exchange.request.url.query or set(exchange.request.query_params) <= {"format", "lang"}:
        return _bare(exchange)
    pairs = parse_qsl(exchange.request.url.query, keep_blank_values=True)
    return run(exchange, _asked(pairs))


@router.post("/sparql", summary="Ask the graph in SPARQL", openapi_extra=_BY_POST, **_ANSWERS)
def ask_by_post(exchange: ExchangeDep, asked: Annotated[Asked, Depends(asked_by_post)]) -> Response:
    """Return the result of the query in the form or in the body."""
    return run(exchange, asked)


def run(exchange: Exchange, asked: Asked) -> Response:
    """Return the result of a query, in the form agreed, within the published limits."""
    is_graph = examine(asked.text).form in {"CONSTRUCT", "DESCRIBE"}
    offers: Mapping[str, str] = GRAPHS if is_graph else RESULTS
    wish = asked.format or exchange.request.query_params.get("format")
    if is_graph and wish is not None:
        wish = _SPOKEN_OF_AS.get(wish, wish)
    chosen = exchange.media_type(offers, wish)
    if chosen == "application/json":
        chosen = offers["jsonld"] if "jsonld" in offers else offers["json"]
    sandbox = exchange.service.sandbox(exchange.release)
    result = sandbox.run(asked.text, chosen, asked.default_graphs, asked.named_graphs)
    charset = "; charset=utf-8" if chosen.startswith("text/") else ""
    headers = exchange.headers()
    if exchange.request.method == "POST":
        headers.pop("ETag", None)
    return spooled(result, chosen + charset, headers)


def _bare(exchange: Exchange) -> Response:
    chosen = exchange.media_type(_BARE)
    if chosen == "text/html":
        return page(
            exchange.request, exchange.lang, "sparql.html", headers=exchange.headers(),
            example=_EXAMPLE, settings=exchange.service.settings, release=exchange.release.id,
        )  # fmt: skip
    about = described(
        f"{public_url(exchange)}/sparql",
        graphs(exchange.release.graph),
        exchange.service.settings,
    )
    return Response(written(about, chosen), headers=exchange.headers(), media_type=chosen)
