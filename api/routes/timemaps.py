"""`/timemap/{link,json}/…`: all states of a document or an answer that are kept (RFC 7089 §5)."""

from typing import Any, Final, Literal

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from api.memento import LINK_FORMAT, Address, Timed, TimedDep
from api.named import spoken_of_in
from api.questions import BY_NAME
from kg.errors import NotFoundError
from kg.mementos import Memento, deleted

router = APIRouter(tags=["Linked data"])

_ANSWERS: Final = "/api/v1/answers/"


@router.get("/timemap/{form}/{path:path}", summary="All states that are kept")
def timemap(exchange: TimedDep, form: Literal["link", "json"], path: str) -> Response:
    """List the states of the address that stands after `/timemap/link` or `/timemap/json`.

    Documents have those of the releases that speak of the thing, answers those of all releases.
    What follows the question mark belongs to that address.
    """
    del path  # as decoded; the address has it as it was written
    address = Address.of(exchange, f"/timemap/{form}")
    states = _states(exchange, address)
    headers = exchange.headers() | {"Vary": "Accept-Encoding, Origin"}
    if form == "json":
        return JSONResponse(_as_json(exchange, address, states), headers=headers)
    return Response(_as_links(address, states), headers=headers, media_type=LINK_FORMAT)


def _states(exchange: Timed, address: Address) -> list[Memento]:
    if address.path.removeprefix(_ANSWERS) in BY_NAME and address.path.startswith(_ANSWERS):
        return list(exchange.kept)
    _, base, kind, key = (*address.path.split("/", 3), "", "", "")[:4]
    speaks = spoken_of_in(exchange, kind, key)
    found = [one for one in exchange.kept if base in {"id", "doc"} and key and speaks(one)]
    if not found:
        raise NotFoundError(address.path, "document or answer")
    return found


def _as_links(address: Address, states: list[Memento]) -> str:
    span = f'from="{states[0].written}"; until="{states[-1].written}"'
    lines = [
        f'<{address.original}>; rel="original timegate"',
        f'<{address.timemap("link")}>; rel="self"; type="{LINK_FORMAT}"; {span}',
        f'<{address.timemap("json")}>; rel="timemap"; type="application/json"',
    ]
    for place, one in enumerate(states):
        words = ["first"] if place == 0 else []
        words += ["last"] if place == len(states) - 1 else []
        relation = " ".join([*words, "memento"])
        lines.append(f'<{address.state(one)}>; rel="{relation}"; datetime="{one.written}"')
    return ",\n".join(lines) + "\n"


def _as_json(exchange: Timed, address: Address, states: list[Memento]) -> dict[str, Any]:
    listed = [
        {"datetime": one.written, "uri": address.state(one), "release": one.release}
        for one in states
    ]
    return {
        "original_uri": address.original,
        "timegate_uri": address.original,
        "timemap_uri": {
            "link_format": address.timemap("link"), "json_format": address.timemap("json"),
        },
        "mementos": {"first": listed[0], "last": listed[-1], "list": listed},
        "deleted": [
            {"datetime": one.written, "release": one.release}
            for one in deleted(exchange.service.settings.data)
        ],
    }  # fmt: skip
