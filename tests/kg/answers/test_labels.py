"""Labels for things in between that have none of their own."""

from pathlib import Path

from kg.answers.labels import labels_in_between
from tests.kg.answers.country import opened

RANKED = """
@prefix g: <https://w3id.org/innovationslotse/graph/> .
@prefix crit: <https://w3id.org/innovationslotse/id/criterion/> .
@prefix jur: <https://w3id.org/innovationslotse/id/jurisdiction/> .
@prefix obs: <https://w3id.org/innovationslotse/id/observation/> .
@prefix lotse: <https://w3id.org/innovationslotse/ns#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
g:open_data_ranking {
  crit:r-2 a lotse:Criterion ; skos:prefLabel "Gesetzeslage"@de .
  obs:r-BB-2 a qb:Observation ; lotse:criterion crit:r-2 ; lotse:place jur:120000000000 .
}
"""


def test_an_observation_is_called_by_its_criterion_and_place(tmp_path: Path) -> None:
    ranked = tmp_path / "ranked.trig"
    ranked.write_text(RANKED, encoding="utf-8")
    graph = opened(Path(__file__).parent / "small.trig", ranked)
    iri = "https://w3id.org/innovationslotse/id/observation/r-BB-2"
    assert labels_in_between(graph, [iri], "de") == {iri: "Gesetzeslage – Brandenburg"}
