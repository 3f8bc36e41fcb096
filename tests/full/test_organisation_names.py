"""How well names of organisations are resolved: 150 names with the right answer by hand.

`organisation-names.csv`: drawn with `random.Random(4).sample(sorted(names), 150)` from the 167
different names of actors and adopters in the sources of Munich, Berlin, IPS, the Smart City model
projects and Tech4Germany; each answer began as what the resolver said and
was then read against the name by eye; twelve were changed. `right` holds the thing, several joined
by a semicolon where the name joins several, nothing where the graph holds none.
"""

import csv
from pathlib import Path

import pytest

from kg.iri import kind_and_key
from kg.release import Release
from kg.terms import LOTSE, NamedNode

SAMPLE = Path(__file__).parent / "organisation-names.csv"
LEAST_PRECISION, LEAST_RECALL = 0.98, 0.85
BY_HAND = "judgement/1"


def rows() -> list[dict[str, str]]:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def value(release: Release, node: NamedNode, predicate: NamedNode) -> str:
    return next((quad.object.value for quad in release.graph.quads(node, predicate)), "")  # type: ignore[union-attr]


def resolved(release: Release) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Return by source, name and day the rule and, of a match, the thing."""
    found = {}
    for quad in release.graph.quads(None, LOTSE.mention):
        node, subject = quad.subject, quad.object
        assert isinstance(node, NamedNode)
        assert isinstance(subject, NamedNode)
        result = NamedNode(value(release, node, LOTSE.mentionProperty))
        if result not in {LOTSE.actor, LOTSE.adopter}:
            continue
        _, key = kind_and_key(subject.value) or ("", "")
        day = value(release, subject, LOTSE.attestedOn)
        matched = value(release, node, LOTSE.outcome).endswith("matched")
        thing = "/".join(kind_and_key(value(release, subject, result)) or ()) if matched else ""
        name = key.partition("-")[0], value(release, node, LOTSE.published), day
        found[name] = value(release, node, LOTSE.rule), thing
    return found


def test_the_sample_holds_150_names_of_five_sources() -> None:
    assert len({(row["source"], row["published"]) for row in rows()}) == 150
    assert {row["source"] for row in rows()} <= {
        "berlin_open_source", "munich_open_source", "ips_cases", "smart_city_projects",
        "tech4germany",
    }  # fmt: skip


def test_automatic_matches_are_right(served: Release, capsys: pytest.CaptureFixture[str]) -> None:
    held = resolved(served)
    wrong, right, there = [], 0, 0
    for row in rows():
        rule, thing = held[row["source"], row["published"], row["day"]]
        if rule == BY_HAND:
            continue
        there += bool(row["right"]) and ";" not in row["right"]
        right += bool(thing) and thing == row["right"]
        if thing and thing != row["right"]:
            wrong.append((row["published"], thing, row["right"]))
    precision, recall = right / (right + len(wrong)), right / there
    with capsys.disabled():
        print(f"\norganisation names: {right} right, {len(wrong)} wrong of {there} that are there; "  # noqa: T201
              f"precision {precision:.3f}, recall {recall:.3f}")  # fmt: skip
    assert precision >= LEAST_PRECISION, wrong
    assert recall >= LEAST_RECALL
