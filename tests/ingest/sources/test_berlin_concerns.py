"""Berlin: the hand-overs that replies record, counted exactly, and no word of anybody's."""

import datetime
import json
from collections import Counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, Row, load
from ingest.sources.berlin_concerns.clock import in_berlin
from ingest.sources.berlin_concerns.replies import NO_HINT, SEVERAL, HandOver, read
from kg.errors import SourceError
from kg.iri import mint
from kg.terms import DCTERMS, GEO, LOTSE, ORG, RDF, SKOS, Triple
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "berlin_concerns")
ON = (
    "Die Störung wurde am 30.03.2026 zur Bearbeitung an die Berliner Stadtreinigung weitergeleitet."
)
BACK = "Die Berliner Stadtreinigung teilte uns am 31.03.2026 mit, dass "
DONE = f"{BACK}die Angelegenheit erledigt wurde."
NOTHING = f"{BACK}vor Ort keine Feststellung einer Störung\xa0möglich war."
UNDATED = "Ihr Hinweis wurde {}zur Bearbeitung an die Berliner Stadtreinigung (BSR) abgegeben."
FORESTS = (
    "Zuständigkeitshalber wurde die Meldung zur Prüfung und weiteren Veranlassung an Berliner "
    "Forsten E-Mail: wald@muster.invalid abgegeben."
)
BSR = HandOver(to="Berliner Stadtreinigung", on="2026-03-30", how="weitergeleitet")
ROW = {
    "id": "1",
    "bezirk": "Treptow-Köpenick",
    "betreff": "Abfall - Sperrmüll",
    "erstellungsDatum": "30.03.2026 - 09:18:47",
    "letzteAenderungDatum": "31.03.2026 - 06:58:57",
    "status": "Erledigt",
    "lat": "52.437",
    "lng": "13.553",
    "handed_over_to": "Berliner Stadtreinigung",
    "handed_over_on": "2026-03-30",
    "handed_over_as": "weitergeleitet",
    "answered_on": "2026-03-31",
    "answer": "erledigt",
    "unread": "",
}


def concern(changes: dict[str, str]) -> set[Triple]:
    return set(SOURCE.transform(Record("berlin_concerns", "concern", "1", ({**ROW, **changes},))))


def concluded(rows: list[Row]) -> dict[str, int]:
    """Return the figures that the replies come to."""
    to_bsr = [one for one in rows if one["handed_over_to"] == "Berliner Stadtreinigung"]
    back = [one for one in to_bsr if one["answered_on"]]
    return {
        "reports": len(rows),
        "to BSR": len(to_bsr),
        **Counter(f"to BSR, {one['handed_over_as']}" for one in to_bsr),
        "back": len(back),
        **Counter(f"back, {one['answer']}" for one in back),
        "back of those passed on": sum(one["handed_over_as"] == "weitergeleitet" for one in back),
        "to Forsten": sum(one["handed_over_to"] == "Berliner Forsten" for one in rows),
        "unread": sum(bool(one["unread"]) for one in rows),
    }


FIGURES = {
    "reports": 126,
    "to BSR": 117,
    "to BSR, weitergeleitet": 116,
    "to BSR, abgegeben": 1,
    "back": 109,
    "back, erledigt": 93,
    "back, keine Feststellung": 16,
    "back of those passed on": 108,
    "to Forsten": 2,
    "unread": 6,
}


def test_the_hand_overs_of_the_extract_are_counted_exactly() -> None:
    rows = [one.rows[0] for one in shipped("berlin_concerns") if one.kind == "concern"]
    assert concluded(rows) == FIGURES


def test_the_raw_replies_hold_as_many_phrases() -> None:
    (content,) = raw(SOURCE).values()
    replies = [
        " ".join((one["rueckMeldungAnBuerger"] or "").split())
        for one in json.loads(content)["index"]
    ]
    assert {
        "reports": len(replies),
        "to BSR, weitergeleitet": sum("Stadtreinigung weitergeleitet" in one for one in replies),
        "to BSR, abgegeben": sum(
            "(BSR) abgegeben" in one and "weitergeleitet" not in one for one in replies
        ),
        "back, erledigt": sum("Angelegenheit erledigt wurde" in one for one in replies),
        "back, keine Feststellung": sum("keine Feststellung" in one for one in replies),
        "to Forsten": sum("an Berliner Forsten" in one for one in replies),
    } == {
        "reports": 126,
        "to BSR, weitergeleitet": 116,
        "to BSR, abgegeben": 1,
        "back, erledigt": 93,
        "back, keine Feststellung": 16,
        "to Forsten": 2,
    }


def test_the_graph_holds_119_hand_overs_and_their_states() -> None:
    triples = said(SOURCE, shipped("berlin_concerns"))
    assert counted(triples, RDF.type) == {
        "Concern": 126,
        "Geometry": 126,
        "Transfer": 119,
        "ConcernCategory": 19,
        "Concept": 19,
        "http://data.europa.eu/m8g/PublicOrganisation": 3,
    }
    assert counted(triples, LOTSE.transferState) == {
        "transfer-answered-done": 93,
        "transfer-answered-nothing-found": 16,
        "transfer-handed-over": 10,
    }
    assert len(by_subject(triples, LOTSE.handedOverOn)) == 116
    assert len(by_subject(triples, LOTSE.answeredOn)) == 109
    assert counted(triples, LOTSE.status) == {"concern-closed": 117, "concern-in-progress": 9}
    to = counted(triples, LOTSE.toActor)
    assert {iri.rpartition("/")[2]: n for iri, n in to.items()} == {
        "berlin_concerns-berliner-stadtreinigung": 117,
        "berlin_concerns-berliner-forsten": 2,
    }


def test_the_bodies_are_those_that_the_reports_name() -> None:
    triples = said(SOURCE, shipped("berlin_concerns"))
    bodies = by_subject(triples, ORG.classification)
    assert bodies == {
        "berlin_concerns-berliner-forsten": ["kind-authority"],
        "berlin_concerns-berliner-stadtreinigung": ["kind-municipal-enterprise"],
        "berlin_concerns-bezirksamt-treptow-koepenick": ["kind-authority"],
    }
    names = by_subject(triples, SKOS.prefLabel)
    assert {name for key in bodies for name in names[key]} == {
        "Berliner Forsten",
        "Berliner Stadtreinigung",
        "Bezirksamt Treptow-Köpenick von Berlin",
    }


def test_what_was_not_understood_is_listed_for_the_stewards() -> None:
    records = shipped("berlin_concerns")
    said(SOURCE, records)
    assert sorted(pair for record in records for pair in record.unmapped) == [
        *(
            ("betreff", f"report {number}: none of the authority's list")
            for number in (7439388, 7517144, 8536437)
        ),
        ("unread", f"reply to report 7454878: {NO_HINT}"),
        ("unread", "reply to report 7750862: zuständig"),
        ("unread", f"reply to report 7777875: {NO_HINT}"),
        ("unread", f"reply to report 7782026: {NO_HINT}"),
        ("unread", f"reply to report 8536437: {NO_HINT}"),
        ("unread", "reply to report 8608481: übergeben"),
    ]


@pytest.mark.parametrize(
    ("reply", "wanted"),
    [
        ("", HandOver()),
        (" \n", HandOver()),
        (f"Vielen Dank.\n\n{ON}", BSR),
        (f"{ON}\n\n{DONE}", HandOver("Berliner Stadtreinigung", "2026-03-30", "weitergeleitet",
                                     "2026-03-31", "erledigt")),
        (f"{ON}\n\n{NOTHING}", HandOver("Berliner Stadtreinigung", "2026-03-30", "weitergeleitet",
                                        "2026-03-31", "keine Feststellung")),
        (UNDATED.format("am "), HandOver(to="Berliner Stadtreinigung", how="abgegeben")),
        (f"{UNDATED.format('')} {ON}", BSR),
        (f"{ON} {UNDATED.format('')}", BSR),
        (FORESTS, HandOver(to="Berliner Forsten", how="abgegeben")),
        (f"{FORESTS} {DONE}", HandOver(to="Berliner Forsten", how="abgegeben")),
        (f"{ON} {FORESTS}", HandOver(unread=SEVERAL)),
        (ON.replace("wurde", "wird"), HandOver(unread="weitergeleitet")),
        (ON.replace("Berliner Stadt", "Potsdamer Stadt"), HandOver(unread="weitergeleitet")),
        ("Ich habe die Firma um Beräumung gebeten.", HandOver(unread="gebeten")),
        ("Wir kümmern uns.", HandOver(unread=NO_HINT)),
        (DONE, HandOver(unread=NO_HINT)),
    ],
)  # fmt: skip
def test_a_reply_is_read_by_its_phrases_and_not_guessed(reply: str, wanted: HandOver) -> None:
    assert read(reply) == wanted


def test_no_text_no_address_and_no_free_subject_is_extracted() -> None:
    report = {
        "id": 1, "bezirk": "Mitte", "betreff": "Mein altes Sofa", "status": "Erledigt",
        "erstellungsDatum": "x", "letzteAenderungDatum": "y", "lat": 52.43737, "lng": 13.55296,
        "sachverhalt": "liegt vor Haus 3", "strasse": "Musterweg", "hausNummer": "3",
        "plz": "12345", "rueckMeldungAnBuerger": f"Frau Muster, 030 123456: {FORESTS}",
    }  # fmt: skip
    (content,) = SOURCE.extract(
        {"meldungen-2025-2026.json": json.dumps({"index": [report]}).encode()}
    ).values()
    (line,) = content.decode().splitlines()[1:]
    assert line == "1,Mitte,,x,y,Erledigt,52.437,13.553,Berliner Forsten,,abgegeben,,,"


def test_the_shipped_extract_holds_neither_street_nor_mail_nor_phone() -> None:
    (content,) = raw(SOURCE).values()
    text = extracts(SOURCE)["meldungen.csv"].decode()
    streets = {one["strasse"] for one in json.loads(content)["index"]}
    assert [word for word in (*streets, "@", "Karl Meyer", "Couch", "Sofa") if word in text] == []


@given(st.datetimes(datetime.datetime(1996, 1, 1), datetime.datetime(2090, 1, 1)))  # noqa: DTZ001
def test_berlins_clock_is_that_of_the_table_of_time_zones(local: datetime.datetime) -> None:
    known = local.replace(tzinfo=ZoneInfo("Europe/Berlin"))
    if known.astimezone(datetime.UTC).astimezone(known.tzinfo).replace(tzinfo=None) == local:
        assert in_berlin(local).utcoffset() == known.utcoffset()


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("29.03.2026 - 01:59:59", "2026-03-29T01:59:59+01:00"),
        ("29.03.2026 - 03:00:00", "2026-03-29T03:00:00+02:00"),
        ("26.10.2025 - 02:30:00", "2025-10-26T02:30:00+02:00"),
        ("26.10.2025 - 03:00:00", "2025-10-26T03:00:00+01:00"),
        ("31.03.2024 - 03:00:00", "2024-03-31T03:00:00+02:00"),
    ],
)
def test_summer_time_begins_and_ends_at_its_hour(written: str, moment: str) -> None:
    assert counted(concern({"erstellungsDatum": written}), DCTERMS.created) == {moment: 1}


@pytest.mark.parametrize(
    ("changes", "said_so"),
    [
        ({"lat": "13.553", "lng": "52.437"}, "outside of Berlin; the two seem to be swapped"),
        ({"status": "Vielleicht"}, "'status' is 'Vielleicht'; allowed are 'In Bearbeitung'"),
        ({"erstellungsDatum": "2026-03-30"}, "wanted is 30.03.2026 - 09:18:47"),
        ({"erstellungsDatum": "30.03.1995 - 09:18:47"}, "'erstellungsDatum' is"),
        ({"handed_over_to": "Die Feuerwehr"}, "'handed_over_to' is 'Die Feuerwehr'; allowed"),
        ({"handed_over_to": ""}, "a hand-over needs a recipient"),
        ({"handed_over_on": "30.03.2026"}, "'handed_over_on' is"),
        ({"answer": "vielleicht"}, "'answer' is 'vielleicht'"),
        ({"id": ""}, "'id' is empty"),
    ],
)
def test_a_value_that_cannot_be_is_an_error(changes: dict[str, str], said_so: str) -> None:
    with pytest.raises(FieldError, match=said_so):
        concern(changes)


def test_a_report_without_hand_over_and_coordinates_has_neither() -> None:
    found = concern(
        dict.fromkeys(
            ("handed_over_to", "handed_over_on", "handed_over_as", "answered_on", "answer", "lat",
             "lng"), "",
        )
    )  # fmt: skip
    assert counted(found, RDF.type) == {"Concern": 1}
    assert GEO.hasGeometry not in {one.predicate for one in found}


def test_each_category_and_body_named_is_described() -> None:
    records = shipped("berlin_concerns")
    triples = said(SOURCE, records)
    named = {
        one.object
        for one in triples
        if one.predicate in (LOTSE.category, SKOS.broader, LOTSE.toActor, LOTSE.fromActor)
    }
    kinds = {"borough": "actor", "recipient": "actor", "category": "category", "group": "category"}
    assert named == {
        mint(kinds[one.kind], "berlin_concerns", one.key) for one in records if one.kind in kinds
    }


@pytest.mark.parametrize(
    ("content", "said_so"),
    [
        (b"[]", 'no list of reports under "index"'),
        (b'{"index": []}', 'no list of reports under "index"'),
        (b'{"index": [{"id": 1', "cut short"),
        (b'{"index": [1]}', "report 1: not an object"),
        (b'{"index": [{"id": 1, "mood": "x"}]}', "report 1: the columns .* are missing"),
    ],
)
def test_a_broken_file_is_refused(content: bytes, said_so: str) -> None:
    with pytest.raises(SourceError, match=said_so):
        SOURCE.extract({"meldungen-2025-2026.json": content})


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("berlin_concerns", update=update_golden)
