"""Names that are neither things nor words: graphs, the data set, profiles of documents."""

from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.named import SEE_OTHER
from api.pages import page
from api.replies import PAGE
from api.service import ExchangeDep, ReadingDep
from api.thing_pages import WORDS
from kg.documents import PROFILES, written
from kg.graphs import described, graph_names, licences, released, source_of
from kg.iri import graph as graph_iri
from kg.namespaces import DATASET

router = APIRouter(tags=["Linked data"])

_OFFERS: Final = {**WORDS, **PAGE}


@router.get("/dataset", status_code=SEE_OTHER, summary="The whole data set")
def whole() -> Response:
    """Redirect from the data set to its description in VoID."""
    return RedirectResponse("/.well-known/void", SEE_OTHER)


@router.get("/graph/{name}", summary="A graph")
def graph_named(exchange: ExchangeDep, name: str) -> Response:
    """Say what a graph is: whose, how large, under which licence."""
    release = exchange.release
    about = described(release, name)
    chosen = exchange.media_type(_OFFERS)
    links = [f'<{DATASET}>; rel="collection"']
    links += [f'<{one}>; rel="license"' for one in licences(release, name)]
    headers = exchange.headers() | {"Link": ", ".join(links)}
    if chosen != PAGE["html"]:
        return Response(written(about, chosen), headers=headers, media_type=chosen)
    source = source_of(release, name)
    return page(
        exchange.request, exchange.lang, "graph.html", headers=headers,
        name=name, iri=graph_iri(name).value, graphs=graph_names(release),
        triples=release.manifest["graphs"][name]["quads"], licences=licences(release, name),
        source=source.value if source is not None else None, release=release.id,
    )  # fmt: skip


@router.get("/release/{release_id}", summary="A release")
def release_named(exchange: ExchangeDep, release_id: str) -> Response:
    """Say when a release was published and which one came before it; 410 where it was deleted."""
    about = released(exchange.service.settings.data, release_id)
    chosen = exchange.media_type(_OFFERS)
    if chosen == PAGE["html"]:
        return RedirectResponse(f"/steward/changes?new={release_id}", SEE_OTHER)
    return Response(written(about, chosen), headers=exchange.headers(), media_type=chosen)


@router.get("/publisher", include_in_schema=False)
def publisher() -> Response:
    """Redirect from whoever runs this service to the page about it."""
    return RedirectResponse("/info", SEE_OTHER)


@router.get("/profiles", include_in_schema=False)
def profiles(reading: ReadingDep) -> Response:
    """Return the page of the profiles of documents."""
    reading.media_type(PAGE)
    return page(reading.request, reading.lang, "profiles.html", headers=reading.headers(),
                profiles=PROFILES)  # fmt: skip
