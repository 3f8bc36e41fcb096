"""Köln 2016: fifty reports as concerns, and no word of those who wrote them."""

import json

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from kg.errors import SourceError
from kg.iri import mint
from kg.terms import DCTERMS, GEO, LOTSE, RDF, SKOS, WGS, Triple
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "koeln_concerns")
REPORT = {
    "service_request_id": "A-1",
    "status": "open",
    "service_code": "017",
    "service_name": "Ampel defekt",
    "requested_datetime": "2016-02-16T21:26:17+01:00",
    "updated_datetime": "2016-02-16T21:26:17+01:00",
    "lat": "50.938",
    "long": "6.835",
}


def concern(changes: dict[str, str]) -> set[Triple]:
    record = Record("koeln_concerns", "concern", "A-1", ({**REPORT, **changes},))
    return set(SOURCE.transform(record))


def test_fifty_reports_lie_under_six_categories() -> None:
    triples = said(SOURCE, shipped("koeln_concerns"))
    assert counted(triples, RDF.type) == {
        "Concern": 50,
        "ConcernCategory": 6,
        "Concept": 6,
        "Geometry": 50,
    }
    assert counted(triples, LOTSE.status) == {"concern-open": 35, "concern-closed": 15}
    assert counted(triples, LOTSE.placeKey) == {"05315000": 50}
    names = by_subject(triples, SKOS.prefLabel)
    filed = counted(triples, LOTSE.category)
    assert {names[iri.rpartition("/")[2]][0]: n for iri, n in filed.items()} == {
        "Schrottfahrzeuge/Fahrräder": 15,
        "Straßenbaustellen": 14,
        "Ampel defekt": 6,
        "Straßenlaterne defekt": 6,
        "Wilder Müll": 6,
        "Altkleidercontainer": 3,
    }


def test_codes_keep_their_zeros() -> None:
    keys = {one.key for one in shipped("koeln_concerns") if one.kind == "category"}
    assert keys == {"010", "011", "013", "016", "017", "019"}


def test_dates_keep_their_zone() -> None:
    found = concern({"requested_datetime": "2016-07-01T08:00:00+02:00"})
    assert counted(found, DCTERMS.created) == {"2016-07-01T08:00:00+02:00": 1}


def test_no_text_and_no_address_is_extracted() -> None:
    report = {
        **REPORT, "lat": 50.93840792, "long": 6.83454483, "description": "Die Ampel ist verdreht",
        "address": "Musterstr. 1", "status_notes": "<p>Guten Tag</p>", "media_url": None,
    }  # fmt: skip
    (content,) = SOURCE.extract({"requests-2016.json": json.dumps([report]).encode()}).values()
    assert content.decode().splitlines() == [",".join(REPORT), ",".join(REPORT.values())]


def test_a_report_without_coordinates_has_no_geometry() -> None:
    found = concern({"lat": "", "long": ""})
    assert {one.predicate for one in found} & {GEO.hasGeometry, WGS.lat} == set()


@pytest.mark.parametrize(
    ("changes", "said_so"),
    [
        ({"lat": "6.835", "long": "50.938"}, "outside of Köln; the two seem to be swapped"),
        ({"lat": "52.5", "long": "13.4"}, "lies outside of Köln$"),
        ({"lat": "50.9", "long": ""}, "only one of latitude and longitude"),
        ({"lat": "north"}, "'lat' is 'north'"),
        ({"status": "perhaps"}, "'status' is 'perhaps'; allowed are 'open', 'closed'"),
        ({"requested_datetime": "2016-02-16T21:26:17"}, "wanted is 2016-02-16T21:26:17.01:00"),
        ({"updated_datetime": "yesterday"}, "'updated_datetime' is 'yesterday'"),
        ({"service_code": " "}, "'service_code' is empty"),
    ],
)
def test_a_value_that_cannot_be_is_an_error(changes: dict[str, str], said_so: str) -> None:
    with pytest.raises(FieldError, match=said_so):
        concern(changes)


def test_one_code_with_two_names_is_an_error() -> None:
    rows = (REPORT, {**REPORT, "service_name": "Ampel aus"})
    with pytest.raises(FieldError, match="service 017 has several names: Ampel aus, Ampel defekt"):
        list(SOURCE.transform(Record("koeln_concerns", "category", "017", rows)))


@pytest.mark.parametrize(
    ("content", "said_so"),
    [
        (b"[]", "no list of reports"),
        (b'{"requests": []}', "no list of reports"),
        (b'[{"service_request_id": "A-1"', "cut short"),
        (b"[1]", "report 1: not an object"),
        (json.dumps([{**REPORT, "mood": "angry"}]).encode(), "report 1: nobody decided .*'mood'"),
        (json.dumps([{**REPORT, "lat": "x"}]).encode(), "'lat' is 'x', which is no number"),
        (json.dumps([{"status": "open"}]).encode(), "report 1: the columns .* are missing"),
    ],
)
def test_a_broken_file_is_refused(content: bytes, said_so: str) -> None:
    with pytest.raises(SourceError, match=said_so):
        SOURCE.extract({"requests-2016.json": content})


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_categories_are_those_of_the_concerns() -> None:
    triples = said(SOURCE, shipped("koeln_concerns"))
    named = {one.object for one in triples if one.predicate == LOTSE.category}
    assert named == {mint("category", "koeln_concerns", key)
                     for key in ("010", "011", "013", "016", "017", "019")}  # fmt: skip


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("koeln_concerns", update=update_golden)
