"""What a published name says by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.placenames import TYPE_WORDS
from kg.readings import Reading, folded, name_key, read, turned

NAMES = st.text(alphabet=st.sampled_from("abcdeßäöüÄÖ -/.é"), min_size=1).filter(
    lambda name: bool(folded(name)) and not any(folded(name).startswith(w) for w in TYPE_WORDS)
)


@pytest.mark.parametrize(
    ("published", "key"),
    [
        ("Flensburg, Stadt", "flensburg"),
        ("Frankfurt (Oder), Stadt", "frankfurt"),
        ("Storkow (Mark), Stadt", "storkow"),
        ("Spremberg/Grodk, Stadt", "spremberg/grodk"),
        ("  Neu\u00a0 Zittau ", "neu zittau"),
        ("Ko\u0308ln", "köln"),
        ("Forst (Lausitz)/Baršć (Łužyca), Stadt", "forst /baršć"),
        ("(votemanager.kdo.de 03153019)", ""),
    ],
)
def test_a_name_key_is_cut_at_the_comma_and_has_no_brackets(published: str, key: str) -> None:
    assert name_key(published) == key


@pytest.mark.parametrize(
    ("published", "reading"),
    [
        (
            "Amt Schlieben",
            Reading("amt schlieben", "schlieben", "amt schlieben", "schlieben",
                    frozenset({"51"}), ()),
        ),
        (
            "Stadt Frankfurt (Oder)",
            Reading("stadt frankfurt (oder)", "frankfurt (oder)", "stadt frankfurt", "frankfurt",
                    TYPE_WORDS["stadt"], ("oder",)),
        ),
        (
            "Bremen (MeinQuartier)",
            Reading("bremen (meinquartier)", "bremen (meinquartier)", "bremen", "bremen",
                    frozenset(), ("meinquartier",)),
        ),
        (
            "Rosenheim, Landkreis",
            Reading("rosenheim, landkreis", "rosenheim", "rosenheim", "rosenheim",
                    frozenset({"43", "44", "45"}), ()),
        ),
        (
            "Stadt Karlsruhe, Amt für Informationstechnik",
            Reading("stadt karlsruhe, amt für informationstechnik", "karlsruhe",
                    "stadt karlsruhe", "karlsruhe", TYPE_WORDS["stadt"], ()),
        ),
        (
            "Hagen, Teutoburger Wald",
            Reading("hagen, teutoburger wald", "hagen", "hagen", "hagen",
                    frozenset(), ("teutoburger wald",)),
        ),
        (
            "Stadtroda",
            Reading("stadtroda", "stadtroda", "stadtroda", "stadtroda", frozenset(), ()),
        ),
    ],
)  # fmt: skip
def test_a_reading_takes_a_name_apart(published: str, reading: Reading) -> None:
    assert read(published) == reading


def test_an_official_name_is_turned_as_people_write_it() -> None:
    assert turned("Hamburg, Freie und Hansestadt") == "freie und hansestadt hamburg"
    assert turned("Wiesbaden, Landeshauptstadt") == "landeshauptstadt wiesbaden"
    assert turned("Nürnberg") == "nürnberg"


@given(st.text())
def test_name_keys_of_any_text_are_fixed_points(text: str) -> None:
    key = name_key(text)
    assert name_key(key) == key
    assert folded(key) == key
    assert "," not in key


@given(NAMES, st.text())
def test_what_follows_the_comma_never_changes_the_key(name: str, tail: str) -> None:
    assert name_key(f"{name},{tail}") == name_key(name)


@given(NAMES, st.sampled_from(sorted(TYPE_WORDS)))
def test_a_type_word_restricts_and_leaves_the_name(name: str, word: str) -> None:
    reading = read(f"{word.title()} {name}")
    assert reading.bare == name_key(name)
    assert reading.types == TYPE_WORDS[word]


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    reading = read(text)
    assert reading.exact == folded(text)
    assert reading.full.endswith(reading.bare)
