"""Labels for what has none of its own: things in between, properties, IRIs of others."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final

from kg.answers.facts import Facts
from kg.answers.words import REUSED
from kg.names import names_of
from kg.namespaces import PREFIXES
from kg.store import Graph
from kg.terms import LOTSE, RDFS, Literal, NamedNode
from kg.things import Thing, thing

_KEPT: Final = 20_000
_PREFERRED_LABELS: Final = (
    LOTSE.adopterAsPublished, LOTSE.clientAsPublished, LOTSE.topic, LOTSE.published,
)  # fmt: skip
_JOINED: Final = (
    LOTSE.solution, LOTSE.adopter, LOTSE.provider, LOTSE.client, LOTSE.actor, LOTSE.activity,
    LOTSE.category, LOTSE.body, LOTSE.criterion,
)  # fmt: skip


def labels_in_between(graph: Graph, iris: Iterable[str], lang: str) -> dict[str, str]:
    """Return labels for things in between that have none: who uses what, what a place got."""
    names, made = names_of(graph), _made(graph)
    found = {iri: made(iri, lang) for iri in iris if iri not in names.labels}
    return {iri: label for iri, label in found.items() if label}


@lru_cache(maxsize=4)
def _made(graph: Graph) -> Callable[[str, str], str]:
    """Return what makes labels for things of an opened release; those made last are kept."""

    @lru_cache(maxsize=_KEPT)
    def made(iri: str, lang: str) -> str:
        return " – ".join(dict.fromkeys(_parts(Facts(graph, [iri]), iri, lang)))

    return made


def _parts(said: Facts, iri: str, lang: str) -> Iterator[str]:
    for prop in _JOINED:
        one = said.thing(iri, prop, lang)
        if one is not None:
            yield one.label
            if prop == LOTSE.criterion and (place := said.thing(iri, LOTSE.place, lang)):
                yield place.label
    for prop in _PREFERRED_LABELS:
        text = said.text(iri, prop, lang)
        if text is not None:
            yield text


def labelled(graph: Graph, iri: str, labels: dict[str, str], lang: str) -> Thing:
    """Return the thing of an IRI, with a label made for it where it has none of its own."""
    found = thing(graph, iri, lang)
    if iri in labels:
        return Thing(found.iri, found.kind, labels[iri], found.key)
    if found.kind == "thing" and iri not in names_of(graph).labels:
        return Thing(found.iri, found.kind, _short(iri), found.key)
    return found


def property_label(graph: Graph, prop: str, lang: str) -> str:
    """Return the label of a property, else its name with our prefix."""
    own = _property_labels(graph).get((prop, lang))
    return own or REUSED.get(prop, {}).get(lang) or _short(prop)


@lru_cache(maxsize=4)
def _property_labels(graph: Graph) -> dict[tuple[str, str], str]:
    return {
        (quad.subject.value, quad.object.language or ""): quad.object.value
        for quad in graph.quads(None, RDFS.label)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }


def _short(iri: str) -> str:
    """Return an IRI with a prefix of ours, whole where none fits."""
    for prefix, base in PREFIXES.items():
        if iri.startswith(base) and len(iri) > len(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri
