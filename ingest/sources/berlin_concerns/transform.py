"""A report to a Berlin borough → a concern, its category, and the hand-over to another body."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.positions import box, position
from ingest.source import Record, Row
from ingest.sources.berlin_concerns.clock import in_berlin
from kg.iri import mint
from kg.terms import CV, DCTERMS, LOTSE, ORG, RDF, SKOS, NamedNode, Triple, moment, text

SLUG: Final = "berlin_concerns"
SCHEME: Final = LOTSE["categories-berlin_concerns"]
PLACE: Final = "Berlin"
PLACE_KEY: Final = "110000000000"
BERLIN: Final = box("Berlin", "52.3", "13.0", "52.7", "13.8")
STATUSES: Final = {
    "In Bearbeitung": LOTSE["concern-in-progress"],
    "Erledigt": LOTSE["concern-closed"],
}
UNLISTED: Final = "freier-betreff"
"""The category of reports whose subject is none of the authority's list."""
ANSWERS: Final = {
    "": LOTSE["transfer-handed-over"],
    "erledigt": LOTSE["transfer-answered-done"],
    "keine Feststellung": LOTSE["transfer-answered-nothing-found"],
}
_WRITTEN: Final = "%d.%m.%Y - %H:%M:%S"
_PLAIN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Body:
    """A body that reports are handed over to."""

    key: str
    kind: str
    abbreviation: str | None = None


BODIES: Final[Mapping[str, Body]] = {
    "Berliner Stadtreinigung": Body("berliner-stadtreinigung", "municipal-enterprise", "BSR"),
    "Berliner Forsten": Body("berliner-forsten", "authority"),
}


def record_key(kind: str, row: Row) -> str | None:
    """Return the key of what a row says about the report, its category, group or bodies."""
    group, _, kind_of_report = str(row["betreff"]).strip().partition(" - ")
    match kind:
        case "concern":
            return str(row["id"]).strip()
        case "category":
            return _slug(group, kind_of_report) if group else UNLISTED
        case "group":
            return _slug(group) if group else None
        case "borough":
            return _borough(str(row["bezirk"]))
        case _:
            recipient = str(row["handed_over_to"]).strip()
            return _slug(recipient) if recipient else None


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the borough published about one report, or what its reports name."""
    first = record.rows[0]
    match record.kind:
        case "concern":
            yield from _concern(record)
        case "category" | "group":
            yield from _category(record, str(first["betreff"]).strip())
        case "borough":
            name = f"Bezirksamt {str(first['bezirk']).strip()} von Berlin"
            yield from _body(name, Body(record.key, "authority"))
        case _:
            name, body = _recipient(Fields(record, first))
            yield from _body(name, body)


def _slug(*parts: str) -> str:
    """Return names as a key that can be typed; the parts are joined by two hyphens."""
    plain = (part.casefold().translate(_PLAIN) for part in parts)
    return "--".join(re.sub(r"[^a-z0-9]+", "-", part).strip("-") for part in plain)


def _borough(name: str) -> str:
    return f"bezirksamt-{_slug(name)}"


def _category(record: Record, subject: str) -> Iterator[Triple]:
    group, _, kind_of_report = subject.partition(" - ")
    category = mint("category", SLUG, record.key)
    yield Triple(category, RDF.type, LOTSE.ConcernCategory)
    yield Triple(category, RDF.type, SKOS.Concept)
    yield Triple(category, SKOS.notation, text(record.key))
    yield Triple(category, SKOS.inScheme, SCHEME)
    if record.kind == "group":
        yield Triple(category, SKOS.prefLabel, text(group, "de"))
    elif group:
        yield Triple(category, SKOS.prefLabel, text(kind_of_report, "de"))
        yield Triple(category, SKOS.broader, mint("category", SLUG, _slug(group)))
    else:
        yield Triple(category, SKOS.prefLabel, text("Freier Betreff", "de"))
        yield Triple(category, SKOS.prefLabel, text("free subject", "en"))


def _body(name: str, body: Body) -> Iterator[Triple]:
    actor = mint("actor", SLUG, body.key)
    yield Triple(actor, RDF.type, CV.PublicOrganisation)
    yield Triple(actor, SKOS.prefLabel, text(name, "de"))
    yield Triple(actor, ORG.classification, LOTSE[f"kind-{body.kind}"])
    yield Triple(actor, LOTSE.placeAsPublished, text(PLACE))
    yield Triple(actor, LOTSE.placeKey, text(PLACE_KEY))
    if body.abbreviation is not None:
        yield Triple(actor, LOTSE.abbreviation, text(body.abbreviation))


def _recipient(row: Fields) -> tuple[str, Body]:
    return row.take("handed_over_to"), row.one_of("handed_over_to", BODIES)


def _concern(record: Record) -> Iterator[Triple]:
    row = Fields(record)
    number, subject = row.take("id"), row.maybe("betreff")
    concern = mint("concern", SLUG, number)
    if subject is None:
        record.unmapped.append(("betreff", f"report {number}: none of the authority's list"))
    category = _slug(*subject.split(" - ", maxsplit=1)) if subject else UNLISTED
    yield Triple(concern, RDF.type, LOTSE.Concern)
    yield Triple(concern, DCTERMS.identifier, text(number))
    yield Triple(concern, LOTSE.category, mint("category", SLUG, category))
    yield Triple(concern, LOTSE.status, row.one_of("status", STATUSES))
    yield Triple(concern, LOTSE.placeAsPublished, text(PLACE))
    yield Triple(concern, LOTSE.placeKey, text(PLACE_KEY))
    yield from _dated(concern, DCTERMS.created, row, "erstellungsDatum")
    yield from _dated(concern, DCTERMS.modified, row, "letzteAenderungDatum")
    yield from position(concern, row.decimal("lat"), row.decimal("lng"), BERLIN)
    yield from _transfer(concern, number, row)
    if (hint := row.maybe("unread")) is not None:
        record.unmapped.append(("unread", f"reply to report {number}: {hint}"))
    row.close()


def _dated(concern: NamedNode, predicate: NamedNode, row: Fields, field: str) -> Iterator[Triple]:
    value = row.take(field)
    try:
        local = datetime.datetime.strptime(value, _WRITTEN)  # noqa: DTZ007 (in_berlin adds it)
        yield Triple(concern, predicate, moment(in_berlin(local).isoformat()))
    except ValueError as error:
        message = f"field {field!r} is {value!r}; wanted is 30.03.2026 - 09:18:47"
        raise FieldError(message) from error


def _transfer(concern: NamedNode, number: str, row: Fields) -> Iterator[Triple]:
    """Yield the hand-over that the reply records; some replies leave out its day."""
    day, verb = row.day("handed_over_on"), row.maybe("handed_over_as")
    answered, state = row.day("answered_on"), row.one_of("answer", ANSWERS)
    borough = _borough(row.take("bezirk"))
    if row.maybe("handed_over_to") is None:
        if day is not None or verb is not None or answered is not None:
            message = "a hand-over needs a recipient: field 'handed_over_to' is empty"
            raise FieldError(message)
        return
    _, body = _recipient(row)
    transfer = mint("transfer", SLUG, number, body.key)
    yield Triple(transfer, RDF.type, LOTSE.Transfer)
    yield Triple(transfer, LOTSE.ofConcern, concern)
    yield Triple(transfer, LOTSE.fromActor, mint("actor", SLUG, borough))
    yield Triple(transfer, LOTSE.toActor, mint("actor", SLUG, body.key))
    yield Triple(transfer, LOTSE.transferState, state)
    if day is not None:
        yield Triple(transfer, LOTSE.handedOverOn, day)
    if answered is not None:
        yield Triple(transfer, LOTSE.answeredOn, answered)
