"""An answer as JSON, as flat CSV, and as RDF: exactly the quads that its rows rest on."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from typing import Any, Final, TypeAlias
from urllib.parse import urlencode

from pyoxigraph import RdfFormat, serialize

from kg.answers.about import Known, Value
from kg.answers.adoptions import Adopted
from kg.answers.answer import Answer, Evidence
from kg.answers.facts import resolutions
from kg.answers.providers import Provider
from kg.answers.responsible import LegalBasis, Responsible
from kg.answers.scales_where import Factor, Fitting, Scaled
from kg.answers.who_does_what import Doing
from kg.documents import written
from kg.iri import graph as graph_iri
from kg.names import names_of
from kg.namespaces import PREFIXES
from kg.questions import Query
from kg.store import Graph
from kg.terms import (
    DCTERMS,
    LOTSE,
    ORG,
    PROV,
    RDF,
    SKOS,
    NamedNode,
    Quad,
    Triple,
)
from kg.things import Thing

Pattern: TypeAlias = "tuple[str | None, NamedNode | None, str | None]"

ROWS: Final[dict[str, type]] = {
    "who-does-what": Doing,
    "adopters": Adopted,
    "solutions-in": Adopted,
    "responsible": Responsible,
    "about": Known,
    "scales-where": Scaled,
    "fits-here": Fitting,
}
HIDDEN: Final = frozenset({"rests_on"})
"""Fields of rows that are no part of what is shown."""
_NOT_FLAT: Final = HIDDEN | {"statements"}
_SHORT: Final = frozenset({"key", "alternatives", "published", "node"})
"""Fields of things and evidence that are left out where they are empty."""
_NAMING: Final = (SKOS.prefLabel, RDF.type)
_SHOWN: Final = (
    ORG.classification, LOTSE.status, LOTSE.stage, LOTSE.attestation, LOTSE.topic, DCTERMS.subject,
    LOTSE.themeConcluded, LOTSE.themeWord,
)  # fmt: skip
_PROVENANCE: Final = graph_iri("provenance")


def as_json(answer: Answer[Any], queries: str = "") -> dict[str, Any]:
    """Return the answer as the contract shapes it; `queries` is the address of saved questions."""
    found: dict[str, Any] = {
        "question": answer.question,
        "parameters": {name: plain(one) for name, one in answer.parameters.items()},
        "total": plain(answer.total),
        "rows": [plain(row) for row in answer.rows],
        "release": answer.release,
        "next": answer.next,
        "query": _asked_again(answer, queries),
    }
    found |= {camel(name): plain(one) for name, one in answer.extra.items()}
    if answer.alternatives:
        found["alternatives"] = [plain(one) for one in answer.alternatives]
    return found


def _asked_again(answer: Answer[Any], queries: str) -> str:
    """Return the saved question behind an answer: its name, or its address with arguments."""
    if not queries:
        return answer.query
    given = {
        name: meant.iri for name in Query.load(answer.query).parameters
        if isinstance(meant := answer.parameters.get(name), Thing)
    }  # fmt: skip
    return f"{queries}{answer.query}" + (f"?{urlencode(given)}" if given else "")


def plain(value: Any) -> Any:  # noqa: ANN401 (whatever a row holds)
    """Return a value of an answer as JSON has it: names in camelCase, things as objects."""
    kind = type(value)
    if kind is str or value is None:
        return value
    if kind is tuple or kind is list:
        return [plain(one) for one in value]
    if kind is Evidence or (kind is Thing and not value.alternatives):
        return _brief(value)
    if is_dataclass(kind):
        return _written(value)
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    return value


def _written(record: Any) -> dict[str, Any]:  # noqa: ANN401 (any record)
    return {
        shown: plain(held)
        for name, shown, may_lack in _members(record.__class__)
        if (held := getattr(record, name)) not in _NOTHING or not may_lack
    }


@lru_cache(maxsize=10_000)
def _brief(value: Thing | Evidence) -> dict[str, Any]:
    """Return what stands in many answers; it is written once and never changed afterwards."""
    return _written(value)


_NOTHING: Final = (None, ())


@cache
def _members(kind: type[Any]) -> tuple[tuple[str, str, bool], ...]:
    """Return of a kind of record the fields that are shown: name, as shown, left out if empty."""
    brief = issubclass(kind, Thing | Evidence)
    return tuple(
        (one.name, camel(one.name), brief and one.name in _SHORT)
        for one in fields(kind) if one.name not in HIDDEN
    )  # fmt: skip


@cache
def camel(name: str) -> str:
    """Return `legalBasis` of `legal_basis`."""
    first, *others = name.split("_")
    return first + "".join(one.capitalize() for one in others)


def as_csv(answer: Answer[Any]) -> str:
    """Return the rows as CSV: a column for each label and IRI, several values joined by ` | `."""
    columns = csv_columns(answer.question)
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for row in answer.rows:
        writer.writerow(flat(row))
    return file.getvalue()


def csv_columns(question: str) -> list[str]:
    """Return the columns of a question's flat rows."""
    columns: list[str] = []
    for one in fields(ROWS[question]):
        if one.name in _NOT_FLAT:
            continue
        name = camel(one.name)
        if one.name == "evidence":
            columns += [f"{name}{part}" for part in _EVIDENCE]
        else:
            columns += [name, f"{name}Iri"] if "Thing" in str(one.type) else [name]
    return columns


_EVIDENCE: Final = ("Title", "Source", "Record", "Retrieved", "Licence", "Published")


def flat(row: Any) -> dict[str, str]:  # noqa: ANN401 (any row type)
    """Return a row as flat texts, by column."""
    found: dict[str, str] = {}
    for one in fields(row):
        if one.name in _NOT_FLAT:
            continue
        name, value = camel(one.name), getattr(row, one.name)
        if one.name == "evidence":
            for part in _EVIDENCE:
                held = [getattr(said, part.lower()) or "" for said in value]
                found[f"{name}{part}"] = " | ".join(held) if any(held) else ""
            continue
        things = [held for held in _several(value) if isinstance(held, Thing)]
        found[name] = " | ".join(_text(held) for held in _several(value))
        found[f"{name}Iri"] = " | ".join(held.iri for held in things)
    return found


def _several(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _text(value: object) -> str:
    match value:
        case Thing(label=label) | Provider(label=label):
            return label
        case Value(text=text):
            return text
        case Factor(feature=feature, value=number, facts=facts):
            return f"{feature}={number:.6g}" + (f" ({' '.join(facts)})" if facts else "")
        case LegalBasis(citation=citation, url=url):
            return f"{citation} {url or ''}".strip()
        case _ if is_dataclass(value):
            return "; ".join(str(getattr(value, one.name) or "") for one in fields(value))
        case _:
            return str(value).lower() if isinstance(value, bool) else str(value)


def as_trig(graph: Graph, answer: Answer[Any]) -> bytes:
    """Return the quads that the rows rest on, with their graphs, as TriG."""
    return _trig(evidence_quads(graph, answer))


def as_ttl(graph: Graph, answer: Answer[Any]) -> bytes:
    """Return the same as triples, without their graphs, as Turtle."""
    return _ttl(evidence_quads(graph, answer))


def things_as_trig(graph: Graph, iris: Iterable[str]) -> bytes:
    """Return all that is said of these things, and by whom, as TriG."""
    return _trig(_things_quads(graph, iris))


def things_as_ttl(graph: Graph, iris: Iterable[str]) -> bytes:
    """Return the same as triples, without their graphs, as Turtle."""
    return _ttl(_things_quads(graph, iris))


def things_as(graph: Graph, iris: Iterable[str], media_type: str) -> bytes:
    """Return all that is said of these things, and by whom, in a format of RDF."""
    return written(_things_quads(graph, iris), media_type)


def _things_quads(graph: Graph, iris: Iterable[str]) -> list[Quad]:
    every = (same for iri in iris for same in names_of(graph).all_of(iri))
    return _with_records(graph, ((iri, None, None) for iri in every))


def _trig(quads: Iterable[Quad]) -> bytes:
    found = serialize(quads, format=RdfFormat.TRIG, prefixes=PREFIXES)
    return found if found is not None else b""


def _ttl(quads: Iterable[Quad]) -> bytes:
    triples = {Triple(one.subject, one.predicate, one.object): None for one in quads}
    found = serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES)
    return found if found is not None else b""


def evidence_quads(graph: Graph, answer: Answer[Any]) -> list[Quad]:
    """Return the quads that the rows rest on, in a fixed order.

    What a row is kept as, whole; of the things it names the label, class and what the row shows;
    how names were found; and the records and sources behind all of these.
    """
    return _with_records(graph, _patterns(graph, answer))


def _with_records(graph: Graph, patterns: Iterable[Pattern]) -> list[Quad]:
    quads: set[Quad] = set()
    for pattern in patterns:
        quads |= _matching(graph, pattern)
    subjects = {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}
    records: set[Quad] = set()
    for subject in subjects:
        for derived in graph.quads(subject, PROV.wasDerivedFrom, None, _PROVENANCE):
            records.add(derived)
            if isinstance(derived.object, NamedNode):
                records |= set(graph.quads(derived.object, None, None, _PROVENANCE))
    sources = {
        one.object for one in records
        if one.predicate == LOTSE.source and isinstance(one.object, NamedNode)
    }  # fmt: skip
    for source in sources:
        records |= set(graph.quads(source, None, None, _PROVENANCE))
    return sorted(quads | records, key=lambda one: (str(one.graph_name), str(one)))


def _matching(graph: Graph, pattern: Pattern) -> set[Quad]:
    subject, predicate, value = pattern
    return set(
        graph.quads(
            NamedNode(subject) if subject is not None else None,
            predicate,
            NamedNode(value) if value is not None else None,
        )
    )


def _patterns(graph: Graph, answer: Answer[Any]) -> Iterator[Pattern]:
    asked = {name: one.iri for name, one in answer.parameters.items() if isinstance(one, Thing)}
    for row in answer.rows:
        if isinstance(row, Known):
            subject, value = row.rests_on
            yield subject, NamedNode(row.property), value or None
            continue
        nodes: tuple[str, ...] = row.rests_on
        yield from ((node, None, None) for node in nodes)
        yield from ((found, None, None) for _, found in resolutions(graph, nodes))
        shown = (*_NAMING, *_SHOWN) if isinstance(row, Doing) else _NAMING
        for one in _things(row):
            yield from ((one.iri, prop, None) for prop in shown)
        place = row.place if isinstance(row, Doing) else getattr(row, "adopter", None)
        if place is not None and "place" in asked:
            yield place.iri, LOTSE.within, asked["place"]
            yield asked["place"], LOTSE.within, place.iri


def _things(row: Any) -> Iterable[Thing]:  # noqa: ANN401 (any row type)
    for one in fields(row):
        for held in _several(getattr(row, one.name)):
            if isinstance(held, Thing | Provider):
                yield held if isinstance(held, Thing) else held.provider
