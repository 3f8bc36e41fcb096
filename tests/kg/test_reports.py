"""A report in every form: the same results, and readable however many there are."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest
from pyoxigraph import RdfFormat, parse

from kg.findings import Finding, report_triples
from kg.report_forms import written
from kg.reports import Report
from kg.validation import Given, Wish, validate

SHAPE = "https://example.org/shape#%s"
DATATYPE = "http://www.w3.org/ns/shacl#DatatypeConstraintComponent"


def one(number: int, shape: int = 0, severity: str = "Violation") -> Finding:
    return Finding(
        record="",
        focus=f"https://example.org/thing/{number}",
        path="<https://example.org/p>/^<https://example.org/q>",
        shape=SHAPE % shape,
        severity=severity,  # type: ignore[arg-type]
        value=f'"{number} \\u0001 <b>"',
        message_de="Ein Datum, bitte.",
        message_en="A date, please.",
        component=DATATYPE,
    )


def xml(report: Report) -> ET.Element:
    text = written(report, "junit").partition("\n")[2]
    return ET.fromstring(text)  # noqa: S314 (we wrote it)


def test_a_hundred_thousand_results_are_a_few_lines_with_three_examples_each() -> None:
    report = Report("lotse", 1, tuple(one(number, number % 20) for number in range(100_000)))
    groups = report.groups()
    assert [group.count for group in groups] == [5_000] * 20
    assert {len(group.examples) for group in groups} == {3}
    for form in ("html", "junit"):
        assert len(written(report, form)) < 60_000
    assert len(written(report, "csv").splitlines()) == 100_001


def test_html_escapes_and_links_and_speaks_both_languages() -> None:
    report = Report("lotse", 1, (one(1), one(2, severity="Warning")), about="a<b>.ttl")
    german, english = (
        written(report, "html", lang, lambda iri: f"/see/{iri}") for lang in ("de", "en")
    )
    assert "Ein Datum, bitte." in german
    assert "A date, please." in english
    assert '<a href="/see/https://example.org/shape#0">' in german
    assert "a&lt;b&gt;.ttl" in german
    assert "<b>" not in german
    assert "1 × Verstoß, 1 × Warnung" in german


def test_junit_fails_for_violations_only() -> None:
    report = Report("lotse", 1, (one(1), one(2, severity="Warning")))
    suite = xml(report).find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert len(suite.findall("testcase/failure")) == len(suite.findall("testcase/system-out")) == 1
    clean = xml(Report("lotse", 1, ()))
    assert [case.get("name") for case in clean.iter("testcase")] == ["conforms"]


def test_csv_has_a_line_for_each_result() -> None:
    rows = list(csv.DictReader(io.StringIO(written(Report("lotse", 1, (one(1), one(2))), "csv"))))
    assert [row["focus"] for row in rows] == [
        "https://example.org/thing/1", "https://example.org/thing/2",
    ]  # fmt: skip


PATHS = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property
  [ sh:path ( ex:a [ sh:inversePath ex:b ] ) ; sh:minCount 1 ; sh:message "Plain" ],
  [ sh:path [ sh:alternativePath ( ex:a [ sh:zeroOrMorePath ex:b ] ) ] ; sh:minCount 5 ;
    sh:message "Un"@fr, "Eins"@de ],
  [ sh:path [ sh:inversePath ( ex:a [ sh:alternativePath ( ex:b ex:c ) ] ) ] ; sh:minCount 1 ;
    sh:severity ex:Grave ] .
"""


@pytest.mark.parametrize("form", ["ttl", "jsonld"])
def test_every_path_message_and_severity_comes_back_as_rdf(form: str) -> None:
    thing = b"<https://example.org/t> a <https://example.org/T> ."
    report = validate(Given(thing, "turtle"), Wish(shapes=Given(PATHS.encode(), "turtle")))
    assert sorted(found.path for found in report.findings) == [
        "<https://example.org/a>/^<https://example.org/b>",
        "<https://example.org/a>|<https://example.org/b>*",
        "^(<https://example.org/a>/(<https://example.org/b>|<https://example.org/c>))",
    ]
    kind = RdfFormat.TURTLE if form == "ttl" else RdfFormat.JSON_LD
    read = [quad.triple for quad in parse(written(report, form), format=kind)]
    expected = list(set(report_triples(report.findings)))
    assert len(read) == len(expected)
    said = {str(t.object) for t in read if t.predicate.value.endswith("#resultMessage")}
    assert {'"Plain"', '"Un"@fr', '"Eins"@de'} <= said
    assert "<https://example.org/Grave>" in {
        str(t.object) for t in read if t.predicate.value.endswith("#resultSeverity")
    }
    assert report.violations == 3


def test_the_same_result_twice_is_two_results() -> None:
    report = Report("lotse", 1, (one(1), one(1)))
    assert len(json.loads(written(report, "jsonld"))["sh:result"]) == 2
    results = {t.object for t in report_triples(report.findings) if "#result" in str(t.predicate)}
    assert len({node for node in results if "validation-report#" in str(node)}) == 2
