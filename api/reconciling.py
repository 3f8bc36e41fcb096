"""What both versions of reconciliation over HTTP share: reading requests, showing things."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import parse_qsl

from fastapi import Depends, HTTPException, Request, Response
from fastapi.responses import JSONResponse

from api.replies import JSON
from api.service import Exchange, ExchangeDep
from kg.answers.lists import hint
from kg.errors import BadQueryError
from kg.names import Names, kind_of, names_of
from kg.reconciliation.extending import Wanted, values, wanted
from kg.reconciliation.matching import Matcher, matcher_of
from kg.reconciliation.properties import Properties, Property, Value, properties_of
from kg.reconciliation.queries import Candidate, Query
from kg.reconciliation.types import types, types_of
from kg.search import Index, index_of
from kg.things import thing

BATCH: Final = 50
"""Queries of a batch."""
MOST_IDS: Final = 1000
MOST_PROPERTIES: Final = 50
PREVIEW: Final = {"width": 420, "height": 240}
_MOST_BYTES: Final = 2 * 1024 * 1024
_FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Desk:
    """A release as reconciliation asks it; what it needs is read when first asked for."""

    exchange: Exchange

    @property
    def names(self) -> Names:
        """Return the names of the release."""
        return names_of(self.exchange.release.graph)

    @property
    def properties(self) -> Properties:
        """Return the properties of the release."""
        return properties_of(self.exchange.release.graph)

    @property
    def matcher(self) -> Matcher:
        """Return what matches names to the release."""
        return matcher_of(self.exchange.release.graph, self.exchange.release.index)

    @property
    def index(self) -> Index:
        """Return the index of the release."""
        return index_of(self.exchange.release.graph, self.exchange.release.index)

    @property
    def lang(self) -> str:
        """Return the language of the answer."""
        return self.exchange.lang

    def shown(self, iri: str) -> dict[str, str]:
        """Return a thing with id, name and what tells it from others of its name."""
        graph = self.exchange.release.graph
        one = thing(graph, iri, self.lang)
        return {"id": iri, "name": one.label, "description": self._told(iri)}

    def types(self, iri: str) -> list[dict[str, str]]:
        """Return the types of a thing, the narrowest first."""
        return [self.type(one) for one in types_of(self.names, iri)]

    def kinds(self, iri: str) -> tuple[str]:
        """Return the kind of a thing."""
        return (kind_of(iri),)

    def type(self, ident: str) -> dict[str, str]:
        """Return a type with id and name."""
        labels = types(self.names)[ident].labels
        return {"id": ident, "name": labels.get(self.lang) or labels["de"]}

    def value(self, one: Value, form: str) -> dict[str, str | int | float]:
        """Return a value as both versions write it."""
        if one.number is not None:
            return {"int" if isinstance(one.number, int) else "float": one.number}
        if one.iri and form == "thing":
            shown = self.shown(one.iri)
            return {"id": shown["id"], "name": shown["name"]}
        if one.iri:
            return {"str": one.iri if form == "iri" else self.shown(one.iri)["name"]}
        return {"str": one.text}

    def cells(self, iri: str, one: Wanted) -> list[dict[str, str | int | float]]:
        """Return the values of a property of a thing."""
        found = values(self.properties, iri, one, self.lang)
        return [self.value(value, one.form) for value in found]

    def one(self, ident: str) -> str | None:
        """Return the thing that an id names, None where it names none or several."""
        found = self.matcher.identified(ident)
        return found[0] if len(found) == 1 else None

    def _told(self, iri: str) -> str:
        graph = self.exchange.release.graph
        told = hint(graph, thing(graph, iri, self.lang), self.lang)
        if self.names.levels.get(iri):
            return told
        places = self.properties.column("places").values.get(iri, ())
        around = ", ".join(self.names.label(one.iri, self.lang) for one in places[:2])
        kind = self.type(kind_of(iri))["name"]
        return f"{kind} ({around})" if around else kind


async def desk_of(exchange: ExchangeDep) -> Desk:
    """Return the release in use, for reconciliation that answers in JSON; nothing is read yet."""
    exchange.media_type(JSON)
    return Desk(exchange)


DeskDep = Annotated[Desk, Depends(desk_of)]


def reply(desk: Desk, content: Mapping[str, Any]) -> Response:
    """Return JSON with the headers of the exchange; what was posted has no tag."""
    headers = desk.exchange.headers()
    if desk.exchange.request.method == "POST":
        headers.pop("ETag", None)
        headers["Cache-Control"] = "no-store"
    return JSONResponse(content, headers=headers)


async def _body(request: Request, media_type: str) -> str:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != media_type:
        raise HTTPException(415, f"Send this as {media_type}.", {"Accept-Post": media_type})
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            raise HTTPException(413, f"A request may have at most {_MOST_BYTES} bytes.")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadQueryError("The request is not in UTF-8.") from error


async def form_of(request: Request) -> list[tuple[str, str]]:
    """Return the fields of a form that was posted."""
    return parse_qsl(await _body(request, _FORM), keep_blank_values=True)


async def json_of(request: Request) -> object:
    """Return the JSON that was posted."""
    return loaded(await _body(request, JSON["json"]), "The body")


def loaded(text: str, what: str) -> Any:  # noqa: ANN401 (whatever JSON says)
    """Return what JSON says; `BadQueryError` where it is malformed."""
    try:
        found = json.loads(text, parse_constant=_no_number)
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        said = getattr(error, "msg", "") or type(error).__name__
        at = f" at character {error.pos}" if isinstance(error, json.JSONDecodeError) else ""
        raise BadQueryError(f"{what} is not well-formed JSON: {said}{at}.") from error
    return found


def _no_number(name: str) -> object:
    message = f"{name} is no number of JSON"
    raise ValueError(message)


def batch(given: Sequence[object]) -> None:
    """Raise a 413 where a batch holds more queries than are announced."""
    if len(given) > BATCH:
        raise HTTPException(
            413, f"A batch may hold {BATCH} queries (batchSize), not {len(given)}. Send several."
        )


def answered(
    desk: Desk, raw: object, decode: Callable[[object], Query]
) -> tuple[Candidate, ...] | dict[str, str]:
    """Return the candidates of one query, or the error that is its own."""
    try:
        return desk.matcher.candidates(decode(raw))
    except BadQueryError as error:
        return {"type": "bad-query", "detail": str(error)}


def texts(given: object, what: str) -> tuple[str, ...]:
    """Return a value, or several, as texts: a text, a number, a truth value, a thing with id."""
    every = given if isinstance(given, list) else [given]
    return tuple(_text(one, what) for one in every)


def _text(one: object, what: str) -> str:
    if isinstance(one, dict):
        one = one.get("id")
    if isinstance(one, bool):
        return "true" if one else "false"
    if isinstance(one, int | float) and math.isfinite(one):
        return str(int(one)) if float(one).is_integer() else str(one)
    if isinstance(one, str):
        return one
    raise BadQueryError(f"{what} must be a text, a number, true, false or an object with id.")


def whole(given: object, what: str) -> int:
    """Return a whole number."""
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    if isinstance(given, float) and given.is_integer():
        return int(given)
    raise BadQueryError(f"{what} must be a whole number.")


def extension(desk: Desk, raw: object) -> tuple[list[str], list[Wanted]]:
    """Return the ids and properties of a request to extend; `BadQueryError`, 413."""
    if not isinstance(raw, dict):
        raise BadQueryError("An extension is an object with ids and properties.")
    ids, properties = raw.get("ids"), raw.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise BadQueryError("ids must be a list of texts.")
    if not isinstance(properties, list):
        raise BadQueryError("properties must be a list of objects with id.")
    if len(ids) > MOST_IDS or len(properties) > MOST_PROPERTIES:
        raise HTTPException(413, f"At most {MOST_IDS} ids and {MOST_PROPERTIES} properties.")
    return ids, [_wanted(desk, one) for one in properties]


def _wanted(desk: Desk, one: object) -> Wanted:
    settings = one.get("settings") or {} if isinstance(one, dict) else None
    if not isinstance(one, dict) or not isinstance(one.get("id"), str):
        raise BadQueryError("A property to extend by is an object with id.")
    if not isinstance(settings, dict):
        raise BadQueryError("settings must be an object.")
    return wanted(desk.properties, one["id"], settings)


def meta(desk: Desk, properties: Sequence[Wanted]) -> list[dict[str, Any]]:
    """Return the properties of an extension with their names and the type of their values."""
    found: list[dict[str, Any]] = []
    for one in properties:
        prop = one.property
        told: dict[str, Any] = {"id": prop.id, "name": prop.labels[desk.lang]}
        if prop.of_things and one.form == "thing":
            told["type"] = desk.type(prop.of_things)
        found.append(told)
    return found


def typed(desk: Desk, ident: str) -> dict[str, Any]:
    """Return a type, below the type that is broader."""
    broader = types(desk.names)[ident].broader
    return desk.type(ident) | ({"broader": [desk.type(broader)]} if broader else {})


def propertied(desk: Desk, one: Property) -> dict[str, Any]:
    """Return a property with its name and what it means."""
    told = {"id": one.id, "name": one.labels[desk.lang]}
    description = one.descriptions.get(desk.lang)
    return told | {"description": description} if description else told
