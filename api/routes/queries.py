"""`/api/v1/queries`: the saved questions, described and run by name."""

from typing import Any, Final

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool

from api.replies import JSON, json_reply, public_url
from api.routes.sparql import RESULTS, Asked, run
from api.service import Exchange, ExchangeDep
from api.strict import EVERYWHERE
from kg.answers.saved import bound, load_saved, saved_names
from kg.questions import Query

router = APIRouter(prefix="/api/v1", tags=["Saved questions"])

_RESULTS: Final[dict[str, Any]] = {
    "responses": {200: {"content": {media_type: {} for media_type in RESULTS.values()}}}
}


@router.get("/queries", summary="The saved questions")
def list_queries(exchange: ExchangeDep) -> Response:
    """List the saved questions: title, parameters, SPARQL text."""
    exchange.media_type(JSON)
    rows = [_described(exchange, load_saved(name)) for name in saved_names()]
    total = {"value": len(rows), "relation": "eq"}
    return json_reply(exchange, {"list": "queries", "total": total, "rows": rows,
                                 "release": exchange.release.id, "next": None})  # fmt: skip


@router.get("/queries/{name}", summary="A saved question", **_RESULTS)
async def ask_saved(exchange: ExchangeDep, name: str) -> Response:
    """Return the result of a saved question; where it needs parameters and has none, what it is.

    Its own parameters are taken as IRI, key or name.
    """
    query = load_saved(name)
    given = [
        f"{key}={value}" for key, value in exchange.request.query_params.multi_items()
        if key not in EVERYWHERE
    ]  # fmt: skip
    if not given and any(query.parameters.values()):
        exchange.media_type(JSON)
        return json_reply(exchange, _described(exchange, query) | {"release": exchange.release.id})
    text = await run_in_threadpool(bound, exchange.release.graph, name, given)
    return await run(exchange, Asked(text))


def _described(exchange: Exchange, query: Query) -> dict[str, Any]:
    return {
        "name": query.name,
        "title": query.title if exchange.lang == "en" else query.titel,
        "cq": query.cq,
        "parameters": [
            {"name": name, "required": required} for name, required in query.parameters.items()
        ],
        "text": query.text,
        "url": f"{public_url(exchange)}/api/v1/queries/{query.name}",
    }
