"""`POST /api/v1/validate`: SHACL as a service; and the verdicts of the releases."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response

from api.handed_in import FORM, TAKEN, HandedIn, HandedInDep
from api.models import HistoryOut
from api.pages import local
from api.replies import JSON, Json
from api.service import Exchange, ExchangeDep
from kg.answers.answer import LIMIT, MOST
from kg.answers.formats import plain
from kg.answers.written import as_csv
from kg.errors import BusyError
from kg.namespaces import LSH
from kg.profiles import OURS
from kg.report_forms import FORMS, written
from kg.reports import Report
from kg.validation import Given, Wish, held_by, validate
from kg.verdicts import STATUSES, between, build_report

router = APIRouter(prefix="/api/v1", tags=["Validation"])

_OFFERS: Final = {name: FORMS[name] for name in ("json", "ttl", "jsonld", "html", "csv", "junit")}
_HISTORY: Final = {**JSON, "csv": "text/csv"}
_FILE: Final = {"type": "string", "format": "binary"}
_BODIES: Final[dict[str, Any]] = {
    **{media_type: {"schema": {"type": "string"}} for media_type in TAKEN},
    FORM: {
        "schema": {
            "type": "object",
            "properties": {
                "data": _FILE,
                "shapes": _FILE,
                **{key: {"type": "string"} for key in ("text", "profile", "engine", "base")},
            },
        }
    },
}
_WAIT: Final = 20.0

Profile = Annotated[
    str, Query(description="Profil / profile: lotse, ontology, self …, see `/validate`")
]
Engine = Annotated[str, Query(description="auto, pyshacl, screened")]
Base = Annotated[str | None, Query(description="Basis relativer IRIs / base of relative IRIs")]
Old = Annotated[str | None, Query(description="Ausgabe davor / earlier release")]
New = Annotated[str | None, Query(description="Ausgabe danach / later release")]
Status = Annotated[str | None, Query(description=", ".join(STATUSES))]


@router.post(
    "/validate",
    summary="Validate data against our shapes or those of others",
    openapi_extra={"requestBody": {"required": True, "content": _BODIES}},
    responses={200: {"content": {media_type: {} for media_type in _OFFERS.values()}}},
)
def validate_data(
    exchange: ExchangeDep, sent: HandedInDep, profile: Profile = OURS, engine: Engine = "auto",
    base: Base = None,
) -> Response:  # fmt: skip
    """Return the W3C validation report of the data sent, or the same grouped for people.

    The body is the data, or a form with `data` and, for shapes of your own, `shapes`. Things that
    the data refer to and do not describe may be things of our release.
    """
    asked = {"profile": profile, "engine": engine, "base": base or "", **sent.said}
    chosen = exchange.media_type(_OFFERS, asked.get("format"))
    return reply(exchange, judged(exchange, sent, asked), chosen)


@router.get(
    "/validation/report",
    summary="What the shapes said about a release",
    responses={200: {"content": {media_type: {} for media_type in _OFFERS.values()}}},
)
def show_report(exchange: ExchangeDep, release: New = None) -> Response:
    """Return the W3C report of a release's build; its results are the same IRI in each release."""
    chosen = exchange.media_type(_OFFERS)
    data = exchange.service.settings.data
    return reply(exchange, build_report(data, release or exchange.release.id), chosen)


@router.get(
    "/validation/history",
    summary="What is new, fixed or persisting between two releases",
    response_model=HistoryOut,
    responses={200: {"content": {"text/csv": {}}}},
)
def show_history(  # noqa: PLR0913, PLR0917 (parameters of the contract)
    exchange: ExchangeDep, old: Old = None, new: New = None, status: Status = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = LIMIT,
    cursor: Annotated[str | None, Query(pattern=r"^\d{0,9}$")] = None,
) -> Response:  # fmt: skip
    """Compare the verdicts of two releases: by default the one served and the one before it."""
    chosen = exchange.media_type(_HISTORY)
    data = exchange.service.settings.data
    before, after, found = between(data, old, new or exchange.release.id, exchange.lang)
    rows = [one for one in found if status in {None, one.status}]
    start = int(cursor or 0)
    shown = plain(rows[start : start + limit])
    if chosen == _HISTORY["csv"]:
        return Response(as_csv(shown), headers=exchange.headers(), media_type=chosen)
    counts = {name: sum(one.status == name for one in found) for name in STATUSES}
    onward = str(start + limit) if start + limit < len(rows) else None
    content = {
        "old": before, "new": after, "counts": counts,
        "total": {"value": len(rows), "relation": "eq"}, "rows": shown,
        "release": exchange.release.id, "next": onward,
    }  # fmt: skip
    return Json(content, headers=exchange.headers())


def judged(exchange: Exchange, sent: HandedIn, asked: dict[str, str]) -> Report:
    """Return the report of what was sent; `BusyError` where too many wait already."""
    base = asked.get("base")
    data, shapes = (
        Given(one.content, one.form, base) if one is not None and base else one
        for one in (sent.data, sent.shapes)
    )
    assert data is not None  # noqa: S101 (it was given)
    turn = exchange.service.validating
    if not turn.acquire(timeout=_WAIT):
        raise BusyError("Others are being validated; ask again in some seconds.")
    try:
        wish = Wish(asked["profile"], shapes, asked["engine"])
        return validate(data, wish, known=held_by(exchange.release.graph))
    finally:
        turn.release()


def reply(exchange: Exchange, report: Report, media_type: str) -> Response:
    """Return a report in the form that was agreed."""
    form = next(name for name, offered in _OFFERS.items() if media_type == offered)
    content = written(report, form, exchange.lang, shown_at)
    return Response(content, headers=exchange.headers(), media_type=media_type)


def shown_at(iri: str) -> str:
    """Return where this service shows a shape or a thing; any other IRI stays as it is."""
    return f"/shapes#{iri.removeprefix(str(LSH))}" if iri.startswith(str(LSH)) else local(iri)
