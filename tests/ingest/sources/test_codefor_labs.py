"""The labs of Code for Germany: all of them, each with its state, place and own links."""

import pytest

from ingest.extracts import as_jsonl
from ingest.fields import FieldError
from ingest.readers import jsonl_rows
from ingest.source import FOLDER, Record, Value, load
from ingest.sources.codefor_labs.transform import ATTESTED
from ingest.themes import COLUMNS as CONCLUDED
from kg.terms import FOAF, GEO, LOTSE, RDF, WGS
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "codefor_labs")
ROW = {
    "source_path": "content/labs/musterstadt.md", "title": "OK Lab Musterstadt (erfunden)",
    "city": "Musterstadt", "lat": "51.0", "long": "10.0", "inactive": "",
    "aliases": "", "links": "",
    **dict.fromkeys(CONCLUDED, ""),
}  # fmt: skip


def lab(**changed: str) -> Record:
    return Record("codefor_labs", "lab", "musterstadt", ({**ROW, **changed},))


def test_twenty_two_labs_are_active_and_sixteen_are_not() -> None:
    triples = said(SOURCE, shipped("codefor_labs"))
    assert counted(triples, LOTSE.status) == {"status-active": 22, "status-inactive": 16}
    assert counted(triples, RDF.type) == {"Lab": 38, "Involvement": 38, "Geometry": 35}


def test_a_lab_that_says_it_is_not_inactive_is_active() -> None:
    assert counted(said(SOURCE, [lab(inactive="false")]), LOTSE.status) == {"status-active": 1}


def test_three_labs_have_no_coordinates() -> None:
    located = by_subject(said(SOURCE, shipped("codefor_labs")), GEO.hasGeometry)
    assert {record.key for record in shipped("codefor_labs")} - {
        key.removeprefix("codefor_labs-") for key in located
    } == {"erlangen", "freiburg", "paderborn"}


def test_every_lab_lies_in_germany() -> None:
    triples = said(SOURCE, shipped("codefor_labs"))
    assert all(47.2 < float(value) < 55.1 for value in counted(triples, WGS.lat))
    assert all(5.8 < float(value) < 15.1 for value in counted(triples, WGS.long))


def test_only_cities_are_said_to_be_of_the_level_gemeinde() -> None:
    triples = said(SOURCE, shipped("codefor_labs"))
    assert counted(triples, LOTSE.levelAsPublished) == {
        "level-gemeinde": 33,
        "level-land": 2,
        "level-kreis": 1,
    }
    levels = by_subject(triples, LOTSE.levelAsPublished)
    assert [
        place
        for key, (place,) in by_subject(triples, LOTSE.placeAsPublished).items()
        if key not in levels
    ] == ["Niederrhein", "Ruhrgebiet"]


def test_the_homepage_is_the_first_link_that_is_a_website() -> None:
    homepages = by_subject(said(SOURCE, shipped("codefor_labs")), FOAF.homepage)
    assert {key.removeprefix("codefor_labs-"): one for key, (one,) in homepages.items()} == {
        "bonn": "https://codeforbonnrheinsieg.de",
        "chemnitz": "http://codeforchemnitz.de/",
        "cottbus": "https://okcb.de",
        "dresden": "http://offenesdresden.de",
        "duesseldorf": "https://codefordus.nrw",
        "flensburg": "https://oklabflensburg.de",
        "forst": "https://villa-digitalkultur.de/oklab-forst",
        "hamburg": "http://codeforhamburg.org/",
        "heilbronn": "https://codeforheilbronn.de",
        "jena": "http://offenes-jena.de",
        "karlsruhe": "https://ok-lab-karlsruhe.de/",
        "muenster": "https://codeformuenster.org/",
        "schleswig-flensburg": "https://nucleon-ev.eu/",
        "ulm": "https://temporaerhaus.de",
    }


def test_no_mailing_list_chat_or_text_is_in_the_extract() -> None:
    extract = extracts(SOURCE)["labs.jsonl"].decode()
    assert [
        word
        for word in ("mailto:", "mailman", "slack", "calendar", "pad.", "body", "Willkommen")
        if word in extract
    ] == []


def test_a_mail_address_that_is_called_website_is_dropped() -> None:
    links: list[Value] = [
        {"name": "Webseite", "url": "mailto:niemand@example.org"},
        {"name": "Slack", "url": "https://muster.slack.com/"},
        {"name": "Homepage", "url": "https://example.org/"},
        {"name": "Website", "url": "https://example.org/zwei"},
        {"name": "GitHub", "url": "https://github.com/muster"},
    ]
    given = as_jsonl([{**ROW, "links": links}])
    (row,) = jsonl_rows("x", SOURCE.extract({"codefor-de-labs.jsonl": given})["labs.jsonl"], None)
    assert row["links"] == [
        {"use": "website", "url": "https://example.org/"},
        {"use": "account", "url": "https://github.com/muster"},
    ]


def test_one_coordinate_alone_is_an_error() -> None:
    with pytest.raises(FieldError, match="only one of the fields 'lat' and 'long'"):
        said(SOURCE, [lab(long="")])


def test_an_unknown_state_is_an_error() -> None:
    with pytest.raises(FieldError, match="'inactive' is 'maybe'"):
        said(SOURCE, [lab(inactive="maybe")])


def test_the_day_attested_is_that_of_the_source() -> None:
    assert SOURCE.as_of.isoformat() == ATTESTED


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("codefor_labs", update=update_golden)
