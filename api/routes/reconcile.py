"""`/reconcile`: names matched to things, by version 0.2 of the Reconciliation Service API.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
Clients of this protocol send parameters of their own beside those that it knows; those are
let pass, other than elsewhere in this API.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Response

from api.manifests import manifest_0_2
from api.models_reconciliation import (
    BatchOut,
    PropertiesOut,
    ProposalOut,
    ThingsOut,
    TypesOut,
)
from api.reconciling import (
    Desk,
    DeskDep,
    answered,
    batch,
    extension,
    form_of,
    loaded,
    meta,
    propertied,
    reply,
    texts,
    typed,
    whole,
)
from kg.errors import BadQueryError
from kg.reconciliation import suggesting
from kg.reconciliation.extending import proposed
from kg.reconciliation.queries import LIMIT, MOST, NAME, PROPERTY, Candidate, Condition
from kg.reconciliation.queries import Query as Asked
from kg.reconciliation.suggesting import Part

router = APIRouter(tags=["Reconciliation"])

_FIELDS: Final = frozenset({"query", "type", "limit", "properties", "type_strict"})
_SAID: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "queries": {"type": "string", "description": "Abfragen / queries: JSON"},
                        "extend": {"type": "string", "description": "Ergänzung / extension: JSON"},
                    },
                }
            }
        },
    }
}
Json = Annotated[str | None, Query(description="JSON")]
Prefix = Annotated[str, Query(description="Anfang eines Namens / beginning of a name, or an id")]
Cursor = Annotated[int, Query(ge=0, le=10_000, description="so viele auslassen / to be skipped")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="so viele höchstens / at most")]
OfType = Annotated[list[str] | None, Query(alias="type", description="Typ / type")]


@router.get(
    "/reconcile",
    response_model=BatchOut,
    summary="Reconciliation 0.2: manifest, queries, extension",
)
def manifest_or_answer(
    desk: DeskDep,
    queries: Json = None,
    extend: Json = None,
    query: Annotated[str | None, Query(include_in_schema=False)] = None,
    callback: Annotated[str | None, Query(include_in_schema=False)] = None,
) -> Response:
    """Return the manifest; with `queries` candidates for each, with `extend` values."""
    if callback is not None:
        raise BadQueryError("There is no JSONP here; browsers may ask from any origin (CORS).")
    if query is not None:
        raise BadQueryError('There is no `query`; send `queries`, such as {"q0": {"query": …}}.')
    given = {"queries": queries, "extend": extend}
    if queries is None and extend is None:
        return reply(desk, manifest_0_2(desk))
    return _answer(desk, [(name, text) for name, text in given.items() if text is not None])


@router.post(
    "/reconcile",
    response_model=BatchOut,
    openapi_extra=_SAID,
    summary="Reconciliation 0.2: queries, extension",
)
def answer_a_form(
    desk: DeskDep, fields: Annotated[list[tuple[str, str]], Depends(form_of)]
) -> Response:
    """Return candidates for each of the `queries`, or the values that `extend` asks for."""
    return _answer(desk, [pair for pair in fields if pair[0] in {"queries", "extend"}])


def _answer(desk: Desk, fields: Sequence[tuple[str, str]]) -> Response:
    if len(fields) != 1:
        raise BadQueryError("Send either `queries` or `extend`, once.")
    ((name, text),) = fields
    raw = loaded(text, f"`{name}`")
    if name == "extend":
        return reply(desk, _extended(desk, raw))
    if not isinstance(raw, dict):
        raise BadQueryError('`queries` is an object: {"q0": {"query": …}, …}.')
    batch(list(raw))
    return reply(desk, {key: _result(desk, one) for key, one in raw.items()})


def _result(desk: Desk, raw: object) -> dict[str, Any]:
    found = answered(desk, raw, decoded)
    if isinstance(found, dict):
        return {"result": [], "error": found}
    return {"result": [_candidate(desk, one) for one in found]}


def _candidate(desk: Desk, one: Candidate) -> dict[str, Any]:
    return {
        **desk.shown(one.iri),
        "type": desk.types(one.iri),
        "score": one.score,
        "features": [{"id": feature.id, "value": feature.value} for feature in one.features],
        "match": one.match,
    }


def decoded(raw: object) -> Asked:
    """Return a query of version 0.2; `BadQueryError` says what it must look like."""
    if not isinstance(raw, dict):
        raise BadQueryError("A query is an object with `query` or `properties`.")
    unknown = sorted(set(raw) - _FIELDS)
    if unknown:
        raise BadQueryError(f"A query has no {unknown[0]!r}; it has {', '.join(sorted(_FIELDS))}.")
    conditions = []
    if "query" in raw:
        if not isinstance(raw["query"], str):
            raise BadQueryError("query must be a text.")
        conditions.append(Condition(NAME, (raw["query"],)))
    given = raw.get("properties", [])
    if not isinstance(given, list):
        raise BadQueryError("properties must be a list of objects with pid and v.")
    for one in given:
        if not isinstance(one, dict) or not isinstance(one.get("pid"), str) or "v" not in one:
            raise BadQueryError("A property is an object with pid and v.")
        values = tuple(text for text in texts(one["v"], "v") if text.strip())
        if values:
            conditions.append(Condition(PROPERTY, values, one["pid"]))
    strict = raw.get("type_strict", "any")
    return Asked(
        tuple(conditions), _types(raw.get("type", [])), strict if isinstance(strict, str) else "",
        min(whole(raw.get("limit", LIMIT), "limit"), MOST),
    )  # fmt: skip


def _types(given: object) -> tuple[str, ...]:
    every = given if isinstance(given, list) else [given]
    if not all(isinstance(one, str) for one in every):
        raise BadQueryError("type must be the id of a type, or a list of ids.")
    return tuple(every)


def _extended(desk: Desk, raw: object) -> dict[str, Any]:
    ids, properties = extension(desk, raw)
    rows: dict[str, dict[str, Any]] = {}
    errors = {}
    for ident in ids:
        iri = desk.one(ident)
        if iri is None:
            errors[ident] = f"We hold nothing under the id {ident!r}."
        rows[ident] = {
            one.property.id: desk.cells(iri, one) if iri is not None else [] for one in properties
        }
    said = {"meta": meta(desk, properties), "rows": rows}
    return said | {"errors": errors} if errors else said


@router.get(
    "/reconcile/suggest/entity",
    response_model=ThingsOut,
    summary="Reconciliation 0.2: things that begin so",
)
def suggest_things(
    desk: DeskDep, prefix: Prefix, cursor: Cursor = 0, limit: Limit = LIMIT, of: OfType = None
) -> Response:
    """Return things whose names begin so, or whose id this is."""
    part = Part(limit, cursor, tuple(of or ()))
    found = suggesting.things(desk.matcher, desk.index, desk.names, prefix, part)
    shown = [{**desk.shown(iri), "notable": desk.types(iri)} for iri in found]
    return reply(desk, {"result": shown})


@router.get(
    "/reconcile/suggest/type",
    response_model=TypesOut,
    summary="Reconciliation 0.2: types that begin so",
)
def suggest_types(
    desk: DeskDep, prefix: Prefix, cursor: Cursor = 0, limit: Limit = MOST
) -> Response:
    """Return types whose names begin so, or whose id this is."""
    found = suggesting.some_types(desk.names, prefix, Part(limit, cursor))
    return reply(desk, {"result": [typed(desk, one.id) for one in found]})


@router.get(
    "/reconcile/suggest/property",
    response_model=PropertiesOut,
    summary="Reconciliation 0.2: properties that begin so",
)
def suggest_properties(
    desk: DeskDep, prefix: Prefix, cursor: Cursor = 0, limit: Limit = MOST
) -> Response:
    """Return properties whose names begin so, or whose id this is."""
    found = suggesting.some_properties(desk.properties, prefix, Part(limit, cursor))
    return reply(desk, {"result": [propertied(desk, one) for one in found]})


@router.get(
    "/reconcile/extend/propose",
    response_model=ProposalOut,
    summary="Reconciliation 0.2: properties of a type",
)
def propose(
    desk: DeskDep,
    of: Annotated[str | None, Query(alias="type", description="Typ / type")] = None,
    limit: Annotated[int | None, Query(ge=1, le=MOST)] = None,
) -> Response:
    """Return the properties that things of a type may have, the ones often wanted first."""
    found = proposed(desk.properties, [of] if of else [], limit)
    said: dict[str, Any] = {"properties": [propertied(desk, one) for one in found]}
    return reply(desk, said | ({"type": of} if of else {}) | ({"limit": limit} if limit else {}))
