"""Mints IRIs; nobody else does.

Keys are strings and stay as they are, but for what a path segment may not hold.
"""

import hashlib
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from kg.namespaces import GRAPH, ID

_SAFE: Final = "-._~"
KINDS: Final = (
    "jurisdiction",
    "actor",
    "lab",
    "innovation",
    "solution",
    "adoption",
    "provision",
    "site",
    "contributor",
    "involvement",
    "category",
    "concern",
    "competence",
    "transfer",
    "change",
    "service",
    "postcode",
    "criterion",
    "observation",
    "dataset",
    "entry",
    "resolution",
    "judgement",
    "agent",
    "record",
    "source",
)
"""The kinds of things, as they stand in IRIs."""


def mint(kind: str, *key: str) -> NamedNode:
    """Return the IRI of the thing of this kind whose key is `key`, joined by hyphens.

    `mint("jurisdiction", "120630000000")`, `mint("lab", "codefor_de_labs", "berlin")`.
    """
    if kind not in KINDS:
        message = f"there is no kind {kind!r}; kinds are {', '.join(KINDS)}"
        raise ValueError(message)
    if not key or not all(key):
        message = f"a {kind} needs a key that is not empty, not {key!r}"
        raise ValueError(message)
    return NamedNode(f"{ID}{kind}/{quote('-'.join(key), safe=_SAFE)}")


def digest(*fields: str) -> str:
    """Return 16 hexadecimal digits that stand for these fields in this order."""
    return hashlib.sha256("\x1f".join(fields).encode()).hexdigest()[:16]


def geometry_of(thing: NamedNode) -> NamedNode:
    """Return the IRI of a thing's geometry."""
    return NamedNode(f"{thing.value}/geometry")


def part_of(thing: NamedNode, *segment: str) -> NamedNode:
    """Return the IRI of a named part of a thing, such as a dated notation of a place."""
    return NamedNode("/".join([thing.value, *(quote(one, safe=_SAFE) for one in segment)]))


def whole_of(thing: NamedNode) -> NamedNode:
    """Return the thing of which this is a part; one that is no part of anything is its own."""
    if not thing.value.startswith(ID):
        return thing
    return NamedNode(ID + "/".join(thing.value.removeprefix(ID).split("/")[:2]))


def graph(name: str) -> NamedNode:
    """Return the IRI of a graph: a source's slug, `resolution`, `derived`, `provenance` …."""
    return NamedNode(GRAPH + name)


@lru_cache(maxsize=1 << 15)
def kind_and_key(iri: str) -> tuple[str, str] | None:
    """Return kind and key of one of our things, None for any other IRI."""
    if not iri.startswith(ID):
        return None
    kind, _, key = iri.removeprefix(ID).partition("/")
    return (kind, unquote(key)) if kind in KINDS and key else None
