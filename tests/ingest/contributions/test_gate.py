"""What a contribution may say, and in which forms it comes."""

import json
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse, serialize

from ingest.contributions import gate
from kg import contributed
from kg.contributed import Entries
from kg.jobs import Method, Queue
from tests.api.conftest import _publish
from tests.contribution import ADOPTION, GOOD, GRAPH, ID, PREFIXES, SLUG, SOLUTION, described

LAB = f"<{ID}lab/labs_and_hubs-b>"
FORMATS = {
    "ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML, "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS,
}  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contributions")
    _publish(folder, "0123456789abcdef")
    contributed.add(folder, described())
    contributed.add(folder, described("nachbar"))
    return folder


def ask(data: Path, content: str | bytes, kind: str = "turtle", method: Method = "PUT") -> dict:  # type: ignore[type-arg]
    sent = content.encode() if isinstance(content, str) else content
    return gate.answer(data, SLUG, method, kind, sent)


def brought(said: dict) -> Entries:  # type: ignore[type-arg]
    return contributed.entries(said["brings"].encode())


def rules(said: dict) -> set[str]:  # type: ignore[type-arg]
    return {one["shape"].rpartition("#")[2] for one in said["findings"]}


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_the_same(data: Path, form: str) -> None:
    triples = (quad.triple for quad in parse(GOOD, format=RdfFormat.TURTLE))
    written = serialize(triples, format=FORMATS[form]) or b""
    said, as_turtle = ask(data, written, form), ask(data, GOOD)
    assert said["findings"] == []
    assert said == as_turtle
    assert set(brought(said)) == {f"solution-{SLUG}-melder"}


def test_the_graph_may_be_named_and_no_other_one(data: Path) -> None:
    body = GOOD[len(PREFIXES) :]
    own = ask(data, f"{PREFIXES} <{GRAPH}> {{ {body} }}", "trig")
    assert own["etag"] == ask(data, GOOD)["etag"]
    other = ask(data, f"{PREFIXES} <{GRAPH}x> {{ {body} }}", "trig")
    assert f"in the graph <{GRAPH}x>" in other["unreadable"]["problem"]


@pytest.mark.parametrize(
    ("content", "kind", "word"),
    [
        (GOOD[:-20], "turtle", "end of file"),
        (GOOD.encode("utf-16"), "turtle", "UTF-8"),
        ('{"@context": "https://example.org/c.jsonld", "@id": "x:y"}', "jsonld", "remote @context"),
        ('<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><r>&c;</r>', "rdfxml", "ENTITY"),
        ("<x:s> <x:p> <<( <x:s> <x:p> 1 )>> .", "turtle", "triple terms"),
        ("_:a <x:p> _:b .\n_:b <x:p> _:a .", "ntriples", "circle"),
        ("<x:a> <x:p> " + "[ <x:p> " * 5000 + "1" + " ]" * 5000 + " .", "turtle", "nested"),
    ],
    ids=["half", "utf-16", "context", "entities", "rdf12", "circle", "deep"],
)
def test_what_cannot_be_read_is_said(
    data: Path, content: str | bytes, kind: str, word: str
) -> None:
    assert word in ask(data, content, kind)["unreadable"]["problem"]


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("<https://example.org/x> a lotse:Solution .", "own-things"),
        (f"<{GRAPH}> a lotse:Solution .", "own-things"),
        ("lotse:Lab skos:note 'erfunden'@de .", "own-things"),
        (f"<{ID}jurisdiction/{SLUG}-x> a lotse:Jurisdiction .", "kinds"),
        (f"<{ID}record/{SLUG}-x> foaf:page <https://example.org/> .", "kinds"),
        (f"<{ID}solution/{SLUG}-x> skos:note 'erfunden'@de .", "class"),
        (f"<{ID}solution/{SLUG}-x> a lotse:Lab .", "class"),
        (f"{LAB} skos:prefLabel 'Anderes'@de .", "of-others"),
        (f"{LAB} skos:hiddenLabel 'Anderes'@de .", "of-others"),
        (f"{LAB} a lotse:Solution .", "of-others"),
        (f"{LAB} lotse:status lotse:status-ended .", "of-others"),
        (f"<{ID}lab/nachbar-x> foaf:page <https://example.org/> .", "not-there"),
        (f"<{ID}source/labs_and_hubs> foaf:page <https://example.org/> .", "kinds"),
        (f"{LAB} lotse:realises <{ID}solution/none-x> .", "not-there"),
        (f"{LAB} lotse:takesPlaceOn <x:y> .", "vocabulary"),
        (f"{LAB} foaf:topic lotse:solution-kind-apps .", "vocabulary"),
        (f"{LAB} lotse:within <{ID}jurisdiction/none> .", "concluded"),
        (f"{LAB} skos:note 'eva@example.org' .", "personal-data"),
        (f"{LAB} foaf:page <mailto:eva@example.org> .", "personal-data"),
        (f"{LAB} skos:note 'Tel. 030 / 123 45 67' .", "personal-data"),
        ("[] skos:note 'gehört niemandem (erfunden)' .", "blank-nodes"),
        (f"<{ID}solution/{SLUG}-x> a lotse:Solution .", "Solution-prefLabel"),
    ],
)
def test_nothing_is_said_that_is_for_others_to_say(data: Path, said: str, rule: str) -> None:
    answer = ask(data, PREFIXES + said)
    assert rule in rules(answer)
    assert {one["severity"] for one in answer["findings"]} == {"Violation"}
    assert "eva@" not in json.dumps(answer["findings"])
    assert "123 45" not in json.dumps(answer["findings"])


def test_things_of_others_may_be_added_to(data: Path) -> None:
    said = ask(data, f"{PREFIXES} {LAB} foaf:page <https://example.org/labor> .")
    assert said["findings"] == []
    assert set(brought(said)) == {"lab-labs_and_hubs-b"}


def test_every_rule_speaks_german_and_english_and_has_its_place_in_the_decision() -> None:
    from ingest.contributions.rules import _WORDS  # noqa: PLC0415

    decision = next(Path("ontology/decisions").glob("0015-*.md")).read_text(encoding="utf-8")
    for rule, words in _WORDS.items():
        assert set(words) == {"de", "en"}
        assert f"`{rule}`" in decision


def test_blank_nodes_become_things_or_parts_and_are_the_same_next_time(data: Path) -> None:
    body = f"""{GOOD} {ADOPTION[len(PREFIXES) :]}
        <{SOLUTION}> foaf:topic [ skos:note "Teil (erfunden)" ;
                                  foaf:topic [ skos:note "innen" ] ] ."""
    said = ask(data, body)
    assert said["findings"] == []
    entries = brought(said)
    (adoption,) = (key for key in entries if key.startswith("adoption"))
    assert adoption.startswith(f"adoption-{SLUG}-")
    parts = {line.split(" ")[0] for line in entries[f"solution-{SLUG}-melder"].said}
    assert len(parts) == 3
    assert all(one.startswith(f"<{SOLUTION}") for one in parts)
    renamed = body.replace("[] a lotse:Adoption", "_:z a lotse:Adoption")
    assert ask(data, renamed)["etag"] == said["etag"]


def test_a_source_refers_to_contributed_things_that_it_needs_only(tmp_path: Path) -> None:
    folder = tmp_path
    _publish(folder, "0123456789abcdef")
    for slug, needs in ((SLUG, ("publiccode",)), ("publiccode", ())):
        one = described(slug)
        contributed.add(folder, contributed.Described(**{**_fields(one), "needs": needs}))
    refers = f"{PREFIXES} {LAB} foaf:topic <{ID}solution/publiccode-app> ."
    assert ask(folder, refers)["findings"] == []
    contributed.write(
        folder / "contributed" / SLUG / "source.toml",
        (folder / "contributed" / SLUG / "source.toml")
        .read_bytes()
        .replace(b'["publiccode"]', b"[]"),
    )
    assert rules(ask(folder, refers)) == {"not-there"}


def _fields(one: contributed.Described) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__slots__}


def test_what_waits_counts_for_what_comes_after(data: Path) -> None:
    assert rules(ask(data, ADOPTION, method="POST")) >= {"not-there"}
    first = ask(data, GOOD)
    queue = Queue(data)
    job = queue.add(SLUG, "PUT", first["etag"], brought(first))
    second = ask(data, ADOPTION, method="POST")
    assert (second["findings"], second["before"]) == ([], first["etag"])
    queue.finish(job, "failed")
    assert ask(data, GOOD)["before"] == ""
