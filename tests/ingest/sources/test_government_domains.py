"""Domains of authorities: kinds of rows, and the dirt of the list."""

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from kg.terms import LOTSE, RDF
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "government_domains")
ROW = {
    "Domain Name": "musterstadt.example", "Domain Type": "City", "Agency": "Non-Federal Agency",
    "City": "Musterstadt", "State": "NI",
}  # fmt: skip


def domain(**changed: str) -> Record:
    row = {**ROW, **{key.replace("_", " "): value for key, value in changed.items()}}
    return Record("government_domains", "domain", "musterstadt.example", (row,))


def test_rows_are_8356_cities_with_a_land_and_660_federal_ones_without() -> None:
    triples = said(SOURCE, shipped("government_domains"))
    assert counted(triples, RDF.type) == {"Entry": 9016}
    assert counted(triples, LOTSE.levelAsPublished) == {"level-bund": 660}
    lands = counted(triples, LOTSE.landAsPublished)
    assert sum(lands.values()) == 8356
    assert len(lands) == 16
    assert lands["BY"] == 2031


def test_domains_have_small_letters_and_no_slash_and_umlauts_stay_punycode() -> None:
    triples = said(SOURCE, shipped("government_domains"))
    domains = counted(triples, LOTSE.domainName)
    assert len(domains) == 9016
    assert [one for one in domains if one != one.lower() or one.endswith("/")] == []
    assert domains["eisenbahn-unfalluntersuchung.de"] == domains["ciec-deutschland.de"] == 1
    assert len([one for one in domains if "xn--" in one]) == 27


def test_a_federal_row_names_its_agency_and_no_city() -> None:
    bodies = by_subject(said(SOURCE, shipped("government_domains")), LOTSE.bodyAsPublished)
    assert bodies["government_domains-agrowetter.de"] == ["Deutscher Wetterdienst"]
    assert bodies["government_domains-fridolfing.de"] == ["Fridolfing"]


@pytest.mark.parametrize("field", ["Domain_Type", "Agency"])
def test_a_kind_of_row_that_is_not_known_is_an_error(field: str) -> None:
    with pytest.raises(FieldError, match="is 'County'"):
        said(SOURCE, [domain(**{field: "County"})])


@pytest.mark.parametrize("field", ["City", "State"])
def test_a_city_needs_name_and_land(field: str) -> None:
    with pytest.raises(FieldError, match=f"'{field}' is empty"):
        said(SOURCE, [domain(**{field: ""})])


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("government_domains", update=update_golden)
