"""A graph in memory for pySHACL: rdflib's own, without the parts that judging does not need.

rdflib's default store keeps the context of every triple and sends an event at each; pySHACL asks
only for the objects of a subject and a property, some hundred thousand times a batch. Both ways
lead past that: judging takes a third of the time.
"""

from collections.abc import Generator, Iterable
from typing import Any

from pyoxigraph import BlankNode, NamedNode, Triple
from pyoxigraph import Literal as OxLiteral
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.stores.memory import SimpleMemory
from rdflib.term import Node

from kg.namespaces import XSD

_STRING = XSD.string.value


class _OneContext(SimpleMemory):
    """rdflib's simple store; it says that it knows contexts, because pySHACL's wrapper asks."""

    context_aware = True
    graph_aware = True

    size = 0

    def __len__(self, context: object = None) -> int:
        """Return the number of triples, known and not counted: pySHACL asks all the time."""
        return self.size


class Facts(Graph):
    """An rdflib graph that finds the objects of a subject and a property at once."""

    def __init__(self) -> None:
        """Begin with no triple."""
        self._facts = _OneContext()
        super().__init__(store=self._facts, bind_namespaces="none")
        self._objects: dict[tuple[Node, Node], dict[Node, None]] = {}

    def state(self, subject: Node, predicate: Node, value: Node) -> None:
        """Add a triple."""
        held = self._objects.setdefault((subject, predicate), {})
        if value not in held:
            held[value] = None
            self._facts.size += 1
            self._facts.add((subject, predicate, value), self)

    def mention(self, subject: Node, predicate: Node, value: Node) -> None:
        """Add a triple that is found from its subject only.

        Things that are merely referred to have their classes, and are no focus nodes by them.
        """
        self._objects.setdefault((subject, predicate), {})[value] = None

    def add(self, triple: Any) -> "Facts":  # noqa: ANN401 (as rdflib has it)
        """Add a triple, as rdflib would."""
        self.state(*triple)
        return self

    def objects(
        self,
        subject: Any = None,  # noqa: ANN401
        predicate: Any = None,  # noqa: ANN401
        unique: bool = False,  # noqa: FBT001, FBT002 (as rdflib has it)
    ) -> Generator[Any, None, None]:
        """Yield the objects, as rdflib would."""
        if isinstance(subject, URIRef | BNode) and isinstance(predicate, URIRef):
            yield from self._objects.get((subject, predicate), ())
        else:
            yield from super().objects(subject, predicate, unique)


class Terms:
    """Turns pyoxigraph's terms into rdflib's, each once, with their lexical forms as they are."""

    def __init__(self) -> None:
        """Begin with no term."""
        self._nodes: dict[str, URIRef] = {}

    def of(self, term: object) -> Node:
        """Return rdflib's term for pyoxigraph's."""
        if isinstance(term, NamedNode):
            return self._node(term.value)
        if isinstance(term, OxLiteral):
            if term.language is not None:
                return Literal(term.value, lang=term.language)
            datatype = term.datatype.value
            if datatype == _STRING:
                return Literal(term.value)
            return Literal(term.value, datatype=self._node(datatype), normalize=False)
        if isinstance(term, BlankNode):
            return BNode(term.value)
        message = f"a triple term has no place in our data: {term}"
        raise TypeError(message)

    def _node(self, value: str) -> URIRef:
        node = self._nodes.get(value)
        if node is None:
            node = self._nodes[value] = URIRef(value)
        return node


def graph_of(triples: Iterable[Triple]) -> Graph:
    """Return rdflib's own graph of these triples, their literals as they are written."""
    graph, terms = Graph(), Terms()
    for subject, predicate, value in triples:
        graph.add((terms.of(subject), terms.of(predicate), terms.of(value)))
    return graph


def oxigraph_term(node: Node) -> NamedNode | BlankNode | OxLiteral:
    """Return pyoxigraph's term for rdflib's."""
    if isinstance(node, Literal):
        if node.language is not None:
            return OxLiteral(str(node), language=node.language)
        if node.datatype is not None:
            return OxLiteral(str(node), datatype=NamedNode(str(node.datatype)))
        return OxLiteral(str(node))
    return BlankNode(str(node)) if isinstance(node, BNode) else NamedNode(str(node))
