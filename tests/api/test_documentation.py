"""The documentation agrees with the code, needs no release, and its links lead somewhere."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from http import HTTPStatus
from itertools import combinations
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from starlette.testclient import TestClient

from api.app import create_app
from api.messages import catalogue
from api.problems import TYPES
from kg.documentation.decisions import all_decisions
from kg.documentation.diagram import WIDE, diagram
from kg.documentation.shapes import groups, relations
from kg.documentation.terms import terms
from kg.documents import constraints, vocabulary
from kg.namespaces import OWL, RDF, SH, SHAPES_NAMESPACE, SKOS, VOCABULARY
from kg.settings import Settings

API = Path(__file__).parents[2] / "api"
PAGES = [
    "/docs", "/docs/api", "/docs/contribute",
    "/docs/problems", "/docs/dictionary", "/docs/tutorial",
    "/docs/reconciliation",
    "/ns", "/shapes",
    "/decisions", "/decisions/0003",
]  # fmt: skip
OF_A_RELEASE = ["/sources", "/sources/labs_and_hubs", "/info"]
HTML = {"Accept": "text/html"}


class _Page(HTMLParser):
    """Gathers the anchors and links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag not in {"meta", "link", "input", "br", "path", "rect", "hr", "img"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes something else"


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a client of a service that has no release."""
    app = create_app(Settings(data=tmp_path_factory.mktemp("none")))
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as opened:
        yield opened


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_documentation_needs_no_release(bare: TestClient, path: str, lang: str) -> None:
    got = bare.get(path, headers=HTML | {"Accept-Language": lang})
    assert (got.status_code, got.headers["content-language"]) == (200, lang)
    page = _Page(got.text)
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("path", [*PAGES, *OF_A_RELEASE])
def test_every_link_of_the_documentation_leads_somewhere(client: TestClient, path: str) -> None:
    own = _Page(client.get(path, headers=HTML).text)
    pages: dict[str, list[str]] = {"": own.ids}
    dangling = []
    for link in {one for one in own.links if not one.startswith("http")}:
        address, _, anchor = link.partition("#")
        if address not in pages:
            got = client.get(address, headers=HTML)
            assert got.status_code in {200, 303}, address
            html = got.headers.get("content-type", "").startswith("text/html")
            pages[address] = _Page(got.text).ids if html else []
        if anchor and anchor not in pages[address]:
            dangling.append(link)
    assert dangling == []


def test_every_term_of_ours_has_its_section(bare: TestClient) -> None:
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.ConceptScheme, SKOS.Concept}
    ours = {
        quad.subject.value.removeprefix(VOCABULARY)
        for quad in vocabulary()
        if quad.predicate == RDF.type and quad.object in kinds
        and isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(VOCABULARY)
    }  # fmt: skip
    assert len(ours) > 300
    assert ours - set(_Page(bare.get("/ns", headers=HTML).text).ids) == set()


def test_every_shape_has_its_section_and_its_examples(bare: TestClient) -> None:
    ours = {
        quad.subject.value.removeprefix(SHAPES_NAMESPACE)
        for quad in constraints()
        if quad.predicate == RDF.type and quad.object in {SH.NodeShape, SH.PropertyShape}
        and isinstance(quad.subject, NamedNode)
    }  # fmt: skip
    page = _Page(bare.get("/shapes", headers=HTML).text)
    assert len(ours) > 200
    assert ours - set(page.ids) == set()
    every = [one for group in groups() for one in (group.shape, *group.properties)]
    assert {one.name for one in every} == ours
    assert [one.name for one in every if one.message and not one.examples] == []


def test_every_kind_of_rule_is_shown_and_has_words() -> None:
    names = set()
    waiting = [
        rule for group in groups() for one in (group.shape, *group.properties) for rule in one.rules
    ]
    while waiting:
        rule = waiting.pop()
        names.add(rule.name)
        waiting += [one for part in rule.parts for one in part]
    assert {f"rule.{name}" for name in names} - set(catalogue()) == set()
    written = {quad.predicate.value.removeprefix(str(SH)) for quad in constraints()
               if quad.predicate.value.startswith(str(SH))}  # fmt: skip
    about = {"message", "severity", "property", "targetClass", "targetSubjectsOf"}
    assert written - about - {"path", "alternativePath"} == names - {"path"}


def test_every_problem_type_has_its_section() -> None:
    said = set(re.findall(r'Problem\(\d+, "([a-z-]+)"', (API / "problems.py").read_text("utf-8")))
    said |= {f"limit-{one}" for one in ("time", "rows", "size", "memory")}
    raised = {
        int(status)
        for path in API.rglob("*.py")
        for status in re.findall(r"HTTPException\(\s*(\d+)", path.read_text("utf-8"))
    }
    assert raised
    said |= {
        {413: "request-entity-too-large"}.get(one, HTTPStatus(one).phrase.lower().replace(" ", "-"))
        for one in raised | {404, 405}
    }
    assert said <= set(TYPES)
    assert {f"problem-type.{one}.{part}" for one in TYPES for part in ("title", "what", "do")} == {
        key for key in catalogue() if key.startswith("problem-type.")
    }


def test_a_problem_points_to_its_section(bare: TestClient) -> None:
    for path in ("/id/nothing/1", "/api/v1/labs", "/docs?format=wrong"):
        address, _, anchor = bare.get(path).json()["type"].partition("#")
        assert anchor in _Page(bare.get(address, headers=HTML).text).ids


def test_rdf_of_the_vocabulary_and_the_shapes_needs_no_release(bare: TestClient) -> None:
    for path, wanted in (("/ns", vocabulary()), ("/shapes", constraints())):
        got = bare.get(path)
        assert got.headers["content-type"].startswith("text/turtle")
        assert len(list(parse(got.text, format=RdfFormat.TURTLE))) == len(
            {quad.triple for quad in wanted}
        )
        again = bare.get(path, headers={"If-None-Match": got.headers["etag"]})
        assert again.status_code == HTTPStatus.NOT_MODIFIED


def test_a_version_of_the_vocabulary_leads_to_it(bare: TestClient) -> None:
    got = bare.get(f"/ns/{terms().version}?format=ttl")
    assert (got.status_code, got.headers["location"]) == (303, "/ns?format=ttl")
    assert bare.get("/ns/9.9.9").status_code == HTTPStatus.NOT_FOUND


def test_a_decision_that_a_term_names_has_its_page() -> None:
    every = [*terms().classes, *terms().properties, *terms().schemes]
    named = {one.decision for one in every if one.decision}
    assert named
    assert named - {one.number for one in all_decisions()} == set()


def test_the_picture_shows_every_relation_that_the_table_names() -> None:
    picture = diagram()
    shown = {(card.name, row.path, to) for card in picture.cards for row in card.rows
             for to in row.targets}  # fmt: skip
    assert shown == {(one.source, one.path, one.target) for one in relations()}
    cards = {card.name for card in picture.cards}
    assert len(picture.curves) == len([1 for name, _, to in shown if to in cards and to != name])


def test_no_card_of_the_picture_lies_on_another() -> None:
    cards = diagram().cards
    for one in cards:
        assert one.x > 0
        assert one.x + WIDE < diagram().width
        assert 0 <= one.y <= diagram().height - one.height
    assert [
        (one.name, other.name)
        for one, other in combinations(cards, 2)
        if one.x == other.x and one.y < other.y + other.height and other.y < one.y + one.height
    ] == []


def test_the_tutorial_shows_first_rows_where_there_is_a_release(
    client: TestClient, bare: TestClient
) -> None:
    with_rows = client.get("/docs/tutorial", headers=HTML).text
    assert "Nordland" in with_rows.partition('id="01-laender"')[2].partition("</section>")[0]
    assert "<table>" not in bare.get("/docs/tutorial", headers=HTML).text
