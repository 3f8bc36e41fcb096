"""`/reconcile/v1/`: names matched to things, by the draft of version 1.0.

https://reconciliation-api.github.io/specs/1.0-draft/
"""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Response

from api.manifests import manifest_1_0
from api.models_reconciliation import (
    ManifestOut,
    PropertiesOut,
    ProposalOut,
    ResultsOut,
    TableOut,
    ThingsOut,
    TypesOut,
)
from api.reconciling import (
    Desk,
    DeskDep,
    answered,
    batch,
    extension,
    json_of,
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
from kg.reconciliation.properties import Property
from kg.reconciliation.queries import (
    FEATURES,
    LIMIT,
    MATCH_TYPES,
    MOST,
    OF_NUMBERS,
    PROPERTY,
    QUALIFIERS,
    Candidate,
    Condition,
)
from kg.reconciliation.queries import Query as Asked
from kg.reconciliation.suggesting import Part

router = APIRouter(prefix="/reconcile/v1", tags=["Reconciliation"])

_FIELDS: Final = frozenset({"type", "limit", "lang", "dir", "conditions"})
_OF_CONDITIONS: Final = frozenset({
    "matchType", "propertyId", "propertyValue", "required", "matchQuantifier", "matchQualifier",
})  # fmt: skip


def _sent(properties: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": {"type": "object", "properties": properties}}}
    return {"requestBody": {"required": True, "content": content}}


_LIST: Final = {"type": "array", "items": {"type": "object"}}
Json = Annotated[object, Depends(json_of)]
Prefix = Annotated[str, Query(description="Anfang eines Namens / beginning of a name, or an id")]
Offset = Annotated[int, Query(ge=0, le=10_000, description="so viele auslassen / to be skipped")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="so viele höchstens / at most")]
OfType = Annotated[list[str] | None, Query(alias="type", description="Typ / type")]


@router.get("", include_in_schema=False)
@router.get("/", response_model=ManifestOut, summary="Reconciliation 1.0: manifest")
def manifest(desk: DeskDep) -> Response:
    """Return what this service is and can do."""
    return reply(desk, manifest_1_0(desk))


@router.post(
    "/match",
    response_model=ResultsOut,
    summary="Reconciliation 1.0: queries",
    openapi_extra=_sent({"queries": _LIST}),
)
def match(desk: DeskDep, sent: Json) -> Response:
    """Return candidates for each of the queries, in their order."""
    queries = sent.get("queries") if isinstance(sent, dict) else None
    if not isinstance(queries, list):
        raise BadQueryError("Send an object with a list of `queries`.")
    batch(queries)
    return reply(desk, {"results": [_result(desk, one) for one in queries]})


def _result(desk: Desk, raw: object) -> dict[str, Any]:
    found = answered(desk, raw, decoded)
    if isinstance(found, dict):
        return {"candidates": [], "error": found}
    return {"candidates": [_candidate(desk, one) for one in found]}


def _candidate(desk: Desk, one: Candidate) -> dict[str, Any]:
    return {
        **desk.shown(one.iri),
        "type": desk.types(one.iri),
        "score": one.score,
        "features": [
            {"id": feature.id, "name": _name_of(desk, feature.id), "value": feature.value}
            for feature in one.features
        ],
        "match": one.match,
    }


def _name_of(desk: Desk, feature: str) -> str:
    own = FEATURES.get(feature)
    return own[desk.lang] if own is not None else desk.properties.all[feature].labels[desk.lang]


def decoded(raw: object) -> Asked:
    """Return a query of version 1.0; `BadQueryError` says what it must look like."""
    if not isinstance(raw, dict):
        raise BadQueryError("A query is an object with conditions.")
    _known(raw, _FIELDS, "query")
    given, of = raw.get("conditions"), raw.get("type")
    if not isinstance(given, list) or not given:
        raise BadQueryError("A query needs a list of conditions, at least one.")
    if of is not None and not isinstance(of, str):
        raise BadQueryError("type must be the id of one type.")
    limit = min(whole(raw.get("limit", LIMIT), "limit"), MOST)
    return Asked(tuple(map(_condition, given)), (of,) if of is not None else (), limit=limit)


def _condition(raw: object) -> Condition:
    if not isinstance(raw, dict):
        raise BadQueryError("A condition is an object with matchType and propertyValue.")
    _known(raw, _OF_CONDITIONS, "condition")
    match, prop = raw.get("matchType"), raw.get("propertyId", "")
    if match not in MATCH_TYPES:
        raise BadQueryError(f"matchType is {match!r}; there are {', '.join(MATCH_TYPES)}.")
    if "propertyValue" not in raw:
        raise BadQueryError("A condition needs a propertyValue.")
    if not isinstance(prop, str) or bool(prop) != (match == PROPERTY):
        raise BadQueryError("propertyId is needed where matchType is property, and only there.")
    required = raw.get("required", False)
    if not isinstance(required, bool):
        raise BadQueryError("required must be true or false.")
    quantifier, qualifier = raw.get("matchQuantifier", "any"), raw.get("matchQualifier", "alike")
    return Condition(
        match, texts(raw["propertyValue"], "propertyValue"), prop, required,
        str(quantifier), str(qualifier),
    )  # fmt: skip


def _known(raw: dict[str, Any], fields: frozenset[str], what: str) -> None:
    unknown = sorted(set(raw) - fields)
    if unknown:
        there_are = ", ".join(sorted(fields))
        raise BadQueryError(f"A {what} has no {unknown[0]!r}; it has {there_are}.")


@router.get(
    "/suggest/entity",
    response_model=ThingsOut,
    summary="Reconciliation 1.0: things that begin so",
)
def suggest_things(
    desk: DeskDep, prefix: Prefix, offset: Offset = 0, limit: Limit = LIMIT, of: OfType = None
) -> Response:
    """Return things whose names begin so, or whose id this is."""
    part = Part(limit, offset, tuple(of or ()))
    found = suggesting.things(desk.matcher, desk.index, desk.names, prefix, part)
    shown = [{**desk.shown(iri), "notable": desk.types(iri)} for iri in found]
    return reply(desk, {"result": shown})


@router.get(
    "/suggest/type",
    response_model=TypesOut,
    summary="Reconciliation 1.0: types that begin so",
)
def suggest_types(
    desk: DeskDep, prefix: Prefix, offset: Offset = 0, limit: Limit = MOST
) -> Response:
    """Return types whose names begin so, or whose id this is."""
    found = suggesting.some_types(desk.names, prefix, Part(limit, offset))
    return reply(desk, {"result": [typed(desk, one.id) for one in found]})


@router.get(
    "/suggest/property",
    response_model=PropertiesOut,
    summary="Reconciliation 1.0: properties that begin so",
)
def suggest_properties(
    desk: DeskDep, prefix: Prefix, offset: Offset = 0, limit: Limit = MOST
) -> Response:
    """Return properties whose names begin so, or whose id this is, and how to compare them."""
    found = suggesting.some_properties(desk.properties, prefix, Part(limit, offset))
    return reply(desk, {"result": [_qualified(desk, one) for one in found]})


def _qualified(desk: Desk, one: Property) -> dict[str, Any]:
    ways = {**QUALIFIERS, **(OF_NUMBERS if one.number else {})}
    qualifiers = [{"id": ident, "name": name[desk.lang]} for ident, name in ways.items()]
    return propertied(desk, one) | {"matchQualifiers": qualifiers}


@router.get(
    "/extend/propose",
    response_model=ProposalOut,
    summary="Reconciliation 1.0: properties of a type",
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


@router.post(
    "/extend", response_model=TableOut,
    summary="Reconciliation 1.0: extension",
    openapi_extra=_sent({"ids": {"type": "array", "items": {"type": "string"}},
                         "properties": _LIST}),
)  # fmt: skip
def extend(desk: DeskDep, sent: Json) -> Response:
    """Return what some properties say of some things."""
    ids, properties = extension(desk, sent)
    rows = []
    for ident in ids:
        iri = desk.one(ident)
        row: dict[str, Any] = {
            "id": ident,
            "properties": [
                {"id": one.property.id, "values": desk.cells(iri, one) if iri is not None else []}
                for one in properties
            ],
        }
        missing = {} if iri is not None else {"error": f"We hold nothing under the id {ident!r}."}
        rows.append(row | missing)
    return reply(desk, {"meta": meta(desk, properties), "rows": rows})
