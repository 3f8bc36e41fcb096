"""Fetching without pauses, and what must hold when it fails."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.fetching import archive
from ingest.fetching.fetch import Fetched, fetch
from ingest.fetching.visiting import FetchError, Visitor
from ingest.source import Source
from kg.errors import SourceError
from tests.ingest.invented import labs, written

NEW = written([{**one, "city": "Neustadt"} if one["id"] == "00001" else one for one in labs()])
PATH = "/labs.csv"


def fetch_now(data: Path, one: Source) -> Fetched:
    """Fetch without pauses."""
    return fetch(data, one, Visitor(one.fetching.hosts, pause=0, patience=0))


def refuse(data: Path, one: Source, said: str) -> None:
    """Assert that nothing is taken over, and that the reason is said and remembered."""
    before = archive.state(data, one.slug)
    with pytest.raises((FetchError, SourceError), match=said) as refused:
        fetch_now(data, one)
    after = archive.state(data, one.slug)
    assert replace(after, failed=before.failed) == before
    assert str(refused.value) in after.failed
