"""The interface does what its description says: tried by Schemathesis on a small world."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from starlette.testclient import TestClient

from api.app import create_app
from ingest.pipeline import build
from kg.settings import Settings
from tests.world import small_sources

pytestmark = pytest.mark.full
_FEW = settings(
    max_examples=12, deadline=None, derandomize=True, database=None,
    phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
)  # fmt: skip
_MEANT = "bad-query", "not-acceptable", "unreadable", "bad-request", "unsupported-media-type"
"""Problems that a request of the right form may have: a cursor of another list, a faulty query."""
_MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseSchema]:
    """Return the description of the interface over a small world that was built for it."""
    data = tmp_path_factory.mktemp("world")
    build(data, small_sources())
    app = create_app(Settings(data=data, query_seconds=2, query_rows=1000, query_readers=1))
    with TestClient(app):
        yield schemathesis.openapi.from_asgi("/openapi.json", app)


def test_every_operation_does_what_its_description_says(described: BaseSchema) -> None:
    failures, tried = [], 0
    for found in described.get_all_operations():
        operation = found.ok()
        tried += 1
        for mode in _MODES:
            try:
                _holds(operation, mode)
            except Unsatisfiable:
                assert mode is GenerationMode.NEGATIVE  # whatever is asked is right here
            except FailureGroup as error:
                failures.append(f"{operation.label}, {mode}: {error}")
    assert not failures, "\n\n".join(failures)
    assert tried > 80


def _holds(operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode) -> None:
    @_FEW
    @given(case=operation.as_strategy(generation_mode=mode))
    def holds(case: schemathesis.Case) -> None:
        got = case.call()
        kind = ""
        if got.headers.get("content-type", [""])[0].startswith("application/problem+json"):
            kind = str(got.json()["type"]).rpartition("#")[2]
        # Reconciliation and SPARQL take more than is described: clients send what they like.
        left_out = [negative_data_rejection]
        if kind in _MEANT:
            left_out.append(positive_data_acceptance)
        case.validate_response(got, excluded_checks=left_out)

    holds()
