"""Tech4Germany: years, and the partners cut out of the headings, marked as concluded."""

import pytest

from ingest.source import FOLDER, load
from ingest.sources.tech4germany.partners import partners
from kg.errors import SourceError
from kg.iri import digest, mint
from kg.terms import FOAF, LOTSE, RDF
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "tech4germany")


def test_projects_years_and_partners_are_those_of_the_raw_file() -> None:
    triples = said(SOURCE, shipped("tech4germany"))
    assert counted(triples, RDF.type) == {"Innovation": 29, "Involvement": 62}
    assert counted(triples, LOTSE.role) == {"role-developer": 29, "role-partner": 33}
    years = [one for one in triples if one.predicate == LOTSE.since]
    assert counted(years, LOTSE.since) == {"2019": 6, "2020": 8, "2021": 7, "2022": 8}


def test_exactly_the_partners_are_marked_as_concluded() -> None:
    triples = said(SOURCE, shipped("tech4germany"))
    partner = {
        one.subject
        for one in triples
        if one.predicate == LOTSE.role and one.object == LOTSE["role-partner"]
    }
    concluded = {one.subject for one in triples if one.predicate == LOTSE.basis}
    assert concluded == partner
    assert counted(triples, LOTSE.basis) == {"basis-inferred": 33}


@pytest.mark.parametrize(
    ("heading", "named"),
    [
        ("Chatbot BMI, ITZ Bund BMFSFJ 2020", ["BMI", "ITZ Bund", "BMFSFJ"]),
        ("Open Data Portal AA Govdata 2020", ["AA", "Govdata"]),
        ("Barrierefreie Bürgerkommunikation Generalzolldirektion & ITZBund 2021",
         ["Generalzolldirektion", "ITZBund"]),
        ("Antidiskriminierung Antidiskriminierungsstelle 2020", ["Antidiskriminierungsstelle"]),
        ("Einheitliches Bewerbungsportal des Bundes - JOBFix - ITZBund", ["ITZBund"]),
        ("Optimierung des Elterngeldrechners BMFSFJ", ["BMFSFJ"]),
        ("Monitoring der Bundesbeteiligung BMF 2022", ["BMF"]),
    ],
)  # fmt: skip
def test_a_heading_ends_with_its_partners(heading: str, named: list[str]) -> None:
    assert partners(heading) == named


@pytest.mark.parametrize("heading", ["Chatbot Musteramt 2020", "Chatbot 2020", "BMI 2020", "XBMI"])
def test_a_heading_without_project_or_known_partner_is_an_error(heading: str) -> None:
    with pytest.raises(SourceError, match="add it to ROSTER"):
        partners(heading)


def test_blanks_in_addresses_are_percent_encoded() -> None:
    pages = by_subject(said(SOURCE, shipped("tech4germany")), FOAF.page)
    assert len(pages) == 29
    assert [page for page in pages.values() if " " in page[0]] == []
    assert pages["tech4germany-2019-digitale-identitaeten"][0].endswith(
        "/docs/2019/Digitale%20Identitäten/README.md"
    )


def test_an_abbreviation_is_that_of_the_projects_year() -> None:
    days = by_subject(said(SOURCE, shipped("tech4germany")), LOTSE.attestedOn)
    involvement = mint("involvement", "tech4germany", digest("2021-digitale-klagewege", "BMJV"))
    assert days[involvement.value.rpartition("/")[2]] == ["2021-07-01"]


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("tech4germany", update=update_golden)
