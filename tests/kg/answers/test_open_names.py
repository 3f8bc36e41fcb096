"""The likeliest candidate of a name stands first, by the score of its own where it has one."""

from kg.answers.open_names import open_names
from kg.iri import graph, mint
from kg.store import Draft
from kg.terms import LOTSE, PROV, RDF, SKOS, Triple, decimal, text


def test_candidates_are_ranked_by_scores_of_their_own() -> None:
    draft, source, record = Draft(), mint("source", "x"), mint("record", "x", "1")
    lab, name, other = mint("lab", "x-1"), mint("jurisdiction", "1"), mint("jurisdiction", "2")
    node, candidacy = mint("resolution", "1"), mint("resolution", "1-candidacy")
    draft.add(graph("x"), [
        Triple(source, RDF.type, LOTSE.Source), Triple(source, SKOS.prefLabel, text("X", "de")),
        Triple(lab, PROV.wasDerivedFrom, record), Triple(record, LOTSE.source, source),
        Triple(name, SKOS.prefLabel, text("Aheim", "de")),
        Triple(other, SKOS.prefLabel, text("Beheim", "de")),
    ])  # fmt: skip
    draft.add(graph("resolution"), [
        Triple(node, LOTSE.outcome, LOTSE["outcome-ambiguous"]), Triple(node, LOTSE.mention, lab),
        Triple(node, LOTSE.published, text("Behem")), Triple(node, LOTSE.rule, text("likeness/1")),
        Triple(node, LOTSE.mentionProperty, LOTSE.place), Triple(node, LOTSE.score, decimal("0.5")),
        Triple(node, LOTSE.candidate, name), Triple(node, LOTSE.candidate, other),
        Triple(node, LOTSE.candidacy, candidacy), Triple(candidacy, LOTSE.candidate, other),
        Triple(candidacy, LOTSE.score, decimal("0.88")),
    ])  # fmt: skip
    (one,) = open_names(draft)
    found = [(candidate.thing.key, candidate.score) for candidate in one.candidates]
    assert found == [("2", 0.88), ("1", 0.5)]
    assert (one.published, one.properties, one.mentions) == ("Behem", ("place",), 1)
