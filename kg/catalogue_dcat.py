"""The catalogue of our data sets and services by DCAT-AP.de 3.0.

https://www.dcat-ap.de/def/dcatde/3.0/spec/ – a data set for each graph and one for the whole. What
identifies a data set and when it changed stay the same however often it is asked for and built:
portals tell duplicates by these.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.answers.sources import SourceRow
from kg.catalogue_dcat_services import SERVICES
from kg.catalogue_dcat_words import (
    OTHER_OPEN,
    explained,
    licence,
    media_type,
    place,
    subject_of,
    word,
)
from kg.descriptions import DCATAP, SPDX, VCARD, Said
from kg.dumps import MEDIA_TYPES, PACKED, SUFFIXES, Dump, file_of
from kg.log_history import Span
from kg.namespaces import BASE, DCAT, DCATDE, DCTERMS, FOAF, RDF, XSD
from kg.settings import Settings
from kg.terms import Literal, NamedNode, moment, text
from kg.void import WHOLE

CATALOGUE: Final = f"{BASE}catalog"
LANGUAGES: Final = ("DEU", "ENG")
_FILE_TYPES: Final = {"nq": "RDF_N_QUADS", "ttl": "RDF_TURTLE"}
_KEYWORDS: Final = ("Verwaltung", "Innovation", "Linked Data", "Wissensgraph")
_ATTRIBUTION: Final = (
    "Innovationslotse; die Aussagen jeder Quelle unter deren Lizenz, siehe die einzelnen Datensätze"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A data set of the catalogue."""

    iri: str
    name: str
    """The name of its graph; empty: the whole."""
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    span: Span
    licence: str | None
    attribution: str
    creator: str | None
    homepage: str | None
    as_of: str | None

    @property
    def graph(self) -> str | None:
        """Return the name of its graph, None for the whole."""
        return self.name or None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the catalogue is served, and by whom."""

    address: str
    settings: Settings

    @property
    def publisher(self) -> NamedNode:
        """Return the IRI of whoever runs this service."""
        return NamedNode(self.settings.publisher_iri)


def entries(
    sources: Mapping[str, tuple[SourceRow, SourceRow]],
    about: Mapping[str, Mapping[str, str]],
    spans: Mapping[str, Span],
    otherwise: str,
) -> list[Entry]:
    """Return all data sets: the whole, then each source by name; other graphs are of the whole.

    `sources` are in German and in English by the IRI of their graph; `about` says by slug what
    we take of a source; `otherwise` is when the release was published.
    """
    never = Span(otherwise, otherwise)
    every = list(spans.values()) or [never]
    whole = Span(min(one.issued for one in every), max(one.modified for one in every))
    return [
        Entry(
            WHOLE, "",
            {"de": "Innovationslotse: Wissensgraph der Innovationen im öffentlichen Sektor",
             "en": "Innovationslotse: knowledge graph of public-sector innovation"},
            {"de": "Alle Graphen: was die Quellen sagen, woher es stammt, was aus Namen "
                   "geschlossen wurde, und das Vokabular.",
             "en": "All graphs: what the sources say, where it comes from, what was concluded "
                   "from names, and the vocabulary."},
            whole, OTHER_OPEN, _ATTRIBUTION, None, None, None,
        ),
        *(_entry(iri, *both, about.get(both[0].key or "", {}), spans.get(_name(iri), never))
          for iri, both in sorted(sources.items())),
    ]  # fmt: skip


def _entry(
    iri: str, german: SourceRow, english: SourceRow, about: Mapping[str, str], span: Span
) -> Entry:
    titles = {"de": german.label, "en": english.label}
    return Entry(
        iri, _name(iri), titles,
        {"de": about.get("takes") or f"Was die Quelle „{german.label}“ sagt, als RDF.",
         "en": about.get("takes_en") or f"What the source “{english.label}” says, as RDF."},
        span, german.licence, german.attribution or german.label, german.publisher,
        german.homepage, german.as_of,
    )  # fmt: skip


def _name(graph: str) -> str:
    return graph.rpartition("/")[2]


def catalogue(
    at: Place,
    every: Sequence[Entry],
    shown: Sequence[Entry],
    dumps: Mapping[str, Dump],
    labels: Mapping[str, str],
) -> list[Said]:
    """Return the catalogue with the data sets shown, of all that there are.

    `dumps` are those that are written, by file name; `labels` name the licences.
    """
    said = [*_catalogue(at, every), *_agents(at)]
    for one in shown:
        said += [(NamedNode(CATALOGUE), DCAT.dataset, NamedNode(one.iri)), *_data_set(at, one)]
        said += _files(at, one, dumps)
    said += _services(at, shown)
    used = {one for triple in said for one in triple if isinstance(one, NamedNode)}
    return [*said, *explained(used, labels)]


def _catalogue(at: Place, every: Sequence[Entry]) -> Iterator[Said]:
    node, home = NamedNode(CATALOGUE), NamedNode(f"{at.address}/")
    yield node, RDF.type, DCAT.Catalog
    yield node, DCTERMS.title, text("Innovationslotse: Datenkatalog", "de")
    yield node, DCTERMS.title, text("Innovationslotse: catalogue of data", "en")
    yield (
        node,
        DCTERMS.description,
        text("Daten und Dienste des Wissensgraphen der Innovationen im öffentlichen Sektor.", "de"),
    )
    yield (
        node,
        DCTERMS.description,
        text("Data and services of the knowledge graph of public-sector innovation.", "en"),
    )
    yield node, DCTERMS.publisher, at.publisher
    yield node, FOAF.homepage, home
    yield home, RDF.type, FOAF.Document
    yield node, DCTERMS.license, licence("http://dcat-ap.de/def/licenses/cc-zero")
    yield node, DCTERMS.spatial, place("de")[0]
    yield node, DCTERMS.issued, moment(min(one.span.issued for one in every))
    yield node, DCTERMS.modified, moment(max(one.span.modified for one in every))
    scheme = word("data-theme", "")
    yield node, DCAT.themeTaxonomy, NamedNode(scheme.value.rstrip("/"))
    for name in LANGUAGES:
        yield node, DCTERMS.language, word("language", name)


def _agents(at: Place) -> Iterator[Said]:
    contact = NamedNode(f"{CATALOGUE}#contact")
    yield at.publisher, RDF.type, FOAF.Agent
    yield at.publisher, FOAF.name, text(at.settings.publisher)
    yield contact, RDF.type, VCARD.Kind
    yield contact, RDF.type, VCARD.Organization
    yield contact, VCARD.fn, text(at.settings.publisher)
    yield contact, VCARD.hasURL, NamedNode(at.settings.contact_url or f"{at.address}/info")


def _data_set(at: Place, one: Entry) -> Iterator[Said]:
    node = NamedNode(one.iri)
    subject = subject_of(one.name or "whole")
    page = NamedNode(f"{at.address}/sources/{one.name}" if one.name else f"{at.address}/catalog")
    yield node, RDF.type, DCAT.Dataset
    for lang, title in one.titles.items():
        yield node, DCTERMS.title, text(title, lang)
    for lang, description in one.descriptions.items():
        yield node, DCTERMS.description, text(description, lang)
    for keyword in _KEYWORDS:
        yield node, DCAT.keyword, text(keyword, "de")
    yield node, DCTERMS.identifier, text(one.iri)
    yield node, DCTERMS.issued, moment(one.span.issued)
    yield node, DCTERMS.modified, moment(one.span.modified)
    yield node, DCTERMS.publisher, at.publisher
    yield node, DCATDE.contributorID, NamedNode(at.settings.contributor_id or at.publisher.value)
    yield node, DCAT.contactPoint, NamedNode(f"{CATALOGUE}#contact")
    yield node, DCTERMS.accessRights, word("access-right", "PUBLIC")
    yield node, DCAT.landingPage, page
    yield page, RDF.type, FOAF.Document
    for theme in subject.themes:
        yield node, DCAT.theme, word("data-theme", theme)
    if subject.place is not None:
        where, level = place(subject.place)
        yield node, DCTERMS.spatial, where
        yield node, DCATDE.politicalGeocodingLevelURI, level
    for name in LANGUAGES:
        yield node, DCTERMS.language, word("language", name)
    yield from _origin(node, one)


def _origin(node: NamedNode, one: Entry) -> Iterator[Said]:
    if one.creator is not None:
        agent = NamedNode(f"{one.iri}#publisher")
        yield node, DCTERMS.creator, agent
        yield agent, RDF.type, FOAF.Agent
        yield agent, FOAF.name, text(one.creator)
    if one.homepage is not None:
        yield node, DCTERMS.references, NamedNode(one.homepage)
    if one.as_of is not None:
        period = NamedNode(f"{one.iri}#period")
        yield node, DCTERMS.temporal, period
        yield period, RDF.type, DCTERMS.PeriodOfTime
        yield period, DCAT.endDate, Literal(one.as_of, datatype=XSD.date)


def _files(at: Place, one: Entry, dumps: Mapping[str, Dump]) -> Iterator[Said]:
    for suffix in SUFFIXES:
        form, packing = suffix.split(".")
        file = file_of(one.graph, suffix)
        node = NamedNode(f"{one.iri}#{suffix.replace('.', '-')}")
        address = NamedNode(f"{at.address}/dumps/latest/{file}")
        yield from _distribution(node, one, f"{one.titles['de']} ({suffix})")
        yield node, DCAT.accessURL, address
        yield node, DCAT.downloadURL, address
        yield node, DCTERMS.format, word("file-type", _FILE_TYPES[form])
        yield node, DCAT.mediaType, media_type(MEDIA_TYPES[form])
        yield node, DCAT.compressFormat, media_type(PACKED[packing])
        if file in dumps:
            size, sum_ = dumps[file].bytes, NamedNode(f"{node.value}-sha256")
            yield node, DCAT.byteSize, Literal(str(size), datatype=XSD.nonNegativeInteger)
            yield node, SPDX.checksum, sum_
            yield sum_, RDF.type, SPDX.Checksum
            yield sum_, SPDX.algorithm, SPDX.checksumAlgorithm_sha256
            yield sum_, SPDX.checksumValue, Literal(dumps[file].sha256, datatype=XSD.hexBinary)
    for service in (service for service in SERVICES if service.gives(one.graph)):
        node = NamedNode(f"{one.iri}#{service.key}")
        yield from _distribution(node, one, f"{one.titles['de']} ({service.titles['de']})")
        yield node, DCAT.accessURL, NamedNode(f"{at.address}{service.path}")
        yield node, DCAT.accessService, NamedNode(f"{CATALOGUE}#{service.key}")
        yield node, DCTERMS.format, word("file-type", service.file_type)


def _distribution(node: NamedNode, one: Entry, title: str) -> Iterator[Said]:
    yield NamedNode(one.iri), DCAT.distribution, node
    yield node, RDF.type, DCAT.Distribution
    yield node, DCTERMS.title, text(title, "de")
    yield node, DCTERMS.license, licence(one.licence)
    yield node, DCATDE.licenseAttributionByText, text(one.attribution, "de")
    yield node, DCTERMS.modified, moment(one.span.modified)
    yield node, DCATAP.availability, word("planned-availability", "STABLE")
    for name in LANGUAGES:
        yield node, DCTERMS.language, word("language", name)


def _services(at: Place, shown: Sequence[Entry]) -> Iterator[Said]:
    for service in SERVICES:
        node = NamedNode(f"{CATALOGUE}#{service.key}")
        yield NamedNode(CATALOGUE), DCAT.service, node
        yield node, RDF.type, DCAT.DataService
        for lang, title in service.titles.items():
            yield node, DCTERMS.title, text(f"Innovationslotse: {title}", lang)
        yield node, DCAT.endpointURL, NamedNode(f"{at.address}{service.path}")
        yield node, DCAT.endpointDescription, NamedNode(f"{at.address}{service.described}")
        yield node, DCTERMS.publisher, at.publisher
        yield node, DCAT.contactPoint, NamedNode(f"{CATALOGUE}#contact")
        yield node, DCTERMS.license, NamedNode(OTHER_OPEN)
        yield node, DCTERMS.accessRights, word("access-right", "PUBLIC")
        yield node, DCAT.theme, word("data-theme", "GOVE")
        for one in shown:
            if service.gives(one.graph):
                yield node, DCAT.servesDataset, NamedNode(one.iri)
