"""A contributed source as the pipeline sees it: one more source, its records RDF already."""

import dataclasses
import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, cast

from ingest.files import checksum
from ingest.provenance import record_iri
from ingest.source import ExtractFile, Record, RecordRule, Source, in_order
from kg import contributed, nquads
from kg.contributed import RECORDS, Described, Entries
from kg.errors import SourceError
from kg.iri import kind_and_key
from kg.terms import FOAF, NamedNode, Triple

KIND: Final = "description"
COLUMNS: Final = ("key", "received", "said")
_ALL: Final = 1.0


def transform(record: Record) -> Iterator[Triple]:
    """Yield what a contribution says of one thing; a page of the thing is also its evidence."""
    (row,) = record.rows
    lines = "".join(f"{line} .\n" for line in cast("list[str]", row["said"]))
    for one in nquads.triples(lines.encode()):
        yield one
        subject, page = one.subject, one.object
        if (
            one.predicate == FOAF.page
            and isinstance(subject, NamedNode)
            and record_key(subject.value) == record.key
        ):
            yield Triple(record_iri(record.source, record.key), FOAF.page, page)


def record_key(iri: str) -> str | None:
    """Return the key of the record that speaks of a thing, or of a part of it; None for others."""
    own = kind_and_key(iri)
    return f"{own[0]}-{own[1].partition('/')[0]}" if own is not None else None


def sources(data: Path, instead: Mapping[str, Path] | None = None) -> list[Source]:
    """Return the contributed sources that say something, each after those that it needs.

    `instead` maps a source to a folder whose records are read in place of its own; there nothing
    may be parked.
    """
    instead = instead or {}
    folders = {
        slug: instead.get(slug, contributed.folder_of(data, slug))
        for slug in contributed.described(data)
    }
    speaking = {slug: one for slug, one in folders.items() if (one / RECORDS).is_file()}
    found = {}
    for slug, folder in speaking.items():
        source = source_of(contributed.load(contributed.folder_of(data, slug)), folder)
        found[slug] = dataclasses.replace(
            source,
            needs=tuple(one for one in source.needs if one in speaking),
            parking_limit=0.0 if slug in instead else _ALL,
        )
    return in_order(found)


def needed(described: Mapping[str, Described], slug: str) -> set[str]:
    """Return the contributed sources whose things a source may refer to, its own left out."""
    found: set[str] = set()
    waiting = list(described[slug].needs)
    while waiting:
        one = waiting.pop()
        if one not in described:
            message = f"{slug}: `needs` names {one!r}, which is no contributed source."
            raise SourceError(message)
        if one not in found:
            found.add(one)
            waiting.extend(described[one].needs)
    return found - {slug}


def source_of(one: Described, folder: Path) -> Source:
    """Return the source whose records lie in this folder."""
    content = (folder / RECORDS).read_bytes()
    return described_as(one, contributed.entries(content), checksum(content), folder)


def described_as(one: Described, says: Entries, sha256: str, folder: Path) -> Source:
    """Return the source that says this."""
    day = datetime.date.fromisoformat(
        max((entry.received for entry in says.values()), default=one.since)
    )
    return Source(
        slug=one.slug,
        title=f"{one.title} (beigetragen von: {one.contributor})",
        title_en=f"{one.title_en} (contributed by: {one.contributor})",
        publisher=one.contributor,
        landing=one.homepage,
        licence=one.licence,
        licence_title=one.licence_title,
        attribution=f"Beigetragen von / contributed by {one.contributor}",
        language="de",
        needs=one.needs,
        parking_limit=_ALL,
        as_of=day,
        retrieved=day,
        upstream=(),
        extracts=(ExtractFile(RECORDS, "jsonl", COLUMNS, sha256),),
        records=(RecordRule(KIND, RECORDS, ("key",)),),
        expect={},
        at_least={},
        about=_ABOUT,
        folder=folder,
        transform=transform,
        extract=_nothing,
        record_key=None,
        contributor=one.contributor,
    )


_ABOUT: Final = {
    "takes": "Was die beitragende Stelle selbst angibt; es hat dieselbe Prüfung bestanden wie jede "
    "andere Quelle.",
    "takes_en": "What the contributing body itself states; it has passed the same gate as any "
    "other source.",
    "leaves": "Namen, Typen und Schlüssel von Sachen, die andere Quellen beschreiben; "
    "Kontaktdaten.",
    "leaves_en": "Names, types and keys of things that other sources describe; contact data.",
    "dirt": "Wir prüfen die Form, nicht, ob eine Angabe stimmt.",
    "dirt_en": "We check the form, not whether a statement is true.",
}


def _nothing(_files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return nothing: what is contributed needs no extraction."""
    return {}
