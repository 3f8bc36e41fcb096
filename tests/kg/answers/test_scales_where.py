import math
from pathlib import Path

import numpy as np
import pytest

from kg.answers.scales_where import Scaled, fits_here, scales_where
from kg.answers.words import CLAIM, NO_CLAIM_KREIS
from kg.iri import mint
from kg.scaling import Scores, compute, precompute
from kg.store import Graph
from kg.terms import Quad
from kg.uptake import known
from tests.kg.answers.country import of_quads
from tests.kg.answers.islands import adoption_iri, ars, country, place
from tests.kg.answers.plain_score import plain_score

MELDER = mint("solution", "adoptions", "melder").value
ENDED = ars("01", 1, 8)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return of_quads(country())


def without(*left_out: str) -> Graph:
    """Return the country without some adoptions."""
    return of_quads([quad for quad in country() if quad.subject.value not in left_out])


def whole(graph: Graph, solution: str = "melder") -> tuple[Scaled, ...]:
    return scales_where(graph, solution=solution, limit=1000).rows


@pytest.mark.parametrize("solution", ["melder", "kreisamt", "andere"])
def test_both_factors_are_those_of_plain_python(graph: Graph, solution: str) -> None:
    scores = compute(known(graph))
    score = scores.of(mint("solution", "adoptions", solution).value)
    assert score is not None
    plain = plain_score(scores.known, score.uptake)
    looked = np.flatnonzero(~np.isnan(score.size)).tolist()
    assert looked == list(plain)
    for at, (size, near) in plain.items():
        assert (score.size[at], score.near[at]) == pytest.approx((size, near), abs=1e-9)


def test_rows_are_the_candidates_of_covered_lands_the_highest_score_first(graph: Graph) -> None:
    rows = whole(graph)
    use = [ars(land, k, n) for land in ("01", "02") for k in range(5) for n in (0, 3, 5)]
    users = set(use[:17])
    members = {ars("01", 4, n) for n in (1, 3, 5, 7)}
    all_covered = {ars(land, k, n) for land in ("01", "02") for k in range(5) for n in range(9)}
    assert {row.place.key for row in rows} == all_covered - users - members
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)
    assert all(
        row.score == pytest.approx(sum(one.value * one.weight for one in row.because + row.against))
        for row in rows
    )


def test_a_verband_counts_as_its_largest_member(graph: Graph) -> None:
    found = known(graph)
    (uptake,) = (one for one in found.uptakes if one.solution == MELDER)
    places = found.places["gemeinde"]
    members = [ars("01", 4, n) for n in (1, 3, 5, 7)]
    largest = max(members, key=lambda k: places.population[places.iris.index(place(k).value)])
    by_amt = adoption_iri("melder", "011045001000").value
    carried = {places.iris[use.place] for use in uptake.users if by_amt in use.adoptions}
    assert carried == {place(largest).value}


def test_each_kreis_counts_once(graph: Graph) -> None:
    found = known(graph)
    (uptake,) = (one for one in found.uptakes if one.solution == MELDER)
    by_kreis: dict[str, float] = {}
    for use in uptake.users:
        kreis = found.places["gemeinde"].kreis[use.place]
        by_kreis[kreis] = by_kreis.get(kreis, 0) + use.weight
    assert by_kreis == {kreis: pytest.approx(1) for kreis in by_kreis}
    assert uptake.kreise == len(by_kreis)


def test_a_solution_of_kreise_is_scored_among_kreise_and_claims_nothing(graph: Graph) -> None:
    answer = scales_where(graph, solution="kreisamt", limit=1000)
    assert {row.place.key for row in answer.rows} == {
        f"{land}1{kreis:02}0000000" for land in ("01", "02", "03") for kreis in (3, 4)
    }
    assert answer.extra["level"] == "kreis"
    assert answer.extra["claim"] == NO_CLAIM_KREIS["de"]
    assert answer.extra["elsewhere"] == 1


@pytest.mark.parametrize(
    ("solution", "adopters", "kreise"), [("selten", 3, 1), ("drei", 3, 3), ("zwei", 4, 2)]
)
def test_too_little_evidence_gives_no_score(
    graph: Graph, solution: str, adopters: int, kreise: int
) -> None:
    answer = scales_where(graph, solution=solution)
    assert (answer.rows, answer.total.value, answer.extra["enough"]) == ((), 0, False)
    said = f"Zu wenig Belege: {adopters} Anwender in {kreise} Kreisen"
    assert answer.extra["claim"].startswith(said)
    assert answer.extra["evidenceBase"] == {"adopters": adopters, "kreise": kreise}


def test_beside_the_rows_stand_claim_coverage_and_the_plain_alternative(graph: Graph) -> None:
    answer = scales_where(graph, solution="melder", lang="en")
    places = known(graph).places["gemeinde"]
    size = dict(zip(places.iris, places.population, strict=True))
    largest = sorted((row.place for row in whole(graph)), key=lambda one: -size[one.iri])[:10]
    assert answer.extra["claim"] == CLAIM["en"]
    assert [one.label for one in answer.extra["covered"]] == ["Land 01", "Land 02"]
    assert [one["place"] for one in answer.extra["plainAlternative"]] == largest
    assert answer.extra["elsewhere"] == 1


def test_an_ended_use_is_no_use_and_speaks_against(graph: Graph) -> None:
    rows = {row.place.key: row for row in whole(graph)}
    here = next(one for one in rows[ENDED].against if one.feature == "ended-here")
    near = next(one for one in rows[ars("01", 1, 2)].against if one.feature == "ended-nearby")
    ended = adoption_iri("melder", ENDED).value
    assert (here.facts, here.weight) == ((ended,), 0)
    assert "ended-nearby" not in {one.feature for one in rows[ENDED].against}
    assert (near.facts, near.shares, near.weight) == ((ended,), (1.0,), 0)
    assert 0 < near.value < 1
    assert all(ended not in one.facts for row in rows.values() for one in row.because)


def test_removing_a_cited_adoption_changes_the_factor_as_stated(graph: Graph) -> None:
    """The sole user of a Kreis brings to what is near a place exactly the share that is stated."""
    sole = adoption_iri("andere", ars("01", 2, 7)).value
    asked = ars("01", 2, 0)
    row = next(row for row in whole(graph, "andere") if row.place.key == asked)
    near = next(one for one in row.because if one.feature == "near")
    share = dict(zip(near.facts, near.shares, strict=True))[sole]
    observed, expected = _around(graph, asked)
    observed_less, expected_less = _around(without(sole), asked)
    assert 0 < share < 1
    assert near.value == pytest.approx(math.log((observed + 1) / (expected + 1)))
    assert observed_less == pytest.approx(observed * (1 - share))
    less = next(row for row in whole(without(sole), "andere") if row.place.key == asked)
    assert next(one for one in less.because if one.feature == "near").value == pytest.approx(
        math.log((observed_less + 1) / (expected_less + 1))
    )
    assert less.score < row.score


def _around(graph: Graph, key: str) -> tuple[float, float]:
    """Return use observed and expected around a place, from the plain score."""
    found = known(graph)
    (uptake,) = (one for one in found.uptakes if one.solution.endswith("andere"))
    at = found.places["gemeinde"].iris.index(place(key).value)
    ground = compute(found).grounds["gemeinde"]
    close = ground.close([at], [use.place for use in uptake.users])[0]
    observed = float(
        sum(k * u.weight for k, u in zip(close, uptake.users, strict=True) if u.place != at)
    )
    _, near = plain_score(found, uptake, [at])[at]
    return observed, (observed + 1) / math.exp(near) - 1


def test_one_of_two_statements_of_a_use_may_go_without_effect(graph: Graph) -> None:
    second = adoption_iri("melder", ars("01", 0, 0), 2).value
    assert [row.score for row in whole(without(second))] == [row.score for row in whole(graph)]


def test_at_most_ten_facts_are_cited_the_strongest_first(graph: Graph) -> None:
    for row in whole(graph, "andere"):
        for one in row.because:
            assert len(one.facts) == len(one.shares) <= 10
            assert list(one.shares) == sorted(one.shares, reverse=True)


def test_every_cited_fact_comes_with_its_user_and_source(graph: Graph) -> None:
    answer = scales_where(graph, solution="melder")
    cited = {iri for row in answer.rows for one in row.because + row.against for iri in one.facts}
    assert set(answer.extra["facts"]) == cited
    assert all(one.evidence for one in answer.extra["facts"].values())


def test_the_file_of_the_release_gives_the_same_answer(graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / "scores.npz"
    file.write_bytes(precompute(graph))
    assert scales_where(graph, solution="melder", scores=file) == scales_where(
        graph, solution="melder"
    )
    assert file.read_bytes() == precompute(of_quads(list[Quad](country())))
    assert Scores.from_bytes(file.read_bytes()).known == known(graph)


def test_solutions_for_a_place_are_ordered_by_the_share_it_outranks(graph: Graph) -> None:
    asked = ars("02", 4, 2)
    rows = fits_here(graph, place=asked).rows
    expected = {}
    for solution in ("melder", "andere"):
        scores = {row.place.key: row.score for row in whole(graph, solution)}
        own = scores.pop(asked)
        expected[solution] = (
            sum(one < own for one in scores.values()) / len(scores),
            own,
        )
    assert {row.solution.label: (row.outranks, row.score) for row in rows} == expected
    assert [row.outranks for row in rows] == sorted((r.outranks for r in rows), reverse=True)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (ars("01", 0, 0), ["andere"]),  # uses melder already
        (ars("03", 4, 2), ["andere"]),  # nobody has looked for melder in Land 03
        ("031030000000", ["kreisamt"]),  # a Kreis
        ("010000000000", []),  # a Land decides on neither level
    ],
)
def test_only_solutions_that_a_place_can_take_up_are_shown(
    graph: Graph, asked: str, expected: list[str]
) -> None:
    assert [row.solution.label for row in fits_here(graph, place=asked).rows] == expected


def test_a_verband_is_answered_as_its_largest_member(graph: Graph) -> None:
    answer = fits_here(graph, place="021035001000")
    places = known(graph).places["gemeinde"]
    members = [ars("02", 3, n) for n in (1, 3, 5, 7)]
    largest = max(members, key=lambda k: places.population[places.iris.index(place(k).value)])
    assert [one.key for one in answer.extra["countsAs"]] == [largest]
