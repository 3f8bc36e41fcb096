"""The controlled words of DCAT-AP.de that our catalogue uses, each said to be of its vocabulary.

The official shapes want to see that a word belongs to its vocabulary; who holds the catalogue
against them need not fetch the vocabularies then.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from kg.descriptions import SPDX, Said
from kg.namespaces import DCTERMS, RDF, SKOS
from kg.terms import NamedNode, text

AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
LICENCES: Final = "http://dcat-ap.de/def/licenses"
OTHER_OPEN: Final = f"{LICENCES}/other-open"
_CONTRIBUTORS: Final = "http://dcat-ap.de/def/contributors"
_GEO: Final = "http://dcat-ap.de/def/politicalGeocoding"
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
_LABELS: Final[Mapping[str, str]] = {
    f"{AUTHORITY}data-theme/GOVE": "Regierung und öffentlicher Sektor",
    f"{AUTHORITY}data-theme/TECH": "Wissenschaft und Technologie",
    f"{AUTHORITY}data-theme/REGI": "Regionen und Städte",
    f"{AUTHORITY}data-theme/SOCI": "Bevölkerung und Gesellschaft",
    f"{AUTHORITY}data-theme/JUST": "Justiz, Rechtssystem und öffentliche Sicherheit",
    f"{AUTHORITY}language/DEU": "Deutsch",
    f"{AUTHORITY}language/ENG": "Englisch",
    f"{AUTHORITY}file-type/RDF_N_QUADS": "RDF N-Quads",
    f"{AUTHORITY}file-type/RDF_TURTLE": "RDF Turtle",
    f"{AUTHORITY}file-type/RDF_TRIG": "RDF TriG",
    f"{AUTHORITY}file-type/JSON": "JSON",
    f"{AUTHORITY}file-type/SPARQLQ": "SPARQL",
    f"{AUTHORITY}planned-availability/STABLE": "langfristig verfügbar",
    f"{AUTHORITY}access-right/PUBLIC": "öffentlich",
    f"{_GEO}/Level/federal": "Bund",
    f"{_GEO}/Level/state": "Land",
    f"{_GEO}/Level/municipality": "Gemeinde",
}
_CLASSES: Final[Mapping[str, NamedNode]] = {
    f"{AUTHORITY}language": DCTERMS.LinguisticSystem,
    f"{AUTHORITY}file-type": DCTERMS.MediaTypeOrExtent,
    f"{AUTHORITY}access-right": DCTERMS.RightsStatement,
    LICENCES: DCTERMS.LicenseDocument,
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a data set is about: EU data themes, and the part of Germany, if it is one."""

    themes: tuple[str, ...] = ("GOVE",)
    place: str | None = None


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    path = Path(__file__).with_name("catalogue_dcat.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def subject_of(name: str) -> Subject:
    """Return what the data set of this name is about."""
    said = _table()["about"].get(name, {})
    return Subject(tuple(said.get("themes", ("GOVE",))), said.get("place"))


def licence(iri: str | None) -> NamedNode:
    """Return the licence that dcat-ap.de names for a source's licence."""
    if iri is None:
        return NamedNode(OTHER_OPEN)
    if iri.startswith(f"{LICENCES}/"):
        return NamedNode(iri)
    known: Mapping[str, str] = _table()["licences"]
    software = "other-opensource" if iri.startswith("https://spdx.org/") else "other-open"
    return NamedNode(f"{LICENCES}/{known.get(iri, software)}")


def word(scheme: str, name: str) -> NamedNode:
    """Return a word of a vocabulary of the EU: `word("data-theme", "GOVE")`."""
    return NamedNode(f"{AUTHORITY}{scheme}/{name}")


def media_type(name: str) -> NamedNode:
    """Return the IRI that IANA's list gives to a media type."""
    return NamedNode(_MEDIA_TYPES + name)


def place(key: str) -> tuple[NamedNode, NamedNode]:
    """Return a place as DCAT-AP.de names it, and its level: `de`, a Land, a Gemeinde."""
    if key == "de":
        return word("country", "DEU"), NamedNode(f"{_GEO}/Level/federal")
    kind, level = ("stateKey", "state") if len(key) == 2 else ("municipalityKey", "municipality")  # noqa: PLR2004
    return NamedNode(f"{_GEO}/{kind}/{key}"), NamedNode(f"{_GEO}/Level/{level}")


def explained(used: set[NamedNode], labels: Mapping[str, str]) -> Iterator[Said]:
    """Yield of each word that is used its vocabulary, its class and its label.

    `labels` names what has no label here, above all licences.
    """
    for node in used:
        iri = node.value
        if iri.startswith(_MEDIA_TYPES):
            yield node, RDF.type, DCTERMS.MediaType
        elif iri.startswith((f"{_GEO}/", f"{AUTHORITY}country/")) and "/Level/" not in iri:
            yield node, RDF.type, DCTERMS.Location
        elif iri == SPDX.checksumAlgorithm_sha256.value:
            yield node, RDF.type, SPDX.ChecksumAlgorithm
        elif iri.startswith((AUTHORITY, f"{LICENCES}/", f"{_CONTRIBUTORS}/", _GEO)):
            yield from _concept(node, labels)


def _concept(node: NamedNode, labels: Mapping[str, str]) -> Iterator[Said]:
    iri = node.value
    ours = (one for one in (LICENCES, _CONTRIBUTORS) if iri.startswith(one))
    scheme = next(ours, iri.rpartition("/")[0])
    yield node, RDF.type, SKOS.Concept
    yield node, SKOS.inScheme, NamedNode(scheme)
    yield NamedNode(scheme), RDF.type, SKOS.ConceptScheme
    yield NamedNode(scheme), DCTERMS.title, text(scheme.rpartition("/")[2], "en")
    label = _LABELS.get(iri) or labels.get(iri) or iri.removeprefix(f"{LICENCES}/")
    yield node, SKOS.prefLabel, text(label, "de")
    if scheme in _CLASSES:
        yield node, RDF.type, _CLASSES[scheme]
