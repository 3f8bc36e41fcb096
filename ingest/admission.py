"""Records → triples → verdicts: what of a source is accepted, and what is parked and why."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.fields import FieldError
from ingest.provenance import record_iri
from ingest.readers import records
from ingest.source import Record, Row, Source
from kg.gate import Finding, Shapes, judge
from kg.iri import kind_and_key
from kg.personal import without_contacts
from kg.terms import RDF, NamedNode, Triple

Types = dict[NamedNode, frozenset[NamedNode]]
"""Every thing accepted so far, with its classes."""


@dataclass(frozen=True, slots=True)
class Parked:
    """A record that is kept out of the release, with the reasons and what it held."""

    source: str
    key: str
    reasons: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(slots=True)
class Admission:
    """What became of one source's records."""

    source: Source
    accepted: dict[str, tuple[Triple, ...]] = field(default_factory=dict)
    """Record key → what the record says, without what it says about itself."""
    own: dict[str, tuple[Triple, ...]] = field(default_factory=dict)
    """Record key → page or licence of the record itself."""
    records: dict[str, Record] = field(default_factory=dict)
    parked: list[Parked] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unmapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        """Return how many records the source's files hold."""
        return len(self.records)


def admit(source: Source, files: Mapping[str, bytes], types: Types, shapes: Shapes) -> Admission:
    """Return the verdicts on a source's records; the accepted things are added to `types`."""
    found = Admission(source)
    reasons = _transform(found, files)
    _one_record_a_subject(found, reasons)
    _cascade(found, reasons, types)
    verdicts = judge(found.accepted, types, shapes)
    found.findings.extend(verdicts.findings)
    for finding in verdicts.findings:
        if finding.severity == "Violation":
            where = f"{finding.path} = {finding.value}" if finding.value else finding.path
            reasons[finding.record].append(f"{finding.message_en} ({where})")
    _drop(found, reasons)
    _cascade(found, reasons, types)
    for key in sorted(reasons):
        said = tuple(dict.fromkeys(map(without_contacts, reasons[key])))
        found.parked.append(Parked(source.slug, key, said, found.records[key].rows))
    for triples in found.accepted.values():
        for thing, classes in _classes(triples).items():
            types[thing] = types.get(thing, frozenset()) | classes
    return found


def _transform(found: Admission, files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Fill `found.accepted` with the triples of each record; return why others have none."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for record in records(found.source, files):
        found.records[record.key] = record
        found.kinds[record.kind] += 1
        node = record_iri(found.source.slug, record.key)
        try:
            triples = tuple(dict.fromkeys(found.source.transform(record)))
        except FieldError as error:
            reasons[record.key].append(f"{error} (record {record.key})")
            continue
        except ValueError as error:
            reasons[record.key].append(f"an IRI cannot be made: {error} (record {record.key})")
            continue
        found.unmapped.update(record.unmapped)
        found.own[record.key] = tuple(one for one in triples if one.subject == node)
        found.accepted[record.key] = tuple(one for one in triples if one.subject != node)
    return reasons


def _one_record_a_subject(found: Admission, reasons: dict[str, list[str]]) -> None:
    """Park all records that speak of a subject of which another record speaks, too."""
    speakers: dict[NamedNode, list[str]] = defaultdict(list)
    for key, triples in found.accepted.items():
        for subject in {one.subject for one in triples}:
            if isinstance(subject, NamedNode):
                speakers[subject].append(key)
    for subject, keys in speakers.items():
        if len(keys) > 1:
            for key in keys:
                others = ", ".join(other for other in keys if other != key)
                reasons[key].append(
                    f"duplicate key: {subject.value} is described by this record and by {others}; "
                    "keep one of them or give each a key of its own"
                )
    _drop(found, reasons)


def _cascade(found: Admission, reasons: dict[str, list[str]], types: Types) -> None:
    """Park what refers to a thing that is not accepted, until nothing changes."""
    held = {
        thing for triples in found.accepted.values() for thing in _classes(triples)
    } | types.keys()
    while True:
        missing = {
            key: gone
            for key, triples in found.accepted.items()
            if (gone := [one for one in _referred(triples) if one not in held])
        }
        if not missing:
            return
        for key, gone in missing.items():
            for thing in gone:
                reasons[key].append(
                    f"refers to {thing.value}, which is parked or does not exist; mend that first"
                )
            held -= _classes(found.accepted[key]).keys() - types.keys()
        _drop(found, reasons)


def _drop(found: Admission, reasons: Mapping[str, Sequence[str]]) -> None:
    for key in reasons:
        found.accepted.pop(key, None)
        found.own.pop(key, None)


def _classes(triples: Sequence[Triple]) -> Types:
    classes: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for one in triples:
        thing, kind = one.subject, one.object
        if (
            one.predicate == RDF.type
            and isinstance(thing, NamedNode)
            and isinstance(kind, NamedNode)
        ):
            classes[thing].add(kind)
    return {thing: frozenset(found) for thing, found in classes.items()}


def _referred(triples: Sequence[Triple]) -> Iterator[NamedNode]:
    """Yield our things that a record points to, and those it describes without a class."""
    typed = _classes(triples).keys()
    seen = set()
    for one in triples:
        for term in (one.subject, one.object):
            if isinstance(term, NamedNode) and term not in typed and term not in seen:
                seen.add(term)
                if kind_and_key(term.value) is not None:
                    yield term
