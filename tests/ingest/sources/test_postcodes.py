"""Postcodes: n:m to Gemeinden, one key that the register lacks, nothing concluded from them."""

from collections import Counter
from pathlib import Path

import ingest
from ingest.source import FOLDER, load
from kg.terms import LOTSE, RDF
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import counted, extracts, raw, said, shipped

SLUG = "postcodes"
SOURCE = load(FOLDER / SLUG)


def test_the_figures_are_those_of_the_file() -> None:
    records = shipped(SLUG)
    assert len(records) == 8_168
    assert sum(len(one.rows) for one in records) == 12_883
    several = [len(one.rows) for one in records if len(one.rows) > 1]
    assert (len(several), max(several)) == (1_394, 39)
    assert len({row["ags"] for one in records for row in one.rows}) == 10_797


def test_a_key_that_the_register_lacks_is_counted() -> None:
    records = shipped(SLUG)
    found = said(SOURCE, records)
    assert counted(found, RDF.type) == {"Postcode": 8_168}
    unknown = Counter(one for record in records for one in record.unmapped)
    assert set(unknown) == {("ags", "16063094")}
    linked = sum(1 for one in found if one.predicate == LOTSE.postcodeOf)
    assert linked == 12_883 - unknown.total()


def test_nothing_is_concluded_from_postcodes() -> None:
    """The licence (ODbL, share-alike) stays with this graph: no step of a build reads it."""
    folder = Path(ingest.__file__).parent
    readers = [
        path.name
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".py", ".rq"}
        and "sources" not in path.relative_to(folder).parts
        and any(word in path.read_text("utf-8") for word in ("ostcode", SLUG))
    ]
    assert readers == []


def test_the_shipped_extract_is_what_the_file_extracts_to() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample(SLUG, update=update_golden, failing=frozenset({"1234"}))
