"""Which IT providers serve a place: a fact beside the answers, never part of a score."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.answers.answer import Evidence
from kg.answers.facts import Facts, evidence_of
from kg.store import Graph
from kg.terms import LOTSE, NamedNode
from kg.things import Thing

WEAK: Final = "permitted-sender"
"""A provider that may send a place's mail; membership or service does not follow from that."""


@dataclass(frozen=True, slots=True)
class Provider:
    """An IT provider of a place."""

    provider: Thing
    basis: str
    """`stated`, `mail-exchanger`, `permitted-sender`."""
    weak: bool
    provision: str
    """What the statement is kept as."""
    evidence: tuple[Evidence, ...]

    @property
    def label(self) -> str:
        """Return the provider's name with the basis, for flat rows."""
        return f"{self.provider.label} ({self.basis}{', weak' if self.weak else ''})"


def providers_of(
    graph: Graph, places: Iterable[str], lang: str = "de"
) -> dict[str, tuple[Provider, ...]]:
    """Return the IT providers of these places, the best founded first; all asked for at once."""
    provisions = {
        place: [quad.subject.value for quad in graph.quads(None, LOTSE.client, NamedNode(place))
                if isinstance(quad.subject, NamedNode)]
        for place in places
    }  # fmt: skip
    every = [one for found in provisions.values() for one in found]
    said, evidence = Facts(graph, every), evidence_of(graph, every, lang)
    return {
        place: tuple(sorted(
            (one for node in found if (one := _provider(said, node, evidence, lang)) is not None),
            key=_order,
        ))
        for place, found in provisions.items()
    }  # fmt: skip


def _provider(
    said: Facts, node: str, evidence: dict[str, tuple[Evidence, ...]], lang: str
) -> Provider | None:
    provider, basis = said.thing(node, LOTSE.provider, lang), said.term(node, LOTSE.basis)
    if provider is None or basis is None:
        return None
    return Provider(provider, basis, basis == WEAK, node, evidence.get(node, ()))


def _order(one: Provider) -> tuple[bool, str, str]:
    return one.weak, one.provider.label, one.provision
