"""The documentation: its index, dictionary, tutorial, sources, types of problems."""

from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from api.pages import page
from api.problems import PAGE as PROBLEMS
from api.problems import TYPES
from api.reconciling import BATCH
from api.replies import JSON, PAGE, public_url
from api.service import ExchangeDep, LatestDep, ReadingDep
from kg.answers.formats import plain
from kg.contributing import Limits
from kg.documentation.accounts import account, accounts
from kg.documentation.dictionary import dictionary
from kg.documentation.tutorial import columns, found, steps, written
from kg.names import names_of
from kg.namespaces import GRAPH, ID
from kg.reconciliation.properties import properties_of
from kg.reconciliation.queries import FEATURES
from kg.reconciliation.types import types

router = APIRouter(include_in_schema=False)

SECTIONS: Final = (
    ("/ns", "ns.title", "docs.home.ns"),
    ("/shapes", "shapes.title", "docs.home.shapes"),
    ("/decisions", "decisions.title", "docs.home.decisions"),
    ("/sources", "list.sources", "docs.home.sources"),
    ("/docs/dictionary", "dictionary.title", "docs.home.dictionary"),
    ("/docs/tutorial", "tutorial.title", "docs.home.tutorial"),
    ("/docs/contribute", "contribute.title", "docs.home.contribute"),
    ("/docs/problems", "problems.title", "docs.home.problems"),
    ("/docs/api", "docs.title", "docs.home.api"),
    ("/docs/reconciliation", "reconciliation.title", "docs.home.reconciliation"),
    ("/validate", "validate.title", "docs.home.validate"),
    ("/sparql", "sparql.title", "docs.home.sparql"),
    ("/catalog", "catalog.title", "docs.home.catalog"),
    ("/dumps/", "dumps.title", "docs.home.dumps"),
    ("/queries", "queries.title", "docs.home.queries"),
    ("/openapi.json", "docs.home.openapi-title", "docs.home.openapi"),
    ("/context.jsonld", "docs.home.context-title", "docs.home.context"),
)
"""Path, title and what stands there, in the order of the index."""
_MOST: Final = 30
"""How many parked records and unmapped values a source's page names."""


@router.get("/docs")
def documentation(reading: ReadingDep) -> Response:
    """Return the index of the documentation."""
    reading.media_type(PAGE)
    return page(reading.request, reading.lang, "docs.html", headers=reading.headers(),
                sections=SECTIONS)  # fmt: skip


@router.get("/docs/contribute")
def contributing(reading: ReadingDep) -> Response:
    """Return how facts are contributed, with commands to be copied."""
    reading.media_type(PAGE)
    base = public_url(reading)
    return page(reading.request, reading.lang, "contribute.html", headers=reading.headers(),
                base=base, graph=f"{GRAPH}teststadt", things=ID, limits=Limits())  # fmt: skip


@router.get("/docs/problems")
def problems(reading: ReadingDep) -> Response:
    """Return the page of all types of problems, each with an anchor."""
    reading.media_type(PAGE)
    return page(reading.request, reading.lang, "problems.html", headers=reading.headers(),
                types=TYPES, prefix=PROBLEMS)  # fmt: skip


@router.get("/docs/dictionary")
def data_dictionary(reading: ReadingDep) -> Response:
    """Return every field of the JSON API with type, meaning and property."""
    chosen = reading.media_type({**PAGE, **JSON})
    if chosen == JSON["json"]:
        return JSONResponse({"tables": plain(dictionary())}, headers=reading.headers())
    return page(
        reading.request, reading.lang, "dictionary.html", headers=reading.headers(),
        tables=dictionary(), parts={one.name for one in dictionary()},
    )  # fmt: skip


@router.get("/docs/tutorial")
def tutorial(reading: ReadingDep, release: LatestDep) -> Response:
    """Return ten steps from a question to SPARQL; with a release what each finds in it."""
    if release is not None:
        reading.edition += release.id
    reading.media_type(PAGE)
    rows = found(release.graph) if release is not None else [None] * len(steps())
    shown = [
        (step, columns(step), written(step), first)
        for step, first in zip(steps(), rows, strict=True)
    ]
    return page(reading.request, reading.lang, "tutorial.html", headers=reading.headers(),
                steps=shown)  # fmt: skip


@router.get("/docs/reconciliation")
def reconciliation(reading: ReadingDep, release: LatestDep) -> Response:
    """Return how to match names in OpenRefine and by program; with a release types, properties."""
    if release is not None:
        reading.edition += release.id
    reading.media_type(PAGE)
    graph = release.graph if release is not None else None
    return page(
        reading.request, reading.lang, "reconciliation.html", headers=reading.headers(),
        home=public_url(reading), batch=BATCH, features=FEATURES,
        types=list(types(names_of(graph)).values()) if graph is not None else [],
        properties=list(properties_of(graph).all.values()) if graph is not None else [],
    )  # fmt: skip


@router.get("/sources")
def all_sources(exchange: ExchangeDep) -> Response:
    """Return the page of all sources."""
    exchange.media_type(PAGE)
    return page(
        exchange.request, exchange.lang, "sources.html", headers=exchange.headers(),
        accounts=accounts(exchange.release, exchange.lang), release=exchange.release.id,
    )  # fmt: skip


@router.get("/sources/{slug}")
def one_source(exchange: ExchangeDep, slug: str) -> Response:
    """Return the page of a source: what we take and leave, licence, freshness, counts, faults."""
    exchange.media_type(PAGE)
    return page(
        exchange.request, exchange.lang, "source.html", headers=exchange.headers(),
        account=account(exchange.release, slug, exchange.lang), most=_MOST,
        release=exchange.release.id,
    )  # fmt: skip
