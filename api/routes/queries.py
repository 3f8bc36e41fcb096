"""`/api/v1/queries`: the saved questions, each an operation of its own."""

import json
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final, TypeAlias

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool

from api.replies import JSON, json_reply, public_url
from api.routes.sparql import RESULTS, Asked, run
from api.service import Exchange, ExchangeDep, media_type
from api.strict import EVERYWHERE
from api.thing_pages import WORDS
from kg.answers.formats import things_as
from kg.answers.saved import PARAMETERS, bound, load_saved, saved_names
from kg.questions import Query

router = APIRouter(prefix="/api/v1", tags=["Saved questions"])

Operation: TypeAlias = "Callable[[ExchangeDep], Coroutine[Any, Any, Response]]"

_OFFERS: Final = {**RESULTS, **WORDS}
_ANSWERS: Final[Mapping[int | str, Any]] = {
    200: {"description": "Result / Ergebnis",
          "content": {one: {} for one in _OFFERS.values()}},
}  # fmt: skip


@router.get("/queries", summary="The saved questions")
def list_queries(exchange: ExchangeDep) -> Response:
    """List the saved questions: title, parameters with examples, columns, SPARQL text."""
    exchange.media_type(JSON)
    rows = [described(exchange, load_saved(name)) for name in saved_names()]
    total = {"value": len(rows), "relation": "eq"}
    return json_reply(exchange, {"list": "queries", "total": total, "rows": rows,
                                 "release": exchange.release.id, "next": None})  # fmt: skip


def described(exchange: Exchange, query: Query) -> dict[str, Any]:
    """Return what a saved question is, in the language of the exchange."""
    examples = {name: node.value for name, node in query.example.items()}
    return {
        "name": query.name,
        "title": query.title if exchange.lang == "en" else query.titel,
        "cq": query.cq,
        "parameters": [
            {"name": name, "required": required, "type": PARAMETERS[name].type,
             "meaning": getattr(PARAMETERS[name], exchange.lang), "example": examples.get(name)}
            for name, required in query.parameters.items()
        ],
        "columns": list(query.columns),
        "about": query.about,
        "text": query.text,
        "url": f"{public_url(exchange)}/api/v1/queries/{query.name}",
    }  # fmt: skip


async def ask_saved(exchange: ExchangeDep, name: str) -> Response:
    """Return the result of a saved question; where it needs parameters and has none, what it is."""
    query = load_saved(name)
    given = [
        f"{key}={value}" for key, value in exchange.request.query_params.multi_items()
        if key not in EVERYWHERE
    ]  # fmt: skip
    if not given and any(query.parameters.values()):
        exchange.media_type(JSON)
        return json_reply(exchange, described(exchange, query) | {"release": exchange.release.id})
    text = await run_in_threadpool(bound, exchange.release.graph, name, given)
    if media_type(exchange.request, _OFFERS) in WORDS.values():
        return await _as_rdf(exchange, query, text)
    return await run(exchange, Asked(text))


async def _as_rdf(exchange: Exchange, query: Query, text: str) -> Response:
    """Return what is said of the things in one column, and by whom."""
    chosen = exchange.media_type(_OFFERS)
    sandbox = exchange.service.sandbox(exchange.release)
    with await sandbox.run(text, RESULTS["json"]) as result:
        rows = json.loads(result.read())["results"]["bindings"]
    cells = (row.get(query.about) for row in rows)
    iris = dict.fromkeys(cell["value"] for cell in cells if cell and cell["type"] == "uri")
    content = await run_in_threadpool(things_as, exchange.release.graph, iris, chosen)
    return Response(content, headers=exchange.headers(), media_type=chosen)


def _operation(name: str) -> Operation:
    async def ask(exchange: ExchangeDep) -> Response:
        return await ask_saved(exchange, name)

    return ask


def _meaning(query: Query) -> str:
    return (
        f"{query.titel}.\n\n{query.title}.\n\n"
        f"Spalten / columns: {', '.join(f'`{one}`' for one in query.columns)}. "
        f"Als RDF, was von den Dingen in `{query.about}` gesagt wird, mit den Datensätzen dahinter "
        f"/ as RDF what is said of the things in `{query.about}`, with the records behind it."
    )


def _parameters(query: Query) -> list[dict[str, Any]]:
    described = []
    for name, required in query.parameters.items():
        said = PARAMETERS[name]
        need = "nötig / required" if required else "freiwillig / optional"
        one: dict[str, Any] = {
            "name": name, "in": "query", "required": False, "schema": {"type": "string"},
            "description": f"{said.de} / {said.en} ({need})",
        }  # fmt: skip
        if name in query.example:
            one["example"] = query.example[name].value
        described.append(one)
    return described


for _query in map(load_saved, saved_names()):
    router.get(
        f"/queries/{_query.name}", operation_id=f"query_{_query.name}", summary=_query.title,
        description=_meaning(_query), responses=dict(_ANSWERS),
        openapi_extra={"parameters": _parameters(_query)},
    )(_operation(_query.name))  # fmt: skip
router.get("/queries/{name}", include_in_schema=False)(ask_saved)
