"""What an event is about: each quad of a release belongs to exactly one entity.

- A record (`…/id/record/<source>-<key>`): what it says, in its source's graph, and who says so, in
  the graph `provenance`.
- A source (`…/id/source/<source>`): what it is, in the graph `provenance`.
- Whatever no record says, by graph and thing: `…/graph/<name>#<kind>/<key>`, and for things that
  are not ours `…/graph/<name>#<encoded IRI>`; statements with blank nodes: the graph itself.

So the graph of each statement of an entity follows from the entity's name: `graph_of`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote

from kg.iri import graph as graph_iri
from kg.namespaces import GRAPH, ID, PROV

PROVENANCE: Final = "provenance"
_DERIVED: Final = str(PROV.wasDerivedFrom)
_RECORD: Final = f"<{ID}record/"
_SOURCE: Final = f"<{ID}source/"
_THING: Final = re.compile(re.escape(f"<{ID}") + r"([a-z]+)/")
_PLACE: Final = re.compile(re.escape(f"<{ID}jurisdiction/") + r"(\d+)[>/]")

Lines = dict[str, list[str]]
"""Entity → its statements as lines of N-Quads, sorted."""


class Owners:
    """Tells to which entity a line of a release belongs."""

    def __init__(self, provenance: str) -> None:
        """Read which record each thing is derived from, source by source."""
        self._records: dict[str, dict[str, str]] = defaultdict(dict)
        for line in provenance.splitlines():
            subject, predicate, value = line.split(" ", 3)[:3]
            if predicate == _DERIVED and value.startswith(_RECORD):
                known = self._records[_slug(value)]
                known[subject] = min(value, known.get(subject, value))

    def of(self, name: str, line: str) -> str:
        """Return the entity that a line of the graph of this name belongs to."""
        subject, predicate, value = line.split(" ", 3)[:3]
        if "_:" in line and (subject.startswith("_:") or value.startswith("_:")):
            return graph_iri(name).value
        if name == PROVENANCE:
            if predicate == _DERIVED and value.startswith(_RECORD):
                return value[1:-1]
            if subject.startswith((_RECORD, _SOURCE)):
                return subject[1:-1]
            return _rest(name, subject)
        record = self._records.get(name, {}).get(subject)
        if record is None or subject == record or (predicate == _DERIVED and value == record):
            return _rest(name, subject)
        return record[1:-1]


def graph_of(entity: str, triple: str) -> str:
    """Return the name of the graph in which an entity has this triple (N-Triples, no point)."""
    if entity.startswith(GRAPH):
        return entity.removeprefix(GRAPH).partition("#")[0]
    node = f"<{entity}>"
    if node.startswith(_SOURCE):
        return PROVENANCE
    subject, predicate, value = triple.split(" ", 2)
    if subject == node or (predicate == _DERIVED and value == node):
        return PROVENANCE
    return _slug(node)


def group_of(entity: str) -> str:
    """Return the name of the graph that an entity is mainly in: its source's, for records."""
    if entity.startswith(GRAPH):
        return entity.removeprefix(GRAPH).partition("#")[0]
    node = f"<{entity}>"
    return node[len(_SOURCE) : -1] if node.startswith(_SOURCE) else _slug(node)


def kinds_of(lines: Iterable[str]) -> list[str]:
    """Return the kinds of the things that the statements are about, records aside."""
    found = {match[1] for line in lines if (match := _THING.match(line)) is not None}
    return sorted(found - {"record"})


def places_of(lines: Iterable[str]) -> list[str]:
    """Return the keys of the places that the statements name."""
    return sorted({key for line in lines for key in _PLACE.findall(line)})


def by_group(lines: Mapping[str, Iterable[str]], owners: Owners) -> Lines:
    """Return the lines of graphs, given by name, by the entity they belong to."""
    found: Lines = defaultdict(list)
    for name, content in lines.items():
        for line in content:
            found[owners.of(name, line)].append(line)
    return found


def _slug(record: str) -> str:
    """Return the source of a record; slugs have no hyphen."""
    return record[len(_RECORD) : -1].partition("-")[0]


def _rest(name: str, subject: str) -> str:
    iri = subject[1:-1]
    local = iri.removeprefix(ID) if iri.startswith(ID) else quote(iri, safe="")
    return f"{GRAPH}{name}#{local}"
