"""Other spellings, likeness and neighbours, in an invented country; and any text at all."""

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from ingest.asking import lookup
from ingest.commands import app
from ingest.domains import holder
from ingest.likeness import Context, Likeness, kilometres
from ingest.lookup import Gazetteer
from ingest.mentions import host
from ingest.resolve import resolve
from kg.iri import mint
from kg.meaning import ACCEPTED
from kg.placenames import fair, loose
from kg.terms import LOTSE, Triple, text
from tests.ingest.nordland import mention, place, world
from tests.ingest.resolutions import AMBIGUOUS, BESIDE, MATCHED, NAME, outcomes, short

GAZETTEER = Gazetteer(world())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Köln", "Koeln"), ("Gießen", "Giessen"), ("St. Märgen", "Sankt Maergen"),
        ("Herzberg (Elster)", "Herzberg/Elster"), ("Freiburg i. Breisgau", "Freiburg im Breisgau"),
        ("Neustadt a.d.Aisch", "Neustadt an der Aisch"), ("Halle (Westf.)", "Halle (Westfalen)"),
        ("Neumarkt i.d.OPf.", "Neumarkt in der Oberpfalz"), ("Weilheim i.OB", "Weilheim i. Obb."),
    ],
)  # fmt: skip
def test_careful_spellings_of_one_name_agree(one: str, other: str) -> None:
    assert fair(one) == fair(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Thür", "Thüringen"), ("Finne", "An der Finne"), ("Neu Ulm", "Neu-Ulm")]
)
def test_careless_spellings_do_not_agree_with_care(one: str, other: str) -> None:
    assert fair(one) != fair(other)


def test_umlauts_as_plain_vowels_and_hyphens_agree_without_care() -> None:
    assert loose("Munchen") == loose("München") == loose("Muenchen")
    assert loose("Horn Bad Meinberg") == loose("Horn-Bad Meinberg")


def meant(name: str, **context: object) -> tuple[str, str, list[str]]:
    found = GAZETTEER.meant(name, Context(**context))  # type: ignore[arg-type]
    return found.result, found.rule, [short(one.thing.value) for one in found.ranked]


def test_another_spelling_is_a_match_and_a_wrong_letter_a_proposal() -> None:
    assert meant("Stadt Furt/Ohre") == (MATCHED, "spelling/1", ["010105001003"])
    assert meant("Gemeine Aue") == (MATCHED, "spelling/1", ["010105001005"])
    assert meant("Zweisprach/Dwurec") == (MATCHED, "spelling/1", ["010105001009"])
    assert meant("Kaseln") == (AMBIGUOUS, "likeness/1", ["010105001013"])
    assert meant("Xyzxyz") == ("unknown", "likeness/1", [])


def test_the_land_of_a_name_decides_between_two_and_keeps_strangers_out() -> None:
    assert meant("Berge", land="04") == (MATCHED, NAME, ["040120000006"])
    assert meant("Kasseln", land="04") == (AMBIGUOUS, "likeness/1", ["010105001013"])


def test_what_contradicts_or_stays_unexplained_behind_a_comma_is_no_match() -> None:
    assert meant("Kasseln, Brem") == (AMBIGUOUS, "likeness/1", ["010105001013"])
    assert meant("Stadt Talheim, Hafen")[0] == AMBIGUOUS
    assert meant("Furt/Ohre, Brem")[0] == AMBIGUOUS
    assert meant("Furt/Ohre, Nirgendwo")[0] == AMBIGUOUS
    assert meant("Furt/Ohre, Nordland") == (MATCHED, "spelling/1", ["010105001003"])


def test_a_website_orders_candidates_and_decides_nothing() -> None:
    plain = GAZETTEER.meant("Kaseln", Context()).ranked
    sited = GAZETTEER.meant("Kaseln", Context(website="stadt-kasseln.example")).ranked
    assert [one.thing for one in sited] == [one.thing for one in plain]
    assert plain[0].score < sited[0].score < ACCEPTED
    assert meant("Berge", website="berge.example")[0] == AMBIGUOUS


@pytest.mark.parametrize(
    ("key", "domain", "held"),
    [
        ("010105002001", "stadt-schliebe.example", None),
        ("010105002001", "schliebe.example", ["010105002001", "010105002000"]),
        ("010105002001", "amt-schliebe.example", ["010105002000"]),
        ("010105001003", "amt-talheim-land.example", ["010105001000"]),
        ("010105001003", "furt-ohre.example", None),
        ("010105001003", "talheim-land.example", ["010105001000", "010105001003"]),
        ("010105001003", "furt.amt-talheim-land.example", ["010105001000", "010105001003"]),
        ("010105001003", "whoever.example", ["010105001003"]),
        ("010105001008", "amt-neuwerk.example", None),
    ],
)
def test_a_domain_must_speak_of_the_body_that_a_list_gives_it_to(
    key: str, domain: str, held: list[str] | None
) -> None:
    places = GAZETTEER.places
    found = holder(places.place(place(key)), domain, places, Likeness(places))
    assert (None if found is None else [short(one.thing.value) for one in found]) == held


def test_a_shared_name_is_the_one_in_the_kreis_of_what_is_named_beside_it() -> None:
    project = mint("innovation", "src", "one")
    said = [
        triple
        for number, name in enumerate(("Berge", "Stadt Talheim"))
        for triple in (
            Triple(mint("involvement", "src", str(number)), LOTSE.activity, project),
            Triple(mint("involvement", "src", str(number)), LOTSE.actorAsPublished, text(name)),
        )
    ]
    found = {name: said for (_, name), said in outcomes(resolve(world(*said), [], {})).items()}
    assert found["Berge"] == (MATCHED, BESIDE, ("010105001007",))
    alone = outcomes(resolve(world(*mention("place", "Berge")), [], {}))
    assert list(alone.values()) == [(AMBIGUOUS, NAME, ("010105001007", "040120000006"))]


@pytest.mark.parametrize(
    ("address", "found"),
    [("HTTP://www.A.de/x", "www.a.de"), ("a.de", "a.de"), (" a.de:80 ", "a.de"), ("", "")],
)
def test_the_host_of_an_address_with_or_without_scheme(address: str, found: str) -> None:
    assert host(address) == found


def test_kilometres_on_the_globe() -> None:
    assert round(kilometres((52.52, 13.405), (48.137, 11.575))) == 504


@given(st.text())
def test_any_text_has_a_clear_outcome(name: str) -> None:
    assert GAZETTEER.meant(name, Context()).result in {"matched", "ambiguous", "unknown"}


@pytest.mark.parametrize(
    "name",
    ["(" * 10_000, "x" * 10_000, "Stadt " * 2000, "🚀", "\u202eTalheim", 'Talheim" } DROP ALL #'],
)
def test_hostile_names_are_unknown(name: str) -> None:
    assert meant(name)[0] == "unknown"


def test_marks_that_nobody_sees_change_nothing() -> None:
    assert meant("Stadt\u200f Tal\u00adheim\u200b") == (MATCHED, NAME, ["010105001002"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--level", "village"], "levels are"),
        (["--at", "north"], "such as 51.5,7.4"),
        (["--format", "xml"], "table or json"),
    ],
)
def test_a_wrong_option_says_what_is_right(words: list[str], said: str) -> None:
    found = CliRunner().invoke(app, ["resolve", "Kiel", *words])
    assert found.exit_code == 2
    assert said in found.output


def test_a_land_that_is_none_is_refused() -> None:
    with pytest.raises(typer.BadParameter, match="there is no such Land"):
        lookup(world(), "Berge", land="77")


def test_an_answer_has_outcome_rule_score_and_ranked_candidates() -> None:
    found = lookup(world(), "Kaseln", land="NL", website="https://www.kasseln.example/")
    assert (found.outcome, found.rule, found.score) == (AMBIGUOUS, "likeness/1", 0.879)
    assert [one["iri"] for one in found.candidates] == [place("010105001013").value]
    assert lookup(world(), "Stadt Talheim").score == 1
