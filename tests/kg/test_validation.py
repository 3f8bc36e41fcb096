"""Validating what comes from outside: exact reports, clear refusals, nothing fetched."""

import json
from pathlib import Path

import pytest
import typer
from pyoxigraph import RdfFormat, parse
from typer.testing import CliRunner

from kg import commands
from kg.errors import NotFoundError, UnreadableError
from kg.findings import report_triples
from kg.iri import mint
from kg.namespaces import SH
from kg.store import Draft
from kg.terms import LOTSE, RDF, Triple
from kg.validation import Given, Limits, ValidationLimitError, Wish, format_of, held_by, validate

CLI = typer.Typer()
CLI.add_typer(commands.app)
CLI.callback()(lambda: None)
GOOD = b"""@prefix lotse: <https://w3id.org/innovationslotse/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/solution/muster> a lotse:Solution ;
  skos:prefLabel "Musterl\xc3\xb6sung (erfunden)"@de ;
  lotse:solutionKind lotse:solution-kind-app .
"""
BAD = GOOD.replace(b"solution-kind-app", b"solution-kind-wunder")
IN_JSON = {
    "@context": {"lotse": "https://w3id.org/innovationslotse/ns#"},
    "@id": "https://example.org/solution/muster",
    "@type": "lotse:Solution",
    "http://www.w3.org/2004/02/skos/core#prefLabel": {"@value": "Muster", "@language": "de"},
    "lotse:solutionKind": {"@id": "lotse:solution-kind-app"},
}
IN_XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:lotse="https://w3id.org/innovationslotse/ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<lotse:Solution rdf:about="https://example.org/solution/muster">
  <skos:prefLabel xml:lang="de">Muster</skos:prefLabel>
  <lotse:solutionKind rdf:resource="https://w3id.org/innovationslotse/ns#solution-kind-app"/>
</lotse:Solution></rdf:RDF>"""


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to write files to; the data directory beside them holds no release."""
    monkeypatch.setenv("LOTSE_DATA", str(tmp_path / "data"))
    return tmp_path


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (GOOD, "turtle"),
        (b"\xef\xbb\xbf" + GOOD, "turtle"),
        (GOOD, "trig"),
        (json.dumps(IN_JSON).encode(), "jsonld"),
        (IN_XML, "rdfxml"),
    ],
    ids=["turtle", "turtle with BOM", "trig", "jsonld", "rdfxml"],
)
def test_good_data_conforms_in_every_format(content: bytes, form: str) -> None:
    found = validate(Given(content, form))
    assert (found.conforms, found.triples, found.findings) == (True, 3, ())


def test_a_report_says_the_same_as_table_json_jsonld_and_turtle() -> None:
    found = validate(Given(BAD, "turtle"))
    (one,) = found.findings
    assert (one.path, one.severity, one.focus) == (
        "lotse:solutionKind",
        "Violation",
        "https://example.org/solution/muster",
    )
    (group,) = found.groups()
    assert (group.shape, group.path, group.count) == (
        "lsh:Solution-solutionKind",
        "lotse:solutionKind",
        1,
    )
    plain = found.as_json()
    assert (plain["conforms"], plain["counts"]) == (
        False,
        {"Violation": 1, "Warning": 0, "Info": 0},
    )
    expected = set(report_triples(found.findings))
    assert {q.triple for q in parse(found.as_turtle(), format=RdfFormat.TURTLE)} == expected
    written = json.dumps(found.as_jsonld())
    assert {q.triple for q in parse(written, format=RdfFormat.JSON_LD)} == expected


def test_the_same_file_gives_the_same_report() -> None:
    anonymous = b"[] a <https://w3id.org/innovationslotse/ns#Solution> . "
    assert validate(Given(anonymous, "turtle")) == validate(Given(anonymous, "turtle"))


@pytest.mark.parametrize(
    ("content", "form", "said"),
    [
        (b"<https://a.example/s>\n <https://a.example/p> <x y> .", "turtle", "line 2, column 24: "),
        (b'{"@id": "https://a.example/s",', "jsonld", "line 1, column "),
        (
            b'{"@context": "https://evil.example/c.jsonld", "@id": "https://a.example/s"}',
            "jsonld",
            "the file names a remote @context, and we fetch nothing; write the context inline",
        ),
        (
            b'{"@context": {"@import": "https://evil.example/c.jsonld"}}',
            "jsonld",
            "the file names a remote @context, and we fetch nothing; write the context inline",
        ),
        (
            b'<!DOCTYPE r [<!ENTITY x "y">]>' + IN_XML,
            "rdfxml",
            "RDF/XML with a DOCTYPE or ENTITY is not read; leave it out",
        ),
        (GOOD.decode().encode("utf-16"), "turtle", "line 1: the file is not in UTF-8; "),
        (GOOD.decode().encode("latin-1"), "turtle", "line 4: the file is not in UTF-8; "),
        (
            b"<https://a.example/s> <https://a.example/p> <<( <x:s> <x:p> 1 )>> .",
            "turtle",
            "triple terms (RDF 1.2) are not read here; leave them out",
        ),
        (GOOD, "csv", "“csv” is no format; "),
    ],
    ids=["turtle", "json", "context", "import", "entity", "utf-16", "latin-1", "rdf12", "csv"],
)
def test_what_cannot_be_read_is_refused_with_the_place(
    content: bytes, form: str, said: str
) -> None:
    with pytest.raises(UnreadableError) as caught:
        validate(Given(content, form))
    assert str(caught.value).startswith(said)


def test_a_file_beyond_the_size_is_not_read() -> None:
    with pytest.raises(ValidationLimitError, match=r"The file is larger than 0\.0001 MiB"):
        validate(Given(GOOD, "turtle"), limits=Limits(mib=0.0001))


def test_judging_that_does_not_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "endless.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://example.org/shape> a sh:NodeShape ; sh:targetSubjectsOf skos:prefLabel ;\n"
        '  sh:property [ sh:path skos:prefLabel ; sh:pattern "^(a+)+$" ] .\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("LOTSE_SHAPES_DIR", str(tmp_path))
    label = b'<https://example.org/s> <http://www.w3.org/2004/02/skos/core#prefLabel> "%s" .'
    assert validate(Given(label % b"aaa", "turtle"), Wish("endless")).conforms
    with pytest.raises(ValidationLimitError, match="Judging took longer than 3 s and was ended"):
        validate(
            Given(label % (b"a" * 60 + b"!"), "turtle"), Wish("endless"), limits=Limits(seconds=3)
        )


def test_an_unknown_profile_is_named_with_those_that_exist() -> None:
    with pytest.raises(NotFoundError, match=r"no profile called “dcat”\. Did you mean: lotse"):
        validate(Given(GOOD, "turtle"), Wish("dcat"))


def test_what_the_release_holds_may_be_referred_to() -> None:
    solution = mint("solution", "muster", "1")
    adoption = b"""@prefix lotse: <https://w3id.org/innovationslotse/ns#> .
<https://example.org/adoption/1> a lotse:Adoption ; lotse:solution <%s> ;
  lotse:adopterAsPublished "Musterstadt (erfunden)" ; lotse:status lotse:status-in-use ;
  lotse:basis lotse:basis-stated ; lotse:relation lotse:relation-used-by .""" % (
        solution.value.encode()
    )
    graph = Draft()
    assert [
        one.path for one in validate(Given(adoption, "turtle"), known=held_by(graph)).findings
    ] == ["lotse:solution"]
    graph.add(mint("source", "muster"), [Triple(solution, RDF.type, LOTSE.Solution)])
    assert validate(Given(adoption, "turtle"), known=held_by(graph)).findings == ()


def test_a_format_is_told_by_media_type_or_file_name() -> None:
    asked = [
        "text/turtle; charset=utf-8",
        "a.ttl",
        "a.nq",
        "A.JSONLD",
        "application/rdf+xml",
        "a.csv",
    ]
    assert [format_of(one) for one in asked] == [
        "turtle",
        "turtle",
        "nquads",
        "jsonld",
        "rdfxml",
        None,
    ]


@pytest.mark.parametrize(
    ("name", "content", "options", "code"),
    [
        ("good.ttl", GOOD, "", 0),
        ("bad.ttl", BAD, "", 1),
        ("bad.ttl", BAD, "--format json", 1),
        ("broken.ttl", b"<a", "", 2),
        ("good.csv", GOOD, "", 2),
        ("good.ttl", GOOD, "--format yaml", 2),
        ("good.ttl", GOOD, "--profile dcat", 2),
        ("good.csv", GOOD, "--input-format turtle", 0),
    ],
)
def test_the_command_ends_with_what_it_found(
    at: Path, name: str, content: bytes, options: str, code: int
) -> None:
    (at / name).write_bytes(content)
    result = CliRunner().invoke(CLI, ["validate", str(at / name), *options.split()])
    assert result.exit_code == code, result.output
    assert bool(result.stderr) == (code == 2)


def test_the_command_prints_the_w3c_report(at: Path) -> None:
    (at / "bad.ttl").write_bytes(BAD)
    result = CliRunner().invoke(CLI, ["validate", str(at / "bad.ttl"), "--format", "ttl"])
    quads = list(parse(result.stdout, format=RdfFormat.TURTLE))
    assert [q.object for q in quads if q.predicate == SH.sourceShape]
    assert {q.triple for q in quads} == set(report_triples(validate(Given(BAD, "turtle")).findings))
