"""`/store`: the SPARQL 1.1 Graph Store Protocol; reading is open, writing needs a token.

Only contributed sources can be written. What is written passes the gate at once and is published
with the next release (decision 0015).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import ClientDisconnect

from api.problems import PROBLEM, Problem
from api.replies import public_url_of, spooled
from api.routes.jobs import as_json
from api.service import (
    VARY,
    NotModifiedError,
    ReleaseDep,
    Service,
    ServiceDep,
    header,
    media_type,
)
from kg import contributed, graphstore, release, tokens
from kg.contributing import ChangedError, Door, Limits
from kg.documents import JSON_LD
from kg.errors import NoReleaseError, NotFoundError
from kg.iri import mint
from kg.jobs import Job, Method, Queue
from kg.namespaces import GRAPH
from kg.reports import Report
from kg.validation import FORMATS

router = APIRouter(tags=["Graph Store"])

_GRAPHS: Final = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": JSON_LD,
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
_TAKEN: Final = {media: form for form, (media, _) in FORMATS.items()} | {
    "text/csv": "adoptions",
    "application/yaml": "publiccode",
    "application/x-yaml": "publiccode",
    "text/yaml": "publiccode",
}
"""Media type → RDF format, the template of a table, or the other form that it stands for."""
_REPORTS: Final = {
    "json": PROBLEM, "plain-json": "application/json", "ttl": "text/turtle", "jsonld": JSON_LD,
}  # fmt: skip
_MOST: Final = Limits().mib * 1024 * 1024
_KNOWN: Final = ("graph", "default", "kind", "format", "lang")
_REALM: Final = 'Bearer realm="innovationslotse"'
_PARAMETERS: Final[list[dict[str, Any]]] = [
    {"name": "graph", "in": "query", "schema": {"type": "string", "format": "uri"},
     "description": "IRI des Graphen / of the graph"},
    {"name": "default", "in": "query", "schema": {"type": "string"}, "allowEmptyValue": True,
     "description": "Statt graph: alle Graphen zusammen / all graphs together"},
]  # fmt: skip
_KIND: Final[dict[str, Any]] = {
    "name": "kind", "in": "query", "schema": {"enum": ["adoptions", "publiccode"]},
    "description": "Was die Tabelle oder YAML-Datei ist / what the table or YAML file is",
}  # fmt: skip
_BODY: Final[dict[str, Any]] = {
    "required": True,
    "content": {media: {"schema": {"type": "string"}} for media in _TAKEN},
}
_WRITING: Final[dict[str, Any]] = {
    "status_code": 202,
    "openapi_extra": {
        "parameters": [*_PARAMETERS, _KIND], "requestBody": _BODY,
    },
    "responses": {422: {"content": {one: {} for one in _REPORTS.values()}}},
}  # fmt: skip


async def graph_of(request: Request) -> str | None:
    """Return the IRI of the graph that is meant, None for the default graph."""
    pairs = parse_qsl(request.url.query, keep_blank_values=True)
    names = [name for name, _ in pairs]
    unknown = sorted(set(names).difference(_KNOWN))
    if unknown:
        raise HTTPException(400, f"There is no parameter {unknown[0]!r}: {', '.join(_KNOWN)}.")
    if names.count("graph") + names.count("default") != 1:
        what = "?graph=<IRI of a graph> or ?default"
        raise HTTPException(400, f"Say which graph is meant, once: {what}.")
    iri = dict(pairs).get("graph")
    if iri is not None and "://" not in iri:
        raise HTTPException(400, f"graph={iri!r}: write the whole IRI, such as {GRAPH}adoptions.")
    return iri


GraphName = Annotated[str | None, Depends(graph_of)]


@router.get(
    "/store",
    summary="Read a whole graph",
    openapi_extra={"parameters": _PARAMETERS},
    responses={200: {"content": {one: {} for one in _GRAPHS.values()}}},
)
def read(request: Request, name: GraphName, used: ReleaseDep) -> Response:
    """Return a graph, or all graphs as one, in any format of RDF."""
    state = graphstore.state(used, name)
    chosen = media_type(request, _GRAPHS)
    key = next(key for key, media in _GRAPHS.items() if media == chosen)
    headers = {
        "Vary": VARY, "Cache-Control": "public, no-cache", "ETag": f'"{state}.{key}"',
        "X-Release": used.id,
    }  # fmt: skip
    if name is not None and name.startswith(GRAPH) and name.removeprefix(GRAPH) in _sources(used):
        about = mint("source", name.removeprefix(GRAPH)).value
        headers["Link"] = f'<{about}>; rel="describedby"'
    held = {
        one.strip().removeprefix("W/")
        for one in (header(request, "if-none-match") or "").split(",")
    }
    if held & {headers["ETag"], "*"}:
        raise NotModifiedError(headers)
    charset = "; charset=utf-8" if chosen.startswith("text/") else ""
    return spooled(graphstore.written(used, name, chosen), chosen + charset, headers)


def _sources(used: release.Release) -> Mapping[str, Any]:
    found: Mapping[str, Any] = used.manifest.get("sources", {})
    return found


_Bearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(auto_error=False, description="`lotse token create --scope source:<slug>`")),
]


def permitted(service: ServiceDep, name: GraphName, given: _Bearer) -> str:
    """Return the source that the bearer of the token may write; 401, 403, 404 otherwise."""
    if given is None or not given.credentials.strip():
        detail = "Writing needs a token of the source: Authorization: Bearer …"
        raise HTTPException(401, detail, {"WWW-Authenticate": _REALM})
    held = tokens.holder(service.settings.data, given.credentials.strip())
    if held is None:
        detail = "There is no such token (any more)."
        raise HTTPException(401, detail, {"WWW-Authenticate": f'{_REALM}, error="invalid_token"'})
    slug = name.removeprefix(GRAPH) if name is not None and name.startswith(GRAPH) else ""
    if held.scope != f"source:{slug}" or not slug:
        refused = f'{_REALM}, error="insufficient_scope"'
        detail = f"This token is for {held.scope}. Every graph is written by its own source alone."
        raise HTTPException(403, detail, {"WWW-Authenticate": refused})
    if slug not in contributed.described(service.settings.data):
        raise NotFoundError(slug, "contributed source")
    return slug


Slug = Annotated[str, Depends(permitted)]


async def sent_of(request: Request, _slug: Slug) -> tuple[bytes, str]:
    """Return what was sent and in what form; 415 for other types, 413 above the size."""
    kind = (request.headers.get("content-type") or "").partition(";")[0].strip().lower()
    if kind not in _TAKEN or request.headers.get("content-encoding", "identity") != "identity":
        taken = ", ".join(_TAKEN)
        detail = f"Say in Content-Type what you send: {taken}; not packed (Content-Encoding)."
        raise HTTPException(415, detail, {"Accept-Post": taken})
    wished = request.query_params.get("kind", _TAKEN[kind])
    if wished != _TAKEN[kind]:
        raise HTTPException(400, f"kind={wished}: {kind} is read as {_TAKEN[kind]}.")
    stated = request.headers.get("content-length", "0")
    body = bytearray()
    try:
        if int(stated if stated.isdecimal() else 0) <= _MOST:
            async for piece in request.stream():
                body += piece
                if len(body) > _MOST:
                    break
            else:
                return bytes(body), _TAKEN[kind]
    except ClientDisconnect as error:
        raise HTTPException(400, "The connection ended before the body did.") from error
    detail = f"A contribution may have at most {_MOST} bytes. Hand it in in parts, by POST."
    raise HTTPException(413, detail, {"Connection": "close"})


Sent = Annotated[tuple[bytes, str], Depends(sent_of)]


@dataclass(frozen=True, slots=True)
class _Condition:
    """What the contributor holds the graph to say, by `If-Match` and `If-None-Match`."""

    must: Sequence[str]
    must_not: Sequence[str]
    served: str
    """The tag of the graph in the release that is served, where nothing waits."""

    def holds(self, tag: str) -> bool:
        """Return whether a graph of this tag is what the contributor holds it to be."""
        there = {one for one in (tag, self.served if tag else "") if one}

        def named(tags: Sequence[str]) -> bool:
            return bool(there) and ("*" in tags or bool(there & set(tags)))

        return (not self.must or named(self.must)) and not named(self.must_not)


def _condition(request: Request, service: Service, slug: str) -> _Condition:
    served = ""
    if not Queue(service.settings.data).waiting(slug):
        try:
            graph = service.release().manifest.get("graphs", {}).get(slug, {})
            served = graph.get("sha256", "")[:16]
        except NoReleaseError:
            served = ""
    return _Condition(_tags(request, "if-match"), _tags(request, "if-none-match"), served)


def _tags(request: Request, name: str) -> list[str]:
    """Return the tags of a header without what says the format; a weak one matches nothing."""
    given = (one.strip() for one in (header(request, name) or "").split(",") if one.strip())
    return [one if one.startswith("W/") else one.strip('"').partition(".")[0] for one in given]


@router.put("/store", summary="Let a contributed source say this, and nothing else", **_WRITING)
def replace(request: Request, service: ServiceDep, slug: Slug, sent: Sent) -> Response:
    """Replace what a contributed source says; 202 with a job, 422 with the report of the gate."""
    return _handed_in(request, service, slug, "PUT", sent)


@router.post("/store", summary="Let a contributed source say this, too", **_WRITING)
def merge(request: Request, service: ServiceDep, slug: Slug, sent: Sent) -> Response:
    """Add to what a contributed source says; 202 with a job, 422 with the report of the gate."""
    return _handed_in(request, service, slug, "POST", sent)


@router.delete(
    "/store",
    summary="Take back all that a contributed source says",
    status_code=202,
    openapi_extra={"parameters": _PARAMETERS},
)
def take_back(request: Request, service: ServiceDep, slug: Slug) -> Response:
    """Take back everything that a contributed source says; 202 with a job."""
    if not Queue(service.settings.data).head(slug):
        raise NotFoundError(f"{GRAPH}{slug}", "graph")
    condition = _condition(request, service, slug)
    return _accepted(request, service, Door(service.settings.data).empty(slug, condition.holds))


def _handed_in(
    request: Request, service: Service, slug: str, method: Method, sent: tuple[bytes, str]
) -> Response:
    chosen = media_type(request, _REPORTS)
    service.release()
    condition = _condition(request, service, slug)
    head = contributed.tag(slug, Queue(service.settings.data).head(slug))
    if not condition.holds(head):
        raise ChangedError("The graph has changed since.")
    content, form = sent
    door: Door = request.app.state.door
    job, report = door.hand_in(slug, method, form, content, condition.holds)
    return _refused(report, chosen) if job is None else _accepted(request, service, job)


def _accepted(request: Request, service: Service, job: Job) -> Response:
    base = public_url_of(request, service.settings)
    headers = {"Location": f"{base}/api/v1/jobs/{job.id}", "Retry-After": "2", "Vary": VARY,
               "Cache-Control": "no-store"}  # fmt: skip
    return JSONResponse(as_json(job), 202, headers)


def _refused(report: Report, chosen: str) -> Response:
    """Return the report of the gate in the form agreed."""
    headers = {"Vary": VARY, "Cache-Control": "no-store"}
    if chosen in {"text/turtle", JSON_LD}:
        content = report.as_text("ttl" if chosen == "text/turtle" else "jsonld")
        return Response(content, 422, headers, chosen)
    first = report.groups()[0]
    detail = (
        f"Nothing was changed: {report.violations} violations. The first: {first.message_en} "
        f"({' '.join(filter(None, (first.path, first.example)))})"
    )
    problem = Problem(422, "contribution-refused", detail, {"report": report.as_json()})
    return JSONResponse(problem.as_json(), 422, headers, media_type=PROBLEM)
