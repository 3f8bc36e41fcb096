"""File against store, quad by quad: nothing of a release is lost or changed by the engine."""

from kg import release
from kg.release import Release
from kg.terms import NamedNode


def test_the_store_gives_back_exactly_what_the_files_of_the_release_say(served: Release) -> None:
    differing = {}
    for name, about in served.manifest["graphs"].items():
        written = set(release.read_graph(served.folder, name).decode().splitlines())
        held = {f"{quad} ." for quad in served.graph.quads(graph=NamedNode(about["iri"]))}
        assert len(held) == about["quads"]
        if held != written:
            differing[name] = (sorted(written - held)[:3], sorted(held - written)[:3])
    assert differing == {}
