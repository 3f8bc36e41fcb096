"""Validates what comes from outside, in a process of its own that is killed at the limits.

Nothing is ever fetched: no remote `@context`, no `owl:imports`, no XML entity; the process cannot
even open a socket. Its counterpart is `kg.validator`.
"""

import contextlib
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from pyoxigraph import NamedNode

from kg.auditing import ENGINES, Method
from kg.errors import (
    DisagreementError,
    FaultyShapesError,
    LimitError,
    LotseError,
    NotFoundError,
    Suggestion,
    UnreadableError,
)
from kg.findings import Finding
from kg.namespaces import RDF
from kg.profiles import OURS, named
from kg.reports import Report
from kg.store import Graph
from kg.validator import IN_THE_DATA

FORMATS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "turtle": ("text/turtle", (".ttl",)),
    "trig": ("application/trig", (".trig",)),
    "ntriples": ("application/n-triples", (".nt",)),
    "nquads": ("application/n-quads", (".nq",)),
    "jsonld": ("application/ld+json", (".jsonld", ".json")),
    "rdfxml": ("application/rdf+xml", (".rdf", ".xml", ".owl")),
}
"""The formats that we read, with media type and endings of file names."""
_MIB: Final = 1024 * 1024
_LOG: Final = logging.getLogger(__name__)

Known = Callable[[Collection[NamedNode]], Mapping[NamedNode, Collection[NamedNode]]]
"""Returns the classes of those of these things that we hold."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one validation may take."""

    seconds: float = 30.0
    memory_mib: int = 1024
    mib: float = 10


@dataclass(frozen=True, slots=True)
class Given:
    """A file handed in: its content, its format, and the IRI that its relative IRIs start from."""

    content: bytes
    form: str
    base: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to hold the data against, and how."""

    profile: str = OURS
    """A profile's name; `self`: the shapes stand in the data."""
    shapes: Given | None = None
    """Shapes handed in; they stand in for a profile."""
    engine: str = "auto"


class ValidationLimitError(LimitError):
    """A validation met a limit and was ended; there is no report."""

    suspicious = ""
    """A pattern of the shapes that may be the reason."""

    def __str__(self) -> str:
        """Say which limit it was, and the way out."""
        return {
            "time": f"Judging took longer than {self.value:g} s and was ended.",
            "memory": f"Judging needed more than {self.value:g} MiB of memory and was ended.",
            "size": f"The file is larger than {self.value:g} MiB and was not read.",
        }[self.limit] + (
            f" The reason may be {self.suspicious}: a repetition within a repetition can take for "
            "ever; write it without."
            if self.suspicious
            else " Validate it in smaller parts."
        )


def format_of(name: str) -> str | None:
    """Return the format that a media type or a file's name stands for, None for others."""
    media_type = name.partition(";")[0].strip().lower()
    ending = PurePath(name).suffix.lower()
    for form, (written, endings) in FORMATS.items():
        if media_type == written or ending in endings:
            return form
    return None


def held_by(graph: Graph) -> Known:
    """Return what tells the classes of the things that this graph holds."""

    def known(things: Collection[NamedNode]) -> dict[NamedNode, list[NamedNode]]:
        found: dict[NamedNode, list[NamedNode]] = {}
        for thing in things:
            for quad in graph.quads(thing, RDF.type):
                if isinstance(quad.object, NamedNode):
                    found.setdefault(thing, []).append(quad.object)
        return found

    return known


def validate(
    given: Given,
    wish: Wish | None = None,
    *,
    known: Known | None = None,
    limits: Limits | None = None,
) -> Report:
    """Return what the shapes say about what was given.

    `known` is asked for the classes of things that the content refers to and does not describe;
    it counts with our own profile only. Raises `UnreadableError` with line and column of a syntax
    error, `FaultyShapesError`, `ValidationLimitError` at the limits, `DisagreementError` where two
    engines differ, `NotFoundError` where there is no such profile.
    """
    wish, limits = wish or Wish(), limits or Limits()
    request = _request(given, wish, limits)
    if known is not None and request["profile"] == OURS and "shapes" not in request:
        asked = _outcome({**request, "only": "unknown"}, given.content, limits)
        classes = known([NamedNode(iri) for iri in asked["unknown"]])
        request["types"] = {
            thing.value: sorted(cls.value for cls in found) for thing, found in classes.items()
        }
    outcome = _outcome(request, given.content, limits)
    return Report(
        profile="shapes" if wish.shapes is not None else request["profile"],
        triples=outcome["triples"],
        findings=tuple(Finding(**one) for one in outcome["findings"]),
        method=Method(**outcome["method"]),
    )


def _request(given: Given, wish: Wish, limits: Limits) -> dict[str, Any]:
    for file in filter(None, (given, wish.shapes)):
        if file.form not in FORMATS:
            raise UnreadableError(f"“{file.form}” is no format; we read {', '.join(FORMATS)}.")
        if len(file.content) > limits.mib * _MIB:
            raise ValidationLimitError("size", limits.mib)
    if wish.engine not in ENGINES:
        near = [Suggestion(iri="", kind="engine", label=name) for name in ENGINES]
        raise NotFoundError(wish.engine, "engine", near)
    request: dict[str, Any] = {
        "form": given.form,
        "base": given.base,
        "engine": wish.engine,
        "memory": limits.memory_mib,
        "profile": wish.profile,
    }
    if wish.shapes is not None:
        written = wish.shapes.content.decode("utf-8", errors="replace")
        request["shapes"] = {
            "content": written, "form": wish.shapes.form, "base": wish.shapes.base,
        }  # fmt: skip
    elif wish.profile != IN_THE_DATA:
        request["profile"] = named(wish.profile)
    return request


def _outcome(request: Mapping[str, Any], content: bytes, limits: Limits) -> dict[str, Any]:
    """Return what a process of its own says to the request."""
    environment = {name: value for name, value in os.environ.items() if name.startswith("LOTSE_")}
    suspicious, ended = "", False
    with subprocess.Popen(
        [sys.executable, "-m", "kg.validator"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**environment, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as child:
        try:
            said, complaints = child.communicate(
                json.dumps(request).encode() + b"\n" + content, timeout=limits.seconds
            )
        except subprocess.TimeoutExpired:
            child.kill()
            said, complaints = child.communicate()
            ended = True
    outcome: dict[str, Any] = {}
    for line in said.splitlines():
        with contextlib.suppress(json.JSONDecodeError):
            outcome = json.loads(line)
        suspicious = outcome["suspicious"][0] if "suspicious" in outcome else suspicious
    if ended or "suspicious" in outcome or not outcome:
        words = complaints[-500:].decode(errors="replace").strip()
        if not ended and "memory allocation" not in words and "MemoryError" not in words:
            raise LotseError(f"Judging ended with {child.returncode}: {words}")
        over = ValidationLimitError(*_over(limits, ended=ended))
        over.suspicious = suspicious
        raise over
    _raise_for(outcome)
    return outcome


def _over(limits: Limits, *, ended: bool) -> tuple[str, float]:
    return ("time", limits.seconds) if ended else ("memory", limits.memory_mib)


def _raise_for(outcome: Mapping[str, Any]) -> None:
    if "unreadable" in outcome:
        raise UnreadableError(**outcome["unreadable"])
    if "faulty" in outcome:
        raise FaultyShapesError(outcome["faulty"])
    if "disagreement" in outcome:
        _LOG.error("%s", outcome["disagreement"])
        raise DisagreementError(outcome["disagreement"])
