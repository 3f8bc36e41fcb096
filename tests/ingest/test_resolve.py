"""Published names become things, in an invented country full of near misses."""

import datetime
import random

import pytest

from ingest.judgements import Judgement, activities, activity
from ingest.resolve import resolve
from kg.iri import digest, graph, mint
from kg.terms import LOTSE, PROV, RDF, NamedNode, Triple, date, decimal, text
from tests.ingest.nordland import mention, place, world
from tests.ingest.resolutions import (
    ALIKE,
    AMBIGUOUS,
    JUDGED,
    KEY,
    LABEL,
    MATCHED,
    NAME,
    SHORT,
    UNKNOWN,
    WRITTEN,
    Said,
    only,
    outcomes,
)


def outcome(  # noqa: PLR0913 (what a source may say of a name)
    role: str, published: str | None, *judgements: Judgement, key: str | None = None,
    level: str = "", day: str = "", as_of: str = "2023-01-01",
) -> Said:  # fmt: skip
    """Return what one mention becomes."""
    draft = world(*mention(role, published, key, level, day))
    state = {"src": datetime.date.fromisoformat(as_of)}
    return only(resolve(draft, judgements, state))


@pytest.mark.parametrize(
    ("key", "thing"),
    [
        ("01", "010000000000"),
        ("02", "020000000000"),
        ("02000", "020000000000"),
        ("02000000", "020000000000"),
        ("04011", "040110000000"),
        ("04011000", "040110000000"),
        ("01010", "010100000000"),
        ("01010001", "010105002001"),
        ("010105002", "010105002000"),
        ("010105002001", "010105002001"),
        ("01099002", "010105001002"),
        ("000000000000", "000000000000"),
    ],
)
def test_an_official_key_of_any_level_finds_its_body(key: str, thing: str) -> None:
    assert outcome("adopter", "whoever", key=key) == (MATCHED, KEY, (thing,))


@pytest.mark.parametrize("key", ["09", "01010999", "1010001", "0101", "010105009", "x01010001"])
def test_a_key_that_hits_nothing_is_not_replaced_by_the_name(key: str) -> None:
    assert outcome("adopter", "Stadt Talheim", key=key) == (UNKNOWN, KEY, ())


def test_a_key_of_another_level_than_published_stays_open() -> None:
    assert outcome("adopter", "Mediathek", key="01", level="gemeinde") == (
        AMBIGUOUS, KEY, ("010000000000",)
    )  # fmt: skip
    assert outcome("adopter", "Hafen", key="02", level="gemeinde") == (
        MATCHED, KEY, ("020000000000",)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("Landkreis Talheim", (MATCHED, NAME, ("010100000000",))),
        ("Talheim, Landkreis", (MATCHED, NAME, ("010100000000",))),
        ("Stadt Talheim", (MATCHED, NAME, ("010105001002",))),
        ("Talheim", (MATCHED, NAME, ("010105001002",))),
        ("Gemeinde Talheim", (AMBIGUOUS, ALIKE, ("010100000000", "010105001000", "010105001002"))),
        ("Amt Schliebe", (MATCHED, NAME, ("010105002000",))),
        ("Stadt Schliebe", (MATCHED, NAME, ("010105002001",))),
        ("Schliebe", (MATCHED, NAME, ("010105002001",))),
        ("Samtgemeinde Schliebe", (AMBIGUOUS, ALIKE, ("010105002000", "010105002001"))),
        ("Amt Neuwerk", (MATCHED, NAME, ("010105001008",))),
        ("Markt Wald", (MATCHED, NAME, ("010100000011",))),
        ("Freie und Hansestadt Hafen", (MATCHED, NAME, ("020000000000",))),
        ("Freie und Hansestadt Hafen, Senatskanzlei", (MATCHED, NAME, ("020000000000",))),
        ("Stadt Hafen", (MATCHED, NAME, ("020000000000",))),
        ("Hafen", (MATCHED, NAME, ("020000000000",))),
        ("documenta-Stadt Kasseln", (MATCHED, NAME, ("010105001013",))),
        ("Nordland", (MATCHED, NAME, ("010000000000",))),
        ("Land Brem", (MATCHED, NAME, ("040000000000",))),
        ("Stadt Brem", (MATCHED, NAME, ("040110000000",))),
        ("Brem", (AMBIGUOUS, NAME, ("040000000000", "040110000000"))),
        ("Brem (MeinViertel)", (AMBIGUOUS, NAME, ("040000000000", "040110000000"))),
        ("Bund", (MATCHED, NAME, ("000000000000",))),
        ("Deutschland", (MATCHED, NAME, ("000000000000",))),
        ("Bund und Länder", (UNKNOWN, LABEL, ())),
        ("Gemeinde Forstwald", (UNKNOWN, LABEL, ())),
        ("Forstwald", (UNKNOWN, LABEL, ())),
        ("Stadt Erfüller", (UNKNOWN, LABEL, ())),
        ("Stadt Zweisprach", (AMBIGUOUS, ALIKE, ("010105001009",))),
        ("Stadt Zweisprach/Dwurěc", (MATCHED, NAME, ("010105001009",))),
        ("Gemeinde Aue", (MATCHED, NAME, ("010105001005",))),
        ("Gemeinde Aue (Mark)", (MATCHED, NAME, ("010105001005",))),
        ("Gemeinde Aue (Harz)", (AMBIGUOUS, NAME, ("010105001005",))),
        ("Gemeinde Berge", (AMBIGUOUS, NAME, ("010105001007", "040120000006"))),
        ("Gemeinde Berge (Nordland)", (MATCHED, NAME, ("010105001007",))),
        ("Gemeinde Berge, NL", (MATCHED, NAME, ("010105001007",))),
        ("Berge (Nordland)", (MATCHED, NAME, ("010105001007",))),
        ("", (UNKNOWN, LABEL, ())),
        ("(somewhere)", (UNKNOWN, LABEL, ())),
        ("Stadt", (UNKNOWN, LABEL, ())),
        ("Talheim" * 1500, (UNKNOWN, LABEL, ())),
    ],
)
def test_name_and_type_word_find_exactly_that_body(published: str, said: Said) -> None:
    assert outcome("adopter", published) == said


def test_a_village_is_not_matched_by_its_bare_name() -> None:
    assert outcome("adopter", "Aue") == (AMBIGUOUS, NAME, ("010105001005",))
    assert outcome("adopter", "Aue", level="gemeinde") == (AMBIGUOUS, NAME, ("010105001005",))


def test_a_name_that_longer_names_are_shortened_to_stays_open() -> None:
    both = (AMBIGUOUS, NAME, ("010105001003", "040120000004"))
    assert outcome("place", "Furt") == both
    assert outcome("place", "Stadt Furt") == both
    assert outcome("place", "Stadt Furt (Ohre)") == (MATCHED, NAME, ("010105001003",))
    assert outcome("place", "Furt am Mein") == (MATCHED, NAME, ("040120000004",))


def test_a_published_level_narrows_and_a_contradicting_one_leaves_it_open() -> None:
    assert outcome("place", "Brem", level="land") == (MATCHED, NAME, ("040000000000",))
    assert outcome("place", "Brem", level="gemeinde") == (MATCHED, NAME, ("040110000000",))
    assert outcome("place", "Talheim", level="kreis") == (MATCHED, NAME, ("010100000000",))
    assert outcome("place", "Talheim-Land", level="verband") == (
        MATCHED, NAME, ("010105001000",)
    )  # fmt: skip
    assert outcome("place", "Talheim-Land") == (AMBIGUOUS, NAME, ("010105001000",))
    assert outcome("place", "Deutschland", level="gemeinde") == (
        AMBIGUOUS, NAME, ("000000000000",)
    )  # fmt: skip


def test_an_organisation_is_found_by_the_exact_name_it_bore() -> None:
    name = "Ministerium für Inneres"
    assert outcome("actor", name) == (MATCHED, LABEL, ("min-inner-2021",))
    assert outcome("actor", f"  {name.upper()} ") == (MATCHED, LABEL, ("min-inner-2021",))
    assert outcome("adopter", f"{name} und Bau") == (MATCHED, LABEL, ("min-inner-2017",))
    assert outcome("actor", f"{name}, Abteilung VI") == (AMBIGUOUS, WRITTEN, ("min-inner-2021",))


def test_an_abbreviation_means_the_body_that_bore_it_on_that_day() -> None:
    assert outcome("actor", "MI") == (MATCHED, SHORT, ("min-inner-2021",))
    assert outcome("actor", "MI", day="2019-01-01") == (MATCHED, SHORT, ("min-inner-2017",))
    assert outcome("actor", "whoever", key="MI") == (MATCHED, SHORT, ("min-inner-2021",))
    assert outcome("actor", "MIB") == (AMBIGUOUS, SHORT, ("min-inner-2017",))
    assert outcome("actor", "MIB", day="2019-01-01") == (MATCHED, SHORT, ("min-inner-2017",))
    assert outcome("actor", "MI", as_of="2026-01-01") == (
        AMBIGUOUS, SHORT, ("min-inner-2017", "min-inner-2021")
    )  # fmt: skip


def test_the_key_of_a_lab_finds_the_lab_and_no_other() -> None:
    assert outcome("actor", "hub", key="labs-hub") == (MATCHED, KEY, ("labs-hub",))
    assert outcome("actor", "Der Hub", key="labs-pub") == (UNKNOWN, KEY, ())


def test_two_organisations_of_one_label_stay_open_until_they_are_one() -> None:
    assert outcome("actor", "Der Hub") == (AMBIGUOUS, LABEL, ("labs-hub", "others-hub"))
    one = Judgement("same", "thing", "", "", "lab/labs-hub", "lab/others-hub", "redaktion",
                    "2026-11-24", "one website")  # fmt: skip
    found = outcomes(resolve(world(*mention("actor", "Der Hub")), [one], {}))
    assert sorted(found.values()) == [
        (MATCHED, JUDGED, ("labs-hub",)), (MATCHED, LABEL, ("labs-hub",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("wasser", (MATCHED, LABEL, ("theme-water",))),
        ("Water  management", (MATCHED, LABEL, ("theme-water",))),
        ("Sewage", (MATCHED, LABEL, ("theme-water",))),
        ("climate", (AMBIGUOUS, LABEL, ("theme-air", "theme-heat"))),
        ("waters", (UNKNOWN, LABEL, ())),
        ("Talheim", (UNKNOWN, LABEL, ())),
    ],
)
def test_a_theme_is_found_by_an_exact_label_in_any_language(word: str, said: Said) -> None:
    assert outcome("theme", word) == said


def test_places_and_areas_are_places_only() -> None:
    assert outcome("place", "Ministerium für Inneres") == (UNKNOWN, NAME, ())
    assert outcome("area", "MI") == (UNKNOWN, NAME, ())
    assert outcome("body", "MI") == (MATCHED, SHORT, ("min-inner-2021",))


def test_the_level_of_a_case_is_not_that_of_the_place_it_was_adopted_from() -> None:
    found = outcome("adoptedFrom", "Nordland", level="gemeinde")
    assert found == (MATCHED, NAME, ("010000000000",))
    assert outcome("place", "Nordland", level="gemeinde")[0] != MATCHED


def test_several_names_of_one_subject_are_resolved_one_by_one() -> None:
    lab = mint("lab", "src", "many")
    said = [Triple(lab, LOTSE.placeAsPublished, text(name)) for name in ("Talheim", "Brem")]
    assert outcomes(resolve(world(*said), [], {})) == {
        (lab.value, "Talheim"): (MATCHED, NAME, ("010105001002",)),
        (lab.value, "Brem"): (AMBIGUOUS, NAME, ("040000000000", "040110000000")),
    }


SAME = Judgement("same", "name", "src", "Brem", "jurisdiction/040110000000", "", "redaktion",
                 "2026-11-24", "asked them")  # fmt: skip


def test_a_judgement_overrides_every_rule() -> None:
    assert outcome("adopter", "Brem", SAME) == (MATCHED, JUDGED, ("040110000000",))
    assert outcome("adopter", "Brem", SAME, key="04") == (MATCHED, JUDGED, ("040110000000",))
    assert outcome("adopter", "brem ", SAME) == (MATCHED, JUDGED, ("040110000000",))
    assert outcome("adopter", "Brem (Altstadt)", SAME)[0] == AMBIGUOUS


def test_the_other_verdicts_only_take_away() -> None:
    def judged(verdict: str, thing: str, published: str = "Brem") -> Said:
        row = Judgement(verdict, "name", "", published, thing, "", "r", "2026-11-24", "r")
        return outcome("adopter", published, row)

    land, city, town = (f"jurisdiction/{key}" for key in
                        ("040000000000", "040110000000", "010105001002"))  # fmt: skip
    assert judged("different", land) == (AMBIGUOUS, JUDGED, ("040110000000",))
    assert judged("different", city, "Stadt Brem") == (UNKNOWN, JUDGED, ())
    assert judged("different", town) == (AMBIGUOUS, NAME, ("040000000000", "040110000000"))
    assert judged("unsure", "", "Stadt Brem") == (AMBIGUOUS, JUDGED, ("040110000000",))
    assert judged("unsure", land, "Stadt Brem") == (
        AMBIGUOUS, JUDGED, ("040000000000", "040110000000")
    )  # fmt: skip


def test_a_removed_judgement_takes_back_its_link_alone() -> None:
    brem = mention("adopter", "Brem")
    draft, subject = world(*brem, *mention("adopter", "Stadt Talheim")), brem[0].subject
    assert isinstance(subject, NamedNode)
    judged, plain = resolve(draft, [SAME], {}), resolve(draft, [], {})
    node = mint("resolution", digest(subject.value, LOTSE.adopter.value, "Brem"))
    decided = set(activities([SAME], draft))
    about = {subject, node}
    assert [one for one in judged.triples if one.subject not in about and one not in decided] == [
        one for one in plain.triples if one.subject not in about
    ]
    assert {one for one in judged.triples if one.subject in about} == {
        Triple(subject, LOTSE.adopter, place("040110000000")),
        Triple(node, RDF.type, LOTSE.Resolution),
        Triple(node, LOTSE.mention, subject),
        Triple(node, LOTSE.mentionProperty, LOTSE.adopter),
        Triple(node, LOTSE.published, text("Brem")),
        Triple(node, PROV.wasGeneratedBy, activity(SAME)),
        Triple(node, LOTSE.outcome, LOTSE["outcome-matched"]),
        Triple(node, LOTSE.rule, text("judgement/1")),
        Triple(node, LOTSE.score, decimal(1)),
        Triple(node, LOTSE.verdict, text("same")),
        Triple(node, LOTSE.judgedBy, text("redaktion")),
        Triple(node, LOTSE.judgedOn, date("2026-11-24")),
        Triple(node, LOTSE.reason, text("asked them")),
    }


def test_the_order_of_what_is_said_changes_nothing() -> None:
    names = ["Brem", "Talheim", "Furt", "Gemeinde Berge", "Der Hub", "nobody"]
    said = [triple for name in names for triple in mention("adopter", name)]
    first = resolve(world(*said), [SAME], {})
    shuffler = random.Random(7)  # noqa: S311 (an order, no secret)
    for _ in range(5):
        shuffler.shuffle(said)
        assert resolve(world(*said), [SAME], {}) == first
    assert list(first.triples) == sorted(first.triples, key=str)


def test_outcomes_are_counted_by_source_and_by_role() -> None:
    draft = world(*mention("adopter", "Brem"), *mention("place", "Talheim"))
    draft.add(graph("other"), mention("adopter", "nobody"))
    found = resolve(draft, [], {})
    assert found.outcomes == {
        "other": {"unknown": 1}, "src": {"ambiguous": 1, "matched": 1}
    }  # fmt: skip
    assert found.roles == {
        "adopter": {"ambiguous": 1, "unknown": 1}, "place": {"matched": 1}
    }  # fmt: skip


def test_judgements_without_effect_are_listed_and_harm_nothing() -> None:
    gone = Judgement("same", "name", "", "Brem", "jurisdiction/099", "", "r", "2026-11-24", "r",
                     "table, row 2")  # fmt: skip
    idle = Judgement("unsure", "name", "", "Kölle", "", "", "r", "2026-11-24", "r", "table, row 3")
    found = resolve(world(*mention("adopter", "Brem")), [gone, idle], {})
    assert only(found) == (AMBIGUOUS, NAME, ("040000000000", "040110000000"))
    assert found.unused == (
        "table, row 2: same “Brem” jurisdiction/099: there is no jurisdiction/099 in this release",
        "table, row 3: unsure “Kölle”: nobody published this name",
    )
