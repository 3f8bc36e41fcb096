"""Münster's categories: 58 in 11 groups, their codes kept as text."""

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from kg.errors import SourceError
from kg.terms import RDF, SKOS
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "muenster_categories")


def test_58_categories_stand_in_11_groups() -> None:
    triples = said(SOURCE, shipped("muenster_categories"))
    assert counted(triples, RDF.type)["ConcernCategory"] == 69
    above = by_subject(triples, SKOS.broader)
    assert len(above) == 58
    assert len({group for found in above.values() for group in found}) == 11


def test_one_name_in_two_groups_is_two_categories() -> None:
    triples = said(SOURCE, shipped("muenster_categories"))
    names = by_subject(triples, SKOS.prefLabel)
    assert [key for key, found in names.items() if found == ["Behinderung durch Pflanzen"]] == [
        "muenster_categories-81", "muenster_categories-93",
    ]  # fmt: skip


def test_a_service_without_a_name_is_an_error() -> None:
    row = {"group": "Straße", "service_name": " ", "service_code": "1"}
    with pytest.raises(FieldError, match="'service_name' is empty"):
        said(SOURCE, [Record("muenster_categories", "category", "1", (row,))])


def test_a_code_of_two_services_is_an_error() -> None:
    row = {"group": "Straße", "service_name": "Muster", "service_code": "1"}
    record = Record("muenster_categories", "category", "1", (row, {**row, "group": "Brücken"}))
    with pytest.raises(FieldError, match="the code 1 stands for 2 services"):
        said(SOURCE, [record])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{}", "no list of services"),
        (b'["Ampel"]', "service 1: not an object"),
        (b'[{"group": "A", "service_name": "B"}]', "the columns 'service_code' are missing"),
        (b"<html>", "muenster-services.json"),
    ],
)
def test_a_file_of_another_form_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        SOURCE.extract({"muenster-services.json": content})


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("muenster_categories", update=update_golden)
