"""Records → triples → verdicts: what of a source is accepted, and what is parked and why."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest import provenance
from ingest.admitted import Admitted, Parked
from ingest.fields import FieldError
from ingest.provenance import record_iri
from ingest.readers import records
from ingest.source import Record, Source
from kg import nquads
from kg.gate import Finding, Shapes, judge, own_types
from kg.iri import digest, graph, kind_and_key, whole_of
from kg.literals import stored
from kg.personal import without_contacts
from kg.terms import RDF, Literal, NamedNode, Triple

Types = dict[NamedNode, frozenset[NamedNode]]
"""Every thing accepted so far, with its classes."""


@dataclass(slots=True)
class Admission:
    """What becomes of one source's records, while they are judged."""

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
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Record key → its accepted triples as N-Triples, each once."""
    hashes: dict[str, str] = field(default_factory=dict)
    """Record key → a hash of what the record says, about itself too."""
    named: set[NamedNode] = field(default_factory=set)
    """All things that the records describe or point to, those of parked records too."""
    verdicts: dict[str, list[Finding]] = field(default_factory=dict)
    """A hash of all that a verdict rests on → the verdict."""

    def admitted(self) -> Admitted:
        """Return what the build needs of this, without the triples."""
        said = nquads.canonical(
            (text for key in self.accepted for text in self.texts[key]), graph(self.source.slug)
        )
        return Admitted(
            source=self.source,
            read=len(self.records),
            kinds=self.kinds,
            unmapped=self.unmapped,
            parked=tuple(self.parked),
            findings=tuple(self.findings),
            hashes={key: self.hashes[key] for key in self.accepted},
            types={
                thing.value: tuple(sorted(cls.value for cls in classes))
                for triples in self.accepted.values()
                for thing, classes in _classes(triples).items()
            },
            quads=said,
            provenance=nquads.canonical(self._provenance(), graph("provenance")),
        )

    def _provenance(self) -> Iterator[Triple]:
        yield from provenance.of_source(self.source)
        for key, triples in self.accepted.items():
            subjects = {t.subject for t in triples if isinstance(t.subject, NamedNode)}
            yield from provenance.of_record(self.source, self.records[key], subjects, self.own[key])


def admit(
    source: Source,
    files: Mapping[str, bytes],
    types: Types,
    shapes: Shapes,
    kept: Mapping[str, Sequence[Finding]] | None = None,
) -> Admission:
    """Return the verdicts on a source's records; the accepted things are added to `types`.

    `kept` are verdicts of an earlier build that the same shapes gave.
    """
    found = Admission(source)
    reasons = _transform(found, files)
    _kept_as_written(found, reasons)
    _one_record_a_subject(found, reasons)
    _cascade(found, reasons, types)
    _judge(found, types, shapes, kept or {})
    for finding in found.findings:
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
        found.texts[record.key] = tuple(map(str, found.accepted[record.key]))
        found.hashes[record.key] = nquads.digest([*found.texts[record.key], *found.own[record.key]])
        found.named |= _named(found.accepted[record.key])
    return reasons


def _kept_as_written(found: Admission, reasons: dict[str, list[str]]) -> None:
    """Park what has a literal that the store would give back in another form."""
    for key, triples in found.accepted.items():
        for one in (*triples, *found.own[key]):
            if isinstance(one.object, Literal) and (form := stored(one.object)) != one.object:
                reasons[key].append(
                    f"{one.predicate.value}: {one.object} would be kept as {form}; write that"
                )


def _named(triples: Sequence[Triple]) -> set[NamedNode]:
    """Return the things whose classes, as others state them, the verdict may rest on."""
    return {
        term
        for one in triples
        for term in ((one.subject,) if one.predicate == RDF.type else (one.subject, one.object))
        if isinstance(term, NamedNode)
    }


def _judge(
    found: Admission, types: Types, shapes: Shapes, kept: Mapping[str, Sequence[Finding]]
) -> None:
    """Fill `found.findings`; what was judged before and rests on the same is not judged again."""
    own = own_types(found.accepted)
    rests_on = {}
    for key, triples in found.accepted.items():
        classes = (
            f"{thing.value} {' '.join(sorted(cls.value for cls in classes))}"
            for thing in _named(triples)
            if (classes := own.get(thing) or types.get(thing))
        )
        rests_on[key] = digest(key, found.hashes[key], *sorted(classes))
    new = {key for key, hashed in rests_on.items() if hashed not in kept}
    found.verdicts = {hashed: list(kept.get(hashed, ())) for hashed in rests_on.values()}
    if new:
        for finding in judge(found.accepted, types, shapes, new).findings:
            found.verdicts[rests_on[finding.record]].append(finding)
    found.findings = sorted(one for verdict in found.verdicts.values() for one in verdict)


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
    """Yield our things that a record points to, and those it describes without a class.

    A part without a class that the record describes stands for the thing that it is a part of.
    """
    typed = _classes(triples).keys()
    described = {one.subject for one in triples}
    seen = set()
    for one in triples:
        for term in (one.subject, one.object):
            if isinstance(term, NamedNode) and term not in typed and term not in seen:
                seen.add(term)
                whole = whole_of(term) if term in described else term
                if kind_and_key(term.value) is not None and whole not in typed:
                    yield whole
