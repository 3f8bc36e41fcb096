"""Mark-a-Spot's categories: 11, in English, without their descriptions."""

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from kg.errors import SourceError
from kg.terms import RDF, SKOS
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "markaspot_categories")


def test_11_categories_are_kept_by_their_codes() -> None:
    triples = said(SOURCE, shipped("markaspot_categories"))
    assert counted(triples, RDF.type)["ConcernCategory"] == 11
    assert by_subject(triples, SKOS.prefLabel)["markaspot_categories-1.3"] == ["Clothing Donation"]


def test_a_language_that_is_not_known_is_an_error() -> None:
    row = {"langcode": "xx", "name": "Muster", "field_service_code": "9.9"}
    with pytest.raises(FieldError, match="'langcode' is 'xx'"):
        said(SOURCE, [Record("markaspot_categories", "category", "9.9", (row,))])


def test_a_taxonomy_without_codes_is_refused() -> None:
    with pytest.raises(SourceError, match="'field_service_code'"):
        SOURCE.extract({"taxonomy_service_categories.csv": b"name,langcode\nMuster,de\n"})


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("markaspot_categories", update=update_golden)
