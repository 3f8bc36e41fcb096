"""What came of validating a file: for a table, for programs, and as the W3C's report."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import BlankNode, NamedNode, RdfFormat, serialize

from kg.findings import REPORT, Finding, Severity, report_triples, term
from kg.namespaces import PREFIXES
from kg.shapes import compact, expanded

SEVERITIES: Final[tuple[Severity, ...]] = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True)
class Group:
    """All findings of one shape about one property, counted."""

    severity: Severity
    shape: str
    path: str
    count: int
    message_de: str
    message_en: str
    example: str
    """The first focus node concerned, and its value."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the shapes of a profile say about a file."""

    profile: str
    triples: int
    findings: tuple[Finding, ...]

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
        """Return how many findings there are of each severity."""
        found = Counter(one.severity for one in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}

    def groups(self) -> list[Group]:
        """Return the findings by shape and property, the gravest first."""
        members: dict[tuple[int, str, str], list[Finding]] = {}
        for one in self.findings:
            key = (SEVERITIES.index(one.severity), one.shape, one.path)
            members.setdefault(key, []).append(one)
        return [
            Group(
                severity=found[0].severity,
                shape=compact(found[0].shape) if "://" in found[0].shape else found[0].shape,
                path=found[0].path,
                count=len(found),
                message_de=found[0].message_de,
                message_en=found[0].message_en,
                example=" ".join(dict.fromkeys((f"<{found[0].focus}>", found[0].value))).strip(),
            )
            for _, found in sorted(members.items())
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
                "sh:focusNode": {"@type": "@id"},
                "sh:sourceShape": {"@type": "@id"},
                "sh:resultSeverity": {"@type": "@id"},
                "sh:sourceConstraintComponent": {"@type": "@id"},
            },
            "@id": REPORT,
            "@type": "sh:ValidationReport",
            "sh:conforms": self.conforms,
            "sh:result": [dict(_result(one)) for one in self.findings],
        }

    def as_json(self) -> dict[str, Any]:
        """Return the report for programs that know no RDF."""
        return {
            "conforms": self.conforms,
            "profile": self.profile,
            "triples": self.triples,
            "counts": self.counts,
            "groups": [
                {
                    "severity": group.severity,
                    "shape": group.shape,
                    "path": group.path,
                    "count": group.count,
                    "message": {"de": group.message_de, "en": group.message_en},
                    "example": group.example,
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


def _result(one: Finding) -> Iterator[tuple[str, Any]]:
    yield "@id", f"{REPORT}#{one.key}"
    yield "@type", "sh:ValidationResult"
    yield "sh:focusNode", one.focus
    yield "sh:sourceShape", one.shape
    yield "sh:resultSeverity", f"sh:{one.severity}"
    yield "sh:sourceConstraintComponent", one.component
    said = (("de", one.message_de), ("en", one.message_en))
    yield (
        "sh:resultMessage",
        [{"@language": lang, "@value": message} for lang, message in said if message],
    )
    parts = [{"@id": expanded(part)} for part in one.path.split("|") if part]
    if len(parts) == 1:
        yield "sh:resultPath", parts[0]
    elif parts:
        yield "sh:resultPath", {"sh:alternativePath": {"@list": parts}}
    if one.value:
        yield "sh:value", _json_term(one.value)


def _json_term(written: str) -> dict[str, str]:
    literal = term(written)
    if isinstance(literal, BlankNode):
        return {"@id": str(literal)}
    if isinstance(literal, NamedNode):
        return {"@id": literal.value}
    if literal.language is not None:
        return {"@value": literal.value, "@language": literal.language}
    return {"@value": literal.value, "@type": literal.datatype.value}
