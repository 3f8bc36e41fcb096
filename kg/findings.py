"""What the gate found, and the W3C validation report that says it to other programs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple
from pyoxigraph import Literal as OxLiteral
from pyoxigraph import parse as ox_parse

from kg.iri import digest
from kg.namespaces import DOC, RDF, SH
from kg.shapes import expanded
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
    """The property, as `lotse:since`; alternatives joined by `|`; empty for the node itself."""
    shape: str
    severity: Severity
    value: str
    """The value as an N-Triples term; empty where there is none."""
    message_de: str
    message_en: str
    component: str = ""
    """The IRI of the kind of constraint, such as `sh:MinCountConstraintComponent`."""

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
    """Yield the triples of the W3C validation report."""
    every = findings.findings if isinstance(findings, Verdicts) else tuple(findings)
    node = NamedNode(REPORT)
    yield Triple(node, RDF.type, SH.ValidationReport)
    yield Triple(node, SH.conforms, boolean(not every))
    for finding in every:
        result = NamedNode(f"{REPORT}#{finding.key}")
        yield Triple(node, SH.result, result)
        yield Triple(result, RDF.type, SH.ValidationResult)
        yield Triple(result, SH.focusNode, _node(finding.focus))
        yield Triple(result, SH.sourceShape, _node(finding.shape))
        yield Triple(result, SH.resultSeverity, SH[finding.severity])
        if finding.component:
            yield Triple(result, SH.sourceConstraintComponent, NamedNode(finding.component))
        for lang, said in (("de", finding.message_de), ("en", finding.message_en)):
            if said:
                yield Triple(result, SH.resultMessage, text(said, lang))
        if finding.value:
            yield Triple(result, SH.value, term(finding.value))
        yield from _path(result, finding.path)


def term(written: str) -> NamedNode | BlankNode | OxLiteral:
    """Return the term that an N-Triples text stands for."""
    (quad,) = ox_parse(f"<x:s> <x:p> {written} .".encode(), format=RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, NamedNode | BlankNode | OxLiteral)  # noqa: S101 (no RDF 1.2)
    return quad.object


def _node(written: str) -> NamedNode | BlankNode:
    return BlankNode(written[2:]) if written.startswith("_:") else NamedNode(written)


def _path(result: NamedNode, path: str) -> Iterator[Triple]:
    parts = path.split("|") if path else []
    if len(parts) == 1:
        yield Triple(result, SH.resultPath, NamedNode(expanded(parts[0])))
    elif parts:
        name = digest(path)
        cells = [BlankNode(f"p{name}n{i}") for i in range(len(parts))]
        head = BlankNode(f"p{name}")
        yield Triple(result, SH.resultPath, head)
        yield Triple(head, SH.alternativePath, cells[0])
        rests: list[NamedNode | BlankNode] = [*cells[1:], RDF.nil]
        for cell, part, rest in zip(cells, parts, rests, strict=True):
            yield Triple(cell, RDF.first, NamedNode(expanded(part)))
            yield Triple(cell, RDF.rest, rest)
