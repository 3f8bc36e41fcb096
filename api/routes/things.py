"""`/id/…` names a thing, `/doc/…` says what we hold of it."""

import json
from collections.abc import Iterator
from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Query, Response
from fastapi.responses import RedirectResponse

from api.memento import Speaks, Timed, TimedDep, led, links
from api.named import SEE_OTHER, Named, named, raw_key, spoken_of_in
from api.profiles import ProfileDep
from api.thing_pages import FORMATS, thing_page
from kg.documents import JSON_LD, PROFILES, Document, document, referents
from kg.errors import NotFoundError
from kg.namespaces import DATASET, DCTERMS, OWL, VOID
from kg.things import suggested

router = APIRouter(tags=["Linked data"])

_CONTEXT: Final = (
    '</context.jsonld>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
)
_ASK_AGAIN: Final = "public, no-cache"
"""Pages are kept by nobody: their looks change with the programme."""
_WISHES: Final = ("format", "_mediatype")
_IN: Final[dict[str, Any]] = {
    "response_class": Response,
    "responses": {200: {"content": {one: {} for one in FORMATS.values()}}},
}
_REFERENTS: Final = 20
"""How many other names of a thing the header names; the document has all."""
MediaType = Annotated[
    str | None, Query(alias="_mediatype", description="Format / format, such as `text/turtle`")
]


@router.get("/id/{kind}/{key:path}", status_code=SEE_OTHER, summary="A thing")
def thing_named(
    exchange: TimedDep, profile: ProfileDep, kind: str, key: str, mediatype: MediaType = None
) -> Response:
    """Redirect to the document about a thing (303), or to the name to speak of (308).

    Places are found by AGS, ARS and NUTS too: `/id/jurisdiction/ags/12064000`. What was deleted
    is 410, what never was 404, with suggestions.
    """
    del key, profile, mediatype  # the path says how the key was written; the rest goes along
    speaks = _speaks(exchange, kind)
    then = led(exchange, speaks)
    if then is not None:
        return then
    found = named(exchange, kind, formats=False)
    if found.moved:
        return _moved(exchange, found, "/id/")
    answer = _redirect(exchange, SEE_OTHER, found.path("/doc/"))
    answer.headers["Link"] = ", ".join(links(exchange, speaks))
    return answer


@router.get("/doc/validation-report", include_in_schema=False)
def validation_report() -> Response:
    """Redirect from the report whose results have names of their own to the report."""
    return RedirectResponse("/api/v1/validation/report", SEE_OTHER)


@router.get("/id/{kind}", include_in_schema=False)
@router.get("/doc/{kind}", include_in_schema=False)
def kind_named(exchange: TimedDep, kind: str) -> Response:
    """Say that a kind alone is no name."""
    raise NotFoundError(kind, "thing", suggested(exchange.release.graph, kind, lang=exchange.lang))


@router.get("/doc/{kind}/{key:path}", summary="The document about a thing", **_IN)
def document_about(
    exchange: TimedDep, profile: ProfileDep, kind: str, key: str, mediatype: MediaType = None
) -> Response:
    """Return exactly what is said of a thing; in TriG and N-Quads with the graphs that say it.

    The path may end with the format (`.ttl`); `format` and `_mediatype` are stronger than
    `Accept`. The profiles `labelled` and `evidence` add labels, or the records behind it.
    """
    del key, mediatype
    speaks = _speaks(exchange, kind)
    then = led(exchange, speaks)
    if then is not None:
        return then
    found = named(exchange, kind, formats=True)
    if found.moved:
        return _moved(exchange, found, "/doc/")
    exchange.edition += profile
    chosen = exchange.media_type(FORMATS, _wish(exchange, found))
    about = document(exchange.release.graph, found.iri)
    every = [*_links(about, found, profile, chosen), *links(exchange, speaks)]
    if chosen == FORMATS["html"]:
        page = thing_page(exchange, found.iri, about)
        page.headers["Link"] = ", ".join(every)
        page.headers["Cache-Control"] = _ASK_AGAIN
        return page
    headers = exchange.headers() | {
        "Link": ", ".join(every),
        "Content-Profile": f"<{PROFILES[profile]}>",
    }
    headers["Vary"] += ", Accept-Profile"
    written = about.written(JSON_LD if chosen == FORMATS["json"] else chosen, profile)
    return Response(written, headers=headers, media_type=chosen)


def _speaks(exchange: Timed, kind: str) -> Speaks:
    return spoken_of_in(exchange, kind, raw_key(exchange.request))


def _wish(exchange: Timed, found: Named) -> str | None:
    """Return the format that the address names, by its end or by a parameter.

    A `+` that was not escaped, and so came as a blank, is one.
    """
    given = exchange.request.query_params
    wishes = [given[name].replace(" ", "+") for name in _WISHES if name in given]
    if found.suffix:
        wishes.append(found.suffix)
    if len({FORMATS.get(one, one) for one in wishes}) > 1:
        raise HTTPException(400, f"The address names several formats: {', '.join(wishes)}.")
    return wishes[0] if wishes else None


def _links(about: Document, found: Named, profile: str, chosen: str) -> Iterator[str]:
    bare = Named(found.iri).path("/doc/")
    yield f'<{about.iri}>; rel="describes"'
    yield f'<{bare}>; rel="canonical"'
    yield f'<{PROFILES[profile]}>; rel="profile"'
    for word, media_type in FORMATS.items():
        if media_type != chosen and word != "json":
            yield f'<{bare}.{word}>; rel="alternate"; type="{media_type}"'
    for name, iri in PROFILES.items():
        if name != profile:
            yield f'<{bare}?_profile={name}>; rel="alternate"; profile="{iri}"'
    yield from (f'<{one}>; rel="license"' for one in about.licences)
    yield from (f'<{one}>; rel="{DCTERMS.source.value}"' for one in about.graphs)
    yield f'<{DATASET}>; rel="{VOID.inDataset.value}"'
    for other in about.referents[:_REFERENTS]:
        yield f'<{other}>; rel="{OWL.sameAs.value}"'
    if chosen == FORMATS["json"]:
        yield _CONTEXT


def _moved(exchange: Timed, found: Named, base: str) -> Response:
    """Redirect from another name of a thing, saying which names there are."""
    graph = exchange.release.graph
    said = {
        "iri": found.asked,
        "canonical": found.iri,
        "referents": referents(graph, found.iri),
    }
    answer = _redirect(exchange, found.moved, found.path(base), json.dumps(said))
    answer.headers["Content-Type"] = "application/json"
    return answer


def _redirect(exchange: Timed, status: int, path: str, said: str = "") -> Response:
    query = exchange.request.url.query
    headers = exchange.headers() | {"Location": path + (f"?{query}" if query else "")}
    return Response(said, status, headers)
