"""Berlin's and Munich's authorities: each row proven in the raw file that it cites."""

import csv
import io
import json

from ingest.source import FOLDER, load
from ingest.sources.named_authorities.extract import named
from ingest.sources.named_authorities.roster import ROSTER
from kg.terms import LOTSE, ORG, RDF, SKOS
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "named_authorities")


def test_eight_authorities_of_berlin_and_nine_of_munich_are_named() -> None:
    triples = said(SOURCE, shipped("named_authorities"))
    assert counted(triples, LOTSE.placeKey) == {"110000000000": 8, "091620000000": 9}
    assert counted(triples, ORG.classification) == {
        "kind-authority": 15,
        "kind-municipal-enterprise": 2,
    }
    assert list(counted(triples, RDF.type).values()) == [17]


def test_every_authority_of_the_roster_is_named_somewhere() -> None:
    assert {one.key for one in shipped("named_authorities")} == {one.key for one in ROSTER}


def test_a_page_that_is_cited_holds_the_name_as_published() -> None:
    files = {name: content.decode() for name, content in raw(SOURCE).items()}
    texts: dict[str, str] = {}
    for name, content in files.items():
        if name.endswith(".csv"):
            for cited in csv.DictReader(io.StringIO(content)):
                for page in cited["source_url"].split(" ; "):
                    texts[page] = texts.get(page, "") + "\n".join(cited.values())
        else:
            for line in content.splitlines():
                texts[json.loads(line)["source_path"]] = line
    unproven = []
    for record in shipped("named_authorities"):
        for row in record.rows:
            page, published = str(row["source"]), str(row["published"])
            path = page.split("/", 7)[-1] if page.startswith("https://github.com/") else page
            if published not in texts[path]:
                unproven.append((published, page))
    assert unproven == []


def test_every_backer_of_the_berlin_portal_is_known() -> None:
    portal = raw(SOURCE)["berlin-open-source-portal.jsonl"].decode()
    left = set()
    for line in portal.splitlines():
        for backer in json.loads(line)["backers"]:
            rest = backer
            for _, spelling in named(backer, at_home=False):
                rest = rest.replace(spelling, "")
            left.add(rest.strip())
    assert left == {"", "und"}


def test_two_authorities_joined_by_und_are_two() -> None:
    joined = "Senatsverwaltung für Wirtschaft, Energie und Betriebe und Senatskanzlei Berlin"
    assert sorted(one.key for one, _ in named(joined, at_home=False)) == [
        "berlin-sen-wirtschaft",
        "berlin-senatskanzlei",
    ]


def test_near_misses_are_not_recognised() -> None:
    for value in (
        "Freie und Hansestadt Hamburg, Senatskanzlei",
        "Senatsverwaltung für Mobilität, Verkehr, Klimaschutz und Umwelt",
        "Landeshauptstadt München",
        "Sozialreferat der Stadt Musterstadt",
        "Referat für Arbeit und Wirtschaft",
        "Technologiestiftung Berlin",
    ):
        assert list(named(value, at_home=False)) == [], value
    assert list(named("…/dam/Home/Stadtverwaltung/IT-Referat/Open-Source/…", at_home=True)) == []
    assert list(named("siehe …/dam/Stadtverwaltung/IT-Referat", at_home=True)) == []
    assert list(named("des Sozialreferatsleiters", at_home=True)) == []


def test_a_short_name_is_no_label() -> None:
    labels = by_subject(said(SOURCE, shipped("named_authorities")), SKOS.altLabel)
    assert {key.removeprefix("named_authorities-"): one for key, one in labels.items()} == {
        "berlin-sen-kultur": ["Senatsverwaltung für Kultur und Europa Berlin"],
        "muenchen-arbeit-und-wirtschaft": [
            "Landeshauptstadt München, Referat für Arbeit und Wirtschaft"
        ],
        "muenchen-gesundheitsreferat": ["Landeshauptstadt München, Gesundheitsreferat"],
        "muenchen-it-referat": ["Landeshauptstadt München, IT-Referat"],
        "muenchen-itm": ["it@M (Landeshauptstadt München)"],
        "muenchen-mobilitaetsreferat": ["Landeshauptstadt München, Mobilitätsreferat"],
        "muenchen-stadtentwaesserung": ["Landeshauptstadt München, Münchner Stadtentwässerung"],
    }


def test_the_extract_is_that_of_the_raw_files() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("named_authorities", update=update_golden)
