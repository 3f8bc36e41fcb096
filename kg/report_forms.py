"""A report as a page, as CSV and as JUnit XML; every form that a report comes in.

A page and a JUnit file show groups: one line per shape and path with its count and three examples,
so that a hundred thousand results can be read. CSV has a line for each.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from kg.auditing import ASKED_FOR, LITTLE, NO_WHEEL, SCREEN_FROM
from kg.findings import Finding
from kg.reports import Group, Report, words
from kg.shapes import expanded

FORMS: Final[Mapping[str, str]] = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "json": "application/json",
    "html": "text/html",
    "csv": "text/csv",
    "junit": "application/xml",
}
"""The forms of a report, with their media types."""
_UNWRITABLE: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WHY: Final = {
    NO_WHEEL: "die zweite Maschine gibt es auf diesem Rechner nicht",
    ASKED_FOR: "so gewünscht",
    LITTLE: f"weniger als {SCREEN_FROM} Tripel",
}
Link = Callable[[str], str]
"""Returns where an IRI can be looked at."""
_WORDS: Final = {
    "de": {
        "title": "Prüfbericht", "profile": "Profil", "judged": "Geprüft", "triples": "Tripel",
        "conforms": "Es wurde nichts beanstandet.", "method": "Verfahren",
        "groups": "Befunde nach Regel und Pfad", "severity": "Schwere", "shape": "Regel",
        "path": "Pfad", "count": "Anzahl", "message": "Meldung", "examples": "Beispiele",
        "Violation": "Verstoß", "Warning": "Warnung", "Info": "Hinweis",
        "pyshacl": "pySHACL allein",
        "screened": "Eine zweite Maschine siebte {focus} Knoten; pySHACL urteilte über {flagged} "
        "auffällige und {sampled} ausgeloste. Beide stimmten überein; es gilt, was pySHACL sagt.",
    },
    "en": {
        "title": "Validation report", "profile": "Profile", "judged": "Judged",
        "triples": "triples", "conforms": "Nothing was found.", "method": "Method",
        "groups": "Findings by shape and path", "severity": "Severity", "shape": "Shape",
        "path": "Path", "count": "Count", "message": "Message", "examples": "Examples",
        "Violation": "violation", "Warning": "warning", "Info": "info",
        "pyshacl": "pySHACL alone",
        "screened": "A second engine screened {focus} nodes; pySHACL judged {flagged} that were "
        "flagged and {sampled} drawn by lot. Both agreed; what pySHACL says counts.",
    },
}  # fmt: skip


def written(report: Report, form: str, lang: str = "de", link: Link | None = None) -> str:
    """Return the report in one of `FORMS`; a page in German (`de`) or English (`en`)."""
    if form == "csv":
        return as_csv(report)
    if form == "junit":
        return as_junit(report)
    if form == "html":
        return as_page(report, lang, link)
    return report.as_text(form)


def as_csv(report: Report) -> str:
    """Return a line for each finding, the gravest first, in the order of the groups."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(
        ("severity", "shape", "path", "component", "focus", "value", "message_de", "message_en")
    )
    for one in report.findings:
        table.writerow(
            (one.severity, one.shape, one.path, one.component.rpartition("#")[2], one.focus,
             one.value, one.message_de, one.message_en)
        )  # fmt: skip
    return out.getvalue()


def as_junit(report: Report) -> str:
    """Return JUnit XML: a test case for each group; violations fail, the rest is output."""
    groups = report.groups()
    failures = sum(group.severity not in {"Warning", "Info"} for group in groups)
    suite = ET.Element(
        "testsuite", name=f"SHACL {report.profile}", tests=str(max(len(groups), 1)),
        failures=str(failures), errors="0", skipped="0",
    )  # fmt: skip
    for group in groups:
        case = ET.SubElement(
            suite, "testcase", classname=_clean(group.shape),
            name=_clean(f"{group.path or '.'} {group.component.rpartition('#')[2]}"),
        )  # fmt: skip
        text = "\n".join((f"{group.count} ×", *map(words, group.examples)))
        if group.severity in {"Warning", "Info"}:
            said = f"{group.severity}: {group.message_en}\n{text}"
            ET.SubElement(case, "system-out").text = _clean(said)
        else:
            kind = group.component.rpartition("#")[2]
            failure = ET.SubElement(case, "failure", message=_clean(group.message_en), type=kind)
            failure.text = _clean(text)
    if not groups:
        ET.SubElement(suite, "testcase", classname=report.profile, name="conforms")
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def as_page(report: Report, lang: str = "de", link: Link | None = None) -> str:
    """Return the report as an HTML document of its own."""
    said = _WORDS[lang]
    root = ET.Element("html", lang=lang)
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    ET.SubElement(head, "title").text = said["title"]
    body = ET.SubElement(ET.SubElement(root, "body"), "main")
    ET.SubElement(body, "h1").text = said["title"]
    for part in parts(report, lang, link):
        body.append(part)
    return "<!doctype html>\n" + ET.tostring(root, encoding="unicode", method="html") + "\n"


def as_fragment(report: Report, lang: str, link: Link | None = None) -> str:
    """Return what a page of ours shows of the report, as HTML."""
    return "".join(
        ET.tostring(part, encoding="unicode", method="html") for part in parts(report, lang, link)
    )


def parts(report: Report, lang: str, link: Link | None) -> list[ET.Element]:
    """Return the summary and the table of groups as elements."""
    said = _WORDS[lang]
    facts = ET.Element("dl")
    counted = ", ".join(f"{count} × {said[name]}" for name, count in report.counts.items() if count)
    why = _WHY.get(report.method.why, report.method.why) if lang == "de" else report.method.why
    method = said["pyshacl"] + (f" ({why})" if why else "")
    if report.method.engine != "pyshacl":
        method = said["screened"].format(
            focus=report.method.focus_nodes, flagged=report.method.flagged,
            sampled=report.method.sampled,
        )  # fmt: skip
    for name, value in (
        ("profile", report.profile),
        ("judged", f"{report.about} ({report.triples} {said['triples']})".strip()),
        ("groups", counted or said["conforms"]),
        ("method", method),
    ):
        ET.SubElement(facts, "dt").text = said[name]
        ET.SubElement(facts, "dd").text = _clean(value)
    groups = report.groups()
    return [facts, _table(groups, lang, link)] if groups else [facts]


def _table(groups: list[Group], lang: str, link: Link | None) -> ET.Element:
    said = _WORDS[lang]
    frame = ET.Element(
        "div", {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": said["groups"]}
    )
    table = ET.SubElement(frame, "table")
    ET.SubElement(table, "caption").text = said["groups"]
    line = ET.SubElement(ET.SubElement(table, "thead"), "tr")
    for name in ("severity", "shape", "path", "count", "message", "examples"):
        ET.SubElement(line, "th", scope="col").text = said[name]
    rows = ET.SubElement(table, "tbody")
    for group in groups:
        line = ET.SubElement(rows, "tr")
        ET.SubElement(line, "td").text = said.get(group.severity, group.severity)
        shape = ET.SubElement(line, "td")
        _linked(shape, group.shape, _iri(group.shape), link)
        ET.SubElement(ET.SubElement(line, "td"), "code").text = group.path
        ET.SubElement(line, "td").text = str(group.count)
        ET.SubElement(line, "td").text = _clean(
            group.message_de if lang == "de" else group.message_en
        )
        _examples(ET.SubElement(line, "td"), group.examples, link)
    return frame


def _examples(cell: ET.Element, examples: tuple[Finding, ...], link: Link | None) -> None:
    listed = ET.SubElement(cell, "ul")
    for one in examples:
        item = ET.SubElement(listed, "li")
        _linked(item, one.focus, one.focus, link)
        if one.value and one.value != one.focus_term:
            ET.SubElement(item, "br")
            ET.SubElement(item, "code").text = _clean(one.value)


def _linked(cell: ET.Element, text: str, iri: str, link: Link | None) -> None:
    if iri.startswith(("http://", "https://")):
        cell = ET.SubElement(cell, "a", href=link(iri) if link is not None else iri)
    ET.SubElement(cell, "code").text = _clean(text)


def _iri(shape: str) -> str:
    return "" if shape.startswith("_:") else expanded(shape)


def _clean(text: str) -> str:
    """Return text that XML can hold: control characters shown as what they are."""
    return _UNWRITABLE.sub(lambda found: f"\\u{ord(found[0]):04X}", text)
