"""Turns the results of pySHACL's report graph into findings."""

from collections.abc import Iterator
from typing import Final, cast

from rdflib import BNode, Graph, Literal
from rdflib.namespace import SH
from rdflib.term import Node

from kg.facts import oxigraph_term
from kg.findings import Finding, Severity
from kg.shapes import path_text

_SHACL: Final = str(SH)


def findings(report: Graph) -> Iterator[Finding]:
    """Yield the findings of a report about what comes from outside."""
    for result in report.objects(None, SH.result):
        focus = report.value(result, SH.focusNode)
        if focus is not None:
            yield finding("", focus, result, report)


def finding(record: str, focus: Node, result: Node, found: Graph) -> Finding:
    """Return a result of pySHACL as a finding about this record."""
    value = found.value(result, SH.value)
    said = [one for one in found.objects(result, SH.resultMessage) if isinstance(one, Literal)]
    de, en = _two(said)
    plain = {(str(one), one.language) for one in said} == {(de, "de"), (en, "en")}
    severity = str(found.value(result, SH.resultSeverity)).removeprefix(_SHACL)
    constraint = found.value(result, SH.sourceConstraint)
    return Finding(
        record=record,
        focus=str(oxigraph_term(focus)) if isinstance(focus, Literal) else _written(focus),
        path=path_text(found, found.value(result, SH.resultPath)),
        shape=_written(found.value(result, SH.sourceShape)),
        severity=cast("Severity", severity),
        value="" if value is None else str(oxigraph_term(value)),
        message_de=de,
        message_en=en,
        component=str(found.value(result, SH.sourceConstraintComponent)),
        constraint="" if constraint is None else _written(constraint),
        said="" if plain else "\n".join(sorted(str(oxigraph_term(one)) for one in said)),
    )


def _two(said: list[Literal]) -> tuple[str, str]:
    """Return what is said in German and in English; the one for the other where it is missing."""
    by_language: dict[str, list[str]] = {}
    for one in said:
        by_language.setdefault((one.language or "en").partition("-")[0], []).append(str(one))
    de, en = (" ".join(sorted(by_language.get(lang, ()))) for lang in ("de", "en"))
    others = " ".join(sorted(map(str, said)))
    return de or en or others, en or de or others


def _written(node: Node | None) -> str:
    return f"_:{node}" if isinstance(node, BNode) else str(node)
