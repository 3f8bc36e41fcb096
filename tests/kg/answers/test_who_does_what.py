from pathlib import Path

import pytest

from kg.answers.answer import Total
from kg.answers.who_does_what import Doing, who_does_what
from kg.errors import BadQueryError, NotFoundError
from kg.iri import mint
from kg.store import Graph
from tests.kg.answers.country import opened

BMI = ("Bundesministerium des Innern", "ministry", "Melderecht", "responsible", "Deutschland")
BMU = ("Bundesministerium für Umwelt", "ministry", "Gewässerschutz", "responsible", "Deutschland")
FUND = ("Bundesministerium für Umwelt", "ministry", "Isarlabor", "funder", "Deutschland")
ISAR = ("Isarlabor", "living-lab", None, "runs", "München")
MOOR = ("Moorlabor", "innovation-lab", None, "runs", "Schlieben")
CITY = ("München", None, "Isarlabor", "operator", "München")
IN, ABOVE = "in", "responsible-from-above"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return opened(Path(__file__).parent / "small.trig")


def shown(row: Doing) -> tuple[object, ...]:
    activity = row.activity if isinstance(row.activity, str | None) else row.activity.label
    assert row.who is not None
    assert row.place is not None
    return (row.who.label, row.kind, activity, row.role, row.place.label), row.relation


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [(BMI, IN), (BMU, IN), (FUND, IN), (ISAR, IN), (MOOR, IN), (CITY, IN)]),
        ({"theme": "Umwelt"}, [(BMU, IN), (FUND, IN), (ISAR, IN), (MOOR, IN), (CITY, IN)]),
        ({"theme": "ENVI", "place": "Brandenburg"}, [(MOOR, IN), (BMU, ABOVE)]),
        ({"theme": "Umwelt", "place": "Amt Schlieben"}, [(MOOR, IN), (BMU, ABOVE)]),
        ({"place": "Brandenburg an der Havel"}, [(BMI, ABOVE), (BMU, ABOVE)]),
        ({"place": "Bayern", "role": "operator"}, [(CITY, IN)]),
        ({"place": "Landkreis München", "role": "operator"}, []),
        ({"kind": "lab"}, [(ISAR, IN), (MOOR, IN)]),
        ({"kind": "Reallabor"}, [(ISAR, IN)]),
        ({"kind": "ministry", "theme": "administration"}, [(BMI, IN)]),
        (
            {"place": "Deutschland", "theme": "Umwelt"},
            [(BMU, IN), (FUND, IN), (ISAR, IN), (MOOR, IN), (CITY, IN)],
        ),
    ],
    ids=str,
)
def test_the_rows_are_exactly_these(
    graph: Graph, asked: dict[str, str], expected: list[tuple[object, ...]]
) -> None:
    answer = who_does_what(graph, **asked)
    assert [shown(row) for row in answer.rows] == expected
    assert answer.total == Total(len(expected))


def test_planned_and_merely_mentioned_labs_show_as_such(graph: Graph) -> None:
    answer = who_does_what(graph, kind="innovation-lab")
    assert [(row.status, row.attestation) for row in answer.rows] == [("planned", "mentioned")]


def test_what_two_sources_say_is_one_row_with_two_statements(graph: Graph) -> None:
    (row,) = who_does_what(graph, role="operator").rows
    record = mint("record", "codefor_labs", "involvement", "codefor_labs-op").value
    assert [(one.title, one.record, one.retrieved, one.licence) for one in row.evidence] == [
        ("Quelle codefor_labs", record, "2026-11-24", "https://example.org/licence"),
        (
            "Quelle labs_and_hubs",
            "https://example.org/K%C3%B6ln/labs_and_hubs-op",
            "2026-11-24",
            "https://example.org/licence",
        ),
    ]


def test_pages_follow_each_other_without_gap_or_repeat(graph: Graph) -> None:
    whole = who_does_what(graph).rows
    found: list[Doing] = []
    cursor = None
    while cursor is not None or not found:
        page = who_does_what(graph, limit=2, cursor=cursor)
        found += page.rows
        cursor = page.next
    assert (tuple(found), cursor) == (whole, None)


def test_an_unknown_theme_is_an_error_with_suggestions(graph: Graph) -> None:
    with pytest.raises(NotFoundError) as caught:
        who_does_what(graph, theme="Umwelz")
    assert [one.label for one in caught.value.suggestions][:1] == ["Umwelt"]


@pytest.mark.parametrize("page", [{"limit": 0}, {"limit": 1001}, {"cursor": "nonsense!"}], ids=str)
def test_a_page_that_cannot_be_is_refused(graph: Graph, page: dict[str, object]) -> None:
    with pytest.raises(BadQueryError):
        who_does_what(graph, **page)  # type: ignore[arg-type]


def test_labels_come_in_the_language_asked_for(graph: Graph) -> None:
    answer = who_does_what(graph, theme="Umwelt", place="Germany", lang="en", limit=1)
    assert answer.rows[0].place is not None
    assert answer.rows[0].place.label == "Germany"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"q": "Melderecht"}, [(BMI, IN)]),
        ({"q": "gewaesserschutz"}, [(BMU, IN)]),
        ({"q": "Isarlabor"}, [(FUND, IN), (ISAR, IN), (CITY, IN)]),
        ({"q": "Isarlabro"}, [(FUND, IN), (ISAR, IN), (CITY, IN)]),
        ({"q": "Isarlabor Umwelt", "role": "funder"}, [(FUND, IN)]),
        ({"q": "Melderecht", "theme": "Umwelt"}, []),
        ({"q": "Labor, das niemand kennt"}, []),
        ({"q": " "}, [(BMI, IN), (BMU, IN), (FUND, IN), (ISAR, IN), (MOOR, IN), (CITY, IN)]),
    ],
    ids=str,
)
def test_words_choose_what_speaks_of_them(
    graph: Graph, asked: dict[str, str], expected: list[tuple[tuple[str | None, ...], str]]
) -> None:
    answer = who_does_what(graph, **asked)  # type: ignore[arg-type]
    assert [shown(row) for row in answer.rows] == expected
    assert answer.total == Total(len(expected))
