"""Our own table of changes: Eisenach's passage of 2021 and the NUTS codes of 2024."""

import pytest

from ingest.fields import FieldError
from ingest.files import given
from ingest.source import FOLDER, Record, load
from ingest.sources.territorial_changes.extract import COLUMNS, extract
from ingest.sources.territorial_changes.transform import transform
from kg.iri import mint
from kg.terms import DCTERMS, FOAF, LOTSE, SCHEMA, Triple
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, extracts, said, shipped

SOURCE = load(FOLDER / "territorial_changes")
KEY = dict.fromkeys(COLUMNS, "") | {
    "place": "990010000000",
    "what": "key",
    "scheme": "AGS",
    "key_before": "99001",
    "date": "2021-03-01",
    "page": "https://example.org/changes",
}


def test_the_sample_says_what_a_person_has_read(update_golden: bool) -> None:  # noqa: FBT001
    check_sample("territorial_changes", update=update_golden)


def test_eisenach_passed_to_the_wartburgkreis() -> None:
    triples = said(SOURCE, shipped("territorial_changes"))
    eisenach, kreis = (mint("jurisdiction", ars) for ars in ("160560000000", "160630000000"))
    found = {one for one in triples if one.predicate in {LOTSE.former, LOTSE.successor}}
    (change,) = {one.subject for one in found}
    assert found == {
        Triple(change, LOTSE.former, eisenach),
        Triple(change, LOTSE.successor, kreis),
    }
    assert {one for one in triples if one.predicate == DCTERMS.replaces} == {
        Triple(kreis, DCTERMS.replaces, eisenach)
    }
    assert list(by_subject(triples, DCTERMS.date).values()) == [["2021-07-01"]]


def test_keys_end_on_the_day_before_their_successors_begin() -> None:
    triples = said(SOURCE, shipped("territorial_changes"))
    assert by_subject(triples, SCHEMA.validThrough) == {
        "16056": ["2021-06-30"], "16056000": ["2021-06-30"],
        **{f"DEG0{last}": ["2023-12-31"] for last in "4BFHIP"},
    }  # fmt: skip
    assert by_subject(triples, SCHEMA.validFrom) == {
        "16063105": ["2021-07-01"],
        **{f"DEG0{last}": ["2024-01-01"] for last in "QRSTUV"},
    }  # fmt: skip
    assert by_subject(triples, LOTSE.nuts) == {
        "160540000000": ["DEG04", "DEG0S"], "160630000000": ["DEG0P", "DEG0R"],
        "160660000000": ["DEG0B", "DEG0Q"], "160700000000": ["DEG0F", "DEG0T"],
        "160720000000": ["DEG0H", "DEG0V"], "160730000000": ["DEG0I", "DEG0U"],
    }  # fmt: skip


def test_the_codes_that_ended_are_those_of_the_older_table() -> None:
    older = load(FOLDER / "nuts")
    before = by_subject(said(older, shipped("nuts")), LOTSE.nuts)
    for place, codes in by_subject(said(SOURCE, shipped(SOURCE.slug)), LOTSE.nuts).items():
        assert set(before[place]) == {codes[0]}, place


def test_every_place_cites_its_pages() -> None:
    records = shipped("territorial_changes")
    pages = by_subject(said(SOURCE, records), FOAF.page)
    assert pages.keys() == {f"territorial_changes-{record.key}" for record in records}
    assert len(pages["territorial_changes-160630000000"]) == 2


def test_the_table_is_our_own_and_stays_as_given() -> None:
    files = extracts(SOURCE)
    assert SOURCE.upstream == ()
    assert extract({}) == {}
    assert extract(files) == files
    assert given(SOURCE, SOURCE.folder / "changes.csv").files == files


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ({"date": ""}, "field 'date' is empty"),
        ({"date": "1.3.2021"}, "field 'date' is '1.3.2021'"),
        ({"page": ""}, "field 'page' is empty"),
        ({"what": "split"}, "field 'what' is 'split'"),
        ({"scheme": "LAU"}, "field 'scheme' is 'LAU'"),
        ({"what": "merger"}, "field 'former' is empty"),
    ],
)
def test_an_incomplete_change_is_refused(cells: dict[str, str], named: str) -> None:
    record = Record("territorial_changes", "place", KEY["place"], (KEY | cells,))
    with pytest.raises(FieldError, match=named):
        list(transform(record))
