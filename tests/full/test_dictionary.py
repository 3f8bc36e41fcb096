"""The data dictionary describes what the release of all sources answers, field by field."""

from pathlib import Path

import pytest

from kg.answers.boundaries import boundaries
from kg.answers.catalogue import LISTS
from kg.answers.formats import ROWS, as_json, plain
from kg.answers.lists import listing
from kg.answers.open_names import open_names
from kg.answers.stewarding import changes, freshness, parked, unmapped
from kg.answers.written import listing_as_json
from kg.release import Release
from tests.dictionary import fields_of, unlike
from tests.full.test_questions import QUESTIONS, ask


@pytest.mark.parametrize("name", ROWS)
def test_every_field_of_the_answers_is_as_the_dictionary_says(served: Release, name: str) -> None:
    rows = 0
    table = "adopters" if name == "solutions-in" else name
    for question in [one for one in QUESTIONS if one["ask"] == name][:5]:
        found = as_json(ask(served, question))
        assert list(unlike(found, fields_of("answer", f"{name}-beside"), name)) == []
        for row in found["rows"]:
            rows += 1
            assert list(unlike(row, fields_of(table), name)) == []
    assert rows


def test_what_stewards_see_is_as_the_dictionary_says(served: Release, data: Path) -> None:
    seen = {
        "names": open_names(served.graph),
        "parked": parked(served),
        "unmapped": unmapped(served),
        "freshness": freshness(served),
        "changes": changes(data, served)[2],
    }
    for name, rows in seen.items():
        for row in rows:
            assert list(unlike(plain(row), fields_of(name), name)) == []
    assert all(seen[name] for name in ("names", "unmapped", "freshness"))
    found = boundaries(served.graph)
    assert found["features"]
    assert list(unlike(found, fields_of("boundaries"), "boundaries")) == []


@pytest.mark.parametrize("name", LISTS)
def test_every_field_of_the_lists_is_as_the_dictionary_says(served: Release, name: str) -> None:
    found = listing_as_json(
        listing(served.graph, name, {}, limit=500, index=served.index), served.id
    )
    assert list(unlike(found, fields_of("list"), name)) == []
    assert found["rows"]
    for row in found["rows"]:
        assert list(unlike(row, fields_of("row", name), name)) == []
