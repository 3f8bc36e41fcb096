"""Validates what comes from outside, in a process of its own that is killed at the limits.

Nothing is ever fetched: no remote `@context`, no `owl:imports`, no XML entity; the process cannot
even open a socket. Its counterpart is `kg.validator`.
"""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from pyoxigraph import NamedNode

from kg.errors import LimitError, LotseError, NotFoundError, Suggestion, UnreadableError
from kg.findings import Finding
from kg.namespaces import RDF
from kg.profiles import profiles
from kg.reports import Report
from kg.store import Graph

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

Known = Callable[[Collection[NamedNode]], Mapping[NamedNode, Collection[NamedNode]]]
"""Returns the classes of those of these things that we hold."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one validation may take."""

    seconds: float = 30.0
    memory_mib: int = 1024
    mib: float = 10


class ValidationLimitError(LimitError):
    """A validation met a limit and was ended; there is no report."""

    def __str__(self) -> str:
        """Say which limit it was, and the way out."""
        return {
            "time": f"Judging took longer than {self.value:g} s and was ended.",
            "memory": f"Judging needed more than {self.value:g} MiB of memory and was ended.",
            "size": f"The file is larger than {self.value:g} MiB and was not read.",
        }[self.limit] + " Validate it in smaller parts."


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
    content: bytes,
    form: str,
    profile: str = "lotse",
    *,
    known: Known | None = None,
    limits: Limits | None = None,
) -> Report:
    """Return what the shapes of the profile say about this content.

    `known` is asked for the classes of things that the content refers to and does not describe.
    Raises `UnreadableError` with line and column of a syntax error, `ValidationLimitError` at the
    limits, `NotFoundError` where there is no such profile.
    """
    limits = limits or Limits()
    held = profiles()
    if profile not in held:
        near = [Suggestion(iri="", kind="profile", label=name) for name in held]
        raise NotFoundError(profile, "profile", near)
    if form not in FORMATS:
        raise UnreadableError(f"“{form}” is no format; we read {', '.join(FORMATS)}.")
    if len(content) > limits.mib * _MIB:
        raise ValidationLimitError("size", limits.mib)
    request: dict[str, Any] = {"form": form, "profile": profile, "memory": limits.memory_mib}
    if known is not None:
        asked = _outcome({**request, "only": "unknown"}, content, limits)
        classes = known([NamedNode(iri) for iri in asked["unknown"]])
        request["types"] = {
            thing.value: sorted(cls.value for cls in found) for thing, found in classes.items()
        }
    outcome = _outcome(request, content, limits)
    findings = tuple(Finding(**one) for one in outcome["findings"])
    return Report(profile, outcome["triples"], findings)


def _outcome(request: Mapping[str, Any], content: bytes, limits: Limits) -> dict[str, Any]:
    """Return what a process of its own says to the request."""
    environment = {name: value for name, value in os.environ.items() if name.startswith("LOTSE_")}
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
        except subprocess.TimeoutExpired as error:
            child.kill()
            raise ValidationLimitError("time", limits.seconds) from error
    outcome: dict[str, Any] = {}
    with contextlib.suppress(json.JSONDecodeError):
        outcome = json.loads(said)
    if "unreadable" in outcome:
        raise UnreadableError(**outcome["unreadable"])
    if not outcome:
        words = complaints[-500:].decode(errors="replace").strip()
        if "memory allocation" in words or "MemoryError" in words:
            raise ValidationLimitError("memory", limits.memory_mib)
        raise LotseError(f"Judging ended with {child.returncode}: {words}")
    return outcome
