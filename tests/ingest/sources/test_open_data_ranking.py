"""The ranking: 590 observations of 17 jurisdictions by 35 criteria, law but no reviewers' texts."""

import json
from decimal import Decimal

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, Row, load
from ingest.sources.open_data_ranking.extract import is_law
from ingest.sources.open_data_ranking.transform import record_key
from kg.errors import SourceError
from kg.terms import FOAF, LOTSE, QB, RDF
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "open_data_ranking")
ROW = {
    "name": "Brandenburg", "short": "BB", "criterion-number": "2", "points": "1", "citation": "",
    "link": "",
}  # fmt: skip


def observation(**changed: str) -> Record:
    row: Row = {**ROW, **changed}
    return Record("open_data_ranking", "observation", record_key("observation", row), (row,))


def test_590_observations_of_17_jurisdictions_by_35_criteria() -> None:
    triples = said(SOURCE, shipped("open_data_ranking"))
    types = counted(triples, RDF.type)
    assert (types["Observation"], types["Criterion"], types["DataSet"]) == (590, 35, 1)
    places = counted(triples, LOTSE.place)
    assert len(places) == 17
    assert {one.rpartition("/")[2]: n for one, n in places.items() if n != 35} == {
        "000000000000": 30
    }
    assert len(counted(triples, LOTSE.criterion)) == 35


def test_the_points_are_numbers_that_reach_no_further_than_their_criterion() -> None:
    triples = said(SOURCE, shipped("open_data_ranking"))
    most = {
        node: Decimal(points[0]) for node, points in by_subject(triples, LOTSE.maxPoints).items()
    }
    given = by_subject(triples, LOTSE.points)
    asked = by_subject(triples, LOTSE.criterion)
    assert sum(most.values()) == 100
    assert sum(Decimal(points[0]) for points in given.values()) == 425
    assert {
        node
        for node, points in given.items()
        if Decimal(points[0]) > most[asked[node][0].rpartition("/")[2]]
    } == set()


def test_the_bund_has_no_short_code_and_goes_by_its_name() -> None:
    (place,) = counted(said(SOURCE, [observation(name="Bund", short="")]), LOTSE.place)
    assert place.endswith("/id/jurisdiction/000000000000")
    assert observation(name="Bund", short="").key == "Bund-2"


@pytest.mark.parametrize(
    ("number", "citation", "law"),
    [
        ("1", "§12a Abs. 1 EGovG", True),
        ("2", "OpenDataV (2020)", True),
        ("20", "open bydata (2023)", False),
        ("2", "keine Erwähnung", False),
    ],
)
def test_only_the_law_is_cited(number: str, citation: str, *, law: bool) -> None:
    assert is_law(number, citation) is law


def test_168_observations_cite_the_law_and_queries_are_no_links() -> None:
    triples = said(SOURCE, shipped("open_data_ranking"))
    assert sum(counted(triples, LOTSE.legalCitation).values()) == 168
    assert sum(counted(triples, LOTSE.legalUrl).values()) == 168
    pages = by_subject(triples, FOAF.page)
    assert len([node for node in pages if node != "open_data_ranking-dataset"]) == 90
    assert max(len(one) for found in pages.values() for one in found) < 300


def test_the_structure_names_two_dimensions_and_a_measure() -> None:
    triples = said(SOURCE, shipped("open_data_ranking"))
    assert counted(triples, QB.dimension) == {"place": 1, "criterion": 1}
    assert counted(triples, QB.measure) == {"points": 1}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"short": "XX"}, "'short' is 'XX'; allowed are 'Bund', 'SH'"),
        ({"short": "", "name": "Preußen"}, "'name' is 'Preußen'"),
        ({"points": "viele"}, "'points' is 'viele'; wanted is a number"),
        ({"points": "-1"}, "'points' is -1"),
        ({"points": ""}, "'points' is empty"),
    ],
)
def test_what_cannot_be_read_is_an_error(changed: dict[str, str], message: str) -> None:
    with pytest.raises(FieldError, match=message):
        said(SOURCE, [observation(**changed)])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", "no object in braces"),
        ('{"meta": {}, "name": "Bund", "short": "", "criteria": [], "stats": []}', "no list"),
        ('{"name": "Bund"}', "the columns 'criteria', 'meta', 'short', 'stats' are missing"),
        ("<html>", "bund.json"),
    ],
)
def test_a_file_of_another_form_is_refused(content: str, message: str) -> None:
    criteria = {
        "meta": {"name": "R", "license": "L", "created": "2025", "last_modified": "2025"},
        "criteria": [{"criterion-number": 1, "title": "T", "maxPoints": 1}],
    }
    files = {"criteria.json": json.dumps(criteria).encode(), "bund.json": content.encode()}
    with pytest.raises(SourceError, match=message):
        SOURCE.extract(files)


def test_the_extract_is_that_of_the_raw_files() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("open_data_ranking", update=update_golden)
