"""The Länder and the Federation."""

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from ingest.sources.laender.extract import extract
from ingest.sources.laender.transform import transform
from kg.iri import mint
from kg.terms import DCATDE, DCTERMS, FOAF, LOTSE, SKOS, text
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "laender")
LAND = {
    "BL_Kuerzel": "XX",
    "BL_Schluessel": "99",
    "BL_Name_DE": "Musterland",
    "BL_Name_EN": "Sample State",
    "BL_URI": "http://dcat-ap.de/def/politicalGeocoding/stateKey/99",
}


def test_the_sample_says_what_a_person_has_read(update_golden: bool) -> None:  # noqa: FBT001
    check_sample("laender", update=update_golden)


def test_the_sixteen_laender_have_codes_and_names_in_two_languages() -> None:
    triples = said(SOURCE, shipped("laender"))
    codes = by_subject(triples, LOTSE.shortCode)
    assert {place[:2]: code for place, (code,) in codes.items()} == {
        "01": "SH", "02": "HH", "03": "NI", "04": "HB", "05": "NW", "06": "HE", "07": "RP",
        "08": "BW", "09": "BY", "10": "SL", "11": "BE", "12": "BB", "13": "MV", "14": "SN",
        "15": "ST", "16": "TH",
    }  # fmt: skip
    names = by_subject(triples, SKOS.prefLabel)
    assert names["090000000000"] == ["Bavaria", "Bayern"]
    assert names["000000000000"] == ["Bundesrepublik Deutschland", "Federal Republic of Germany"]
    assert by_subject(triples, DCATDE.politicalGeocodingURI) == {
        place: [f"http://dcat-ap.de/def/politicalGeocoding/stateKey/{place[:2]}"] for place in codes
    }
    assert counted(triples, LOTSE.level) == {"level-land": 16, "level-bund": 1}
    bund = mint("jurisdiction", "0" * 12).value
    assert by_subject(triples, DCTERMS.isPartOf) == {place: [bund] for place in codes}


def test_the_federation_is_found_by_its_other_names_and_cites_the_constitution() -> None:
    triples = said(SOURCE, (one for one in shipped("laender") if one.kind == "bund"))
    others = by_subject(triples, SKOS.altLabel)
    assert others == {"000000000000": ["Bund", "Deutschland", "Federation", "Germany"]}
    record = "laender-000000000000"
    assert by_subject(triples, FOAF.page) == {
        record: ["https://www.gesetze-im-internet.de/gg/art_20.html"]
    }
    licences = by_subject(triples, DCTERMS.license)
    assert licences == {record: ["http://dcat-ap.de/def/licenses/cc-by/4.0"]}


def test_the_extract_is_made_of_the_raw_file_alone() -> None:
    content = extracts(SOURCE)["laender.csv"]
    assert extract(raw(SOURCE)) == {"laender.csv": content}
    assert extract({"laender.csv": content}) == {"laender.csv": content}


def test_a_key_with_a_lost_zero_is_refused() -> None:
    record = Record("laender", "land", "1", (LAND | {"BL_Schluessel": "1"},))
    with pytest.raises(FieldError, match="'BL_Schluessel' is '1'; the key of a Land has two"):
        list(transform(record))


def test_a_land_says_its_name_and_no_more() -> None:
    found = set(transform(Record("laender", "land", "99", (LAND,))))
    place = mint("jurisdiction", "990000000000")
    assert {one.subject for one in found} == {place}
    assert {one.object for one in found if one.predicate == SKOS.prefLabel} == {
        text("Musterland", "de"), text("Sample State", "en"),
    }  # fmt: skip
