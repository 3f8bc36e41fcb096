"""A source's sample, read strictly and transformed, against the quads that a person has read."""

from pathlib import Path

import pytest

from ingest.fields import FieldError
from ingest.readers import records
from ingest.source import FOLDER, Source, load
from kg.iri import graph
from kg.nquads import canonical
from kg.terms import Triple

EXPECTED = "expected.nq"


def sample_files(source: Source) -> dict[str, bytes]:
    """Return the files of a source's sample, by the names of its extracts."""
    folder = source.folder / "sample"
    return {one.file: (folder / one.file).read_bytes() for one in source.extracts}


def sample_quads(source: Source) -> tuple[bytes, dict[str, str]]:
    """Return what a source says in its sample (canonical N-Quads), and why records failed."""
    said: list[Triple] = []
    failed: dict[str, str] = {}
    for record in records(source, sample_files(source)):
        try:
            said.extend(source.transform(record))
        except (FieldError, ValueError) as error:
            failed[record.key] = str(error)
    return canonical(said, graph(source.slug)), failed


def check_sample(slug: str, *, update: bool, failing: frozenset[str] = frozenset()) -> None:
    """Hold a source's sample against `sample/expected.nq`, whole.

    `failing` are the keys of the records that the sample holds to be refused. With `update`
    (the fixture `update_golden`) the file is rewritten and the test fails.
    """
    source = load(FOLDER / slug)
    found, failed = sample_quads(source)
    assert frozenset(failed) == failing, failed
    assert found, "an empty answer proves nothing"
    golden(source.folder / "sample" / EXPECTED, found, update=update)


def golden(path: Path, found: bytes, *, update: bool) -> None:
    """Compare `found` with the file; with `update`, rewrite the file and fail."""
    if update:
        path.write_bytes(found)
        pytest.fail(f"{path.name} of {path.parent.parent.name} was rewritten; read the diff")
    assert found.decode().splitlines() == path.read_text(encoding="utf-8").splitlines()
