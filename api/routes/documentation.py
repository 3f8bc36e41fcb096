"""The documentation: its index, the types of problems."""

from typing import Final

from fastapi import APIRouter, Response

from api.pages import page
from api.problems import PAGE as PROBLEMS
from api.problems import TYPES
from api.replies import PAGE
from api.service import ReadingDep

router = APIRouter(include_in_schema=False)

SECTIONS: Final = (
    ("/ns", "ns.title", "docs.home.ns"),
    ("/shapes", "shapes.title", "docs.home.shapes"),
    ("/decisions", "decisions.title", "docs.home.decisions"),
    ("/docs/problems", "problems.title", "docs.home.problems"),
    ("/docs/api", "docs.title", "docs.home.api"),
    ("/sparql", "sparql.title", "docs.home.sparql"),
    ("/openapi.json", "docs.home.openapi-title", "docs.home.openapi"),
    ("/context.jsonld", "docs.home.context-title", "docs.home.context"),
)
"""Path, title and what stands there, in the order of the index."""


@router.get("/docs")
def documentation(reading: ReadingDep) -> Response:
    """Return the index of the documentation."""
    reading.media_type(PAGE)
    return page(reading.request, reading.lang, "docs.html", headers=reading.headers(),
                sections=SECTIONS)  # fmt: skip


@router.get("/docs/problems")
def problems(reading: ReadingDep) -> Response:
    """Return the page of all types of problems, each with an anchor."""
    reading.media_type(PAGE)
    return page(reading.request, reading.lang, "problems.html", headers=reading.headers(),
                types=TYPES, prefix=PROBLEMS)  # fmt: skip
