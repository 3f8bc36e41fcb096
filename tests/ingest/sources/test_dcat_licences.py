"""The licences: 34, of which 24 are open, under the IRIs to which sources link."""

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load, sources
from kg.errors import SourceError
from kg.terms import DCTERMS, FOAF, GOVDATA, RDF, SKOS
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "dcat_licences")
LIST = "http://dcat-ap.de/def/licenses/"
ROW = {
    "iri": f"{LIST}muster/1.0", "identifier": "muster/1.0", "prefLabel": "Musterlizenz (erfunden)",
    "altLabel": "muster/1.0", "references": "https://example.org/lizenz", "isOpenLicense": "true",
}  # fmt: skip


def licence(**changed: str) -> Record:
    return Record("dcat_licences", "licence", "muster/1.0", ({**ROW, **changed},))


def test_34_licences_of_which_24_are_open() -> None:
    triples = said(SOURCE, shipped("dcat_licences"))
    assert counted(triples, RDF.type)["Concept"] == 34
    assert counted(triples, GOVDATA.isOpenLicense) == {"true": 24, "false": 10}


def test_five_catch_all_licences_have_no_page() -> None:
    triples = said(SOURCE, shipped("dcat_licences"))
    bare = {one.subject for one in triples} - {
        one.subject for one in triples if one.predicate == FOAF.page
    }
    assert sorted(str(one).rpartition("/")[2].rstrip(">") for one in bare) == [
        "other-closed", "other-commercial", "other-freeware", "other-open", "other-opensource",
    ]  # fmt: skip


def test_blanks_in_a_name_are_mended_and_the_key_is_no_other_name() -> None:
    triples = said(SOURCE, [licence(prefLabel="Muster  lizenz (erfunden) ")])
    assert counted(triples, SKOS.prefLabel) == {"Muster lizenz (erfunden)": 1}
    assert counted(triples, SKOS.altLabel) == {}
    assert counted(said(SOURCE, [licence(altLabel="muster")]), SKOS.altLabel) == {"muster": 1}


def test_each_source_under_a_listed_licence_links_to_one_that_exists() -> None:
    known = {
        one.subject.value
        for one in said(SOURCE, shipped("dcat_licences"))
        if one.object == DCTERMS.LicenseDocument
    }
    named = {one.slug: one.licence for one in sources() if one.licence.startswith(LIST)}
    assert len(named) >= 18
    assert {slug: iri for slug, iri in named.items() if iri not in known} == {}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"isOpenLicense": "ja"}, "'isOpenLicense' is 'ja'; allowed are 'true', 'false'"),
        ({"prefLabel": " "}, "'prefLabel' is empty"),
        ({"references": "siehe Anlage"}, "'references' is 'siehe Anlage'"),
    ],
)
def test_what_cannot_be_read_is_an_error(changed: dict[str, str], message: str) -> None:
    with pytest.raises(FieldError, match=message):
        said(SOURCE, [licence(**changed)])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<html><p>Not found</html>", "is no RDF/XML"),
        (b"", "is no RDF/XML|holds no skos:Concept"),
        (
            b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>',
            "holds no skos:Concept",
        ),
    ],
)
def test_a_file_that_is_no_list_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        SOURCE.extract({"dcat-ap-de-licenses-open.rdf": content})


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("dcat_licences", update=update_golden)
