"""Replays each view of the event log into an empty store, as someone else would."""

import json
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as Xml

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)
from starlette.testclient import TestClient

from kg import release
from kg.log_entities import graph_of
from kg.namespaces import GRAPH

AS = "https://www.w3.org/ns/activitystreams#"
ATOM = "{http://www.w3.org/2005/Atom}"
DCTERMS = "http://purl.org/dc/terms/"
PUBLIC = "https://lotse.example"
TREE = "https://w3id.org/tree#"

State = dict[str, list[Triple]]
"""Entity → what it says."""


def xml(content: bytes) -> Xml.Element:
    """Return a document of our own service."""
    return Xml.fromstring(content)  # noqa: S314 (we wrote it)


def canonical(quads: Iterable[Quad]) -> set[str]:
    """Return the quads with blank nodes named by their content (RDFC-1.0)."""
    found = Dataset(quads)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in found}


def served(data: Path) -> set[str]:
    """Return the release that is served."""
    folder = release.current(data).folder
    names = (path.name.removesuffix(".nq.zst") for path in (folder / "graphs").iterdir())
    return canonical(
        quad
        for name in names
        for quad in parse(release.read_graph(folder, name), RdfFormat.N_QUADS)
    )


def state_quads(state: State) -> set[str]:
    """Return what a replayed state comes to."""
    return canonical(
        Quad(one.subject, one.predicate, one.object,
             NamedNode(GRAPH + graph_of(entity, str(one))))
        for entity, said in state.items() for one in said
    )  # fmt: skip


def by_delta(client: TestClient) -> set[str]:
    """Return what the delta files come to; their lines say the graph themselves."""
    state: dict[str, list[str]] = {}
    for address in client.get("/delta.json").json()["versions"].values():
        for line in client.get(address.removeprefix(PUBLIC)).text.splitlines():
            said = json.loads(line)
            entity = said["entity"]["id"]
            assert (said["op"] == "ADD") == (entity not in state), line
            if said["op"] == "DEL":
                del state[entity]
            else:
                state[entity] = said["entity"]["quads"]
    text = "\n".join(line for said in state.values() for line in said)
    return canonical(parse(text, RdfFormat.N_QUADS))


def by_ldes(client: TestClient, media_type: str = "application/trig") -> set[str]:
    """Return what the members of the stream come to, page by page as the root names them."""
    form = RdfFormat.from_media_type(media_type)
    members: list[tuple[str, str, str, list[Triple]]] = []
    waiting = ["/ldes"]
    while waiting:
        got = client.get(waiting.pop(), headers={"Accept": media_type})
        assert got.status_code == 200
        graphs: dict[str, list[Triple]] = {}
        about: dict[str, dict[str, str]] = {}
        for quad in parse(got.content, form):
            if quad.graph_name == DefaultGraph():
                if quad.predicate.value == f"{TREE}member":
                    about.setdefault(quad.object.value, {})
                elif quad.predicate.value == f"{TREE}node":
                    waiting.append(quad.object.value.removeprefix(PUBLIC))
                else:
                    named = about.setdefault(quad.subject.value, {})
                    named[quad.predicate.value] = quad.object.value
            else:
                graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
        for member, said in about.items():
            if f"{DCTERMS}isVersionOf" in said:
                kind = said["http://www.w3.org/1999/02/22-rdf-syntax-ns#type"].removeprefix(AS)
                members.append((said[f"{DCTERMS}created"], said[f"{DCTERMS}isVersionOf"], kind,
                                graphs.get(member, [])))  # fmt: skip
    return state_quads(replayed(members))


def by_feed(client: TestClient) -> set[str]:
    """Return what the entries of the feed and of its archives come to."""
    entries: list[tuple[str, str, str, list[Triple]]] = []
    address: str | None = "/feed.atom"
    while address is not None:
        root = xml(client.get(address).content)
        for one in root.iter(f"{ATOM}entry"):
            about = {link.get("rel"): link.get("href") for link in one.iter(f"{ATOM}link")}
            kind = next(c.get("term") for c in one.iter(f"{ATOM}category") if c.get("scheme") == AS)
            content = one.findtext(f"{ATOM}content") or ""
            said = [quad.triple for quad in parse(content, RdfFormat.TURTLE)]
            moment = one.findtext(f"{ATOM}updated")
            assert moment is not None
            assert kind is not None
            entries.append((moment, str(about["about"]), kind, said))
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        before = links.get("prev-archive")
        address = before.removeprefix(PUBLIC) if before is not None else None
    return state_quads(replayed(entries))


def replayed(events: list[tuple[str, str, str, list[Triple]]]) -> State:
    """Return the state that events come to: moment, entity, what happened, what it says."""
    state: State = {}
    for _, entity, kind, said in sorted(events, key=lambda one: one[0]):
        assert (kind == "Create") == (entity not in state), (kind, entity)
        if kind == "Delete":
            del state[entity]
        else:
            state[entity] = said
    return state
