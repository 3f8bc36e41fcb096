"""One way to fail: every error becomes a problem (RFC 9457), as JSON or, when asked for, a page."""

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, Final

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.headers import OPEN, SAFETY
from api.negotiation import choose, language
from api.pages import page
from api.service import LANGUAGES, VARY, NotAcceptableError, NotModifiedError, header
from kg.contributing import ChangedError, ManyJobsError
from kg.errors import (
    AmbiguousError,
    BadQueryError,
    BusyError,
    DisagreementError,
    FaultyShapesError,
    GoneError,
    LimitError,
    LotseError,
    NoReleaseError,
    NotFoundError,
    PrunedError,
    Suggestion,
    UnreadableError,
)

PROBLEM: Final = "application/problem+json"
PAGE: Final = "/docs/problems#"
TYPES: Final = {
    "not-found": "404",
    "gone": "410",
    "ambiguous": "300",
    "invalid": "422",
    "bad-query": "400",
    "unreadable": "400",
    "bad-request": "400",
    "not-acceptable": "406",
    "method-not-allowed": "405",
    "unsupported-media-type": "415",
    "request-entity-too-large": "413",
    "limit-time": "504",
    "limit-rows": "413",
    "limit-size": "413",
    "limit-memory": "503",
    "unauthorized": "401",
    "forbidden": "403",
    "precondition-failed": "412",
    "contribution-refused": "422",
    "too-many-requests": "429",
    "busy": "503",
    "no-release": "503",
    "faulty-shapes": "422",
    "engines-differ": "500",
    "our-fault": "500",
}
"""Every type of problem with its status; `/docs/problems` has a section for each."""
_NAMED: Final = {413: "request-entity-too-large"}
"""Statuses whose phrase is not the same in every version of Python."""
_PLAIN: Final[Mapping[type[Exception], str]] = {
    BadQueryError: "bad-query",
    UnreadableError: "unreadable",
    FaultyShapesError: "faulty-shapes",
    DisagreementError: "engines-differ",
}
_RETRY: Final = {"Retry-After": "5"}
_LIMIT_STATUS: Final = {"time": 504, "rows": 413, "size": 413, "memory": 503}
_log = structlog.get_logger("lotse.api")


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, for a person and for a program."""

    status: int
    type: str
    detail: str
    extra: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the members of the problem document."""
        return {
            "type": f"{PAGE}{self.type}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            **self.extra,
        }


def problem_of(error: Exception) -> Problem:
    """Return the problem that an error is; what we did not foresee says nothing about us."""
    found = _foreseen(error) or _of_contribution(error)
    if found is not None:
        return found
    match error:
        case NotAcceptableError():
            return Problem(406, "not-acceptable", str(error), {"available": dict(error.offers)})
        case RequestValidationError():
            return _invalid(error)
        case HTTPException():
            headers = dict(error.headers or {})
            return Problem(error.status_code, _slug(error.status_code), str(error.detail), {},
                           headers)  # fmt: skip
        case _:
            return Problem(500, "our-fault", "The fault is ours. It has been logged.")


def _foreseen(error: Exception) -> Problem | None:
    text = str(error)
    found: Problem | None = None
    match error:
        case NotFoundError():
            found = Problem(404, "not-found", text, {"suggestions": _shown(error.suggestions)})
        case GoneError():
            found = Problem(410, "gone", text, {
                "iri": error.asked, "lastRelease": error.release,
                "lastPublished": error.published,
            })  # fmt: skip
        case PrunedError():
            found = Problem(410, "gone", text, {
                "release": error.release, "published": error.published,
            })  # fmt: skip
        case AmbiguousError():
            found = Problem(300, "ambiguous", text, {"candidates": _shown(error.candidates)})
        case LimitError():
            status = _LIMIT_STATUS[error.limit]
            said = {"limit": error.limit, "value": error.value}
            retry = _RETRY if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
            found = Problem(status, f"limit-{error.limit}", text, said, retry)
        case BadQueryError() | UnreadableError() | FaultyShapesError() | DisagreementError():
            kind = _PLAIN[type(error)]
            found = Problem(int(TYPES[kind]), kind, text)
        case BusyError():
            found = Problem(503, "busy", text, {}, _RETRY)
        case NoReleaseError():
            text = "There is no release to answer from yet."
            found = Problem(503, "no-release", text, {}, _RETRY)
    return found


def _of_contribution(error: Exception) -> Problem | None:
    if isinstance(error, ChangedError):
        text = f"{error} Read it again, and hand in what should hold now."
        return Problem(412, "precondition-failed", text)
    if isinstance(error, ManyJobsError):
        return Problem(429, "too-many-requests", str(error), {}, _RETRY)
    return None


def _invalid(error: RequestValidationError) -> Problem:
    errors = [
        {"where": ".".join(str(part) for part in one["loc"]), "what": one["msg"]}
        for one in error.errors()
    ]
    detail = " ".join(f"{one['where']}: {one['what']}" for one in errors)
    return Problem(422, "invalid", detail, {"errors": errors})


def _shown(things: Sequence[Suggestion]) -> list[dict[str, str]]:
    return [{"iri": one.iri, "kind": one.kind, "label": one.label} for one in things]


def _slug(status: int) -> str:
    phrase = HTTPStatus(status).phrase.lower().replace(" ", "-").replace("'", "")
    return _NAMED.get(status, phrase)


def answer(request: Request, error: Exception) -> Response:
    """Return the response that tells a client about an error."""
    if isinstance(error, NotModifiedError):
        return Response(status_code=304, headers=dict(error.headers))
    problem = problem_of(error)
    if problem.status == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": ", ".join(_methods(request))})
    if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        trace = "".join(traceback.format_exception(error))
        _log.error("unforeseen", path=request.url.path, trace=trace)
        # This answer is given outside the layer that adds these to all others.
        problem = replace(problem, headers=SAFETY | OPEN)
    headers = {"Vary": VARY, "Cache-Control": "no-store", **problem.headers}
    if problem.status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers = {name: value for name, value in headers.items() if name.lower() != "allow"}
        headers["Allow"] = ", ".join(_methods(request))
    wish = choose(header(request, "accept"), [PROBLEM, "application/json", "text/html"])
    if wish == "text/html" and not request.url.path.startswith("/api/"):
        lang = request.query_params.get("lang")
        spoken = lang if lang in LANGUAGES else language(
            header(request, "accept-language"), LANGUAGES
        )  # fmt: skip
        return page(request, spoken, "problem.html", status=problem.status, headers=headers,
                    problem=problem)  # fmt: skip
    return JSONResponse(problem.as_json(), problem.status, headers, media_type=PROBLEM)


def _methods(request: Request) -> list[str]:
    """Return the methods that this path knows, over all its routes; files are only read."""
    found = set()
    for router in request.app.state.routers:
        for route in router.routes:
            if route.matches(request.scope)[0] != Match.NONE:
                found |= set(route.methods)
    found = found or {"GET"}
    return sorted(found | {"OPTIONS"} | ({"HEAD"} if "GET" in found else set()))


def install(app: FastAPI) -> None:
    """Let every error of an application become a problem."""
    for kind in (LotseError, NotAcceptableError, NotModifiedError, RequestValidationError,
                 HTTPException, Exception):  # fmt: skip
        app.add_exception_handler(kind, answer)
