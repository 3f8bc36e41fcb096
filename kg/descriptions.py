"""What descriptions of data sets are written with: others' vocabularies, and the formats of RDF."""

from collections.abc import Iterable
from typing import Final, TypeAlias

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.documents import FORMATS, JSON_LD
from kg.namespaces import PREFIXES, VOID, Namespace
from kg.terms import Literal

AS: Final = Namespace("https://www.w3.org/ns/activitystreams#")
DCATAP: Final = Namespace("http://data.europa.eu/r5r/")
FORMAT: Final = Namespace("http://www.w3.org/ns/formats/")
HYDRA: Final = Namespace("http://www.w3.org/ns/hydra/core#")
LDES: Final = Namespace("https://w3id.org/ldes#")
SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
TREE: Final = Namespace("https://w3id.org/tree#")
VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")

Said: TypeAlias = "tuple[NamedNode, NamedNode, NamedNode | Literal]"
"""A statement of a description; there are no blank nodes in ours."""

_PREFIXES: Final[dict[str, str]] = PREFIXES | {
    "as": str(AS), "dcatap": str(DCATAP), "hydra": str(HYDRA),
    "ldes": str(LDES), "spdx": str(SPDX), "tree": str(TREE), "vcard": str(VCARD),
    "void": str(VOID),
}  # fmt: skip
_FORMATS: Final = FORMATS | {JSON_LD: RdfFormat.JSON_LD}


def rdf(said: Iterable[Said], media_type: str) -> bytes:
    """Return a description in a format of RDF, its statements each once and sorted."""
    triples = sorted({Triple(*one) for one in said}, key=str)
    form = _FORMATS[media_type]
    if form.supports_datasets:
        quads = [Quad(one.subject, one.predicate, one.object, DefaultGraph()) for one in triples]
        return serialize(quads, format=form, prefixes=_used(triples)) or b""
    return serialize(triples, format=form, prefixes=_used(triples)) or b""


def dataset(quads: Iterable[Quad], media_type: str) -> bytes:
    """Return quads in a format, in this order; without graphs, each once, where it has none."""
    form, given = _FORMATS[media_type], list(quads)
    if form.supports_datasets:
        return serialize(given, format=form, prefixes=_PREFIXES) or b""
    triples = dict.fromkeys(quad.triple for quad in given)
    return serialize(triples, format=form, prefixes=_PREFIXES) or b""


def _used(triples: Iterable[Triple]) -> dict[str, str]:
    text = "\n".join(str(one) for one in triples)
    return {name: base for name, base in _PREFIXES.items() if f"<{base}" in text}
