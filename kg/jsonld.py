"""JSON-LD with our context, which stands in the document: nobody has to fetch anything."""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

import rdflib

from kg.files import ontology
from kg.namespaces import LOTSE, PREFIXES, VOID

_REFERENTS: Final = "referents"
_OURS: Final[Mapping[str, Any]] = {
    _REFERENTS: {"@reverse": LOTSE.sameThingAs.value, "@type": "@id"},
    "inDataset": {"@id": VOID.inDataset.value, "@type": "@id"},
}
"""What a document needs beside our context: the names that lead to it, and where it belongs."""
_SAME: Final = "sameThingAs"


@lru_cache(maxsize=1)
def context() -> dict[str, Any]:
    """Return our JSON-LD context."""
    path = ontology() / "context.jsonld"
    if not path.is_file():
        return {"@context": PREFIXES}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def plain_json_ld(triples: bytes) -> bytes:
    """Return N-Triples as JSON-LD: all nodes side by side, with the whole context."""
    return _bytes({"@context": context()["@context"], "@graph": _nodes(triples)})


def framed(triples: bytes, iri: str) -> bytes:
    """Return N-Triples as JSON-LD that begins with one thing and holds the others within it.

    Each node stands where it is first named; one that nothing names stands under `@included`.
    The context is the part of ours that is needed.
    """
    nodes = {node["id"]: node for node in _nodes(triples)}
    same = [node for node in nodes.values() if node.get(_SAME) == iri]
    root = nodes.pop(iri, {"id": iri})
    for node in same:
        nodes.pop(node["id"], None)
        del node[_SAME]
    if same:
        root[_REFERENTS] = sorted(same, key=lambda node: str(node["id"]))
    _embed(root, nodes)
    if nodes:
        root["@included"] = list(nodes.values())
    return _bytes({"@context": _needed(root), **root})


def _nodes(triples: bytes) -> list[dict[str, Any]]:
    graph = rdflib.Graph(bind_namespaces="none")
    graph.parse(data=triples, format="ntriples")
    text = graph.serialize(
        format="json-ld",
        context=context()["@context"] | {"inDataset": _OURS["inDataset"]},
        auto_compact=False,
        sort_keys=True,
    )
    found: dict[str, Any] = json.loads(text)
    found.pop("@context", None)
    nodes: list[dict[str, Any]] = found.get("@graph", [found])
    return sorted((_whole(node) for node in nodes if node), key=lambda node: str(node["id"]))


def _whole(value: Any) -> Any:  # noqa: ANN401 (any part of a document)
    """Return a part without the nulls that rdflib puts into lists of texts by language."""
    if isinstance(value, dict):
        return {name: _whole(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_whole(one) for one in value if one is not None]
    return value


def _embed(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> None:
    """Put other nodes where this one names them first."""
    for name, value in node.items():
        if name not in {"id", "type", "@included"}:
            node[name] = (
                [_placed(name, one, nodes) for one in value]
                if isinstance(value, list)
                else _placed(name, value, nodes)
            )


def _placed(name: str, value: Any, nodes: dict[str, dict[str, Any]]) -> Any:  # noqa: ANN401
    named = value
    if isinstance(value, dict) and "id" in value:
        named = value["id"] if set(value) == {"id"} else None
        if named is None:
            _embed(value, nodes)
    elif not isinstance(value, str) or not _is_link(name):
        return value
    found = nodes.pop(named, None) if isinstance(named, str) else None
    if found is None:
        return value
    _embed(found, nodes)
    return found


def _is_link(name: str) -> bool:
    said = context()["@context"].get(name)
    return isinstance(said, dict) and said.get("@type") == "@id"


def _needed(root: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of our context that a document uses."""
    whole = {**context()["@context"], **_OURS}
    words = set(_words(root))
    prefixes = {word.partition(":")[0] for word in words if ":" in word}
    named = {word: whole[word] for word in sorted(words) if word in whole}
    for said in named.values():
        written = [said] if isinstance(said, str) else [said.get("@id", ""), said.get("@type", "")]
        prefixes |= {one.partition(":")[0] for one in written if ":" in one}
    first = {key: whole[key] for key in ("@version", "id", "type") if key in whole}
    return {**first, **{one: whole[one] for one in sorted(prefixes) if one in PREFIXES}, **named}


def _words(value: object) -> Iterator[str]:
    """Yield everything in a document that a context may have to explain."""
    if isinstance(value, dict):
        for name, held in value.items():
            yield name
            yield from _words(held)
    elif isinstance(value, list):
        for one in value:
            yield from _words(one)
    elif isinstance(value, str):
        yield value


def _bytes(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
