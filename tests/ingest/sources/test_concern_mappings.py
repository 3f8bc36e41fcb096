"""What the entries of the lists mean: each is mapped onto a category of ours, or counted."""

from collections import Counter, defaultdict

import pytest
from rdflib.namespace import SKOS as RDFLIB_SKOS

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from kg.namespaces import VOCABULARY
from kg.terms import LOTSE, SKOS, Literal, NamedNode
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import said, shipped
from tests.ontology.vocabulary import ontology

SOURCE = load(FOLDER / "concern_mappings")
ROW = {
    "list": "klarschiff", "key": "problem--muster", "label": "Muster (erfunden)",
    "relation": "exactMatch", "category": "waste", "note": "same extent",
}  # fmt: skip


def mapping(**changed: str) -> Record:
    return Record(
        "concern_mappings", "mapping", "klarschiff-problem--muster", ({**ROW, **changed},)
    )


def listed() -> dict[str, set[tuple[str, str]]]:
    """Return for each list the keys of its entries with their names as the source has them."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for slug in SOURCE.needs:
        source = load(FOLDER / slug)
        triples = said(source, shipped(slug))
        entries = {one.subject for one in triples if one.object == LOTSE.ConcernCategory}
        for one in triples:
            if one.subject in entries and one.predicate == SKOS.prefLabel:
                assert isinstance(one.subject, NamedNode)
                assert isinstance(one.object, Literal)
                if one.object.language != source.language:
                    continue
                key = one.subject.value.rpartition(f"/{slug}-")[2]
                found[slug].add((key, one.object.value))
    return found


def test_every_entry_of_every_list_stands_in_the_table() -> None:
    table: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for record in shipped("concern_mappings"):
        (row,) = record.rows
        table[str(row["list"])].add((str(row["key"]), str(row["label"])))
    assert table == listed()
    assert {name: len(entries) for name, entries in table.items()} == {
        "klarschiff": 204, "koeln_concerns": 6, "berlin_concerns": 19, "muenster_categories": 69,
        "markaspot_categories": 11, "fixmystreet_categories": 10,
    }  # fmt: skip


def test_each_entry_is_mapped_exactly_closely_or_broadly_and_two_say_nothing() -> None:
    records = shipped("concern_mappings")
    triples = said(SOURCE, records)
    assert Counter(one.predicate for one in triples) == {
        SKOS.exactMatch: 32, SKOS.closeMatch: 43, SKOS.broadMatch: 242,
    }  # fmt: skip
    assert [pair for record in records for pair in record.unmapped] == [
        ("category", "berlin_concerns: Freier Betreff"),
        ("category", "fixmystreet_categories: Allgemein"),
    ]


def test_the_categories_are_two_levels_deep_and_each_is_meant_by_an_entry() -> None:
    graph = ontology()
    ours = {
        str(one).removeprefix(VOCABULARY)
        for one in graph.subjects(RDFLIB_SKOS.inScheme, None)
        if str(one).startswith(f"{VOCABULARY}category-")
    }
    assert len(ours) == 58
    meant = {
        one.object.value.removeprefix(VOCABULARY)
        for one in said(SOURCE, shipped("concern_mappings"))
        if isinstance(one.object, NamedNode)
    }
    assert meant == ours


def test_a_reason_stands_in_each_row() -> None:
    rows = [record.rows[0] for record in shipped("concern_mappings")]
    assert [row for row in rows if not row["note"]] == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"relation": "sameAs"}, "'relation' is 'sameAs'; allowed are 'exactMatch'"),
        ({"relation": ""}, "given together or not at all"),
        ({"category": ""}, "given together or not at all"),
        ({"key": ""}, "'key' is empty"),
    ],
)
def test_a_row_that_is_not_whole_is_an_error(changed: dict[str, str], message: str) -> None:
    with pytest.raises(FieldError, match=message):
        said(SOURCE, [mapping(**changed)])


def test_an_entry_without_a_category_is_counted() -> None:
    record = mapping(relation="", category="")
    assert said(SOURCE, [record]) == set()
    assert record.unmapped == [("category", "klarschiff: Muster (erfunden)")]


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("concern_mappings", update=update_golden)
