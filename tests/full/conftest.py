"""One build of everything, once a test run; `LOTSE_TEST_DATA` names one that is there already."""

import os
from pathlib import Path

import pytest

from ingest.pipeline import build
from ingest.source import sources
from kg import release
from kg.release import Release

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in Path(item.path).parents:
            item.add_marker(pytest.mark.full)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory with a release of all sources."""
    given = os.environ.get("LOTSE_TEST_DATA")
    if given:
        return Path(given)
    folder = tmp_path_factory.mktemp("full")
    build(folder, sources())
    return folder


@pytest.fixture(scope="session")
def served(data: Path) -> Release:
    """Return the release of all sources."""
    return release.current(data)
