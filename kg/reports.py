"""What came of validating a file: for programs, and as the W3C's report."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from kg.auditing import Method
from kg.findings import REPORT, Finding, Severity, messages, report_triples, results, term
from kg.namespaces import PREFIXES, RDF, XSD
from kg.paths import path_node
from kg.shapes import compact

SEVERITIES: Final[tuple[Severity, ...]] = ("Violation", "Warning", "Info")
EXAMPLES: Final = 3
"""Examples shown of each group."""


@dataclass(frozen=True, slots=True)
class Group:
    """All findings of one shape about one path, counted, with a few of them."""

    severity: Severity
    shape: str
    path: str
    component: str
    count: int
    message_de: str
    message_en: str
    examples: tuple[Finding, ...]

    @property
    def example(self) -> str:
        """Return the first focus node concerned, and its value."""
        return words(self.examples[0])

    @property
    def shown(self) -> list[str]:
        """Return the examples as lines, each once."""
        return list(dict.fromkeys(map(words, self.examples)))


@dataclass(frozen=True, slots=True)
class Report:
    """What the shapes of a profile say about a file."""

    profile: str
    triples: int
    findings: tuple[Finding, ...]
    method: Method = field(default_factory=lambda: Method("pyshacl"))
    about: str = ""
    """What was judged: the name of a file, a release, a graph."""

    @property
    def conforms(self) -> bool:
        """Return whether nothing at all was found, as the W3C defines it."""
        return not self.findings

    @property
    def violations(self) -> int:
        """Return how many findings would keep the data out."""
        return self.counts["Violation"]

    @property
    def counts(self) -> dict[Severity, int]:
        """Return how many findings there are of each severity; unknown ones count as violations."""
        found = Counter(SEVERITIES[_rank(one)] for one in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}

    def groups(self) -> list[Group]:
        """Return the findings by shape and path, the gravest first, then the most."""
        members: dict[tuple[int, str, str, str], list[Finding]] = {}
        for one in self.findings:
            key = (_rank(one), one.shape, one.path, one.component)
            members.setdefault(key, []).append(one)
        by_weight = sorted(members.items(), key=lambda item: (item[0][0], -len(item[1]), item[0]))
        return [
            Group(
                severity=found[0].severity,
                shape=compact(found[0].shape) if "://" in found[0].shape else found[0].shape,
                path=found[0].path,
                component=found[0].component,
                count=len(found),
                message_de=found[0].message_de,
                message_en=found[0].message_en,
                examples=tuple(found[:EXAMPLES]),
            )
            for _, found in by_weight
        ]

    def as_turtle(self) -> bytes:
        """Return the W3C validation report in Turtle."""
        triples = sorted(set(report_triples(self.findings)), key=str)
        used = {name: PREFIXES[name] for name in ("sh", "lsh", "lotse", "xsd")}
        return serialize(triples, format=RdfFormat.TURTLE, prefixes=used) or b""

    def as_jsonld(self) -> dict[str, Any]:
        """Return the W3C validation report in JSON-LD, its context inline."""
        return {
            "@context": {
                "sh": PREFIXES["sh"],
                "sh:result": {"@container": "@set"},
                "sh:sourceShape": {"@type": "@id"},
                "sh:resultSeverity": {"@type": "@id"},
                "sh:sourceConstraintComponent": {"@type": "@id"},
                "sh:sourceConstraint": {"@type": "@id"},
            },
            "@id": REPORT,
            "@type": "sh:ValidationReport",
            "sh:conforms": self.conforms,
            "sh:result": [
                dict(_result(result.value, one)) for result, one in results(self.findings)
            ],
        }

    def as_json(self) -> dict[str, Any]:
        """Return the report for programs that know no RDF."""
        return {
            "conforms": self.conforms,
            "profile": self.profile,
            "triples": self.triples,
            "counts": self.counts,
            "method": asdict(self.method),
            "groups": [
                {
                    "severity": group.severity,
                    "shape": group.shape,
                    "path": group.path,
                    "component": group.component,
                    "count": group.count,
                    "message": {"de": group.message_de, "en": group.message_en},
                    "example": group.example,
                    "examples": [
                        {"focus": one.focus, "value": one.value} for one in group.examples
                    ],
                }
                for group in self.groups()
            ],
            "findings": [
                {
                    "severity": one.severity,
                    "focus": one.focus,
                    "path": one.path,
                    "value": one.value,
                    "shape": one.shape,
                    "component": one.component,
                    "message": {"de": one.message_de, "en": one.message_en},
                }
                for one in self.findings
            ],
        }

    def as_text(self, form: str) -> str:
        """Return the report as `ttl`, `jsonld` or `json`."""
        if form == "ttl":
            return self.as_turtle().decode()
        content = self.as_jsonld() if form == "jsonld" else self.as_json()
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def words(one: Finding) -> str:
    """Return the focus node and the value of a finding, as people look for them in a file."""
    focus = one.focus if one.focus.startswith(("_:", '"')) else f"<{one.focus}>"
    return " ".join(dict.fromkeys((focus, one.value))).strip()


def _rank(one: Finding) -> int:
    return SEVERITIES.index(one.severity) if one.severity in SEVERITIES else 0


def _result(result: str, one: Finding) -> Iterator[tuple[str, Any]]:
    yield "@id", result
    yield "@type", "sh:ValidationResult"
    yield "sh:focusNode", _json_term(one.focus_term)
    yield "sh:sourceShape", one.shape
    severity = one.severity
    yield "sh:resultSeverity", severity if ":" in severity else f"sh:{severity}"
    yield "sh:sourceConstraintComponent", one.component
    if one.constraint:
        yield "sh:sourceConstraint", one.constraint
    yield "sh:resultMessage", [_json_term(str(said)) for said in messages(one)]
    if one.path:
        node, triples = path_node(one.path)
        yield "sh:resultPath", _json_node(node, triples)
    if one.value:
        yield "sh:value", _json_term(one.value)


def _json_node(node: object, triples: list[Triple]) -> dict[str, Any]:
    """Return a node of a path with all that describes it."""
    if isinstance(node, NamedNode):
        return {"@id": node.value}
    said = {one.predicate: one.object for one in triples if one.subject == node}
    if RDF.first in said:
        members = []
        while said:
            members.append(_json_node(said[RDF.first], triples))
            rest = said[RDF.rest]
            said = {one.predicate: one.object for one in triples if one.subject == rest}
        return {"@list": members}
    return {
        f"sh:{predicate.value.partition('#')[2]}": _json_node(value, triples)
        for predicate, value in said.items()
    }


def _json_term(written: str) -> dict[str, str]:
    literal = term(written)
    if isinstance(literal, BlankNode):
        return {"@id": str(literal)}
    if isinstance(literal, NamedNode):
        return {"@id": literal.value}
    if literal.language is not None:
        return {"@value": literal.value, "@language": literal.language}
    if literal.datatype == XSD.string:
        return {"@value": literal.value}
    return {"@value": literal.value, "@type": literal.datatype.value}
