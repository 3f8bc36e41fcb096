"""The commitments: plans, titles, lead bodies; identifiers that were inferred are marked."""

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from ingest.themes import COLUMNS as CONCLUDED
from kg.iri import mint
from kg.terms import DCTERMS, LOTSE, RDF, SKOS
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "ogp_commitments")
ROW = {
    "commitment_id": "DE9999", "plan": "9", "number": "1", "title_de": "Muster (erfunden)",
    "title_en": "", "title_en_ogp": "", "lead_body": "", "start": "2030", "end": "2031",
    "theme": "", "jurisdiction": "Deutschland", "id_status": "own OGP page read",
    "source_url": "https://example.org/",
    **dict.fromkeys(CONCLUDED, ""),
}  # fmt: skip


def commitment(**changed: str) -> Record:
    return Record("ogp_commitments", "commitment", "DE9999", ({**ROW, **changed},))


def labels(**changed: str) -> set[tuple[str, str | None]]:
    triples = said(SOURCE, [commitment(**changed)])
    return {
        (one.object.value, one.object.language)  # type: ignore[union-attr]
        for one in triples
        if one.predicate == SKOS.prefLabel
    }


def test_commitments_and_plans_are_those_of_the_raw_file() -> None:
    triples = said(SOURCE, shipped("ogp_commitments"))
    assert counted(triples, RDF.type)["Innovation"] == 60 + 4
    plans = {
        plan.rpartition("-")[2]: number
        for plan, number in counted(triples, DCTERMS.isPartOf).items()
    }
    assert plans == {"1": 15, "2": 14, "3": 14, "4": 15}
    assert len(by_subject(triples, DCTERMS.identifier)) == 58


def test_53_have_a_title_and_38_a_lead_body() -> None:
    triples = said(SOURCE, shipped("ogp_commitments"))
    names = by_subject(triples, SKOS.prefLabel)
    by_number = [
        one for one in names.values() if any("Selbstverpflichtung" in name for name in one)
    ]
    assert len(by_number) == 7
    activities = counted(triples, LOTSE.activity)
    assert len(activities) == 38


def test_an_inferred_identifier_is_marked() -> None:
    triples = said(SOURCE, shipped("ogp_commitments"))
    assert counted(triples, LOTSE.basis) == {"basis-stated": 43, "basis-inferred": 17}
    bases = by_subject(triples, LOTSE.basis)
    assert bases["ogp_commitments-DE0031"] == ["basis-inferred"]


def test_a_commitment_has_a_name_in_each_language_that_the_list_has_and_no_other() -> None:
    assert labels() == {("Muster (erfunden)", "de")}
    assert labels(title_en="Example", title_en_ogp="Short") == {
        ("Muster (erfunden)", "de"), ("Example", "en"),
    }  # fmt: skip
    assert labels(title_de="", title_en_ogp="Short") == {("Short", "en")}
    assert labels(title_de="") == {
        ("Selbstverpflichtung 1 des 9. Nationalen Aktionsplans", "de"),
        ("Commitment 1 of national action plan 9", "en"),
    }


def test_the_two_local_plans_stand_for_themselves() -> None:
    triples = said(SOURCE, shipped("ogp_commitments"))
    local = mint("innovation", "ogp_commitments", "ogp-local-hamburg-1")
    said_of_it = {one.predicate for one in triples if one.subject == local}
    assert SKOS.prefLabel in said_of_it
    assert said_of_it & {DCTERMS.isPartOf, DCTERMS.identifier} == set()


def test_a_doubt_about_the_place_is_kept_as_published() -> None:
    places = counted(said(SOURCE, shipped("ogp_commitments")), LOTSE.placeAsPublished)
    assert places["Hamburg or Nordrhein-Westfalen"] == 2


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"id_status": "guessed"}, "'id_status' is 'guessed'; allowed are 'own OGP page read'"),
        ({"start": "soon"}, "'start' is 'soon'"),
        ({"plan": ""}, "'plan' is empty"),
    ],
)
def test_a_word_that_is_not_known_is_an_error(changed: dict[str, str], message: str) -> None:
    with pytest.raises(FieldError, match=message):
        said(SOURCE, [commitment(**changed)])


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("ogp_commitments", update=update_golden)
