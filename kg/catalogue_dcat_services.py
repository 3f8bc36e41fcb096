"""The services that the catalogue names beside the files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the catalogue: what it is called, where it is, and what it gives."""

    key: str
    path: str
    described: str
    titles: Mapping[str, str]
    file_type: str
    of_all: bool = False
    """Whether it gives all graphs together only."""

    def gives(self, graph: str | None) -> bool:
        """Tell whether it gives the data set of this graph, None: of all graphs."""
        return graph is None or not self.of_all


SERVICES: Final = (
    Service("sparql", "/sparql", "/sparql", {"de": "SPARQL 1.1", "en": "SPARQL 1.1"}, "SPARQLQ"),
    Service("api", "/api/v1", "/openapi.json",
            {"de": "JSON-Schnittstelle", "en": "JSON API"}, "JSON"),
    Service("store", "/store", "/openapi.json",
            {"de": "Graph Store", "en": "Graph Store"}, "RDF_TURTLE"),
    Service("ldes", "/ldes", "/ldes",
            {"de": "Änderungen (LDES)", "en": "changes (LDES)"}, "RDF_TRIG", of_all=True),
    Service("reconcile", "/reconcile", "/reconcile",
            {"de": "Abgleich von Namen", "en": "reconciliation of names"}, "JSON", of_all=True),
)  # fmt: skip
