"""`/queries`: the saved questions as pages, each with its form, its result and its text."""

from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool

from api.editor import shown
from api.pages import page
from api.replies import PAGE
from api.routes.queries import described
from api.routes.sparql import RESULTS
from api.service import Exchange, ExchangeDep
from api.strict import EVERYWHERE
from kg.answers.saved import bound, load_saved, saved_names

router = APIRouter(prefix="/queries", include_in_schema=False)

_MOST: Final = 200
_FORMATS: Final = (("JSON", "json"), ("CSV", "csv"), ("Turtle", "ttl"), ("TriG", "trig"))


@router.get("")
def all_queries(exchange: ExchangeDep) -> Response:
    """Return the page that lists the saved questions."""
    exchange.media_type(PAGE)
    listed = [described(exchange, load_saved(name)) for name in saved_names()]
    return page(
        exchange.request, exchange.lang, "queries.html", headers=exchange.headers(),
        queries=[(one, _example(one)) for one in listed],
    )  # fmt: skip


@router.get("/{name}")
async def one_query(exchange: ExchangeDep, name: str) -> Response:
    """Return the page of a saved question, with its result where its parameters are given."""
    exchange.media_type(PAGE)
    query = load_saved(name)
    given = {key: value for key, value in exchange.request.query_params.items()
             if key not in EVERYWHERE and value}  # fmt: skip
    asked = set(given) >= {one for one, required in query.parameters.items() if required}
    text, result = query.text, None
    if asked or set(given) - set(query.parameters):
        pairs = [f"{key}={value}" for key, value in given.items()]
        text = await run_in_threadpool(bound, exchange.release.graph, name, pairs)
        result = await _result(exchange, text)
    about = described(exchange, query)
    return page(
        exchange.request, exchange.lang, "query.html", headers=exchange.headers(),
        query=about, example=_example(about), given=given, result=result, most=_MOST,
        editor=f"/sparql?{urlencode({'query': text})}", text=text,
        formats=[(label, f"/api/v1/queries/{name}?{urlencode(given | {'format': word})}")
                 for label, word in _FORMATS],
    )  # fmt: skip


async def _result(exchange: Exchange, text: str) -> dict[str, Any]:
    sandbox = exchange.service.sandbox(exchange.release)
    with await sandbox.run(text, RESULTS["json"]) as result:
        return shown(result)


def _example(query: dict[str, Any]) -> str:
    """Return the address of a question's page with its example."""
    given = {one["name"]: one["example"] for one in query["parameters"] if one["example"]}
    return f"/queries/{query['name']}" + (f"?{urlencode(given)}" if given else "")
