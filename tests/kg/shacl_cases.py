"""Shapes with every core constraint, and values of every kind, put together by lot."""

import random
from collections.abc import Callable
from typing import Final

PREFIXES: Final = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ex: <https://example.org/e#> .
ex:D sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/e#"^^xsd:anyURI ] .
"""
NODES: Final = ("ex:n1", "ex:n2", "ex:n3", "ex:C")
LITERALS: Final = (
    '""', '"a"', '"abc"', '"ABC"', '"äöü €"', '"𝒳y"', r'"a\nb"', '"de"@de', '"de"@de-DE',
    '"de"@DE', '"en"@en', '"en2"@en', '"fr"@fr', "1", "2", "5", "-3", '"007"^^xsd:integer',
    '"x"^^xsd:integer', '"1.0"^^xsd:integer', "1.5", "2.0", '"1.50"^^xsd:decimal', "1.0e0",
    '"INF"^^xsd:double', '"1"^^xsd:float', "true", '"1"^^xsd:boolean', '"yes"^^xsd:boolean',
    '"2020-01-01"^^xsd:date', '"2020-02-30"^^xsd:date', '"2020-01-01Z"^^xsd:date',
    '"2020-01-01+05:00"^^xsd:date', '"2021-06-01"^^xsd:date',
    '"2020-01-01T00:00:00"^^xsd:dateTime', '"2020-01-01T00:00:00Z"^^xsd:dateTime',
    '"2020-01-01T24:00:00Z"^^xsd:dateTime', '"2021"^^xsd:gYear', '"21"^^xsd:gYear',
    '"2021-05"^^xsd:gYearMonth', '"12:00:00"^^xsd:time', '"P1D"^^xsd:duration',
    '"PT1H"^^xsd:dayTimeDuration', '"http://x y"^^xsd:anyURI', '"http://x.example/"^^xsd:anyURI',
    '"q"^^ex:own', '"5"^^xsd:nonNegativeInteger', '"-5"^^xsd:nonNegativeInteger',
    '"300"^^xsd:byte', '"5"^^xsd:int', '"<a/>"^^rdf:XMLLiteral', '"a b"^^xsd:token',
    '"YWJj"^^xsd:base64Binary', '"0g"^^xsd:hexBinary',
)  # fmt: skip
VALUES: Final = (*NODES, "_:b1", "_:b2", *LITERALS)
_TYPES: Final = (
    "rdf:langString", "xsd:string", "xsd:integer", "xsd:decimal", "xsd:double", "xsd:float",
    "xsd:boolean", "xsd:date", "xsd:dateTime", "xsd:gYear", "xsd:gYearMonth", "xsd:time",
    "xsd:duration", "xsd:anyURI", "xsd:nonNegativeInteger", "xsd:byte", "xsd:int",
)  # fmt: skip
_BOUNDS: Final = (
    "1", "2", "1.5", '"2020-01-01"^^xsd:date', '"2020-01-01T00:00:00"^^xsd:dateTime',
    '"2020-01-01T00:00:00Z"^^xsd:dateTime', '"abc"', "1.0e0", '"2021"^^xsd:gYear',
)  # fmt: skip
_PATTERNS: Final = (
    '"^a"', '"b"', '"^[0-9]+$"', r'"^\\w+$"', '"^.{1,3}$"', '"^(?=a).*c$"', r'"\\d"', '"[äöü]"',
)  # fmt: skip
_QUERIES: Final = (
    "$this ex:p ?a ; ex:q ?value . FILTER(?value < ?a)",
    "$this ex:p ?a ; ex:q ?value . FILTER(?value = ?a)",
    "$this ex:p ?a ; ex:q ?value . FILTER(?value != ?a)",
    "$this ex:p ?value . FILTER NOT EXISTS { $this ex:q ?b }",
    "$this ex:p ?value FILTER(isLiteral(?value) && lang(?value) = 'de')",
    "$this ex:p ?value . OPTIONAL { $this ex:q ?b } FILTER(!bound(?b))",
    "{ $this ex:p ?value } UNION { $this ex:r ?value }",
    "$this ex:p ?value FILTER(datatype(?value) = <http://www.w3.org/2001/XMLSchema#integer>)",
    "$this ex:p ?value FILTER(str(?value) = 'a')",
    "$this ex:p ?value FILTER(?value >= 2)",
    "$this ex:p ?value FILTER(?value)",
    "$this ex:p ?value FILTER(?value IN (1, 'a', ex:n1))",
    "$this ex:p ?value . ?value ex:q ?b",
)
_PATHS: Final = (
    "ex:p", "ex:q", "ex:r", "[ sh:inversePath ex:p ]", "( ex:p ex:q )",
    "[ sh:alternativePath ( ex:p ex:q ) ]", "[ sh:zeroOrMorePath ex:p ]",
    "[ sh:oneOrMorePath ex:q ]", "[ sh:zeroOrOnePath ex:p ]",
)  # fmt: skip
_KINDS: Final = ("IRI", "BlankNode", "Literal", "IRIOrLiteral", "BlankNodeOrIRI")
_TARGETS: Final = (
    "sh:targetClass ex:C", "sh:targetSubjectsOf ex:p", "sh:targetObjectsOf ex:q",
    "sh:targetNode ex:n1, ex:nowhere", "sh:targetClass ex:D2",
)  # fmt: skip
_SIMPLE: Final = (
    "datatype", "class", "pattern", "in", "nodeKind", "languageIn", "minLength", "maxLength",
    "minInclusive", "maxExclusive", "hasValue",
)  # fmt: skip

_LANGUAGES: Final = ('"de"', '"de" "en"', '"DE"')

Chance = random.Random
CONSTRAINTS: Final[dict[str, Callable[[Chance], str]]] = {
    "minCount": lambda by: f"sh:minCount {by.randint(0, 3)}",
    "maxCount": lambda by: f"sh:maxCount {by.randint(0, 2)}",
    "datatype": lambda by: f"sh:datatype {by.choice(_TYPES)}",
    "class": lambda by: f"sh:class {by.choice(('ex:C', 'ex:D2'))}",
    "pattern": lambda by: f"sh:pattern {by.choice(_PATTERNS)} {_flags(by)}",
    "in": lambda by: f"sh:in ({' '.join(by.sample((*NODES, *LITERALS), 6))})",
    "nodeKind": lambda by: f"sh:nodeKind sh:{by.choice(_KINDS)}",
    "languageIn": lambda by: f"sh:languageIn ({by.choice(_LANGUAGES)})",
    "uniqueLang": lambda by: f"sh:uniqueLang {by.choice(('true', 'false'))}",
    "minLength": lambda by: f"sh:minLength {by.randint(0, 4)}",
    "maxLength": lambda by: f"sh:maxLength {by.randint(0, 4)}",
    "minInclusive": lambda by: f"sh:minInclusive {by.choice(_BOUNDS)}",
    "maxInclusive": lambda by: f"sh:maxInclusive {by.choice(_BOUNDS)}",
    "minExclusive": lambda by: f"sh:minExclusive {by.choice(_BOUNDS)}",
    "maxExclusive": lambda by: f"sh:maxExclusive {by.choice(_BOUNDS)}",
    "hasValue": lambda by: f"sh:hasValue {by.choice((*NODES, *LITERALS))}",
    "equals": lambda by: f"sh:equals ex:{by.choice('pqr')}",
    "disjoint": lambda by: f"sh:disjoint ex:{by.choice('pqr')}",
    "lessThan": lambda by: f"sh:lessThan ex:{by.choice('pqr')}",
    "lessThanOrEquals": lambda by: f"sh:lessThanOrEquals ex:{by.choice('pqr')}",
    "qualified": lambda by: (
        f"sh:qualifiedValueShape [ {_simple(by)} ] ; "
        f"sh:qualifiedMinCount {by.randint(0, 2)} ; sh:qualifiedMaxCount {by.randint(0, 2)}"
    ),
    "disjointly": lambda by: (
        f"sh:qualifiedValueShape [ {_simple(by)} ] ; "
        "sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true"
    ),
    "node": lambda by: f"sh:node [ sh:property [ sh:path ex:{by.choice('pqr')} ; {_simple(by)} ] ]",
    "not": lambda by: f"sh:not [ {_simple(by)} ]",
    "and": lambda by: f"sh:and ( [ {_simple(by)} ] [ {_simple(by)} ] )",
    "or": lambda by: f"sh:or ( [ {_simple(by)} ] [ {_simple(by)} ] )",
    "xone": lambda by: f"sh:xone ( [ {_simple(by)} ] [ {_simple(by)} ] )",
}
ON_NODES: Final[dict[str, Callable[[Chance], str]]] = {
    **{
        name: CONSTRAINTS[name]
        for name in (
            "class", "pattern", "in", "nodeKind", "minLength", "hasValue", "equals", "disjoint",
            "node", "not", "and", "or", "xone", "datatype", "languageIn",
        )
    },
    "closed": lambda by: "sh:closed true ; sh:ignoredProperties ( rdf:type )"
    + by.choice(("", " ; sh:property [ sh:path ex:p ]")),
    "sparql": lambda by: "sh:sparql [ sh:prefixes ex:D ; "
    f'sh:select "SELECT $this ?value WHERE {{ {by.choice(_QUERIES)} }}" ]',
}  # fmt: skip


def shapes(by: Chance) -> str:
    """Return up to three shapes in Turtle."""
    written = PREFIXES
    for number in range(by.randint(1, 3)):
        if by.random() < 0.3:
            body = by.choice(list(ON_NODES.values()))(by)
        else:
            path = by.choice(_PATHS) if by.random() < 0.4 else "ex:p"
            constraint = by.choice(list(CONSTRAINTS.values()))(by)
            severity = by.choice(("", "; sh:severity sh:Warning"))
            body = f"sh:property [ sh:path {path} ; {constraint} {severity} ]"
        written += f"ex:S{number} a sh:NodeShape ; {by.choice(_TARGETS)} ; {body} .\n"
    return written


def data(by: Chance) -> str:
    """Return some nodes with values of every kind in Turtle."""
    written = PREFIXES + "ex:D2 rdfs:subClassOf ex:C .\n"
    for name in ("ex:n0", "ex:n1", "ex:n2", "ex:n3", "_:b1", "_:b2"):
        if by.random() < 0.8:
            written += f"{name} a {by.choice(('ex:C', 'ex:D2'))} .\n"
        for predicate in "pqr":
            for _ in range(by.randint(0, 3)):
                written += f"{name} ex:{predicate} {by.choice(VALUES)} .\n"
    return written


def _flags(by: Chance) -> str:
    return by.choice(("", *(f'; sh:flags "{one}"' for one in "ismx")))


def _simple(by: Chance) -> str:
    return CONSTRAINTS[by.choice(_SIMPLE)](by)
