import csv
import json
import re
from collections import defaultdict

from rdflib import URIRef
from rdflib.namespace import SKOS

from kg.namespaces import VOCABULARY
from tests.ontology.vocabulary import EU, mappings, ontology, raw

THEMES = URIRef(VOCABULARY + "Themes")
MATCHES = ("exactMatch", "closeMatch", "broadMatch", "relatedMatch")
SCHEMES = {
    "eu-data-theme": EU.rstrip("/"),
    "ozg-themenfeld": VOCABULARY + "OzgThemenfelder",
    "cofog": VOCABULARY + "CofogDivisions",
    "publiccode-scope": VOCABULARY + "PubliccodeScopes",
    "publiccode-category": VOCABULARY + "PubliccodeCategories",
}
THEMELESS = {
    "consulting", "networking", "prototypes", "co-creation", "design thinking", "agile methods",
    "cultural change", "culture change", "knowledge transfer", "evaluation", "peer exchange",
}  # fmt: skip


def words() -> dict[str, set[str]]:
    """Return for each word, casefolded, the notations of the themes that have it."""
    graph = ontology()
    found: dict[str, set[str]] = defaultdict(set)
    for theme in graph.subjects(SKOS.inScheme, THEMES):
        notation = str(graph.value(theme, SKOS.notation))
        for label in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
            for word in graph.objects(theme, label):
                found[str(word).casefold()].add(notation)
    return found


def test_the_themes_are_these() -> None:
    graph = ontology()
    found = {
        str(graph.value(theme, SKOS.notation)): str(
            graph.value(graph.value(theme, SKOS.broader), SKOS.notation) or ""
        )
        for theme in graph.subjects(SKOS.inScheme, THEMES)
    }
    top = (
        "administration agriculture culture economy education energy environment finance health "
        "international mobility participation security social technology urban-development"
    )
    narrower = {
        "artificial-intelligence": "technology",
        "open-data": "technology",
        "smart-city": "urban-development",
        "migration": "social",
    }
    assert found == {**dict.fromkeys(top.split(), ""), **narrower}


def test_a_word_belongs_to_one_theme_at_most() -> None:
    assert {word: themes for word, themes in words().items() if len(themes) > 1} == {}


def test_a_theme_of_a_word_is_this() -> None:
    expected = {
        "umwelt": "environment",
        "environment": "environment",
        "ki": "artificial-intelligence",
        "artificial intelligence": "artificial-intelligence",
        "smart city": "smart-city",
        "gesellschaft": "social",
        "politik": "participation",
        "verwaltung": "administration",
        "police innovation": "security",
        "kultur": "culture",
    }
    found = words()
    assert {word: found.get(word) for word in expected} == {
        word: {theme} for word, theme in expected.items()
    }


def test_words_for_methods_and_formats_belong_to_no_theme() -> None:
    assert THEMELESS & set(words()) == set()


def test_the_table_lists_every_mapping_and_nothing_else() -> None:
    graph = ontology()
    stated = {
        (name, str(graph.value(concept, SKOS.notation)), match, str(theme).rpartition("#theme-")[2])
        for name, scheme in SCHEMES.items()
        for concept in graph.subjects(SKOS.inScheme, URIRef(scheme))
        for match in MATCHES
        for theme in graph.objects(concept, SKOS[match])
    }
    listed = [
        (row["vocabulary"], row["code"], row["relation"], row["theme"])
        for row in mappings()
        if row["relation"]
    ]
    assert len(listed) == len(set(listed))
    assert set(listed) == stated


def test_the_table_names_every_foreign_concept_with_its_german_label_and_a_reason() -> None:
    graph = ontology()
    stated = {
        (name, str(graph.value(concept, SKOS.notation)), str(label))
        for name, scheme in SCHEMES.items()
        for concept in graph.subjects(SKOS.inScheme, URIRef(scheme))
        for label in graph.objects(concept, SKOS.prefLabel)
        if getattr(label, "language", None) == "de"
    }
    assert {(row["vocabulary"], row["code"], row["label"]) for row in mappings()} == stated
    assert [row for row in mappings() if not row["note"]] == []


def test_a_foreign_concept_carries_one_theme_or_says_nothing_about_any() -> None:
    carried: dict[tuple[str, str], list[str]] = {
        (row["vocabulary"], row["code"]): [] for row in mappings()
    }
    for row in mappings():
        if row["relation"] and row["relation"] != "relatedMatch":
            carried[row["vocabulary"], row["code"]].append(row["theme"])
    assert {key for key, themes in carried.items() if len(themes) != 1} == {
        ("publiccode-category", code)
        for code in ("gamification", "mind-mapping", "other", "translation")
    }
    assert {key: themes for key, themes in carried.items() if len(themes) > 1} == {}


def test_every_foreign_list_is_whole() -> None:
    counts: dict[str, set[str]] = defaultdict(set)
    for row in mappings():
        counts[row["vocabulary"]].add(row["code"])
    assert {name: len(codes) for name, codes in counts.items()} == {
        "eu-data-theme": 13,
        "ozg-themenfeld": 14,
        "cofog": 10,
        "publiccode-scope": 24,
        "publiccode-category": 106,
    }


def test_the_ozg_fields_are_those_of_the_catalogue() -> None:
    with raw("services/ozg_subject.csv").open(encoding="utf-8", newline="") as file:
        names = {row["name"].strip() for row in csv.DictReader(file)}
    assert {row["label"] for row in mappings() if row["vocabulary"] == "ozg-themenfeld"} == names


def test_the_publiccode_lists_are_those_of_the_standard() -> None:
    for name, file in (("category", "categories"), ("scope", "scope")):
        text = raw(f"vocabularies/publiccode-{file}.rst").read_text(encoding="utf-8")
        codes = set(re.findall(r"^- (\S+)$", text, re.MULTILINE))
        vocabulary = f"publiccode-{name}"
        assert {row["code"] for row in mappings() if row["vocabulary"] == vocabulary} == codes


def test_the_themes_of_the_catalogues_of_ministries_are_mapped() -> None:
    with raw("authorities/bund-themenkataloge.csv").open(encoding="utf-8", newline="") as file:
        used = {row["eu_data_theme"] for row in csv.DictReader(file)}
    assert used == {row["code"] for row in mappings() if row["vocabulary"] == "eu-data-theme"}


def test_three_quarters_of_the_free_words_of_labs_find_their_theme() -> None:
    known = words()
    with raw("labs/labs-and-hubs.csv").open(encoding="utf-8-sig", newline="") as file:
        free = [
            word.strip().casefold()
            for row in csv.DictReader(file)
            for word in row["themes"].split(";")
            if word.strip()
        ]
    assert (len(free), sum(word in known for word in free)) == (509, 380)


def test_every_tag_of_a_civic_tech_project_finds_its_theme() -> None:
    known = words()
    text = raw("labs/codefor-de-projects.jsonl").read_text(encoding="utf-8")
    tags = {tag for line in text.splitlines() for tag in json.loads(line).get("tags") or ()}
    assert len(tags) == 19
    assert {tag for tag in tags if tag.casefold() not in known} == set()
