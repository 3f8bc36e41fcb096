"""What is said of our graphs and of the data set that they make up."""

import json
from collections.abc import Iterator
from pathlib import Path

from kg.documents import OWN_LICENCE
from kg.errors import NotFoundError, Suggestion
from kg.iri import graph as graph_iri
from kg.mementos import named
from kg.namespaces import DATASET, RELEASE
from kg.release import Release
from kg.terms import DCTERMS, LOTSE, PROV, RDF, VOID, NamedNode, Quad, integer, moment


def graph_names(release: Release) -> list[str]:
    """Return the names of the graphs of a release."""
    return sorted(release.manifest.get("graphs", {}))


def source_of(release: Release, name: str) -> NamedNode | None:
    """Return the source that speaks in a graph, None where it is a graph of ours."""
    found = release.graph.quads(None, LOTSE.graph, graph_iri(name))
    return next((one.subject for one in found if isinstance(one.subject, NamedNode)), None)


def described(release: Release, name: str) -> list[Quad]:
    """Return what a graph is: how large, whose, under which licence; part of our data set.

    Raises `NotFoundError` with the graphs that there are.
    """
    if name not in release.manifest.get("graphs", {}):
        near = [Suggestion(graph_iri(one).value, "graph", one) for one in graph_names(release)]
        raise NotFoundError(name, "graph", near)
    return list(_described(release, name))


def _described(release: Release, name: str) -> Iterator[Quad]:
    graph, source = graph_iri(name), source_of(release, name)
    size = integer(release.manifest["graphs"][name]["quads"])
    yield Quad(NamedNode(DATASET), VOID.subset, graph)
    yield Quad(graph, RDF.type, VOID.Dataset)
    yield Quad(graph, VOID.triples, size)
    if source is not None:
        yield Quad(graph, DCTERMS.source, source)
    for licence in licences(release, name):
        yield Quad(graph, DCTERMS.license, NamedNode(licence))


def released(data: Path, release_id: str) -> list[Quad]:
    """Return what a release is: a state of our data set, of when, after which.

    Raises `PrunedError` where it is no longer kept, `NotFoundError` where it never was.
    """
    memento = named(data, release_id)
    folder = data / "releases" / memento.release
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    node = NamedNode(RELEASE + release_id)
    said = [
        Quad(node, RDF.type, VOID.Dataset),
        Quad(node, DCTERMS.isVersionOf, NamedNode(DATASET)),
        Quad(node, DCTERMS.issued, moment(memento.published.isoformat())),
    ]
    if run.get("previous"):
        said.append(Quad(node, PROV.wasRevisionOf, NamedNode(RELEASE + run["previous"])))
    return said


def licences(release: Release, name: str) -> list[str]:
    """Return the licences of a graph: its source's, or ours."""
    source = source_of(release, name)
    if source is None:
        return [OWN_LICENCE]
    held = release.graph.quads(source, DCTERMS.license)
    return sorted(one.object.value for one in held if isinstance(one.object, NamedNode))
