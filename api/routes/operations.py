"""Whether the service lives and can answer; what its interface is."""

from typing import Any

from fastapi import APIRouter, Request, Response

from api.pages import page
from api.service import LanguageDep, ReleaseDep

router = APIRouter(tags=["Operation"])


@router.get("/healthz", summary="Whether the process lives")
def process_lives() -> dict[str, str]:
    """Return 200 when the process lives."""
    return {"status": "alive"}


@router.get("/readyz", summary="Whether the service can answer")
def service_can_answer(release: ReleaseDep) -> dict[str, str]:
    """Return 200 and the release when the service can answer."""
    return {
        "status": "ready" if next(release.graph.quads(), None) is not None else "empty",
        "release": release.id,
    }


@router.get("/docs/api", include_in_schema=False)
def operations(request: Request, lang: LanguageDep) -> Response:
    """Return the page that lists all operations."""
    found = [
        (path, method, operation)
        for path, methods in _schema(request)["paths"].items()
        for method, operation in methods.items()
    ]
    return page(request, lang, "operations.html", operations=found)


def _schema(request: Request) -> dict[str, Any]:
    found: dict[str, Any] = request.app.openapi()
    return found
