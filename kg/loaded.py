"""What a file says, as an rdflib graph for pySHACL that turns terms into rdflib's when asked.

pySHACL judges some focus nodes of many, and so asks for few of the triples; building rdflib's own
graph of all of them takes longer than the judging. Terms keep their lexical forms. A query text is
read once, not once for each focus node: rdflib takes a prepared query in its place.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pyoxigraph import BlankNode, NamedNode, Triple
from rdflib import BNode, Graph, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.store import Store
from rdflib.term import Node

from kg.errors import FaultyShapesError
from kg.facts import Terms

_Key = NamedNode | BlankNode


class _Triples(Store):
    """A store to be read; it says that it knows contexts, because pySHACL's wrapper asks."""

    context_aware = True
    graph_aware = True

    def __init__(self, triples: Iterable[Triple], mentioned: Iterable[Triple]) -> None:
        super().__init__()
        self._terms = Terms()
        self._of: dict[_Key, list[tuple[NamedNode, Any]]] = {}
        self._by: dict[NamedNode, list[tuple[_Key, Any]]] = {}
        for subject, predicate, value in triples:
            self._of.setdefault(subject, []).append((predicate, value))
            self._by.setdefault(predicate, []).append((subject, value))
        for subject, predicate, value in mentioned:
            self._of.setdefault(subject, []).append((predicate, value))
        self._size = sum(map(len, self._of.values()))
        """Known and not counted: pySHACL and rdflib ask all the time."""
        self._with: dict[NamedNode, dict[Node, dict[Node, None]]] = {}
        self.graph: Graph | None = None

    def triples(
        self,
        triple_pattern: Any,  # noqa: ANN401 (as rdflib has it)
        context: Any = None,  # noqa: ANN401, ARG002
    ) -> Iterator[Any]:
        """Yield the triples of this pattern, each once, with the one graph that they are in."""
        subject, predicate, value = triple_pattern
        for triple in self._found(subject, predicate, value):
            yield triple, iter((self.graph,))

    def _found(
        self, subject: Node | None, predicate: Node | None, value: Node | None
    ) -> Iterator[tuple[Node, Node, Node]]:
        if subject is not None:
            wanted = None if predicate is None else NamedNode(str(predicate))
            stated = dict.fromkeys(self._of.get(_key(subject), ())) if _is_key(subject) else {}
            for key, term in stated:
                if wanted is None or key == wanted:
                    held = self._terms.of(term)
                    if value is None or held == value:
                        yield subject, self._terms.of(key), held
        elif predicate is not None:
            pairs = self.pairs(NamedNode(str(predicate)))
            some = pairs.items() if value is None else [(value, pairs.get(value, {}))]
            for found, subjects in some:
                for one in subjects:
                    yield one, predicate, found
        else:
            for any_predicate in self._by:
                yield from self._found(None, self._terms.of(any_predicate), value)

    def stated(self, predicate: str) -> Iterable[tuple[object, object]]:
        """Return the subjects and values of a property, in pyoxigraph's terms."""
        try:
            return self._by.get(NamedNode(predicate), ())
        except ValueError:
            return ()

    def pairs(self, predicate: NamedNode) -> dict[Node, dict[Node, None]]:
        """Return by value the subjects of a property, in rdflib's terms."""
        found = self._with.get(predicate)
        if found is None:
            found = self._with[predicate] = {}
            for subject, value in self._by.get(predicate, ()):
                found.setdefault(self._terms.of(value), {})[self._terms.of(subject)] = None
        return found

    def objects(self, subject: Node, predicate: URIRef) -> Iterator[Node]:
        """Yield the values of a property of a subject, each once."""
        wanted = NamedNode(str(predicate))
        found = [term for key, term in self._of.get(_key(subject), ()) if key == wanted]
        for term in found if len(found) < 2 else dict.fromkeys(found):  # noqa: PLR2004
            yield self._terms.of(term)

    def __len__(self, context: object = None) -> int:
        """Return the number of triples."""
        return self._size


class Loaded(Graph):
    """An rdflib graph over triples of pyoxigraph, to be read and not written to."""

    def __init__(self, triples: Iterable[Triple], mentioned: Iterable[Triple] = ()) -> None:
        """Index the triples; no term is turned into rdflib's yet.

        What is only mentioned is found from its subject, and so makes no focus nodes.
        """
        self._triples = _Triples(triples, mentioned)
        super().__init__(store=self._triples, bind_namespaces="none")
        self._triples.graph = self

    def objects(
        self,
        subject: Any = None,  # noqa: ANN401 (as rdflib has it)
        predicate: Any = None,  # noqa: ANN401
        unique: bool = False,  # noqa: FBT001, FBT002
    ) -> Any:  # noqa: ANN401
        """Yield the objects, as rdflib would."""
        if isinstance(subject, URIRef | BNode) and isinstance(predicate, URIRef):
            return self._triples.objects(subject, predicate)
        return super().objects(subject, predicate, unique)

    def stated(self, predicate: str) -> Iterable[tuple[object, object]]:
        """Return the subjects and values of a property, in pyoxigraph's terms."""
        return self._triples.stated(predicate)

    def query(self, query_object: Any, *rest: Any, **named: Any) -> Any:  # noqa: ANN401
        """Return the result of a query, as rdflib would; its text is read once."""
        read = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(read, *rest, **named)


@cache
def _prepared(text: str) -> Query:
    try:
        return prepareQuery(text)
    except Exception as error:
        problem = " ".join(str(error).split())[:300]
        message = f"A SPARQL query of the shapes cannot be read ({problem}): {text.strip()}"
        raise FaultyShapesError(message) from error


def _is_key(node: Node) -> bool:
    return isinstance(node, URIRef | BNode)


def _key(node: Node) -> _Key:
    return BlankNode(str(node)) if isinstance(node, BNode) else NamedNode(str(node))
