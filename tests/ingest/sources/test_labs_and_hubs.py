"""The list of labs and hubs: kinds, states, places and operators, counted and as published."""

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from ingest.themes import COLUMNS as CONCLUDED
from kg.iri import mint
from kg.terms import FOAF, LOTSE, ORG, RDF, NamedNode
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import (
    by_subject,
    counted,
    extracts,
    lexical,
    raw,
    said,
    shipped,
)

SOURCE = load(FOLDER / "labs_and_hubs")
ROW = {
    "name": "Musterlabor (erfunden)", "kind": "innovation-lab", "operator": "", "level": "gemeinde",
    "jurisdiction": "Musterstadt", "since": "", "until": "", "status": "unknown", "themes": "",
    "url": "", "strength": "stated", "source_url": "https://example.org/",
    **dict.fromkeys(CONCLUDED, ""),
}  # fmt: skip


def lab(**changed: str) -> Record:
    return Record("labs_and_hubs", "lab", "musterlabor-erfunden", ({**ROW, **changed},))


def pages(record: Record) -> list[str]:
    node = mint("record", "labs_and_hubs", record.key)
    return [
        lexical(one.object)
        for one in SOURCE.transform(record)
        if one.subject == node and one.predicate == FOAF.page
    ]


def test_kinds_are_those_of_the_raw_file() -> None:
    triples = said(SOURCE, shipped("labs_and_hubs"))
    assert counted(triples, ORG.classification) == {
        "kind-innovation-lab": 62,
        "kind-competence-centre": 34,
        "kind-network": 30,
        "kind-living-lab": 15,
        "kind-hub": 15,
        "kind-fellowship": 2,
        "kind-accelerator": 2,
        "kind-civic-tech-network": 1,
        "kind-funding-programme": 15,
        "kind-govtech-company": 9,
        "kind-civic-tech-organisation": 5,
    }
    classes = counted(triples, RDF.type)
    assert (classes["Lab"], classes["Organization"]) == (161, 29)


def test_the_two_sources_hold_199_labs() -> None:
    others = load(FOLDER / "codefor_labs")
    triples = said(SOURCE, shipped("labs_and_hubs")) | said(others, shipped("codefor_labs"))
    assert counted(triples, RDF.type)["Lab"] == 199


def test_states_and_attestations_are_those_of_the_raw_file() -> None:
    triples = said(SOURCE, shipped("labs_and_hubs"))
    assert counted(triples, LOTSE.status) == {
        "status-active": 79,
        "status-planned": 11,
        "status-ended": 2,
    }
    assert counted(triples, LOTSE.attestation) == {
        "attestation-stated": 175,
        "attestation-mentioned": 15,
    }


def test_every_thing_works_and_every_operator_is_one_involvement() -> None:
    given = shipped("labs_and_hubs")
    roles = counted(said(SOURCE, given), LOTSE.role)
    operators = sum(
        len([name for name in str(one.rows[0]["operator"]).split(";") if name.strip()])
        for one in given
    )
    assert roles == {"role-runs": 190, "role-operator": operators}
    assert operators == 224


def test_deutschland_is_the_bund_at_whatever_level_a_thing_works() -> None:
    for level in ("bund", "gemeinde", "none"):
        triples = said(SOURCE, [lab(jurisdiction="Deutschland", level=level)])
        assert counted(triples, LOTSE.placeKey) == {"000000000000": 1}
        assert counted(triples, LOTSE.levelAsPublished) == {"level-bund": 1}


def test_several_places_are_several_mentions() -> None:
    places = by_subject(said(SOURCE, shipped("labs_and_hubs")), LOTSE.placeAsPublished)
    assert places["labs_and_hubs-netzwerk-digitalagenturen-der-laender"] == [
        "Berlin", "Brandenburg", "Niedersachsen", "Saarland", "Sachsen", "Thüringen",
    ]  # fmt: skip


def test_a_place_without_a_level_gets_none() -> None:
    for level in ("none", "eu", ""):
        assert counted(said(SOURCE, [lab(level=level)]), LOTSE.levelAsPublished) == {}


def test_two_pages_of_a_row_are_two_pages_of_its_record() -> None:
    assert pages(lab(source_url="https://a.example/ ; https://b.example/x;jsessionid=1?y=2")) == [
        "https://a.example/",
        "https://b.example/x;jsessionid=1?y=2",
    ]
    assert sum(len(pages(record)) for record in shipped("labs_and_hubs")) == 191


def test_a_file_of_a_repository_is_cited_by_its_address() -> None:
    commit = "959f976fa0b95aa6e8c683cfa6e790a3787c78e3"
    assert pages(lab(source_url=f"datenlabor-bmz/german-organigram@{commit}:README.md")) == [
        f"https://github.com/datenlabor-bmz/german-organigram/blob/{commit}/README.md"
    ]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"status": "aktiv"}, "'status' is 'aktiv'; allowed are 'active'"),
        ({"kind": "laboratory"}, "'kind' is 'laboratory'"),
        ({"strength": ""}, "'strength' is ''"),
        ({"level": "bezirk"}, "'level' is 'bezirk'"),
        ({"since": "Mai 2020"}, "'since' is 'Mai 2020'"),
        ({"source_url": "see website"}, "'source_url' is 'see website'"),
    ],
)
def test_a_word_that_is_not_in_the_list_is_an_error(changed: dict[str, str], message: str) -> None:
    with pytest.raises(FieldError, match=message):
        said(SOURCE, [lab(**changed)])


def test_keys_are_readable_and_each_stands_for_one_row() -> None:
    given = shipped("labs_and_hubs")
    assert [record.key for record in given if len(record.rows) != 1] == []
    assert mint("lab", "labs_and_hubs", "citylab-berlin") in {
        one.subject for one in said(SOURCE, given) if isinstance(one.subject, NamedNode)
    }


def test_a_page_whose_domain_is_a_persons_name_is_not_named() -> None:
    silent = [one.key for one in shipped("labs_and_hubs") if not one.rows[0]["source_url"]]
    assert silent == ["verwaltungslabor-ulm"]


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("labs_and_hubs", update=update_golden)
