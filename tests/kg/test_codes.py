"""Places by AGS, ARS and NUTS, in every length that people write them in."""

import pytest

from kg.codes import place_of_code
from kg.iri import graph as graph_iri
from kg.iri import mint
from kg.store import Draft, Graph
from kg.terms import DCTERMS, LOTSE, SKOS, Triple, text

PLACES = {
    "000000000000": (None, "", ""),
    "120000000000": ("000000000000", "", "12"),
    "120640000000": ("120000000000", "DE409", "12064"),
    "120640044044": ("120640000000", "", "12064044"),
    "120645403000": ("120640000000", "", ""),
    "120645403001": ("120645403000", "", "12064001"),
    "120650000000": ("120000000000", "DE40A", "12065"),
    "110000000000": ("000000000000", "DE300", "11000000"),
}
"""ARS → the place above, NUTS, AGS."""


@pytest.fixture(scope="module")
def country() -> Graph:
    """Return a graph of a few places."""
    draft = Draft()
    for ars, (above, nuts, ags) in PLACES.items():
        place = mint("jurisdiction", ars)
        said = [Triple(place, SKOS.prefLabel, text(ars, "de"))]
        said += [Triple(place, LOTSE.nuts, text(nuts))] if nuts else []
        said += [Triple(place, LOTSE.ags, text(ags))] if ags else []
        if above is not None:
            said.append(Triple(place, DCTERMS.isPartOf, mint("jurisdiction", above)))
        draft.add(graph_iri("places"), said)
    return draft


@pytest.mark.parametrize(
    ("scheme", "code", "ars"),
    [
        ("ags", "12064", "120640000000"), ("ags", "12064000", "120640000000"),
        ("ags", "12064044", "120640044044"), ("ags", "12000000", "120000000000"),
        ("ags", "00000000", "000000000000"), ("ags", "11000000", "110000000000"),
        ("ars", "12", "120000000000"), ("ars", "12064", "120640000000"),
        ("ars", "120640000", "120640000000"), ("ars", "120640044", "120640044044"),
        ("ars", "120645403", "120645403000"), ("ars", "120645403001", "120645403001"),
        ("nuts", "DE409", "120640000000"), ("nuts", "DE40", "120000000000"),
        ("nuts", "de4", "120000000000"), ("nuts", "DE", "000000000000"),
        ("nuts", "DE3", "110000000000"), ("", "DE40", "120000000000"),
        ("", "12064044", "120640044044"),
        ("ags", "1206404", None), ("ags", "DE40", None), ("ars", "12064044", None),
        ("nuts", "12064", None), ("nuts", "DE7", None), ("postcode", "12064", None),
        ("ags", "12064999", None), ("ars", "12064540300", None), ("", "", None),
    ],
)  # fmt: skip
def test_a_place_is_found_by_its_code(
    country: Graph, scheme: str, code: str, ars: str | None
) -> None:
    found = place_of_code(country, code, scheme)
    assert found == (mint("jurisdiction", ars).value if ars is not None else None)
