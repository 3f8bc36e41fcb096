"""The steps of the tutorial, run on the release of all sources: none is empty, each as it says."""

import pytest

from kg.documentation.tutorial import columns, found, steps
from kg.questions import Query
from kg.release import Release

FIRST = {
    "01-laender": (16, ("https://w3id.org/innovationslotse/id/jurisdiction/080000000000",
                        "Baden-Württemberg")),
    "02-people": (5, ("Berlin", "3669491")),
    "03-within": (26, ("Brieselang", "120630036036")),
    "06-users": (34, ("Angermünde",
                      "https://w3id.org/innovationslotse/id/jurisdiction/120730008008")),
    "09-ministries": (80, ("Auswärtiges Amt", "Dekarbonisierung")),
}  # fmt: skip
"""Rows in all and the first row, where they do not change when names are found better."""
AT_LEAST = {
    "04-labs": 5,
    "05-count": 16,
    "07-unclear": 20,
    "08-who-says-so": 40,
    "10-themes": 100,
}


@pytest.mark.parametrize("step", steps(), ids=lambda step: step.name)
def test_a_step_finds_what_it_asks_for(served: Release, step: Query) -> None:
    shown = found(served.graph)[steps().index(step)]
    assert shown.rows
    assert {len(row) for row in shown.rows} == {len(columns(step))}
    if step.name in FIRST:
        first = tuple(cell.iri or cell.text for cell in shown.rows[0] if cell is not None)
        assert (shown.total, first) == FIRST[step.name]
    else:
        assert shown.total >= AT_LEAST[step.name]


def test_every_step_has_its_figures() -> None:
    assert {*FIRST, *AT_LEAST} == {step.name for step in steps()}
    assert set(FIRST) & set(AT_LEAST) == set()
