"""Closures and roll-ups, on small invented worlds with near misses, and on the real register."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from ingest import derive as module
from ingest.derive import FOLDER
from ingest.source import FOLDER as SOURCES
from ingest.source import load
from kg import nquads
from kg.errors import BadQueryError
from kg.iri import graph, mint
from kg.namespaces import PREFIXES
from kg.store import Draft
from kg.terms import (
    CV,
    DCTERMS,
    LOTSE,
    ORG,
    RDF,
    SKOS,
    Literal,
    NamedNode,
    Triple,
    date,
    decimal,
    integer,
)
from tests.ingest.sources.shipped import lexical, said, shipped

BUND, LAND, KREIS, AMT, DORF, WEILER, STADT, FORMER = (
    mint("jurisdiction", key.ljust(12, "0"))
    for key in ("0", "99", "99001", "990015001", "990015001001", "990010002002", "99002", "991")
)
PARENTS = {
    LAND: BUND, KREIS: LAND, AMT: KREIS, DORF: AMT, WEILER: KREIS, STADT: LAND, FORMER: LAND,
}  # fmt: skip
WIDE, NARROW, OTHER, FOREIGN = (LOTSE[f"theme-{name}"] for name in ("wide", "narrow", "b", "eu"))


def derive(draft: Draft, folder: Path = FOLDER) -> list[Triple]:
    """Return what all derivations together yield, in the order of the graph's file."""
    return list(nquads.triples(nquads.merged(module.derive(draft, folder).values())))


def said_so(*graphs: Iterable[tuple[NamedNode, NamedNode, NamedNode | Literal]]) -> Draft:
    """Return a draft that holds each group of statements in a graph of its own."""
    draft = Draft()
    for number, statements in enumerate(graphs):
        draft.add(graph(f"g{number}"), [Triple(*one) for one in statements])
    return draft


def derived(draft: Draft, *predicates: NamedNode) -> dict[tuple[NamedNode, NamedNode], set[object]]:
    found: dict[tuple[NamedNode, NamedNode], set[object]] = {}
    for one in derive(draft):
        assert isinstance(one.subject, NamedNode)
        if one.predicate in predicates:
            found.setdefault((one.subject, one.predicate), set()).add(one.object)
    return found


def about(draft: Draft, predicate: NamedNode) -> dict[NamedNode, set[object]]:
    return {thing: values for (thing, _), values in derived(draft, predicate).items()}


def places() -> list[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    tree: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (place, RDF.type, LOTSE.Jurisdiction) for place in (BUND, *PARENTS)
    ]
    tree += [(place, DCTERMS.isPartOf, above) for place, above in PARENTS.items()]
    people = ((DORF, 100, "1.5"), (WEILER, 0, "2.25"), (STADT, 5000, "10.05"))
    for place, n, area in people:
        tree += [
            (place, LOTSE.level, LOTSE["level-gemeinde"]),
            (place, LOTSE.population, integer(n)),
            (place, LOTSE.populationOn, date("2019-12-31")),
            (place, LOTSE.surfaceArea, decimal(area)),
        ]
    return [*tree, (STADT, LOTSE.level, LOTSE["level-kreis"])]


def test_a_place_lies_in_itself_and_in_all_above_it_and_nowhere_else() -> None:
    book = mint("solution", "book")
    near_miss = [(book, DCTERMS.isPartOf, mint("solution", "series"))]
    assert about(said_so(places(), near_miss), LOTSE.within) == {
        BUND: {BUND}, LAND: {LAND, BUND}, KREIS: {KREIS, LAND, BUND},
        AMT: {AMT, KREIS, LAND, BUND}, DORF: {DORF, AMT, KREIS, LAND, BUND},
        WEILER: {WEILER, KREIS, LAND, BUND}, STADT: {STADT, LAND, BUND},
        FORMER: {FORMER, LAND, BUND},
    }  # fmt: skip


def test_people_and_area_are_summed_where_a_place_has_no_figures_of_its_own() -> None:
    twice = [(DORF, LOTSE.population, integer(100)), (DORF, DCTERMS.isPartOf, AMT)]
    found = derived(
        said_so(places(), twice), LOTSE.population, LOTSE.surfaceArea, LOTSE.populationOn
    )
    assert found == {
        (place, predicate): {value}
        for place, people, area in (
            (AMT, 100, "1.5"), (KREIS, 100, "3.75"), (LAND, 5100, "13.8"), (BUND, 5100, "13.8"),
        )
        for predicate, value in (
            (LOTSE.population, integer(people)),
            (LOTSE.surfaceArea, decimal(area)),
            (LOTSE.populationOn, date("2019-12-31")),
        )
    }  # fmt: skip


def test_a_place_with_figures_of_its_own_keeps_them_and_is_not_counted_twice() -> None:
    counted = [
        (AMT, LOTSE.population, integer(7)),
        (AMT, LOTSE.populationOn, date("2019-12-31")),
        (AMT, LOTSE.surfaceArea, decimal("7")),
    ]
    found = derived(said_so(places(), counted), LOTSE.population)
    assert {place: values for (place, _), values in found.items()} == {
        KREIS: {integer(100)}, LAND: {integer(5100)}, BUND: {integer(5100)},
    }  # fmt: skip


def test_an_adoption_knows_its_solution_by_the_preferred_iri() -> None:
    old, middle, new, alone = (mint("solution", name) for name in ("old", "middle", "new", "alone"))
    first, second, third = (mint("adoption", name) for name in ("1", "2", "3"))
    draft = said_so(
        [(one, RDF.type, LOTSE.Adoption) for one in (first, second, third)]
        + [(first, LOTSE.solution, old), (second, LOTSE.solution, alone)]
        + [(third, LOTSE.solution, new), (mint("innovation", "x"), LOTSE.solution, old)],
        [(old, LOTSE.sameThingAs, middle), (middle, LOTSE.sameThingAs, new)],
    )
    assert about(draft, LOTSE.canonicalSolution) == {first: {new}, second: {alone}, third: {new}}


LAB, CITY_LAB, COMPANY, PROJECT, TOOL, CONCERN = (
    mint("lab", "a"), mint("lab", "b"), mint("actor", "c"), mint("innovation", "d"),
    mint("solution", "e"), mint("category", "f"),
)  # fmt: skip
OWN, RUNS, DEVELOPS, OWNS, TOPIC, UNPLACED = (mint("involvement", key) for key in "123456")


def world() -> list[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    """Two labs, a company, a project, a tool; who does what in them."""
    types = {
        LAB: LOTSE.Lab, CITY_LAB: LOTSE.Lab, COMPANY: ORG.Organization,
        PROJECT: LOTSE.Innovation, TOOL: LOTSE.Solution, CONCERN: LOTSE.ConcernCategory,
        **dict.fromkeys((OWN, RUNS, DEVELOPS, OWNS, TOPIC, UNPLACED), LOTSE.Involvement),
    }  # fmt: skip
    involved = (
        (OWN, LAB, None, "runs"), (RUNS, CITY_LAB, PROJECT, "runs"),
        (DEVELOPS, LAB, PROJECT, "developer"), (OWNS, KREIS, TOOL, "owner"),
        (TOPIC, COMPANY, None, "responsible"), (UNPLACED, COMPANY, TOOL, "developer"),
    )  # fmt: skip
    said: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (thing, RDF.type, kind) for thing, kind in types.items()
    ]
    for involvement, actor, activity, role in involved:
        said.append((involvement, LOTSE.actor, actor))
        said.append((involvement, LOTSE.role, LOTSE[f"role-{role}"]))
        if activity is not None:
            said.append((involvement, LOTSE.activity, activity))
    return said


def test_things_are_about_their_themes_and_the_broader_ones() -> None:
    scheme = [(one, SKOS.inScheme, LOTSE.Themes) for one in (WIDE, NARROW, OTHER)]
    subjects = (
        (LAB, NARROW), (CITY_LAB, NARROW), (COMPANY, OTHER), (PROJECT, OTHER), (CONCERN, NARROW),
        (TOOL, FOREIGN), (TOPIC, NARROW), (LAB, FOREIGN),
    )  # fmt: skip
    draft = said_so(
        [*world(), *scheme, (NARROW, SKOS.broader, WIDE), (FOREIGN, SKOS.broader, WIDE)],
        [(thing, DCTERMS.subject, theme) for thing, theme in subjects],
        [(CITY_LAB, LOTSE.themeConcluded, OTHER)],
    )
    assert about(draft, LOTSE.aboutTheme) == {
        LAB: {NARROW, WIDE}, CITY_LAB: {NARROW, OTHER, WIDE}, COMPANY: {OTHER}, PROJECT: {OTHER},
        TOPIC: {NARROW, WIDE},
        OWN: {NARROW, WIDE},  # the lab's own work
        RUNS: {OTHER}, DEVELOPS: {OTHER},  # of the project, not of the labs
    }  # fmt: skip
    # A tool without theme leaves its involvements without; a responsible company's own themes
    # are not those of the topic for which it is responsible.


def test_things_take_place_where_those_who_do_them_work() -> None:
    draft = said_so(
        [*world(), *places(), (KREIS, RDF.type, CV.PublicOrganisation)],
        [(LAB, LOTSE.place, DORF), (CITY_LAB, LOTSE.place, STADT), (CONCERN, LOTSE.place, DORF)],
    )
    assert about(draft, LOTSE.takesPlaceIn) == {
        LAB: {DORF}, CITY_LAB: {STADT}, OWN: {DORF},
        PROJECT: {DORF},  # the lab that develops it, not the one that merely takes part
        RUNS: {DORF}, DEVELOPS: {DORF},  # the place of the activity comes before the actor's
        OWNS: {KREIS},  # a place that owns a tool
    }  # fmt: skip


def test_an_innovation_of_a_municipality_takes_place_there_and_a_solution_nowhere() -> None:
    involved = (
        (OWN, PROJECT, STADT, "operator"), (RUNS, TOOL, STADT, "operator"),
        (DEVELOPS, TOOL, LAB, "developer"),
    )  # fmt: skip
    draft = said_so(
        [*places(), (PROJECT, RDF.type, LOTSE.Innovation), (TOOL, RDF.type, LOTSE.Solution)],
        [(LAB, RDF.type, LOTSE.Lab), (LAB, LOTSE.place, DORF)],
        [(one, RDF.type, LOTSE.Involvement) for one, _, _, _ in involved],
        [(one, LOTSE.activity, activity) for one, activity, _, _ in involved],
        [(one, LOTSE.actor, actor) for one, _, actor, _ in involved],
        [(one, LOTSE.role, LOTSE[f"role-{role}"]) for one, _, _, role in involved],
    )
    assert about(draft, LOTSE.takesPlaceIn) == {
        LAB: {DORF}, PROJECT: {STADT}, OWN: {STADT}, RUNS: {STADT}, DEVELOPS: {DORF},
    }  # fmt: skip


def test_what_is_derived_is_sorted_each_once_and_in_its_graph() -> None:
    draft = said_so([*places(), *world()])
    found = derive(draft)
    assert found == sorted(set(found), key=str)
    assert {quad.triple for quad in draft.quads(graph=graph("derived"))} == set(found)
    assert derive(said_so([*world(), *places()])) == found


def test_derivations_run_in_the_order_of_their_names(tmp_path: Path) -> None:
    first, second, third = (LOTSE[name] for name in ("first", "second", "third"))
    texts = {"20-b": (second, third), "10-a": (first, second)}
    for name, (given, made) in texts.items():
        query = f"# title: {name}\nCONSTRUCT {{ ?x {made} ?y }} WHERE {{ ?x {given} ?y }}\n"
        (tmp_path / f"{name}.rq").write_text(query, encoding="utf-8")
    statement = (LAB, first, TOOL)
    assert derive(said_so([statement]), tmp_path) == [
        Triple(LAB, second, TOOL), Triple(LAB, third, TOOL),
    ]  # fmt: skip
    (tmp_path / "30-c.rq").write_text("SELECT ?x WHERE { ?x ?y ?z }", encoding="utf-8")
    with pytest.raises(BadQueryError, match="30-c is no CONSTRUCT question"):
        derive(said_so([statement]), tmp_path)


def test_every_derivation_says_what_it_is_and_uses_our_prefixes() -> None:
    files = sorted(FOLDER.glob("*.rq"))
    assert module.FOLDER == FOLDER
    assert len(files) == 9
    for path in files:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# title: "), path
        assert lines[1].startswith("# titel: "), path
        for line in lines:
            if line.startswith("PREFIX"):
                prefix, iri = line.removeprefix("PREFIX ").split(": ")
                assert iri == f"<{PREFIXES[prefix]}>", path


def test_the_figures_of_the_register_add_up_for_all_above_the_gemeinde() -> None:
    draft = Draft()
    for slug in ("laender", "destatis_register"):
        draft.add(graph(slug), said(load(SOURCES / slug), shipped(slug)))
    found = derive(draft)
    within = [one for one in found if one.predicate == LOTSE.within]
    assert len(within) == 64_821
    assert sum(one.object == BUND for one in within) == 12_564
    people = {one.subject: one.object for one in found if one.predicate == LOTSE.population}
    assert len(people) == 12_564 - 11_004 - 6, "the six former Bezirke have no members"
    truth = {
        "000000000000": 83_166_711, "120000000000": 2_521_893, "040000000000": 681_202,
        "091840000000": 350_473, "091000000000": 4_710_865, "081100000000": 2_794_558,
        "120655502000": 9_131,
    }  # fmt: skip
    assert {ars: int(lexical(people[mint("jurisdiction", ars)])) for ars in truth} == truth
    areas = {one.subject: one.object for one in found if one.predicate == LOTSE.surfaceArea}
    assert Decimal(lexical(areas[BUND])) == Decimal("357580.73")
    assert mint("jurisdiction", "110000000000") not in people, "Berlin has figures of its own"
