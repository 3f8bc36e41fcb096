"""pySHACL, the arbiter: what it says of chosen focus nodes is what counts.

pySHACL's own choice of focus nodes (`focus_nodes=`) is not used: it also filters the nodes that
nested shapes look at, and so finds less than a full run does.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Final

from pyshacl.errors import (
    ConstraintLoadError,
    ReportableRuntimeError,
    RuleLoadError,
    ShapeLoadError,
    ValidationFailure,
)
from pyshacl.graph_abstraction import DataGraph
from pyshacl.monkey import apply_patches
from pyshacl.validator import Validator, assign_baked_in
from rdflib import Graph, URIRef
from rdflib.term import Node

from kg.errors import FaultyShapesError, LotseError
from kg.shapes import compact

Chosen = Callable[[Node, Collection[Node]], Collection[Node]]
"""Returns those of a shape's focus nodes that are to be judged."""
_FAULTS: Final = (
    ConstraintLoadError,
    NotImplementedError,
    ReportableRuntimeError,
    RuleLoadError,
    ShapeLoadError,
    ValidationFailure,
)


class Arbiter:
    """pySHACL with data and shapes; it can be asked about some focus nodes, and then others."""

    def __init__(self, data: Graph, shapes: Graph) -> None:
        """Read the shapes; raises `FaultyShapesError` where pySHACL cannot."""
        apply_patches()
        assign_baked_in()
        with _faults():
            self._validator = Validator(
                DataGraph.from_rdflib(data), shacl_graph=shapes, options={"inplace": True}
            )
            self._shapes = list(self._validator.shacl_graph.shapes)
            self._focus = [one.focus_nodes(self._validator.data_graph) for one in self._shapes]

    def report(self, chosen: Chosen | None = None) -> Graph:
        """Return pySHACL's report about the focus nodes that are chosen, by default all."""
        executor = self._validator.make_executor()
        data = self._validator.data_graph
        found = []
        with _faults():
            for shape, focus in zip(self._shapes, self._focus, strict=True):
                judged = focus if chosen is None else chosen(shape.node, focus)
                if judged:
                    with _stumbling(shape.node):
                        found.extend(shape.validate(executor, data, list(judged))[1])
        report, _ = Validator.create_validation_report(
            self._validator.shacl_graph, not found, found
        )
        assert isinstance(report, Graph)  # noqa: S101 (pySHACL is not typed)
        return report


@contextmanager
def _faults() -> Iterator[None]:
    """Turn pySHACL's complaints about the shapes into ours."""
    try:
        yield
    except _FAULTS as fault:
        raise FaultyShapesError(str(getattr(fault, "message", fault))) from fault


@contextmanager
def _stumbling(shape: Node) -> Iterator[None]:
    """Say which shape pySHACL could not judge with, where it fails in a way of its own."""
    try:
        yield
    except (*_FAULTS, LotseError):
        raise
    except Exception as error:
        name = compact(str(shape)) if isinstance(shape, URIRef) else "a shape without a name"
        message = f"pySHACL stumbles over {name}: {type(error).__name__}: {error}"
        raise FaultyShapesError(message) from error
