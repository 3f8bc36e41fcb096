"""Data providers of GovData: the 69 of the list, each with its address."""

import pytest

from ingest.source import FOLDER, load
from kg.errors import SourceError
from kg.terms import DCATDE, LOTSE, RDF
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SLUG = "govdata_contributors"
SOURCE = load(FOLDER / SLUG)


def test_the_list_has_69_providers_with_as_many_addresses() -> None:
    triples = said(SOURCE, shipped(SLUG))
    assert counted(triples, RDF.type) == {"Contributor": 69}
    keys = by_subject(triples, DCATDE.contributorID)
    assert len({key for found in keys.values() for key in found}) == 69
    assert keys[f"{SLUG}-landBrandenburg"] == ["http://dcat-ap.de/def/contributors/landBrandenburg"]


def test_the_federal_statistical_office_is_named_twice() -> None:
    names = counted(said(SOURCE, shipped(SLUG)), LOTSE.bodyAsPublished)
    assert [name for name, times in names.items() if times > 1] == ["Statistisches Bundesamt"]


@pytest.mark.parametrize("content", [b"<html><body>moved</body></html>", b"", b"no xml"])
def test_a_file_that_is_not_the_list_is_refused(content: bytes) -> None:
    with pytest.raises(SourceError, match="contributors"):
        SOURCE.extract({"dcat-ap-de-contributors.rdf": content})


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample(SLUG, update=update_golden)
