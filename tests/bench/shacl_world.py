"""Invented data of any size, and shapes with twelve kinds of constraint to hold them against.

Each of the things breaks either nothing or exactly one kind; which ones do follows from the seed.
"""

import random
from typing import Final

KINDS: Final = (
    "cardinality", "datatype", "class", "pattern", "in", "nodeKind",
    "languageIn", "uniqueLang", "length", "range", "qualified", "sparql",
)  # fmt: skip
"""The kinds of constraint; a thing that is wrong is wrong in one of them."""
TRIPLES_PER_THING: Final = 16
SHAPES: Final = '''
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/bench#> .
ex:Declared sh:declare
  [ sh:prefix "ex" ; sh:namespace "https://example.org/bench#"^^xsd:anyURI ] .
ex:ThingShape a sh:NodeShape ; sh:targetClass ex:Thing ;
  sh:property ex:Thing-name, ex:Thing-born, ex:Thing-office, ex:Thing-key, ex:Thing-status,
    ex:Thing-page, ex:Thing-label, ex:Thing-title, ex:Thing-short, ex:Thing-share, ex:Thing-part ;
  sh:sparql ex:Thing-order .
ex:Thing-name a sh:PropertyShape ; sh:path ex:name ; sh:minCount 1 ; sh:maxCount 1 .
ex:Thing-born a sh:PropertyShape ; sh:path ex:born ; sh:datatype xsd:date .
ex:Thing-office a sh:PropertyShape ; sh:path ex:office ; sh:class ex:Office .
ex:Thing-key a sh:PropertyShape ; sh:path ex:key ; sh:pattern "^[0-9]{8}$" .
ex:Thing-status a sh:PropertyShape ; sh:path ex:status ; sh:in ( ex:open ex:closed "planned" ) .
ex:Thing-page a sh:PropertyShape ; sh:path ex:page ; sh:nodeKind sh:IRI .
ex:Thing-label a sh:PropertyShape ; sh:path ex:label ; sh:languageIn ( "de" "en" ) .
ex:Thing-title a sh:PropertyShape ; sh:path ex:title ; sh:uniqueLang true .
ex:Thing-short a sh:PropertyShape ; sh:path ex:short ; sh:minLength 2 ; sh:maxLength 12 .
ex:Thing-share a sh:PropertyShape ; sh:path ex:share ; sh:minInclusive 0 ; sh:maxExclusive 101 .
ex:Thing-part a sh:PropertyShape ; sh:path ex:part ;
  sh:qualifiedValueShape [ sh:class ex:Main ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1 .
ex:Thing-order sh:message "It ends before it begins."@en ; sh:prefixes ex:Declared ;
  sh:select """SELECT $this ?value WHERE {
    $this ex:begin ?begin ; ex:end ?value . FILTER(?value < ?begin) }""" .
'''


def data(things: int, wrong: float, seed: int = 1) -> str:
    """Return N-Triples about so many things, of which this share breaks one kind each."""
    chance = random.Random(seed)  # noqa: S311 (a benchmark, no secret)
    lines = [_triple(f"office{i}", "type", "ex:Office") for i in range(20)]
    lines += [_triple(f"main{i}", "type", "ex:Main") for i in range(20)]
    bad = set(chance.sample(range(things), round(things * wrong)))
    for number in range(things):
        kind = chance.choice(KINDS) if number in bad else ""
        lines += _thing(f"thing{number}", number, kind)
    return "".join(lines)


def _thing(name: str, number: int, wrong: str) -> list[str]:
    def is_wrong(kind: str, bad: str, good: str) -> str:
        return bad if wrong == kind else good

    facts = [
        ("type", "ex:Thing"),
        ("born", is_wrong("datatype", '"gestern"', '"2020-02-29"^^xsd:date')),
        ("office", f"ex:{is_wrong('class', 'main', 'office')}{number % 20}"),
        ("key", is_wrong("pattern", '"0815"', f'"{number:08}"')),
        ("status", is_wrong("in", "ex:lost", "ex:open" if number % 2 else '"planned"')),
        ("page", is_wrong("nodeKind", '"www"', f"ex:page{number}")),
        ("label", is_wrong("languageIn", f'"Objet {number}"@fr', f'"Ding {number}"@de')),
        ("title", f'"Titel {number}"@de'),
        ("title", is_wrong("uniqueLang", '"Noch einer"@de', f'"Title {number}"@en')),
        ("short", is_wrong("length", '"viel zu lang und breit"', f'"k{number}"')),
        ("share", f'"{is_wrong("range", "101", str(number % 101))}"^^xsd:integer'),
        ("part", f"ex:main{number % 20}"),
        ("part", f"ex:{is_wrong('qualified', 'main', 'office')}{(number + 1) % 20}"),
        ("begin", f'"{is_wrong("sparql", "2021", "2019")}-01-01"^^xsd:date'),
        ("end", '"2020-12-31"^^xsd:date'),
        ("name", f'"Name {number}"'),
    ]
    if wrong == "cardinality":
        facts[-1] = ("label", f'"Thing {number}"@en')
    return [_triple(name, *fact) for fact in facts]


def _triple(subject: str, predicate: str, value: str) -> str:
    if value.startswith("ex:"):
        value = f"<https://example.org/bench#{value[3:]}>"
    value = value.replace("xsd:integer", "<http://www.w3.org/2001/XMLSchema#integer>")
    value = value.replace("xsd:date", "<http://www.w3.org/2001/XMLSchema#date>")
    base = (
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        if predicate == "type"
        else f"<https://example.org/bench#{predicate}>"
    )
    return f"<https://example.org/bench#{subject}> {base} {value} .\n"
