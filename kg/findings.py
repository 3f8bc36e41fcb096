"""What the gate found, and the W3C validation report that says it to other programs."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple
from pyoxigraph import Literal as OxLiteral
from pyoxigraph import parse as ox_parse

from kg.iri import digest
from kg.namespaces import DOC, RDF, SH
from kg.paths import path_node
from kg.terms import boolean, text

Severity = Literal["Violation", "Warning", "Info"]
REPORT: Final = f"{DOC}validation-report"
"""The IRI under which a report speaks of itself; its results are `…#<hash>`."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that a shape has to say about one value of one focus node."""

    record: str
    focus: str
    path: str
    """The path as SPARQL writes it: `lotse:since`, `lotse:a|lotse:b`; empty for the node itself."""
    shape: str
    severity: Severity
    value: str
    """The value as an N-Triples term; empty where there is none."""
    message_de: str
    message_en: str
    component: str = ""
    """The IRI of the kind of constraint, such as `sh:MinCountConstraintComponent`."""
    constraint: str = ""
    """The SPARQL constraint that was violated, where it was one."""
    said: str = ""
    """The messages as N-Triples terms, one a line, where they are others than the two above."""

    @property
    def focus_term(self) -> str:
        """Return the focus node as an N-Triples term; literals are written so already."""
        return self.focus if self.focus.startswith(("_:", '"')) else f"<{self.focus}>"

    @property
    def key(self) -> str:
        """Return 16 hexadecimal digits that stand for this finding."""
        where = (self.record, self.focus, self.path, self.shape)
        return digest(*where, self.value, self.component)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the gate says about a number of records."""

    findings: tuple[Finding, ...]
    """Everything found, sorted."""
    parked: frozenset[str]
    """The keys of the records with a violation."""


def report(findings: Iterable[Finding] | Verdicts) -> bytes:
    """Return the W3C validation report as sorted N-Triples, the same for the same findings.

    Report and results are IRIs (`REPORT`, `REPORT#<hash of the finding>`); the only blank nodes
    are those that SHACL asks for in alternative paths, named by their content.
    """
    lines = sorted({f"{triple} .\n" for triple in report_triples(findings)})
    return "".join(lines).encode()


def report_triples(findings: Iterable[Finding] | Verdicts) -> Iterator[Triple]:
    """Yield the triples of the W3C validation report; the same result twice is two results."""
    every = findings.findings if isinstance(findings, Verdicts) else tuple(findings)
    node = NamedNode(REPORT)
    yield Triple(node, RDF.type, SH.ValidationReport)
    yield Triple(node, SH.conforms, boolean(not every))
    for result, finding in results(every):
        yield Triple(node, SH.result, result)
        yield Triple(result, RDF.type, SH.ValidationResult)
        yield Triple(result, SH.focusNode, term(finding.focus_term))
        yield Triple(result, SH.sourceShape, _node(finding.shape))
        yield Triple(result, SH.resultSeverity, severity_node(finding.severity))
        if finding.component:
            yield Triple(result, SH.sourceConstraintComponent, NamedNode(finding.component))
        if finding.constraint:
            yield Triple(result, SH.sourceConstraint, _node(finding.constraint))
        for said in messages(finding):
            yield Triple(result, SH.resultMessage, said)
        if finding.value:
            yield Triple(result, SH.value, term(finding.value))
        if finding.path:
            path, described = path_node(finding.path)
            yield Triple(result, SH.resultPath, path)
            yield from described


def results(findings: Iterable[Finding]) -> Iterator[tuple[NamedNode, Finding]]:
    """Yield each finding with the IRI of its result."""
    times: Counter[str] = Counter()
    for finding in findings:
        key = finding.key
        times[key] += 1
        more = f"-{times[key]}" if times[key] > 1 else ""
        yield NamedNode(f"{REPORT}#{key}{more}"), finding


def messages(finding: Finding) -> list[OxLiteral]:
    """Return the messages of a finding as literals."""
    if finding.said:
        return [
            one for line in finding.said.split("\n") if isinstance(one := term(line), OxLiteral)
        ]
    both = (("de", finding.message_de), ("en", finding.message_en))
    return [text(said, lang) for lang, said in both if said]


def severity_node(severity: str) -> NamedNode:
    """Return the IRI of a severity; shapes of others may name their own."""
    return NamedNode(severity) if ":" in severity else SH[severity]


def term(written: str) -> NamedNode | BlankNode | OxLiteral:
    """Return the term that an N-Triples text stands for."""
    (quad,) = ox_parse(f"<x:s> <x:p> {written} .".encode(), format=RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, NamedNode | BlankNode | OxLiteral)  # noqa: S101 (no RDF 1.2)
    return quad.object


def _node(written: str) -> NamedNode | BlankNode:
    return BlankNode(written[2:]) if written.startswith("_:") else NamedNode(written)
