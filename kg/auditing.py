"""Judges much data: a second engine screens, pySHACL judges what it flags and a random sample.

`pySHACL alone` where there is little data, where the second engine is not installed, or where that
was asked for. The report is pySHACL's in each case.
"""

import logging
import math
import random
import secrets
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from pyoxigraph import RdfFormat, Triple, serialize
from rdflib import Graph
from rdflib.term import Node

from kg import screening
from kg.arbiter import Arbiter
from kg.comparisons import compared, differing
from kg.errors import DisagreementError
from kg.facts import Terms
from kg.loaded import Loaded

_LOG: Final = logging.getLogger(__name__)
SCREENED: Final = "pyshacl-turbo+pyshacl"
ENGINES: Final = ("auto", "pyshacl", "screened")
SCREEN_FROM: Final = 10_000
"""Triples from which on screening pays."""
NO_WHEEL: Final = "the second engine is not installed on this machine"
ASKED_FOR: Final = "asked for"
LITTLE: Final = f"fewer than {SCREEN_FROM:,} triples"
SAMPLE: Final = 0.01
"""The share of the focus nodes that were not flagged and are judged nevertheless."""
LEAST_SAMPLE: Final = 10


@dataclass(frozen=True, slots=True)
class Method:
    """How a report came about, for those who must rely on it."""

    engine: str
    """`pyshacl`, or `pyshacl-turbo+pyshacl`: the one screened, the other judged."""
    why: str = ""
    """Why pySHACL judged alone, where it did."""
    focus_nodes: int = 0
    flagged: int = 0
    """Focus nodes that went to pySHACL because something seemed wrong with them."""
    sampled: int = 0
    """Focus nodes that went to pySHACL by lot."""
    seed: int = 0
    """Of the lot."""
    unscreened: Mapping[str, str] = field(default_factory=dict)
    """Shapes whose focus nodes all went to pySHACL, with the reason."""

    def __str__(self) -> str:
        """Say it in a line."""
        if self.engine != SCREENED:
            return f"pySHACL alone ({self.why})" if self.why else "pySHACL alone"
        return (
            f"pySHACL: {self.flagged} flagged and {self.sampled} drawn of {self.focus_nodes} focus "
            f"nodes, all of {len(self.unscreened)} shapes; the screening engine agreed"
        )


def audit(
    triples: Sequence[Triple],
    shapes: Graph,
    engine: str = "auto",
    mentioned: Sequence[Triple] = (),
) -> tuple[list[Graph], Method]:
    """Return pySHACL's report, in parts, and how it came about.

    `mentioned` are the classes of things that the data refer to and that are not judged.

    Raises `FaultyShapesError`, and `DisagreementError` where the engines differ.
    """
    if not screening.is_there():
        why = NO_WHEEL
    elif engine == "pyshacl":
        why = ASKED_FOR
    elif engine == "auto" and len(triples) < SCREEN_FROM:
        why = LITTLE
    else:
        return _screened(triples, shapes, mentioned)
    return [Arbiter(Loaded(triples, mentioned), shapes).report()], Method("pyshacl", why)


def _screened(
    triples: Sequence[Triple], shapes: Graph, mentioned: Sequence[Triple]
) -> tuple[list[Graph], Method]:
    left = screening.unscreened(shapes)
    roots = screening.targeted(shapes) - left.keys()
    loaded = Loaded(triples, mentioned)
    nodes, whole = differing(loaded.stated, compared(shapes, roots))
    left |= whole
    terms = Terms()
    odd = {terms.of(node) for node in nodes} | {terms.of(one.subject) for one in mentioned}
    lot = _Lot(secrets.randbits(32), left)
    text = (serialize(chain(triples, mentioned), format=RdfFormat.N_TRIPLES) or b"").decode()
    with ThreadPoolExecutor(1) as second:
        screened = second.submit(screening.screen, text, screening.without(shapes, left))
        del text
        arbiter = Arbiter(loaded, shapes)
        parts = [arbiter.report(lot.draw), arbiter.report(lot.left)]
        found = screened.result()
    lot.flagged = found.keys() | odd
    parts.append(arbiter.report(lot.rest))
    _compare(found, [parts[0], parts[2]], odd)
    return parts, Method(
        engine=SCREENED,
        focus_nodes=len(lot.focus),
        flagged=len(lot.flagged & lot.focus),
        sampled=len(lot.sampled),
        seed=lot.seed,
        unscreened={str(shape): why for shape, why in left.items()},
    )


def _compare(found: screening.Found, judged: Sequence[Graph], odd: Collection[Node]) -> None:
    """Raise where pySHACL says something else of a node than the second engine."""
    said: dict[Node, Counter[tuple[str, str]]] = {}
    for part in judged:
        for node, counted in screening.by_focus(part).items():
            said[node] = said.get(node, Counter()) + counted
    differ = sorted(
        (
            node
            for node in found.keys() | said.keys()
            if node not in odd and found.get(node) != said.get(node)
        ),
        key=str,
    )
    if differ:
        example = differ[0]
        message = (
            f"The two engines differ on {len(differ)} focus nodes, as on {example}: "
            f"{_words(said.get(example))} (pySHACL), {_words(found.get(example))} (screening). "
            "There is no report; ask for one by pySHACL alone (engine pyshacl), and tell us."
        )
        _LOG.error("engines differ: %s", message)
        raise DisagreementError(message)


def _words(counted: Counter[tuple[str, str]] | None) -> str:
    if not counted:
        return "nothing"
    kinds = sorted(
        (component.rpartition("#")[2], count) for (component, _), count in counted.items()
    )
    return ", ".join(f"{count} × {component}" for component, count in kinds)


class _Lot:
    """Chooses the focus nodes that pySHACL judges, and remembers them."""

    def __init__(self, seed: int, whole: Collection[Node]) -> None:
        self.seed = seed
        self._random = random.Random(seed)  # noqa: S311 (a sample, no secret)
        self._whole = whole
        self._drawn: dict[Node, set[Node]] = {}
        self.flagged: AbstractSet[Node] = frozenset()
        self.focus: set[Node] = set()

    @property
    def sampled(self) -> set[Node]:
        """Return the focus nodes drawn for any shape."""
        return set().union(*self._drawn.values())

    def draw(self, shape: Node, focus: Collection[Node]) -> Collection[Node]:
        """Return some focus nodes by lot."""
        if shape in self._whole or not focus:
            return ()
        self.focus.update(focus)
        wanted = max(math.ceil(len(focus) * SAMPLE), min(LEAST_SAMPLE, len(focus)))
        self._drawn[shape] = set(self._random.sample(sorted(focus, key=str), wanted))
        return self._drawn[shape]

    def left(self, shape: Node, focus: Collection[Node]) -> Collection[Node]:
        """Return all focus nodes of the shapes that are not screened."""
        return focus if shape in self._whole else ()

    def rest(self, shape: Node, focus: Collection[Node]) -> Collection[Node]:
        """Return the flagged focus nodes that the lot did not draw."""
        if shape in self._whole:
            return ()
        return (self.flagged & set(focus)) - self._drawn.get(shape, set())
