"""What data there is: VoID and the DCAT-AP.de catalogue."""

import datetime
import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Response
from fastapi.responses import RedirectResponse

from api.pages import page as html_page
from api.replies import PAGE, public_url
from api.service import Exchange, ExchangeDep
from kg.answers.sources import SourceRow, sources
from kg.catalogue_dcat import Entry, Place, catalogue, entries
from kg.catalogue_dcat_paging import Page, paging
from kg.copies import statistics
from kg.descriptions import rdf
from kg.documents import JSON_LD
from kg.dumps import SUFFIXES, dumps, file_of
from kg.errors import NotFoundError
from kg.log_history import spans
from kg.release import Release, folder_of, opened
from kg.void import read
from kg.void_described import About, described

router = APIRouter(tags=["Descriptions and copies"])

RDF: Final = {
    "ttl": "text/turtle",
    "jsonld": JSON_LD,
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
_SEE_OTHER: Final = 303
_A_PAGE: Final = 20
_ANSWERS: Final[dict[str, Any]] = {
    "responses": {200: {"content": {one: {} for one in RDF.values()}}}
}

Named = Annotated[str | None, Query(description="Eine aufbewahrte Ausgabe / a release kept")]
Number = Annotated[int | None, Query(ge=1, description="Seite, ab 1 / page, from 1")]
Since = Annotated[
    str | None,
    Query(description="Nur, was seitdem geändert wurde / only what changed since (ISO 8601)"),
]


@router.get("/.well-known/void", summary="Where the VoID description is", status_code=_SEE_OTHER)
def well_known_void(exchange: ExchangeDep) -> Response:
    """Redirect to the VoID description, in the format that was asked for."""
    chosen = exchange.media_type(RDF)
    suffix = next(word for word, media_type in RDF.items() if media_type == chosen)
    return RedirectResponse(f"/void.{suffix}", _SEE_OTHER, exchange.headers())


@router.get("/api/v1", summary="Where the JSON API is described", status_code=_SEE_OTHER)
def json_api() -> Response:
    """Redirect from the endpoint that the catalogue names to its description."""
    return RedirectResponse("/openapi.json", _SEE_OTHER)


def _void_in(suffix: str) -> Callable[..., Response]:
    """Return the operation that describes a release in VoID; Turtle is what others ask for."""
    offers = RDF if suffix == "ttl" else {suffix: RDF[suffix]}

    def void(exchange: ExchangeDep, release: Named = None) -> Response:
        """Describe the whole and each graph in VoID: counts, classes, properties, links."""
        data = exchange.service.settings.data
        found = opened(folder_of(data, release)) if release else exchange.release
        chosen = exchange.media_type(offers)
        path = statistics(found.folder)
        exchange.service.copier.wait_for(data, found.id, path.exists)
        about = About(
            found.id, _published(found), public_url(exchange), _sources(found),
            exchange.service.settings,
        )  # fmt: skip
        content = rdf(described(about, read(path)), chosen)
        return Response(content, headers=exchange.headers(), media_type=chosen)

    return void


def _catalogue_in(suffix: str | None) -> Callable[..., Response]:
    """Return the operation that gives the catalogue, in the format of the suffix or as agreed."""
    offers = {**RDF, **PAGE} if suffix is None else {suffix: RDF[suffix]}

    def catalogue_of_ours(
        exchange: ExchangeDep, page: Number = None, modified_since: Since = None
    ) -> Response:
        """List our data sets and services by DCAT-AP.de 3.0; all of them without `page`."""
        since = _moment(modified_since) if modified_since is not None else None
        every = _entries(exchange)
        chosen = exchange.media_type(offers)
        found = [one for one in every if since is None or _moment(one.span.modified) >= since]
        number, shown = _page(found, page)
        if chosen == PAGE["html"]:
            return _shown(exchange, shown, number)
        at = Place(public_url(exchange), exchange.service.settings)
        written = {one.name: one for one in dumps(exchange.release.folder)}
        said = catalogue(at, every, shown, written, _licences(exchange.release))
        said += paging(lambda n: _address(exchange, n), number)
        return Response(rdf(said, chosen), headers=exchange.headers(), media_type=chosen)

    return catalogue_of_ours


def _entries(exchange: Exchange) -> list[Entry]:
    """Return all data sets; how far the copies are belongs to the edition."""
    release, data = exchange.release, exchange.service.settings.data
    about = {
        slug: one.get("about", {}) for slug, one in release.manifest.get("sources", {}).items()
    }
    known = spans(data)
    exchange.edition += f"{len(dumps(release.folder))} {sorted(known.items())}"
    return entries(_sources(release), about, known, _published(release))


def _page(found: list[Entry], number: int | None) -> tuple[Page, list[Entry]]:
    """Return the data sets of a page, all without a number; `NotFoundError` beyond the last."""
    if number is None:
        return Page(1, 1, len(found), max(len(found), 1)), found
    pages = max(-(-len(found) // _A_PAGE), 1)
    if number > pages:
        raise NotFoundError(str(number), "page")
    at = (number - 1) * _A_PAGE
    return Page(number, pages, len(found), _A_PAGE), found[at : at + _A_PAGE]


def _shown(exchange: Exchange, shown: list[Entry], number: Page) -> Response:
    files = {
        one.iri: [(suffix, f"/dumps/latest/{file_of(one.graph, suffix)}") for suffix in SUFFIXES]
        for one in shown
    }
    return html_page(
        exchange.request, exchange.lang, "catalog.html", headers=exchange.headers(),
        entries=shown, files=files, page=number, release=exchange.release.id,
        formats=[(media_type, f"/catalog.{word}") for word, media_type in RDF.items()],
    )  # fmt: skip


def _address(exchange: Exchange, number: int) -> str:
    given = dict(exchange.request.query_params)
    if "page" in given:
        given["page"] = str(number)
    query = f"?{urlencode(given)}" if given else ""
    return f"{public_url(exchange)}{exchange.request.url.path}{query}"


def _moment(written: str) -> datetime.datetime:
    try:
        found = datetime.datetime.fromisoformat(written)
    except ValueError as error:
        message = f"modified_since={written} is no date; write one such as 2026-11-24."
        raise HTTPException(400, message) from error
    return found if found.tzinfo is not None else found.replace(tzinfo=datetime.UTC)


def _published(release: Release) -> str:
    run = json.loads((release.folder / "run.json").read_text(encoding="utf-8"))
    return str(run["published"])


def _sources(release: Release) -> dict[str, tuple[SourceRow, SourceRow]]:
    """Return the sources by the IRI of their graph, in German and in English."""
    english = {one.iri: one for one in sources(release.graph, "en")}
    return {
        one.graph: (one, english[one.iri]) for one in sources(release.graph, "de")
        if one.graph is not None
    }  # fmt: skip


def _licences(release: Release) -> Mapping[str, str]:
    """Return what the licences of our sources are called."""
    return {
        one.licence: one.licence_title for one in sources(release.graph)
        if one.licence is not None and one.licence_title is not None
    }  # fmt: skip


for _suffix in RDF:
    router.get(f"/void.{_suffix}", name=f"void {_suffix}",
               summary="The data sets in VoID", **_ANSWERS)(_void_in(_suffix))  # fmt: skip
for _word in (None, *RDF):
    router.get("/catalog" if _word is None else f"/catalog.{_word}", name=f"catalog {_word}",
               summary="The catalogue", **_ANSWERS)(_catalogue_in(_word))  # fmt: skip
