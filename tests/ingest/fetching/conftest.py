"""An invented source whose upstream is a server on this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.source import Fetch, Source
from tests.ingest.fetching.trying import NEW, PATH
from tests.ingest.invented import labs, source
from tests.ingest.upstream import Played, file, played


@pytest.fixture
def server() -> Iterator[Played]:
    with played() as found:
        found.answers[PATH] = file(NEW)
        yield found


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def labs_source(server: Played, tmp_path: Path) -> Source:
    return source(tmp_path / "source", labs(), Fetch("file", server.url(PATH)), server.host)
