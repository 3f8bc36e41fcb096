import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.namespaces import HOME, PREFIXES, VOCABULARY
from tests.ontology.vocabulary import ONTOLOGY, ROOT, ontology, own, tree

FILES = sorted(ONTOLOGY.glob("*.ttl"))
LEDGER = Path(__file__).parent / "terms.txt"
_PREFIX = re.compile(r"(?<!\w)@?PREFIX\s+(\w*):\s*<([^>]*)>", re.IGNORECASE)
_TERM = re.compile(r"(?<![\w/#])lotse:([A-Za-z][\w-]*)")
_COMMENT = re.compile(r"(^|\s)#[^\n]*")


def used_in_text(text: str) -> set[str]:
    """Return the local names of the `lotse:` terms of a Turtle or SPARQL text."""
    bare = _COMMENT.sub(" ", text)
    return set(_TERM.findall(re.sub(r'"[^"\n]*"', '""', bare)))


def used_in_python(text: str) -> Iterator[str]:
    """Yield the local names of `LOTSE.x` and `LOTSE["x"]`; `x*` where only a beginning is fixed."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Attribute(value=ast.Name(id="LOTSE"), attr=name) if name != "base":
                yield name
            case ast.Subscript(value=ast.Name(id="LOTSE"), slice=ast.Constant(value=str(name))):
                yield f"{name}*" if name.endswith("-") else name
            case ast.Subscript(value=ast.Name(id="LOTSE"), slice=ast.JoinedStr(values=parts)):
                first = parts[0] if parts else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield f"{first.value}*"


def unknown(names: set[str], terms: set[str]) -> set[str]:
    """Return the names that no term has, or begins with where they are only a beginning."""
    return {
        name
        for name in names
        if not (
            any(term.startswith(name[:-1]) for term in terms)
            if name.endswith("*")
            else name in terms
        )
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_both_engines_read_every_file_alike(path: Path) -> None:
    theirs = Graph().parse(path, format="turtle")
    ours = Graph()
    quads = pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    ours.parse(data=pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_TRIPLES), format="nt")
    assert len(theirs) > 0
    assert isomorphic(theirs, ours)


def test_every_term_used_in_queries_shapes_and_turtle_exists() -> None:
    terms = own(ontology())
    files = [
        *(path for path in tree(".rq") if "tests" not in path.relative_to(ROOT).parts),
        *sorted((ROOT / "shapes").glob("*.ttl")),
        *FILES,
    ]
    missing = {
        str(path.relative_to(ROOT)): sorted(unknown(used_in_text(path.read_text("utf-8")), terms))
        for path in files
    }
    assert {path: names for path, names in missing.items() if names} == {}


def test_every_term_used_in_python_exists() -> None:
    terms = own(ontology())
    missing = {}
    for path in tree(".py"):
        if path.relative_to(ROOT).parts[0] == "tests":
            continue
        names = set(used_in_python(path.read_text("utf-8")))
        if lost := sorted(unknown(names, terms)):
            missing[str(path.relative_to(ROOT))] = lost
    assert missing == {}


def test_the_search_for_terms_sees_what_it_should() -> None:
    python = 'LOTSE.actor; LOTSE["theme-energy"]; LOTSE[f"kind-{k}"]; LOTSE["level-"]; LOTSE.nope'
    found = set(used_in_python(python))
    assert found == {"actor", "theme-energy", "kind-*", "level-*", "nope"}
    assert unknown(found, own(ontology())) == {"nope"}
    sparql = '# lotse:comment\n?x lotse:actor "lotse:text" ; lotse:nope ?y . # lotse:no'
    assert used_in_text(sparql) == {"actor", "nope"}


def test_every_prefix_line_agrees_with_the_one_table() -> None:
    wrong = {}
    for path in tree(".rq", ".ttl", ".trig", ".md", ".py"):
        tried = path.relative_to(ROOT).parts[0] == "tests"
        for prefix, base in _PREFIX.findall(path.read_text("utf-8")):
            private = tried and prefix not in PREFIXES and base not in PREFIXES.values()
            if PREFIXES.get(prefix) != base and not private:
                wrong[f"{path.relative_to(ROOT)}: {prefix}"] = base
    assert wrong == {}


def test_the_base_iri_stands_in_one_python_file_only() -> None:
    # Prefix lines of queries may repeat it: the test above holds them.
    written = HOME.removeprefix("https://").rstrip("/")
    holders = [
        str(path.relative_to(ROOT))
        for path in tree(".py")
        if path.relative_to(ROOT).parts[0] != "tests"
        and written in _PREFIX.sub("", path.read_text("utf-8"))
    ]
    assert holders == ["kg/namespaces.py"]


def test_the_version_is_the_newest_in_the_changelog() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^### Vocabulary (\S+)$", changes, re.MULTILINE)
    assert newest is not None, "CHANGELOG.md wants a line such as '### Vocabulary 0.1.0'"
    ours = URIRef(HOME + "ns")
    assert str(ontology().value(ours, OWL.versionInfo)) == newest.group(1)
    assert str(ontology().value(ours, OWL.versionIRI)) == f"{HOME}ns/{newest.group(1)}"


def test_no_term_is_ever_deleted_and_new_ones_enter_the_ledger() -> None:
    ledger = LEDGER.read_text("utf-8").split()
    assert ledger == sorted(set(ledger))
    assert sorted(own(ontology())) == ledger, "a term may be deprecated, never deleted or renamed"


def test_every_term_of_ours_is_a_class_property_scheme_or_concept() -> None:
    graph = ontology()
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.ConceptScheme, SKOS.Concept)
    untyped = {
        name
        for name in own(graph)
        if sum((URIRef(VOCABULARY + name), RDF.type, kind) in graph for kind in kinds) != 1
    }
    assert untyped == set()


def test_innovation_and_solution_are_disjoint() -> None:
    assert list(ontology().subject_objects(OWL.disjointWith)) == [
        (URIRef(VOCABULARY + "Innovation"), URIRef(VOCABULARY + "Solution"))
    ]


def test_every_scheme_and_superclass_named_exists() -> None:
    graph = ontology()
    terms = own(graph)
    named = {
        str(value).removeprefix(VOCABULARY)
        for link in (SKOS.inScheme, SKOS.topConceptOf, SKOS.broader, RDFS.subClassOf, RDFS.domain)
        for value in graph.objects(None, link)
        if str(value).startswith(VOCABULARY)
    }
    assert named - terms == set()


def test_a_notation_is_unique_in_its_list() -> None:
    graph = ontology()
    seen: dict[tuple[str, str], set[str]] = {}
    for concept, scheme in graph.subject_objects(SKOS.inScheme):
        key = (str(scheme), str(graph.value(concept, SKOS.notation)))
        seen.setdefault(key, set()).add(str(concept))
    assert {key: found for key, found in seen.items() if len(found) > 1} == {}


def test_a_concept_is_named_by_its_notation() -> None:
    graph = ontology()
    odd = {
        str(concept)
        for concept, notation in graph.subject_objects(SKOS.notation)
        if not str(concept).endswith(str(notation))
    }
    assert odd == set()


def test_every_decision_named_has_a_page_and_every_page_its_sections() -> None:
    pages = {path.name[:4]: path.read_text("utf-8") for path in ONTOLOGY.glob("decisions/0*.md")}
    named = {
        str(value)[-4:]
        for value in ontology().objects()
        if str(value).startswith(f"{HOME}decisions/")
    }
    assert named <= set(pages)
    assert len(pages) == len(list(ONTOLOGY.glob("decisions/0*.md")))
    sections = ["Context", "Decision", "What was rejected and why", "Consequences"]
    assert {
        number: re.findall(r"^## (.+)$", page, re.MULTILINE) for number, page in pages.items()
    } == dict.fromkeys(pages, sections)
