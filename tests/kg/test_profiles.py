"""Shapes of others: found by name, and what is wrong with them said before anything is judged."""

from pathlib import Path

import pytest

from kg.errors import FaultyShapesError, NotFoundError, UnreadableError
from kg.profiles import named, profiles
from kg.reports import Report
from kg.validation import Given, Wish, validate

STANDARDS = Path(__file__).parents[2].parent / "shared" / "data" / "standards"
PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix ex: <https://example.org/> .
ex:S a sh:NodeShape ; sh:targetClass ex:T ;
"""
DATA = b'<https://example.org/t> a <https://example.org/T> ; <https://example.org/p> "aaaaa" .'
needs_standards = pytest.mark.skipif(
    not STANDARDS.is_dir(), reason="the standards' shapes are not shipped; they lie in ../shared"
)


def judged(shapes: str, data: bytes = DATA) -> Report:
    return validate(Given(data, "turtle"), Wish(shapes=Given(shapes.encode(), "turtle")))


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("sh:property ex:P . ex:P sh:minCount 1 .",
         "<https://example.org/P> is a property shape and has no sh:path"),
        ("sh:property [ sh:path ex:p, ex:q ] .",
         "beneath <https://example.org/S> is a property shape and has 2 sh:path"),
        ("sh:node ex:S2 . ex:S2 sh:property [ sh:path ex:p ; sh:node ex:S ] .",
         "a shape refers back to itself, which SHACL leaves undefined"),
        ("sh:in ex:l . ex:l rdf:first 1 ; rdf:rest ex:l .", "sh:in of <https://example.org/S> is"),
        ("sh:or ( [ sh:class ex:T ] . ", "the shapes cannot be read: "),
        ("sh:property [ sh:path _:l ] . _:l sh:inversePath [ sh:inversePath _:l ] .",
         "runs in a circle"),
        ('sh:property [ sh:path ex:p ; sh:pattern "(" ] .', "is no regular expression"),
        ('sh:sparql [ sh:select "SELECT $this WHERE { $this ex:p }" ] .', "cannot be read"),
        ('sh:property [ sh:path ex:p ; sh:minCount "many" ] .', "minCount"),
    ],
)  # fmt: skip
def test_faulty_shapes_are_named_and_nothing_is_judged(rest: str, said: str) -> None:
    with pytest.raises((FaultyShapesError, UnreadableError)) as caught:
        judged(PREFIXES + rest)
    assert said in str(caught.value).replace("sh:minCount", "minCount")
    assert "Traceback" not in str(caught.value)


def test_what_pyshacl_stumbles_over_is_said_with_the_shape() -> None:
    rule = "sh:property [ sh:path ex:p ; sh:maxInclusive 5.0 ] ."
    data = b"<https://example.org/t> a <https://example.org/T> ; <https://example.org/p> %s ."
    nan = b'"NaN"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    with pytest.raises(FaultyShapesError, match=r"pySHACL stumbles over <https://example.org/S>: "):
        judged(PREFIXES + rule, data % nan)


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSE_SHAPES_DIR", str(STANDARDS))


@needs_standards
@pytest.mark.usefixtures("folder")
def test_profiles_of_others_are_found_with_and_without_their_version() -> None:
    assert {"lotse", "ontology", "cpov-2.1.2", "dcat-ap.de-3.0-mittelbar"} <= profiles().keys()
    asked = ("cpov", "cpov-2.1", "cpsv-ap-3.2", "dcat-ap.de", "dcat-ap.de-mittelbar", "lotse")
    assert [named(one) for one in asked] == [
        "cpov-2.1.2", "cpov-2.1.2", "cpsv-ap-3.2.0", "dcat-ap.de-3.0", "dcat-ap.de-3.0-mittelbar",
        "lotse",
    ]  # fmt: skip
    with pytest.raises(NotFoundError, match="no profile called “dcat”"):
        named("dcat")


DATASET = b"""@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcatde: <http://dcat-ap.de/def/dcatde/> .
<https://example.org/d> a dcat:Dataset . """


@needs_standards
@pytest.mark.usefixtures("folder")
def test_who_delivers_through_a_land_needs_no_contributor_id() -> None:
    def about_id(profile: str, more: bytes = b"") -> list[str]:
        found = validate(Given(DATASET + more, "turtle"), Wish(profile)).findings
        return [one.severity for one in found if "contributorID" in one.message_de]

    own = b"<https://example.org/d> dcatde:contributorID <http://dcat-ap.de/def/contributors/x> ."
    text = b'<https://example.org/d> dcatde:contributorID "x" .'
    assert about_id("dcat-ap.de-mittelbar") == []
    assert about_id("dcat-ap.de-direkt") == ["Violation"]
    assert about_id("dcat-ap.de-mittelbar", own) == []
    assert "Violation" in about_id("dcat-ap.de-mittelbar", text)
    assert "Warning" in about_id("dcat-ap.de", own)


def test_vocabularies_of_a_profile_are_known_and_not_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own" / "vocabularies").mkdir(parents=True)
    rule = PREFIXES + "sh:property [ sh:path ex:p ; sh:class ex:T ] ."
    (tmp_path / "own" / "shapes.ttl").write_text(rule, encoding="utf-8")
    known = "<https://example.org/known> a <https://example.org/T> ; <https://example.org/p> 1 ."
    (tmp_path / "own" / "vocabularies" / "known.ttl").write_text(known, encoding="utf-8")
    monkeypatch.setenv("LOTSE_SHAPES_DIR", str(tmp_path))
    said = "<https://example.org/t> a <https://example.org/T> ; <https://example.org/p> <%s> ."
    for name, count in (("https://example.org/known", 0), ("https://example.org/other", 1)):
        for engine in ("pyshacl", "screened"):
            report = validate(Given((said % name).encode(), "turtle"), Wish("own", engine=engine))
            assert len(report.findings) == count


@needs_standards
@pytest.mark.usefixtures("folder")
def test_the_fault_of_dcat_ap_is_said_and_the_other_standards_judge() -> None:
    with pytest.raises(FaultyShapesError, match=r"dc08f4dca\w+> is a property shape and has no sh"):
        validate(Given(DATASET, "turtle"), Wish("dcat-ap"))
    service = b"<https://example.org/s> a <http://purl.org/vocab/cpsv#PublicService> ."
    body = (
        b"<https://example.org/o> a <http://data.europa.eu/m8g/PublicOrganisation> ;"
        b"<http://purl.org/dc/terms/spatial> 'text' ."
    )
    assert validate(Given(service, "turtle"), Wish("cpsv-ap")).violations > 0
    assert validate(Given(body, "turtle"), Wish("cpov")).violations > 0
