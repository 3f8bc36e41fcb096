"""176 rows, of which other sources say 175 already; the one that adds is Wolfsburg's DAVe."""

from collections import Counter

from ingest.extracts import select
from ingest.source import FOLDER, load
from ingest.sources.adoption_facts.extract import IGNORED, UPSTREAM, USED, said_elsewhere
from kg.iri import mint
from kg.terms import LOTSE
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import counted, extracts, raw, said, shipped

SLUG = "adoption_facts"
SOURCE = load(FOLDER / SLUG)


def test_what_other_sources_say_is_left_out_and_counted() -> None:
    rows = select(UPSTREAM, raw(SOURCE)[UPSTREAM], USED, IGNORED)
    assert len(rows) == 176
    assert Counter(map(said_elsewhere, rows)) == {
        "publiccode": 34,
        "munich_open_source": 141,
        "": 1,
    }


def test_wolfsburg_uses_munichs_dave() -> None:
    found = said(SOURCE, shipped(SLUG))
    assert counted(found, LOTSE.adopterAsPublished) == {"Stadt Wolfsburg": 1}
    assert [one.object for one in found if one.predicate == LOTSE.solution] == [
        mint("solution", "munich_open_source", "dave")
    ]


def test_the_shipped_extract_is_what_the_table_extracts_to() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample(
        SLUG,
        update=update_golden,
        failing=frozenset({"musterwerk-2f30c7f61a038e15", "musterwerk-79391601652bdc2e"}),
    )
