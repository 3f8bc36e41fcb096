import datetime
from pathlib import Path

import pytest

from kg.answers.responsible import Responsible, responsible
from kg.answers.words import BECAUSE
from kg.errors import BadQueryError, NotFoundError
from kg.store import Graph
from tests.kg.answers.country import opened

TODAY = datetime.date(2026, 11, 24)
ORDNUNGSAMT = ("Amt Schlieben", "Ordnungsamt", "verband", "recorded-competence", 1, 0.9, False)
BAUAMT = ("Amt Schlieben", "Bauamt", "verband", "recorded-competence", 2, 0.9, False)


def general(body: str, level: str, confidence: float) -> list[tuple[object, ...]]:
    return [(body, None, level, "general-competence", 1, confidence, True)]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return opened(Path(__file__).parent / "small.trig")


def shown(row: Responsible) -> tuple[object, ...]:
    body = row.body.label if row.body is not None else None
    return (body, row.unit, row.level, row.rule, row.rank, row.confidence, row.approximate)


def kreis(rank: int, confidence: float) -> tuple[object, ...]:
    unit = "Erfundene Straßenmeisterei"
    return ("Landkreis Elbe-Elster", unit, "kreis", "recorded-competence", rank, confidence, False)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (  # the Amt before the Kreis; its own rank within it; what ended is left out
            {"category": "Straßenbeleuchtung", "place": "Stadt Schlieben"},
            [ORDNUNGSAMT, BAUAMT, kreis(3, 0.7)],
        ),
        (  # key 11 means something else in another list, which has nothing to say here
            {"category": "11", "ars": "120625209445"},
            [ORDNUNGSAMT, BAUAMT, kreis(3, 0.7)],
        ),
        ({"q": "straßenbeleuchtung", "ags": "12062445"}, [ORDNUNGSAMT, BAUAMT, kreis(3, 0.7)]),
        ({"q": "tiefes Schlagloch", "place": "Schlieben"}, [kreis(1, 0.7)]),
        (  # narrower categories come last and are marked
            {"category": "Straße", "place": "Schlieben"},
            [
                kreis(1, 0.9),
                ("Amt Schlieben", "Ordnungsamt", "verband", "recorded-competence", 2, 0.5, True),
                ("Amt Schlieben", "Bauamt", "verband", "recorded-competence", 3, 0.5, True),
            ],
        ),
        (
            {"category": "Müll", "place": "Schlieben"},
            [("Brandenburg", None, "land", "recorded-competence", 1, 0.9, False)],
        ),
        ({"category": "Wald", "place": "Schlieben"}, general("Schlieben", "gemeinde", 0.5)),
        ({"category": "Müll", "place": "München"}, general("München", "gemeinde", 0.5)),
        ({"q": "Ufo", "place": "München"}, general("München", "gemeinde", 0.3)),
        # places above the Gemeinde answer from their own level upward
        ({"category": "Straßenbeleuchtung", "place": "Elbe-Elster"}, [kreis(1, 0.7)]),
        ({"category": "Müll", "place": "Amt Schlieben"},
         [("Brandenburg", None, "land", "recorded-competence", 1, 0.9, False)]),
        ({"q": "Wald", "place": "Amt Schlieben"}, general("Amt Schlieben", "verband", 0.3)),
        ({"q": "Wald", "place": "Oberbayern"}, general("Bayern", "land", 0.3)),
        ({"q": "Wald", "place": "Deutschland"}, general("Deutschland", "bund", 0.3)),
        # an uninhabited area is no body: its Kreis answers
        ({"q": "Wald", "ags": "09184999"}, general("Landkreis München", "kreis", 0.3)),
    ],
    ids=str,
)  # fmt: skip
def test_the_responsible_bodies_are_exactly_these(
    graph: Graph, asked: dict[str, str], expected: list[object]
) -> None:
    assert [shown(row) for row in responsible(graph, on=TODAY, **asked).rows] == expected


def test_the_ladder_names_every_body_above(graph: Graph) -> None:
    answer = responsible(graph, q="Wald", place="Schlieben", on=TODAY)
    assert [(rung.level, rung.body.label) for rung in answer.extra["ladder"]] == [
        ("gemeinde", "Schlieben"),
        ("verband", "Amt Schlieben"),
        ("kreis", "Landkreis Elbe-Elster"),
        ("land", "Brandenburg"),
        ("bund", "Deutschland"),
    ]


def test_a_competence_holds_on_its_days_only(graph: Graph) -> None:
    on = datetime.date(2019, 12, 31)
    asked = responsible(graph, category="Straßenbeleuchtung", place="Schlieben", on=on)
    assert "Früheres Amt" in {row.unit for row in asked.rows}
    after = on + datetime.timedelta(days=1)
    asked = responsible(graph, category="Straßenbeleuchtung", place="Schlieben", on=after)
    assert "Früheres Amt" not in {row.unit for row in asked.rows}


def test_the_general_competence_cites_the_basic_law(graph: Graph) -> None:
    (row,) = responsible(graph, category="Wald", place="Schlieben", on=TODAY).rows
    assert [one.citation for one in row.legal_basis] == ["Art. 28 Abs. 2 Satz 1 GG"]


def test_words_that_meet_no_category_say_so(graph: Graph) -> None:
    answer = responsible(graph, q="Ufo", place="Schlieben", on=TODAY)
    assert (answer.extra["matched"], "Ufo" in answer.extra["note"]) == (False, True)


def test_a_recorded_legal_basis_and_its_source_are_shown(graph: Graph) -> None:
    row = responsible(graph, category="Straßenbeleuchtung", place="Schlieben", on=TODAY).rows[0]
    assert [(one.citation, one.url) for one in row.legal_basis] == [
        ("§ 1 Mustersatzung", "https://example.org/satzung")
    ]
    assert row.because == BECAUSE["exact"]["de"].format(
        category="Straßenbeleuchtung", area="Amt Schlieben", body="Ordnungsamt"
    )
    assert [one.title for one in row.evidence] == ["Quelle klarschiff"]


def test_an_unknown_category_is_an_error(graph: Graph) -> None:
    with pytest.raises(NotFoundError):
        responsible(graph, category="Ufo", place="Schlieben", on=TODAY)


@pytest.mark.parametrize("asked", [{}, {"q": "Wald"}, {"place": "Schlieben"}], ids=str)
def test_both_what_and_where_are_needed(graph: Graph, asked: dict[str, str]) -> None:
    with pytest.raises(BadQueryError):
        responsible(graph, on=TODAY, **asked)


def test_two_names_of_one_place_are_one_and_two_places_are_an_error(graph: Graph) -> None:
    once = responsible(graph, q="Ampel", place="Amt Schlieben")
    assert responsible(graph, q="Ampel", place="Amt Schlieben", ars="120625209000") == once
    with pytest.raises(BadQueryError, match="different places"):
        responsible(graph, q="Ampel", place="Amt Schlieben", ags="09162000")
