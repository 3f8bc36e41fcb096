"""Errors: those we foresee, and one that we do not."""

from pathlib import Path

import pytest
from fastapi import HTTPException
from starlette.testclient import TestClient

from api.app import create_app
from api.problems import problem_of
from kg.errors import (
    AmbiguousError,
    BadQueryError,
    BusyError,
    LimitError,
    LotseError,
    NoReleaseError,
    NotFoundError,
    Suggestion,
)
from kg.settings import Settings


@pytest.mark.parametrize(
    ("error", "status", "kind", "retry"),
    [
        (NotFoundError("x"), 404, "not-found", False),
        (AmbiguousError("x", "place", [Suggestion("a:b", "place", "X")]), 300, "ambiguous", False),
        (LimitError("time", 10), 504, "limit-time", False),
        (LimitError("rows", 10), 413, "limit-rows", False),
        (LimitError("size", 10), 413, "limit-size", False),
        (LimitError("memory", 10), 503, "limit-memory", True),
        (BadQueryError("x"), 400, "bad-query", False),
        (BusyError("x"), 503, "busy", True),
        (NoReleaseError("x"), 503, "no-release", True),
        (HTTPException(405, "x", {"Allow": "GET"}), 405, "method-not-allowed", False),
        (LotseError("secret"), 500, "our-fault", False),
        (RuntimeError("secret"), 500, "our-fault", False),
    ],
)
def test_each_error_has_its_status(
    *, error: Exception, status: int, kind: str, retry: bool
) -> None:
    problem = problem_of(error)
    assert (problem.status, problem.type, "Retry-After" in problem.headers) == (status, kind, retry)
    assert "secret" not in problem.detail


def test_without_a_release_the_service_lives_but_is_not_ready(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(data=tmp_path))) as client:
        assert client.get("/healthz").status_code == 200
        got = client.get("/readyz")
        assert (got.status_code, got.headers["retry-after"]) == (503, "5")
        assert got.headers["content-type"] == "application/problem+json"
        assert client.get("/", headers={"Accept": "text/html"}).status_code == 503


def test_a_fault_of_ours_tells_nothing_of_our_insides(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path))

    def broken() -> None:
        raise RuntimeError("the secret path")

    app.add_api_route("/broken", broken)
    with TestClient(app, raise_server_exceptions=False) as client:
        got = client.get("/broken")
    assert (got.status_code, got.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in got.text
    assert got.headers["x-content-type-options"] == "nosniff"
