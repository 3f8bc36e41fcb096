"""Names of organisations as people write them: what they mean, and what stays open."""

import pytest

from kg.iri import graph as graph_iri
from kg.iri import mint
from kg.labels import alike, squeezed
from kg.organisations import Said, respelt
from kg.store import Draft
from kg.terms import SKOS, NamedNode, Triple, text

OFFICE, OLD, NEW, PARENT = (mint("actor", key) for key in ("office", "old", "new", "parent"))
BONN, COLOGNE, SINGEN, WEIMAR = (
    mint("jurisdiction", key) for key in ("1", "2", "3", "4")
)  # fmt: skip
MEANT: dict[str, tuple[NamedNode, ...]] = {
    "Bundesamt für Muster": (OFFICE,),
    "BfM": (OFFICE,),
    "MM": (OLD, NEW),
    "Mutterhaus": (PARENT,),
    "Amt für Muster und Maß": (OLD,),
    "Stadt Bonn": (BONN,), "Stadt Köln": (COLOGNE,), "Stadt Singen": (SINGEN,),
    "Stadt Weimar": (WEIMAR,),
}  # fmt: skip


def ask(name: str, any_day: bool) -> Said:  # noqa: FBT001
    things = MEANT.get(name, ())
    if name == "MM" and not any_day:
        things = (NEW,)
    return ("unknown", "matched", "ambiguous")[min(len(things), 2)], things


@pytest.mark.parametrize(
    ("published", "thing"),
    [
        ("Bundesamt für Muster (BfM)", OFFICE),
        ("Bundesamt für Muster (Federal Pattern Office", OFFICE),
        ("Federal Pattern Office (BfM)", OFFICE),
        ("Federal Pattern Office (Bundesamt für Muster - BfM)", OFFICE),
        ("German Bundesamt für Muster", None),
        ("the Bundesamt für Muster", OFFICE),
        ("Das Bundesamt für Muster", OFFICE),
        ("Bundesamt für Muster,", OFFICE),
        ("City of Bonn", BONN),
        ("Cologne City", COLOGNE),
        ("City of Cologne", COLOGNE),
        ("Musterlabor GmbH (Mutterhaus)", None),
        ("Musterlabor GmbH (BfM)", None),
        ("bremen", None),
        ("Ideation & Prototyping Lab", None),
    ],
)
def test_a_name_means_one_body_or_stays_unknown(published: str, thing: NamedNode | None) -> None:
    wanted = ("unknown", ()) if thing is None else ("matched", (thing,))
    assert respelt(published, ask) == wanted


@pytest.mark.parametrize(
    ("published", "things"),
    [
        ("Cities of Singen and Weimar", (SINGEN, WEIMAR)),
        ("Cities of Singen and Weima", (SINGEN,)),
        ("Stadt Bonn und Stadt Köln", (BONN, COLOGNE)),
        ("Stadt Bonn; Musterverein", (BONN,)),
        ("Bundesamt für Muster / Beschaffung", (OFFICE,)),
        ("Bundesamt für Muster, Abteilung VI", (OFFICE,)),
        ("Amt für Muster und Maß, Mutterhaus", (OLD, PARENT)),
        ("Amt für Muster und Maß und Mutterhaus", (OLD, PARENT)),
        ("BfM, Mutterhaus & Stadt Köln", (OFFICE, PARENT, COLOGNE)),
        ("Federal Ministry of Patterns (MM)", (OLD, NEW)),
    ],
)
def test_several_bodies_are_candidates_and_never_one_silently(
    published: str, things: tuple[NamedNode, ...]
) -> None:
    assert respelt(published, ask) == ("ambiguous", things)


@pytest.mark.parametrize(
    "published",
    ["Stadt Bonn und Partner", "Muster und Mutterhaus", "", "(BfM)", "; ;", "BfM und " * 2000],
)
def test_a_part_that_means_something_does_not_make_the_whole_known(published: str) -> None:
    assert respelt(published, ask) == ("unknown", ())


def test_blanks_and_hyphens_tell_no_names_apart_unless_they_are_short() -> None:
    assert squeezed("ITZ Bund") == squeezed("ITZ-Bund") == squeezed("ITZBund") == "itzbund"
    assert squeezed("A-B C") == ""


@pytest.mark.parametrize(
    ("label", "published", "known"),
    [
        ("Zentrum für Musterfragen (ZeMuFra)", "ZeMuFra", True),
        ("Zentrum für Musterfragen (ZeMuFra)", "Zentrum fuer Musterfragen", True),
        ("MUSTERKO (Mustergültige Kooperation)", "Mustergültige Kooperation", True),
        ("Bundesagentur für Sprungmuster (SPRUMU)", "Sprumu", True),
        ("Musterlabor (Fraunhofer MUSTER)", "Fraunhofer MUSTER", False),
        ("Musterlabor (Fraunhofer MUSTER)", "Musterlabor", False),
        ("OK Lab Muster (Lausitz)", "Lausitz", False),
        ("Landkreis Muster (Mail der Gemeinden)", "Mail der Gemeinden", False),
    ],
)
def test_brackets_name_a_body_where_they_abbreviate_it(
    label: str,
    published: str,
    known: bool,  # noqa: FBT001
) -> None:
    draft = Draft()
    draft.add(graph_iri("src"), [Triple(OFFICE, SKOS.prefLabel, text(label, "de"))])
    assert alike(draft).named(published).things == ((OFFICE,) if known else ())
