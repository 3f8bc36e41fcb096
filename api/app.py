"""The application: routes, errors, headers, put together by a factory."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Depends, FastAPI
from starlette.staticfiles import StaticFiles

from api import problems
from api.access import AccessLog
from api.caching import Conditional
from api.compression import Compression
from api.headers import Headers
from api.models import ProblemOut
from api.openapi import Described
from api.routes import (
    answer_pages,
    answers,
    boundaries,
    descriptions,
    descriptions_dumps,
    descriptions_log,
    documentation,
    jobs,
    lists,
    names,
    operations,
    pages,
    queries,
    query_pages,
    reconcile,
    reconcile_preview,
    reconcile_v1,
    sparql,
    steward,
    store,
    things,
    timemaps,
    validation,
    validation_pages,
    vocabulary,
)
from api.service import Service
from api.strict import only_known_parameters
from kg.contributing import Door
from kg.settings import Settings

_STATIC: Final = Path(__file__).parent / "static"
_ROUTERS: Final[tuple[APIRouter, ...]] = (
    operations.router,
    sparql.router,
    store.router,
    jobs.router,
    queries.router,
    query_pages.router,
    answers.router,
    answer_pages.router,
    boundaries.router,
    lists.router,
    things.router,
    timemaps.router,
    names.router,
    vocabulary.router,
    descriptions.router,
    descriptions_dumps.router,
    descriptions_log.router,
    documentation.router,
    steward.router,
    steward.pages,
    pages.router,
    validation.router,
    reconcile.router,
    reconcile_v1.router,
    reconcile_preview.router,
    validation_pages.router,
)
_STRICT: Final = (
    descriptions.router,
    descriptions_dumps.router,
    jobs.router,
    descriptions_log.router,
    answers.router,
    answer_pages.router,
    documentation.router,
    boundaries.router,
    lists.router,
    things.router,
    names.router,
    steward.router,
    steward.pages,
    pages.router,
    validation.router,
    validation_pages.router,
)
_PROBLEM: Final = {
    "model": ProblemOut,
    "content": {"application/problem+json": {}},
    "description": "What went wrong (RFC 9457)",
}


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the application for these settings; it asks the release that is served."""
    service = Service(settings if settings is not None else Settings())

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        warming = threading.Thread(target=service.warm, name="warming")
        warming.start()
        yield
        warming.join()
        service.close()

    app = Described(
        title="Innovationslotse",
        version=_version(),
        description="Who does what in Germany's public-sector innovation, with source and date.",
        docs_url=None,
        redoc_url=None,
        lifespan=running,
        responses={"default": _PROBLEM},
    )
    app.state.service = service
    app.state.door = Door(service.settings.data)
    app.state.routers = _ROUTERS
    problems.install(app)
    for router in _ROUTERS:
        strict = [Depends(only_known_parameters)] if router in _STRICT else []
        app.include_router(router, dependencies=strict)
    app.router.routes.insert(0, sparql.SHORT)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.add_middleware(Conditional, tags=service.tags, editions=service.editions)
    app.add_middleware(Compression)
    app.add_middleware(Headers)
    app.add_middleware(AccessLog)
    return app


def _version() -> str:
    try:
        return version("innovationslotse")
    except PackageNotFoundError:
        return "0"
