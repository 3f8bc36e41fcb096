"""The explorer's cases: countries, stages, sectors, addresses; Germany's with their leads."""

import csv
from pathlib import Path

import pytest

from ingest.extracts import as_csv
from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from ingest.sources.ips_cases.addresses import addresses
from ingest.sources.ips_cases.extract import IGNORED, UPSTREAM, USED
from ingest.sources.ips_cases.sectors import DIVISIONS, GROUPS, THEMES
from kg.errors import SourceError
from kg.terms import DCTERMS, FOAF, LOTSE, RDF, SKOS
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "ips_cases")
MAPPINGS = Path(__file__).parents[3] / "ontology" / "theme-mappings.csv"
ROW = {
    "id": "1", "name": "Example case (invented)", "urls": "", "geoextent": "Local",
    "geocoverage": "Germany", "lead_organisation_name": "City of Example", "start_date": "2020",
    "end_date": "2021.0", "primary_sector": "Health", "secondary_sector": "Health n.e.c.",
    "technology": "Blockchain", "status": "Pilot",
}  # fmt: skip


def case(**changed: str) -> Record:
    return Record("ips_cases", "case", "1", ({**ROW, **changed},))


def test_853_cases_of_which_49_are_in_germany() -> None:
    triples = said(SOURCE, shipped("ips_cases"))
    assert counted(triples, RDF.type) == {"Innovation": 853, "Involvement": 49}
    countries = by_subject(triples, DCTERMS.spatial)
    german = [one for one, found in countries.items() if lexical_end(found[0]) == "DEU"]
    assert (len(countries), len(german)) == (841, 49)
    assert counted(triples, LOTSE.placeKey) == {"000000000000": 25}


def lexical_end(address: str) -> str:
    return address.rpartition("/")[2]


def test_stages_are_those_of_the_raw_file() -> None:
    triples = said(SOURCE, shipped("ips_cases"))
    assert counted(triples, LOTSE.statusAsPublished) == {
        "Pilot": 312, "Implemented": 263, "In development": 206, "Not in use anymore": 25,
        "Planned": 24, "In production": 23,
    }  # fmt: skip
    assert counted(triples, LOTSE.stage) == {
        "stage-pilot": 312, "stage-in-operation": 286, "stage-prototype": 206, "stage-ended": 25,
        "stage-idea": 24,
    }  # fmt: skip
    assert len(by_subject(triples, LOTSE.until)) == 853 - 735


def test_only_cases_in_germany_name_their_lead() -> None:
    triples = said(SOURCE, shipped("ips_cases"))
    abroad = [record for record in shipped("ips_cases")
              if record.rows[0]["geocoverage"] != "Germany"]  # fmt: skip
    assert counted(triples, LOTSE.role) == {"role-operator": 49}
    assert [record.key for record in abroad if record.rows[0]["lead_organisation_name"]] == []


def test_divisions_have_the_themes_of_the_mapping() -> None:
    with MAPPINGS.open(encoding="utf-8") as file:
        mapped = {
            row["code"]: LOTSE[f"theme-{row['theme']}"]
            for row in csv.DictReader(file)
            if row["vocabulary"] == "cofog" and row["relation"] != "relatedMatch"
        }
    assert {DIVISIONS[name]: theme for name, theme in THEMES.items()} == mapped


def test_a_group_with_a_theme_of_its_own_has_that_one_instead() -> None:
    for group, theme in GROUPS.items():
        triples = said(SOURCE, [case(primary_sector="Economic affairs", secondary_sector=group)])
        assert {one.object for one in triples if one.predicate == DCTERMS.subject} == {
            theme, LOTSE["theme-technology"],
        }  # fmt: skip


@pytest.mark.parametrize(
    ("published", "found"),
    [
        ("\xa0", []),
        ("", []),
        ("Crisis Prevention: PREVIEW", []),
        ("www.hamburg.de/fragdenmichel", []),
        ("\xa0https://a.example/x", ["https://a.example/x"]),
        ("https://a.example/x\nhttps://b.example", ["https://a.example/x", "https://b.example"]),
        ("https://a.example#intro, \nhttps://a.example#intro", ["https://a.example#intro"]),
        ("https://a.example/26 en https://b.example/y.htm en Muster. (z.d.)",
         ["https://a.example/26", "https://b.example/y.htm"]),
        ("http://a.example/Proof of Concepts.html", ["http://a.example/Proof of Concepts.html"]),
        ("https://a.example/~muster/x.pdf", []),
        ("https://a.example/text~a1b2/", ["https://a.example/text~a1b2/"]),
    ],
)  # fmt: skip
def test_addresses_are_found_in_prose(published: str, found: list[str]) -> None:
    assert addresses(published) == found


def test_blanks_in_addresses_are_percent_encoded() -> None:
    pages = by_subject(said(SOURCE, shipped("ips_cases")), FOAF.page)
    assert pages["ips_cases-10759"] == ["http://decodeproject.eu/Proof%20of%20Concepts.html"]
    # of 853: 171 empty, 10 without http:// (prose, www.), one in a person's folder
    assert len(pages) == 853 - 171 - 10 - 1


def test_a_phone_number_in_a_name_is_taken_out() -> None:
    row = dict.fromkeys((*USED, *IGNORED), "") | {"name": "Info line (020202) of Muster (2020)"}
    (content,) = SOURCE.extract({UPSTREAM: as_csv(list(row), [row])}).values()
    assert b"Info line of Muster (2020)" in content
    names = counted(said(SOURCE, shipped("ips_cases")), SKOS.prefLabel)
    assert "Whatsapp InfoCenter City of Milan" in names


def test_doubled_columns_that_differ_are_an_error() -> None:
    row = dict.fromkeys((*USED, *IGNORED), "") | {"id": "1", "lead_organisation:name": "Muster"}
    with pytest.raises(SourceError, match="'lead_organisation:name' differ in case 1;"):
        SOURCE.extract({UPSTREAM: as_csv(list(row), [row])})


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"status": "Live"}, "'status' is 'Live'; allowed are 'Planned'"),
        ({"geocoverage": "Atlantis"}, "'geocoverage' is 'Atlantis'"),
        ({"primary_sector": "Sports"}, "'primary_sector' is 'Sports'"),
        ({"technology": "Magic"}, "'technology' is 'Magic'"),
        ({"geoextent": "Global"}, "'geoextent' is 'Global'"),
        ({"end_date": "2021"}, "'end_date' is '2021'; wanted is a year such as 2021.0"),
    ],
)
def test_a_word_that_is_not_known_is_an_error(changed: dict[str, str], message: str) -> None:
    with pytest.raises(FieldError, match=message):
        said(SOURCE, [case(**changed)])


def test_the_union_is_no_country() -> None:
    triples = said(SOURCE, [case(geocoverage="European Union", geoextent="National")])
    assert counted(triples, DCTERMS.spatial) == {}
    assert counted(triples, LOTSE.placeAsPublished) == {}


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("ips_cases", update=update_golden)
