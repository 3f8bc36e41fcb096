"""The ten categories of Züri wie neu, a FixMyStreet site; no report travels with them."""

import gzip

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from kg.errors import SourceError
from kg.terms import RDF, SKOS
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "fixmystreet_categories")


def test_ten_categories_are_named_as_the_site_names_them() -> None:
    triples = said(SOURCE, shipped("fixmystreet_categories"))
    assert counted(triples, RDF.type)["ConcernCategory"] == 10
    names = by_subject(triples, SKOS.prefLabel)
    assert names["fixmystreet_categories-strasse-trottoir-platz"] == ["Strasse/Trottoir/Platz"]


def test_nothing_but_names_is_kept() -> None:
    assert [one.columns for one in SOURCE.extracts] == [("service_name",)]


def test_a_category_without_a_name_is_an_error() -> None:
    record = Record("fixmystreet_categories", "category", "x", ({"service_name": ""},))
    with pytest.raises(FieldError, match="'service_name' is empty"):
        said(SOURCE, [record])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<html>", "cannot be unpacked"),
        (gzip.compress(b"a,b\n1,2\n")[:-4], "cannot be unpacked"),
        (gzip.compress(b"name\nMuster\n"), "'service_name'"),
    ],
)
def test_a_file_of_another_form_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        SOURCE.extract({"zuerich_62k_georeport_bulk.csv.gz": content})


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("fixmystreet_categories", update=update_golden)
