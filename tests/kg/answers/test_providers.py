"""IT providers beside scales-where: a fact with its basis and evidence, never part of the score."""

import csv
import io

import pytest

from kg.answers.about import about
from kg.answers.formats import as_csv, as_json, as_trig
from kg.answers.providers import providers_of
from kg.answers.scales_where import Scaled, scales_where
from kg.store import Graph
from kg.terms import LOTSE
from kg.things import Thing
from tests.kg.answers.country import of_quads
from tests.kg.answers.islands import ars, country, place, provider, provisions

SERVED, OTHER, NONE = (place(ars(*key)).value for key in (("01", 0, 1), ("02", 2, 8), ("01", 0, 2)))


@pytest.fixture(scope="module")
def graph() -> Graph:
    return of_quads(country())


def rows(graph: Graph) -> dict[str, Scaled]:
    return {row.place.iri: row for row in scales_where(graph, solution="melder", limit=1000).rows}


def test_a_place_has_its_providers_the_weak_ones_last_and_marked(graph: Graph) -> None:
    found = providers_of(graph, [SERVED, OTHER, NONE])
    assert {
        iri: [(one.provider.iri, one.basis, one.weak) for one in said]
        for iri, said in found.items()
    } == {
        SERVED: [
            (provider("netz").value, "stated", False),
            (provider("amt").value, "permitted-sender", True),
        ],
        OTHER: [(provider("netz").value, "mail-exchanger", False)],
        NONE: [],
    }
    assert all(one.evidence for said in found.values() for one in said)


def test_rows_of_scales_where_show_them_and_the_score_does_not_know(graph: Graph) -> None:
    found = rows(graph)
    assert [one.provider.label for one in found[SERVED].providers] == ["Das netz", "Das amt"]
    assert found[NONE].providers == ()
    left_out = {quad.subject for quad in provisions()}
    plain = rows(of_quads([quad for quad in country() if quad.subject not in left_out]))
    assert {iri: row.score for iri, row in found.items()} == {
        iri: pytest.approx(row.score) for iri, row in plain.items()
    }
    assert [row.providers for row in plain.values() if row.providers] == []


def test_json_csv_and_rdf_have_them(graph: Graph) -> None:
    answer = scales_where(graph, solution="melder", limit=1000)
    said = {row["place"]["iri"]: row["providers"] for row in as_json(answer)["rows"]}
    assert [one["basis"] for one in said[SERVED]] == ["stated", "permitted-sender"]
    table = {
        row["placeIri"]: row["providers"] for row in csv.DictReader(io.StringIO(as_csv(answer)))
    }
    assert table[SERVED] == "Das netz (stated) | Das amt (permitted-sender, weak)"
    assert table[NONE] == ""
    rdf = as_trig(graph, answer)
    assert all(one.value.encode() in rdf for one in (provider("amt"), provider("netz")))


def test_about_a_place_and_about_a_provider_tell_who_serves_whom(graph: Graph) -> None:
    served = [row for row in about(graph, thing=SERVED).rows if row.property == LOTSE.client.value]
    assert sorted(row.value.label for row in served if isinstance(row.value, Thing)) == [
        "Das amt – Ort 0101", "Das netz – Ort 0101",
    ]  # fmt: skip
    serves = about(graph, thing=provider("netz").value).rows
    assert sum(row.property == LOTSE.provider.value for row in serves) == 2
