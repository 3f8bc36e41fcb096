"""Opens a TriG file as a release would be: with ontology, closure of places and provenance."""

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse, serialize

from kg.files import ontology
from kg.iri import graph as graph_iri
from kg.iri import kind_and_key, mint
from kg.store import Draft, Graph
from kg.terms import DCTERMS, FOAF, LOTSE, PROV, RDF, SKOS, Literal, NamedNode, date, text

HERE = Path(__file__).parent
CONCLUDED = {"ontology", "resolution", "derived", "provenance"}
LICENCE = NamedNode("https://example.org/licence")


def opened(*files: Path, without: frozenset[Quad] = frozenset()) -> Graph:
    """Return the graph of these TriG files; `without` leaves quads out."""
    quads = [quad for file in files for quad in parse(path=str(file), format=RdfFormat.TRIG)]
    return of_quads([quad for quad in quads if quad not in without])


def of_quads(quads: list[Quad]) -> Graph:
    """Return the graph of these quads, with what a build adds to them."""
    draft = Draft()
    for file in sorted(ontology().glob("*.ttl")):
        draft.add(graph_iri("ontology"), parse(path=str(file), format=RdfFormat.TURTLE))
    quads = [*quads, *_closure(quads), *_provenance(quads)]
    written = serialize(quads, format=RdfFormat.N_QUADS)
    assert written is not None
    draft.load(written)
    return draft


def _closure(quads: list[Quad]) -> Iterator[Quad]:
    above = {q.subject: q.object for q in quads if q.predicate == DCTERMS.isPartOf}
    for place in {q.subject for q in quads if q.predicate == LOTSE.level}:
        within = place
        while within is not None:
            yield Quad(place, LOTSE.within, within, graph_iri("derived"))
            within = above.get(within)


def _provenance(quads: list[Quad]) -> Iterator[Quad]:
    kept = graph_iri("provenance")
    for subject, name in sorted({(q.subject, q.graph_name) for q in quads}, key=str):
        slug = name.value.rpartition("/")[2]
        own = kind_and_key(subject.value)
        if slug in CONCLUDED or own is None:
            continue
        record, source = mint("record", slug, *own), mint("source", slug)
        yield Quad(subject, PROV.wasDerivedFrom, record, kept)
        yield Quad(record, RDF.type, LOTSE.Record, kept)
        yield Quad(record, LOTSE.source, source, kept)
        yield Quad(record, LOTSE.retrieved, date("2026-11-24"), kept)
        yield Quad(record, DCTERMS.license, LICENCE, kept)
        if slug == "labs_and_hubs":
            page = NamedNode(f"https://example.org/Köln/{own[1]}")
            yield Quad(record, FOAF.page, page, kept)
        yield Quad(source, RDF.type, LOTSE.Source, kept)
        yield Quad(source, SKOS.prefLabel, Literal(f"Quelle {slug}", language="de"), kept)
        yield Quad(source, LOTSE.graph, name, kept)
        yield Quad(source, DCTERMS.publisher, text("Erfunden"), kept)
