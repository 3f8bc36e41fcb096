"""What the shipped extracts say, for tests that hold it against the figures of the raw files."""

from collections import Counter
from collections.abc import Iterable, Mapping

import pytest

from ingest.readers import records
from ingest.source import FOLDER, Record, Source, load
from kg.terms import Literal, NamedNode, Triple
from tests.world import SHARED


def raw(source: Source) -> dict[str, bytes]:
    """Return the upstream files of a source; the test is skipped where they are not here."""
    if not SHARED.is_dir():
        pytest.skip("the raw files are not here (shared/data); issue 3")
    return {one.name: (SHARED / one.shared).read_bytes() for one in source.upstream}


def extracts(source: Source) -> dict[str, bytes]:
    """Return the extract files in a source's folder."""
    return {one.file: (source.folder / one.file).read_bytes() for one in source.extracts}


def shipped(slug: str) -> list[Record]:
    """Return the records of a source's extract."""
    source = load(FOLDER / slug)
    return list(records(source, extracts(source)))


def said(source: Source, given: Iterable[Record]) -> set[Triple]:
    """Return what a source says in these records."""
    return {triple for record in given for triple in source.transform(record)}


def lexical(term: object) -> str:
    """Return the text of a term, without datatype or language."""
    assert isinstance(term, Literal | NamedNode)
    return term.value.rpartition("#")[2] if isinstance(term, NamedNode) else term.value


def counted(triples: Iterable[Triple], predicate: NamedNode) -> Counter[str]:
    """Return how often each value stands behind a predicate."""
    return Counter(lexical(one.object) for one in triples if one.predicate == predicate)


def by_subject(triples: Iterable[Triple], predicate: NamedNode) -> Mapping[str, list[str]]:
    """Return the values of a predicate by the last part of the subject's IRI."""
    found: dict[str, list[str]] = {}
    for one in triples:
        if one.predicate == predicate:
            assert isinstance(one.subject, NamedNode)
            found.setdefault(one.subject.value.rpartition("/")[2], []).append(lexical(one.object))
    return {subject: sorted(values) for subject, values in sorted(found.items())}
