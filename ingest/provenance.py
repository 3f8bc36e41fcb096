"""Who says so: for every subject the record, for every record the source."""

from collections.abc import Iterable, Iterator

from ingest.source import Record, Source
from kg.iri import graph, mint
from kg.terms import (
    DCTERMS,
    FOAF,
    LOTSE,
    PROV,
    RDF,
    SKOS,
    NamedNode,
    Triple,
    date,
    link,
    text,
)


def record_iri(source: str, key: str) -> NamedNode:
    """Return the IRI of a record."""
    return mint("record", source, key)


def of_source(source: Source) -> Iterator[Triple]:
    """Yield what a source is: title, publisher, licence, attribution, dates, graph."""
    node = mint("source", source.slug)
    yield Triple(node, RDF.type, LOTSE.Source)
    yield Triple(node, SKOS.prefLabel, text(source.title, "de"))
    yield Triple(node, SKOS.prefLabel, text(source.title_en, "en"))
    yield Triple(node, DCTERMS.publisher, text(source.publisher))
    yield Triple(node, FOAF.homepage, link(source.landing))
    yield Triple(node, DCTERMS.license, link(source.licence))
    yield Triple(node, LOTSE.licenceTitle, text(source.licence_title))
    yield Triple(node, LOTSE.attribution, text(source.attribution))
    yield Triple(node, LOTSE.asOf, date(source.as_of.isoformat()))
    yield Triple(node, LOTSE.retrieved, date(source.retrieved.isoformat()))
    yield Triple(node, LOTSE.graph, graph(source.slug))
    if source.contributor:
        yield Triple(node, DCTERMS.contributor, text(source.contributor))


def of_record(
    source: Source, record: Record, subjects: Iterable[NamedNode], said: Iterable[Triple]
) -> Iterator[Triple]:
    """Yield who says what a record says.

    `said` are the triples of the transform about the record itself: its own page or licence.
    """
    node = record_iri(source.slug, record.key)
    own = list(said)
    yield Triple(node, RDF.type, LOTSE.Record)
    yield Triple(node, DCTERMS.identifier, text(record.key))
    yield Triple(node, LOTSE.source, mint("source", source.slug))
    yield Triple(node, LOTSE.retrieved, date(source.retrieved.isoformat()))
    if not any(one.predicate == DCTERMS.license for one in own):
        yield Triple(node, DCTERMS.license, link(source.licence))
    yield from own
    for subject in subjects:
        yield Triple(subject, PROV.wasDerivedFrom, node)
