"""`/api/v1/jobs/{id}`: what has become of a contribution."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from api.replies import JSON
from api.service import ServiceDep, media_type
from kg.iri import graph, mint
from kg.jobs import Job, Queue

router = APIRouter(prefix="/api/v1", tags=["Contributions"])


@router.get("/jobs/{key}", summary="What has become of a contribution")
def one_job(request: Request, service: ServiceDep, key: str) -> Response:
    """Return a job: queued, running, published (in which release), refused or failed (why)."""
    media_type(request, JSON)
    job = Queue(service.settings.data).get(key)
    return JSONResponse(as_json(job), headers={"Cache-Control": "no-store"})


def as_json(job: Job) -> dict[str, Any]:
    """Return what is said of a job."""
    said = asdict(job)
    return {
        **said,
        "source": mint("source", job.source).value,
        "graph": graph(job.source).value,
        "etag": f'"{job.etag}"' if job.etag else None,
    }
