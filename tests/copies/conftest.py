"""A small world that is really built, and the service that describes and copies it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from ingest.pipeline import build
from kg import copies
from kg.settings import Settings
from tests.world import small_sources

PUBLIC = "https://lotse.example"


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory with a release of the small world and its copies."""
    folder = tmp_path_factory.mktemp("copies")
    build(folder, small_sources())
    copies.make(folder)
    return folder


@pytest.fixture(scope="session")
def client(data: Path) -> Iterator[TestClient]:
    """Return a client that follows no redirects and gets our errors as answers."""
    app = create_app(Settings(data=data, public_url=PUBLIC))
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as opened:
        yield opened
