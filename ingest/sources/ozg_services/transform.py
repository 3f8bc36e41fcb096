"""A row of the catalogue → a situation of life or business, a bundle of services, or a service.

A bundle is an OZG-Leistung, a service one of the LeiKa; both are public services.
"""

import re
from collections.abc import Iterator
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record, Row
from ingest.sources.ozg_services.themes import THEMES
from kg.iri import mint
from kg.terms import CPSV, CV, DCTERMS, LOTSE, RDF, SKOS, NamedNode, Triple, text

SLUG: Final = "ozg_services"
UNKEYED: Final = "nicht im LeiKa"
TYPES: Final = frozenset("123456")
_LEIKA: Final = re.compile(r"\d{14}")
_BUNDLE: Final = re.compile(r"\d{5}")


def record_key(kind: str, row: Row) -> str:
    """Return the official key, or the row's number with what sets it apart before it."""
    if kind == "situation":
        return f"lage-{row['id']}"
    key = str(row["service_key"]).strip()
    return f"nrw-{row['id']}" if key == UNKEYED else key


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the catalogue says; of test rows nothing, but they are counted as unmapped."""
    row = Fields(record)
    if record.kind == "situation":
        yield from _situation(record, row)
    elif record.kind == "bundle":
        yield from _bundle(record, row)
    else:
        yield from _service(record, row)
    row.close()


def _situation(record: Record, row: Fields) -> Iterator[Triple]:
    """Yield a situation; one that holds no bundle is a developer's test."""
    name, bundles = row.take("name"), row.number("bundles")
    subject, number = row.take("subject"), row.take("id")
    if not bundles:
        record.unmapped.append(("situation without bundles", name))
        return
    situation = _lage(number)
    yield Triple(situation, RDF.type, CV.Event)
    yield Triple(situation, RDF.type, SKOS.Concept)
    yield Triple(situation, SKOS.prefLabel, text(name, "de"))
    yield Triple(situation, SKOS.inScheme, LOTSE.OzgLagen)
    yield Triple(situation, SKOS.broader, LOTSE[f"ozg-{_known(subject)}"])
    yield Triple(situation, DCTERMS.subject, THEMES[subject])


def _bundle(record: Record, row: Fields) -> Iterator[Triple]:
    key = row.take("service_key")
    if not _BUNDLE.fullmatch(key):
        message = f"field 'service_key' is {key!r}; wanted are 5 digits. A lost leading zero?"
        raise FieldError(message)
    bundle = mint("service", SLUG, record.key)
    yield from _public_service(bundle, row)
    yield Triple(bundle, LOTSE.ozgKey, text(key))


def _service(record: Record, row: Fields) -> Iterator[Triple]:
    key, name = row.take("service_key"), row.maybe("name")
    number = row.take("id")
    types = row.maybe("service_type") or ""
    if key != UNKEYED and not _LEIKA.fullmatch(key):
        record.unmapped.append(("service_key", f"{key} ({name}, {number})"))
        for field in ("bundle", "situation_id", "subject"):
            row.maybe(field)
        return
    service = mint("service", SLUG, record.key)
    yield from _public_service(service, row)
    if key != UNKEYED:
        yield Triple(service, LOTSE.leikaKey, text(key))
    if (bundle := row.maybe("bundle")) is not None:
        yield Triple(service, LOTSE.bundle, mint("service", SLUG, bundle))
    for one in re.findall(r"[^,/\s]+", types):
        if one in TYPES:
            yield Triple(service, LOTSE.leikaType, text(one))
        else:
            record.unmapped.append(("service_type", one))


def _public_service(service: NamedNode, row: Fields) -> Iterator[Triple]:
    yield Triple(service, RDF.type, CPSV.PublicService)
    yield Triple(service, SKOS.prefLabel, text(row.take("name"), "de"))
    if (situation := row.maybe("situation_id")) is not None:
        yield Triple(service, CV.isGroupedBy, _lage(situation))
    if (subject := row.maybe("subject")) is not None:
        yield Triple(service, DCTERMS.subject, THEMES[_known(subject)])


def _lage(number: str) -> NamedNode:
    return mint("service", SLUG, f"lage-{number}")


def _known(subject: str) -> str:
    if subject not in THEMES:
        message = f"field 'subject' is {subject!r}; allowed are {', '.join(THEMES)}"
        raise FieldError(message)
    return subject
