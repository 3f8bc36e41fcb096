from pathlib import Path

import pytest

from kg.errors import AmbiguousError, NotFoundError
from kg.iri import mint
from kg.store import Graph
from kg.terms import LOTSE
from kg.things import find
from tests.kg.answers.country import opened


@pytest.fixture(scope="module")
def graph() -> Graph:
    return opened(Path(__file__).parent / "answers" / "small.trig")


@pytest.mark.parametrize(
    ("asked", "ars"),
    [
        ("Bayern", "090000000000"),
        ("bavaria", "090000000000"),
        ("BY", "090000000000"),
        ("Brandenburg", "120000000000"),
        ("Brandenburg an der Havel", "120510000000"),
        ("München", "091620000000"),
        (" münchen ", "091620000000"),
        ("Stadt München", "091620000000"),
        ("München, Stadt", "091620000000"),
        ("Gemeinde München", "091620000000"),
        ("Landkreis München", "091840000000"),
        ("München (Landkreis)", "091840000000"),
        ("District of München", "091840000000"),
        ("Schlieben", "120625209445"),
        ("Amt Schlieben", "120625209000"),
        ("Stadt Schlieben", "120625209445"),
        ("Markt Aschheim", "091840112112"),
        ("Freistaat Bayern", "090000000000"),
        ("Regierungsbezirk Oberbayern", "091000000000"),
        ("Elbe-Elster", "120620000000"),
        ("Grodk", "120620224224"),
        ("Forst", "120620225225"),
        ("09184999", "091840999999"),
        ("Bremen", "040000000000"),
        ("Stadt Bremen", "040110000000"),
        ("Land Bremen", "040000000000"),
        ("Deutschland", "000000000000"),
        ("Germany", "000000000000"),
        ("09", "090000000000"),
        ("091", "091000000000"),
        ("09162", "091620000000"),
        ("09162000", "091620000000"),
        ("091620000000", "091620000000"),
        ("091620000", "091620000000"),
        ("09184", "091840000000"),
        ("120625209", "120625209000"),
        ("de212", "091620000000"),
        ("jurisdiction/120625209000", "120625209000"),
        (mint("jurisdiction", "120620000000").value, "120620000000"),
    ],
)
def test_a_place_is_found_by_key_or_name(graph: Graph, asked: str, ars: str) -> None:
    assert find(graph, asked, "place").iri == mint("jurisdiction", ars).value


@pytest.mark.parametrize(
    ("asked", "theme"),
    [
        ("environment", "environment"),
        ("Umwelt", "environment"),
        (LOTSE["theme-environment"].value, "environment"),
        ("ECON", "economy"),
        ("http://publications.europa.eu/resource/authority/data-theme/ECON", "economy"),
        (LOTSE["ozg-umwelt"].value, "environment"),
        ("ozg-umwelt", "environment"),
    ],
)
def test_a_theme_is_found_by_ours_and_by_the_codes_of_others(
    graph: Graph, asked: str, theme: str
) -> None:
    found = find(graph, asked, "theme")
    assert (found.iri, found.kind, found.key) == (LOTSE[f"theme-{theme}"].value, "theme", theme)


def test_a_city_names_the_landkreis_of_its_name_as_alternative(graph: Graph) -> None:
    found = find(graph, "München", "place")
    assert [(one.iri, one.label) for one in found.alternatives] == [
        (mint("jurisdiction", "091840000000").value, "München (Landkreis, Bayern)")
    ]


def test_a_type_word_leaves_no_alternative(graph: Graph) -> None:
    assert find(graph, "Landkreis München", "place").alternatives == ()


def test_two_gemeinden_of_one_name_are_ambiguous(graph: Graph) -> None:
    with pytest.raises(AmbiguousError) as caught:
        find(graph, "Neustadt", "place")
    assert {(one.iri, one.label) for one in caught.value.candidates} == {
        (mint("jurisdiction", "091840113113").value, "Neustadt (Stadt, München, Bayern)"),
        (
            mint("jurisdiction", "120625209500").value,
            "Neustadt (Gemeinde, Elbe-Elster, Brandenburg)",
        ),
    }


@pytest.mark.parametrize("asked", ["Landkreis Schlieben", "Samtgemeinde Schlieben", "99", "x:y z"])
def test_what_fits_no_place_is_not_found(graph: Graph, asked: str) -> None:
    with pytest.raises(NotFoundError):
        find(graph, asked, "place")


@pytest.mark.parametrize("asked", ["Münchn", "Landkreis Schlieben", "Brandenb"])
def test_an_unknown_name_brings_suggestions(graph: Graph, asked: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        find(graph, asked, "place")
    begins = asked.removeprefix("Landkreis ")[:4]
    assert caught.value.suggestions
    assert all(one.label.startswith(begins) for one in caught.value.suggestions)


@pytest.mark.parametrize(
    ("asked", "kind", "first"),
    [
        ("DE21", "place", "München"),
        ("9162000", "place", "München"),
    ],
)
def test_what_was_meant_is_suggested_first(graph: Graph, asked: str, kind: str, first: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        find(graph, asked, kind)
    assert caught.value.suggestions[0].label.startswith(first)


@pytest.mark.parametrize("kind", ["theme", "role", "kind"])
def test_of_a_short_vocabulary_all_is_suggested(graph: Graph, kind: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        find(graph, "xqz", kind)
    found = [one.iri for one in caught.value.suggestions]
    assert len(found) > 3
    assert {one.kind for one in caught.value.suggestions} == {kind}
    assert found == sorted(set(found))


def test_a_town_of_two_languages_comes_before_the_kreis_of_its_name(tmp_path: Path) -> None:
    kreis = (
        'g:destatis_register { j:149990000000 a lotse:Jurisdiction ; skos:prefLabel "Grodk"@de ; '
        "lotse:level lotse:level-kreis ; dcterms:type lotse:place-type-44 . }"
    )
    small = (Path(__file__).parent / "answers" / "small.trig").read_text(encoding="utf-8")
    (tmp_path / "more.trig").write_text(f"{small}\n{kreis}\n", encoding="utf-8")
    graph = opened(tmp_path / "more.trig")
    found = find(graph, "Grodk", "place")
    assert (found.key, [one.key for one in found.alternatives]) == (
        "120620224224",
        ["149990000000"],
    )
    assert find(graph, "Landkreis Grodk", "place").key == "149990000000"


def test_a_kreis_names_the_town_whose_name_has_more_behind_it(tmp_path: Path) -> None:
    town = (
        "g:destatis_register { j:120620226226 a lotse:Jurisdiction ; skos:prefLabel "
        '"Elbe-Elster (Elb)"@de ; lotse:level lotse:level-gemeinde . }'
    )
    small = (Path(__file__).parent / "answers" / "small.trig").read_text(encoding="utf-8")
    (tmp_path / "more.trig").write_text(f"{small}\n{town}\n", encoding="utf-8")
    found = find(opened(tmp_path / "more.trig"), "Elbe-Elster", "place")
    assert (found.key, [one.key for one in found.alternatives]) == (
        "120620000000",
        ["120620226226"],
    )


def test_a_thing_is_spoken_of_under_its_preferred_iri(graph: Graph) -> None:
    preferred = mint("solution", "adoptions", "melder").value
    asked = [
        "Maengelmelder-App",
        "publiccode-melder",
        mint("solution", "publiccode", "melder").value,
    ]
    assert [find(graph, one, "solution").iri for one in asked] == [preferred] * 3


def test_an_abbreviation_names_an_actor(graph: Graph) -> None:
    assert find(graph, "bmi").label == "Bundesministerium des Innern"


def test_a_kind_of_thing_that_does_not_fit_is_not_found(graph: Graph) -> None:
    with pytest.raises(NotFoundError):
        find(graph, "Bayern", "theme")


def test_a_node_in_between_is_found_by_its_iri_only(graph: Graph) -> None:
    node = mint("adoption", "adoptions", "1").value
    assert find(graph, node).iri == node
    with pytest.raises(NotFoundError):
        find(graph, mint("adoption", "adoptions", "nowhere").value)
