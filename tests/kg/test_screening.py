"""The engine that screens, held against pySHACL: with every core constraint and odd values."""

import random
from collections import Counter

import pytest
from pyoxigraph import RdfFormat, Triple, parse
from rdflib import Graph
from rdflib.namespace import SH

from kg import auditing, screening
from kg.auditing import SCREENED, audit
from kg.errors import DisagreementError, FaultyShapesError
from kg.facts import graph_of
from kg.screening import by_focus
from tests.kg.shacl_cases import PREFIXES, data, shapes

Results = Counter[tuple[object, tuple[str, str]]]
pytestmark = [
    pytest.mark.skipif(not screening.is_there(), reason="the second engine has no wheel here"),
    pytest.mark.filterwarnings("ignore:Parsing weird boolean"),
]


def triples(turtle: str) -> list[Triple]:
    return [one.triple for one in parse(turtle, format=RdfFormat.TURTLE)]


def results(parts: list[Graph]) -> Results:
    found: Results = Counter()
    for part in parts:
        for focus, said in by_focus(part).items():
            for one, count in said.items():
                found[focus, one] += count
    return found


def outcome(said: list[Triple], rules: Graph, engine: str) -> Results | str:
    try:
        return results(audit(said, rules, engine)[0])
    except (FaultyShapesError, TypeError) as error:
        return type(error).__name__


def agree(seed: int) -> None:
    by = random.Random(seed)  # noqa: S311 (a sample, no secret)
    rules, said = graph_of(triples(shapes(by))), triples(data(by))
    assert outcome(said, rules, "screened") == outcome(said, rules, "pyshacl"), f"seed {seed}"


def test_screening_finds_what_pyshacl_finds() -> None:
    for seed in range(60):
        agree(seed)


@pytest.mark.full
def test_screening_finds_what_pyshacl_finds_many_times_over() -> None:
    for seed in range(1000, 3000):
        agree(seed)


MANY = PREFIXES + "".join(
    f'ex:t{at} a ex:T ; ex:p "{"x" if at == 7 else at}" .\n' for at in range(400)
)
RULE = PREFIXES + (
    "ex:S a sh:NodeShape ; sh:targetClass ex:T ;\n"
    '  sh:property [ sh:path ex:p ; sh:pattern "^[0-9]+$" ] .\n'
)


def test_only_what_is_flagged_and_a_sample_goes_to_pyshacl() -> None:
    parts, method = audit(triples(MANY), graph_of(triples(RULE)), "screened")
    assert sum(len(list(part.objects(None, SH.result))) for part in parts) == 1
    assert (method.engine, method.focus_nodes, method.flagged) == (SCREENED, 400, 1)
    assert method.sampled == auditing.LEAST_SAMPLE


def test_little_data_go_to_pyshacl_alone_and_the_report_says_so() -> None:
    _, method = audit(triples(MANY), graph_of(triples(RULE)))
    assert (method.engine, method.why) == ("pyshacl", "fewer than 10,000 triples")


@pytest.mark.parametrize("says", ["too little", "too much"])
def test_engines_that_differ_make_no_report(monkeypatch: pytest.MonkeyPatch, says: str) -> None:
    def wrong(text: str, rules: Graph) -> screening.Found:
        found = dict(real(text, rules))
        if says == "too little":
            return {}
        (said,) = found.values()
        return dict.fromkeys(graph_of(triples(MANY)).subjects(unique=True), said)

    real = screening.screen
    monkeypatch.setattr(screening, "screen", wrong)
    monkeypatch.setattr(auditing, "LEAST_SAMPLE", 400)
    with pytest.raises(DisagreementError, match="There is no report; ask for one by pySHACL alone"):
        audit(triples(MANY), graph_of(triples(RULE)), "screened")


def test_without_the_second_engine_pyshacl_judges_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "is_there", lambda: False)
    parts, method = audit(triples(MANY), graph_of(triples(RULE)), "screened")
    assert len(results(parts)) == 1
    assert method.why == "the second engine is not installed on this machine"


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("sh:property [ sh:path ex:p ; sh:property [ sh:path ex:q ; sh:minCount 1 ] ]",
         "sh:property within a property shape"),
        ("sh:rule [ a sh:TripleRule ]", "sh:rule"),
        ('sh:sparql [ sh:select "SELECT $this WHERE { $this ex:p ?x FILTER(year(?x) > 1) }" ]',
         "year in sh:select"),
        ('sh:sparql [ sh:select "SELECT $this WHERE { $this ex:p ?x FILTER(?x) }" ]',
         "FILTER(?x) in sh:select"),
        ('sh:sparql [ sh:select "SELECT $this WHERE { $this ex:p+ ?x }" ]', "+ in sh:select"),
    ],
)  # fmt: skip
def test_what_is_not_proven_goes_to_pyshacl(rule: str, why: str) -> None:
    turtle = PREFIXES + f"ex:S a sh:NodeShape ; sh:targetClass ex:T ; {rule} ."
    assert list(screening.unscreened(graph_of(triples(turtle))).values()) == [why]


def test_values_of_different_kinds_go_to_pyshacl() -> None:
    rule = PREFIXES + (
        "ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property ex:P .\n"
        "ex:P sh:path ex:p ; sh:maxInclusive 5 ."
    )
    said = PREFIXES + 'ex:a a ex:T ; ex:p 3 . ex:b a ex:T ; ex:p "2020-01-01"^^xsd:date .'
    _, method = audit(triples(said), graph_of(triples(rule)), "screened")
    assert method.flagged == 1
