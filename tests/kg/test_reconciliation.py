"""Names as people write them, and the things that are meant: matched, proposed, or neither."""

from collections.abc import Iterator

import pytest

from kg.errors import BadQueryError
from kg.iri import graph, mint
from kg.reconciliation.extending import values, wanted
from kg.reconciliation.matching import Matcher
from kg.reconciliation.properties import properties_of
from kg.reconciliation.queries import ID, NAME, PROPERTY, Candidate, Condition, Query
from kg.store import Draft
from kg.terms import CPSV, DCTERMS, FOAF, LOTSE, ORG, RDF, SKOS, Triple, integer, link, text

PLACES = (
    # key, name, other names, levels, text keys, above
    ("000000000000", "Deutschland", "", "bund", "", ""),
    ("050000000000", "Nordrhein-Westfalen", "", "land", "", "000000000000"),
    ("060000000000", "Hessen", "", "land", "", "000000000000"),
    ("080000000000", "Baden-Württemberg", "", "land", "", "000000000000"),
    ("090000000000", "Bayern", "", "land", "", "000000000000"),
    ("120000000000", "Brandenburg", "", "land", "", "000000000000"),
    ("055660000000", "Steinfurt", "", "kreis", "43", "050000000000"),
    ("055660060060", "Neuenkirchen", "", "gemeinde", "64", "055660000000"),
    ("055660060061", "Steinfurt", "", "gemeinde", "63", "055660000000"),
    ("060010001001", "Neuenkirchen", "", "gemeinde", "64", "060000000000"),
    ("057700004004", "Bad Oeynhausen", "", "gemeinde", "63", "050000000000"),
    ("083155013094", "St. Märgen", "", "gemeinde", "64", "080000000000"),
    ("091620000000", "München", "", "kreis gemeinde", "41 61", "090000000000"),
    ("091840000000", "München", "", "kreis", "44", "090000000000"),
    ("093630000000", "Weiden i.d.OPf.", "", "kreis gemeinde", "41 61", "090000000000"),
    ("120630000000", "Havelland", "Landkreis Havelland", "kreis", "44", "120000000000"),
    ("120625031128", "Falkenberg/Elster", "", "gemeinde", "63", "120000000000"),
    ("120640136136", "Falkenberg", "", "gemeinde", "64", "120000000000"),
    ("092770118118", "Falkenberg", "", "gemeinde", "64", "090000000000"),
    ("120625209000", "Schlieben", "Amt Schlieben", "verband", "51", "120000000000"),
    ("120625209445", "Schlieben", "", "gemeinde", "63", "120625209000"),
    ("030003403011", "Freiburg (Elbe)", "", "gemeinde", "64", "000000000000"),
    ("083110000000", "Freiburg im Breisgau", "", "kreis gemeinde", "42 61", "080000000000"),
    ("071385004000", "Linz am Rhein", "", "verband", "53", "000000000000"),
    ("071385004041", "Linz am Rhein", "", "gemeinde", "63", "071385004000"),
)  # fmt: skip
THINGS = (
    ("actor", "bsi", "Bundesamt für Sicherheit in der Informationstechnik", "BSI"),
    ("actor", "bmi", "Bundesministerium des Innern", "BMI"),
    ("actor", "bmi-2021", "Bundesministerium des Innern und für Heimat", "BMI"),
    ("lab", "hub", "Der Hub", ""),
    ("lab", "twin", "Der Hub", ""),
    ("solution", "umwelt", "Umweltatlas", "Umwelt"),
    ("solution", "app", "Smart Village App", ""),
    ("service", "ausweis", "Personalausweis Ausstellung", ""),
)
_CLASSES = {"actor": ORG.Organization, "lab": LOTSE.Lab, "solution": LOTSE.Solution,
            "service": CPSV.PublicService}  # fmt: skip


def _said() -> Iterator[Triple]:
    for key, name, other, levels, types, above in PLACES:
        node = mint("jurisdiction", key)
        yield Triple(node, RDF.type, LOTSE.Jurisdiction)
        yield Triple(node, SKOS.prefLabel, text(name, "de"))
        yield Triple(node, LOTSE.ars, text(key))
        yield Triple(node, LOTSE.population, integer(int(key[2:6])))
        if other:
            yield Triple(node, SKOS.altLabel, text(other, "de"))
        if above:
            yield Triple(node, DCTERMS.isPartOf, mint("jurisdiction", above))
        for level in levels.split():
            yield Triple(node, LOTSE.level, LOTSE[f"level-{level}"])
        for one in types.split():
            yield Triple(node, DCTERMS.type, LOTSE[f"place-type-{one}"])
    yield Triple(mint("jurisdiction", "050000000000"), LOTSE.shortCode, text("NW"))
    yield Triple(LOTSE["theme-environment"], RDF.type, SKOS.Concept)
    yield Triple(LOTSE["theme-environment"], SKOS.prefLabel, text("Umwelt", "de"))
    yield Triple(LOTSE["theme-environment"], SKOS.prefLabel, text("environment", "en"))
    for kind, key, name, short in THINGS:
        node = mint(kind, "example", key)
        yield Triple(node, RDF.type, _CLASSES[kind])
        yield Triple(node, SKOS.prefLabel, text(name, "de"))
        if short:
            yield Triple(node, LOTSE.abbreviation, text(short))
    yield Triple(mint("actor", "example", "bsi"), FOAF.homepage,
                 link("https://www.bsi.example/start"))  # fmt: skip
    yield Triple(mint("lab", "example", "hub"), LOTSE.takesPlaceIn,
                 mint("jurisdiction", "091620000000"))  # fmt: skip


@pytest.fixture(scope="module")
def held() -> Draft:
    draft = Draft()
    draft.add(graph("example"), _said())
    return draft


@pytest.fixture(scope="module")
def matcher(held: Draft) -> Matcher:
    return Matcher(held)


def ask(
    matcher: Matcher, name: str, types: str = "", limit: int = 10, **properties: str
) -> tuple[Candidate, ...]:
    given = [Condition(PROPERTY, (value,), one) for one, value in properties.items()]
    query = Query((Condition(NAME, (name,)), *given), tuple(types.split()), limit=limit)
    return matcher.candidates(query)


def ends(candidates: tuple[Candidate, ...]) -> list[str]:
    return [one.iri.rpartition("/")[2].rpartition("#")[2] for one in candidates]


@pytest.mark.parametrize(
    ("name", "types", "properties", "meant"),
    [
        ("Stadt Falkenberg (Elster)", "", {}, "120625031128"),
        ("LK Havelland", "", {}, "120630000000"),
        ("Havelland, Landkreis", "", {}, "120630000000"),
        ("Muenchen", "", {}, "091620000000"),
        ("Landkreis München", "", {}, "091840000000"),
        ("Weiden i. d. OPf.", "", {}, "093630000000"),
        ("Weiden in der Oberpfalz", "", {}, "093630000000"),
        ("Gemeinde Sankt Maergen", "", {}, "083155013094"),
        ("St. Märgen", "", {"land": "Baden-Württemberg"}, "083155013094"),
        ("Amt Schlieben", "", {}, "120625209000"),
        ("Stadt Schlieben", "", {}, "120625209445"),
        ("Neuenkirchen", "", {"land": "NRW"}, "055660060060"),
        ("Neuenkirchen", "", {"kreis": "Kreis Steinfurt"}, "055660060060"),
        ("Neuenkirchen (Hessen)", "", {}, "060010001001"),
        ("Sankt Margen", "", {"ars": "83155013094"}, "083155013094"),
        ("120630000000", "", {}, "120630000000"),
        ("jurisdiction/120630000000", "", {}, "120630000000"),
        (mint("jurisdiction", "120630000000").value, "", {}, "120630000000"),
        ("12063", "kreis", {}, "120630000000"),
        ("BSI", "", {}, "example-bsi"),
        ("Bundesamt für Sicherheit in der Informationstechnik (BSI)", "", {}, "example-bsi"),
        ("Federal Office for Information Security (BSI)", "actor", {}, "example-bsi"),
        ("Der Hub", "", {"places": "München"}, "example-hub"),
        ("Umwelt", "theme", {}, "theme-environment"),
        ("smart village app", "", {}, "example-app"),
    ],
)
def test_a_name_that_a_build_would_take_is_a_match(
    matcher: Matcher, name: str, types: str, properties: dict[str, str], meant: str
) -> None:
    found = ask(matcher, name, types, **properties)
    matched = [one for one in found if one.match]
    assert ends(tuple(matched)) == [meant]
    assert found[0] is matched[0]
    assert found[0].score >= 97


@pytest.mark.parametrize(
    ("name", "types", "properties", "first"),
    [
        ("Bad Oynhausen", "", {}, "057700004004"),
        ("Neuenkirchen", "gemeinde", {}, "055660060060"),
        ("St. Märgen", "", {}, "083155013094"),
        ("Bundesministerium des Inneren", "", {}, "example-bmi"),
        ("BMI", "", {}, "example-bmi"),
        ("München", "kreis", {}, "091840000000"),
        ("irgendwie", "", {"ars": "83155013094"}, "083155013094"),
        ("Der Hub", "", {}, "example-hub"),
        ("Umwelt", "", {}, "example-umwelt"),
        ("VG Linz", "", {}, "071385004000"),
        ("Freiburg", "", {}, "083110000000"),
        ("Stadtbücherei Steinfurt", "gemeinde", {}, "055660060061"),
        ("Landkreis Havelland", "", {"land": "Bayern"}, "120630000000"),
        ("Ausweis Ausstellung", "", {}, "example-ausweis"),
    ],
)
def test_what_is_not_certain_is_a_candidate_and_no_match(
    matcher: Matcher, name: str, types: str, properties: dict[str, str], first: str
) -> None:
    found = ask(matcher, name, types, **properties)
    assert ends(found)[0] == first
    assert [one.score for one in found if one.match or one.score >= 97] == []


def test_every_thing_of_an_equal_name_is_returned(matcher: Matcher) -> None:
    assert set(ends(ask(matcher, "München"))) >= {"091620000000", "091840000000"}
    assert set(ends(ask(matcher, "Falkenberg"))) >= {"120640136136", "092770118118"}
    assert set(ends(ask(matcher, "Umwelt"))) >= {"example-umwelt", "theme-environment"}


def test_scores_fall_from_at_most_100_and_features_tell_why(matcher: Matcher) -> None:
    found = ask(matcher, "Landkreis Falkenberg (Bayern)", land="Bayern")
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= one <= 100 for one in scores)
    features = {one.id: one.value for one in found[0].features}
    assert features == {
        "name-likeness": 100.0,
        "type-word": False,
        "land-in-name": True,
        "land": True,
    }


@pytest.mark.parametrize(
    ("strict", "found"),
    [("any", ["055660000000", "055660060061"]), ("all", []),
     ("should", ["055660000000", "055660060061"])],
)  # fmt: skip
def test_types_may_be_all_any_or_wished_for(
    matcher: Matcher, strict: str, found: list[str]
) -> None:
    query = Query((Condition(NAME, ("Steinfurt",)),), ("kreis", "gemeinde"), strict)
    assert sorted(ends(matcher.candidates(query))) == found


def only(matcher: Matcher, *conditions: Condition, types: str = "") -> list[str]:
    return sorted(ends(matcher.candidates(Query(conditions, tuple(types.split()), limit=100))))


def test_properties_alone_find_things(matcher: Matcher) -> None:
    land = Condition(PROPERTY, ("Bayern",), "land")
    assert only(matcher, land, types="kreis") == ["091620000000", "091840000000", "093630000000"]
    both = Condition(PROPERTY, ("Bayern", "Hessen"), "land", quantifier="all")
    assert only(matcher, both) == []
    neither = Condition(PROPERTY, ("Bayern", "Brandenburg"), "land", quantifier="none")
    assert only(matcher, neither, types="kreis") == ["055660000000", "083110000000"]
    many = Condition(PROPERTY, ("7700",), "population", qualifier="at-least")
    assert only(matcher, many, types="verband gemeinde") == ["057700004004"]
    exact = Condition(PROPERTY, ("Bay",), "name", qualifier="exact")
    begins = Condition(PROPERTY, ("Bay",), "name", qualifier="begins")
    assert (only(matcher, exact), only(matcher, begins)) == ([], ["090000000000"])
    site = Condition(PROPERTY, ("http://bsi.example",), "homepage")
    assert only(matcher, site) == ["example-bsi"]


def test_what_is_required_must_hold(matcher: Matcher) -> None:
    name = Condition(NAME, ("Neuenkirchen",))
    land = Condition(PROPERTY, ("Hessen",), "land", required=True)
    assert only(matcher, name, land) == ["060010001001"]


def test_an_id_finds_its_thing_and_can_be_ruled_out(matcher: Matcher) -> None:
    city = Condition(ID, ("jurisdiction/091620000000",))
    (found,) = matcher.candidates(Query((city,)))
    assert (found.match, found.score) == (True, 100.0)
    rest = Condition(ID, ("jurisdiction/091620000000",), quantifier="none")
    left = only(matcher, Condition(NAME, ("München",)), rest)
    assert "091620000000" not in left
    assert "091840000000" in left
    assert only(matcher, Condition(ID, ("jurisdiction/1",))) == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (Query(()), "needs a name"),
        (Query((Condition(NAME, (" ",)),)), "is empty"),
        (Query((Condition(NAME, ()),)), "is empty"),
        (Query((Condition(NAME, ("x" * 1001,)),)), "at most 1000"),
        (Query((Condition(NAME, ("x",) * 11),)), "10 names and 100 values"),
        (Query((Condition(PROPERTY, ("x",) * 101, "land"),)), "10 names and 100 values"),
        (Query((Condition(NAME, ("x",)),), ("stadt",)), "no type 'stadt'"),
        (Query((Condition(NAME, ("x",)),), limit=0), "limit is 0"),
        (Query((Condition(NAME, ("x",)),), strict="maybe"), "type_strict"),
        (Query((Condition(PROPERTY, ("x",), "colour"),)), "no property 'colour'"),
        (Query((Condition(PROPERTY, ("x",), "land", quantifier="few"),)), "no quantifier"),
        (Query((Condition(PROPERTY, ("x",), "land", qualifier="near"),)), "no qualifier"),
        (Query((Condition(PROPERTY, ("many",), "population", qualifier="at-most"),)),
         "is no number"),
    ],
)  # fmt: skip
def test_a_query_that_makes_no_sense_says_why(matcher: Matcher, query: Query, said: str) -> None:
    with pytest.raises(BadQueryError, match=said):
        matcher.candidates(query)


@pytest.mark.parametrize(
    "name", ["", "(", "///", "\u202e", "🚀", "a" * 1000, "%s {x} \\", "Stadt", "1", "-"]
)
def test_odd_names_find_nothing_certain_and_break_nothing(matcher: Matcher, name: str) -> None:
    if name:
        assert not any(one.match for one in ask(matcher, name))


def test_values_come_with_limit_and_in_the_language_asked_for(held: Draft) -> None:
    properties = properties_of(held)
    theme = LOTSE["theme-environment"].value
    name = wanted(properties, "name", {})
    assert [one.text for one in values(properties, theme, name, "en")] == ["environment"]
    city = mint("jurisdiction", "091620000000").value
    levels = [wanted(properties, "levels", {"limit": limit}) for limit in (0, "1")]
    assert [len(values(properties, city, one, "de")) for one in levels] == [2, 1]
    for settings in ({"limit": -1}, {"form": "x"}, {"rank": 1}):
        with pytest.raises(BadQueryError):
            wanted(properties, "levels", settings)
