import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.iri import KINDS, digest, kind_and_key, mint
from kg.terms import Literal, NamedNode, date, decimal, integer, link, text, when


@given(st.sampled_from(KINDS), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_minted_iri_gives_its_kind_and_key_back(kind: str, key: str) -> None:
    assert kind_and_key(mint(kind, key).value) == (kind, key)


def test_an_iri_of_others_is_none_of_our_things() -> None:
    assert kind_and_key("https://example.org/id/lab/x") is None
    assert kind_and_key(mint("lab", "x").value.replace("/lab/", "/spaceship/")) is None


def test_no_iri_is_minted_without_a_key_or_of_an_unknown_kind() -> None:
    with pytest.raises(ValueError, match="needs a key"):
        mint("lab", "codefor_labs", "")
    with pytest.raises(ValueError, match="no kind 'spaceship'"):
        mint("spaceship", "1")


@given(st.lists(st.text(), min_size=2, max_size=4))
def test_a_digest_tells_fields_apart_by_their_borders(fields: list[str]) -> None:
    joined = ["".join(fields)]
    assert digest(*fields) != digest(*joined)
    assert len(digest(*fields)) == 16


@pytest.mark.parametrize(
    ("written", "lexical"), [("53.020", "53.02"), ("9", "9"), ("1E+2", "100"), ("-0.5", "-0.5")]
)
def test_decimals_are_canonical(written: str, lexical: str) -> None:
    assert decimal(written) == Literal(lexical, datatype=decimal("1").datatype)


def test_illegal_characters_in_a_link_are_encoded() -> None:
    assert link(" https://example.org/a b|c<d>").value == "https://example.org/a%20b%7Cc%3Cd%3E"
    with pytest.raises(ValueError, match="no absolute IRI"):
        link("www.example.org")


def test_terms_are_what_they_say() -> None:
    assert text("Kiel", "de") == Literal("Kiel", language="de")
    assert integer(7).value == "7"
    assert date("2021-07-01").value == "2021-07-01"
    assert isinstance(mint("lab", "x"), NamedNode)
    with pytest.raises(ValueError, match="month"):
        when("2021-13-01")
