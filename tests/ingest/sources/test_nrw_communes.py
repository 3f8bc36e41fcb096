"""Municipalities of North Rhine-Westphalia: 365 by the rule, 25 that nobody guesses."""

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from kg.terms import LOTSE, RDF
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "nrw_communes")


def commune(**changed: str) -> Record:
    row = {"id": "1", "name": "Musterstadt", "url": "http://musterstadt.example"}
    return Record("nrw_communes", "commune", "1", ({**row, **changed},))


def test_each_commune_is_an_entry_of_one_land_and_level() -> None:
    triples = said(SOURCE, shipped("nrw_communes"))
    assert counted(triples, RDF.type) == {"Entry": 390}
    assert counted(triples, LOTSE.landAsPublished) == {"NW": 390}
    assert counted(triples, LOTSE.levelAsPublished) == {"level-gemeinde": 390}
    assert len(counted(triples, LOTSE.bodyAsPublished)) == 390


def test_a_website_stays_with_the_entry_as_it_was_written() -> None:
    websites = counted(said(SOURCE, shipped("nrw_communes")), LOTSE.websiteAsPublished)
    assert sum(websites.values()) == 390
    assert sum(n for one, n in websites.items() if "://" not in one) == 388
    assert websites["verwaltungsamt-helbra.de"] == 1


def test_a_commune_without_name_is_an_error_and_one_without_website_is_not() -> None:
    with pytest.raises(FieldError, match="'name' is empty"):
        said(SOURCE, [commune(name=" ")])
    assert counted(said(SOURCE, [commune(url="")]), LOTSE.websiteAsPublished) == {}


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("nrw_communes", update=update_golden)
