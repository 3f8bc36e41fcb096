"""A row of the list → a lab, or an organisation, with its operators, places and themes."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record, Row
from ingest.themes import statements
from kg.iri import digest, mint
from kg.terms import FOAF, LOTSE, ORG, RDF, SKOS, NamedNode, Triple, link, text

SLUG: Final = "labs_and_hubs"
BUND: Final = "000000000000"

LABS: Final = {
    kind: LOTSE[f"kind-{kind}"]
    for kind in (
        "innovation-lab", "competence-centre", "network", "living-lab", "hub", "fellowship",
        "accelerator", "civic-tech-network",
    )
}  # fmt: skip
ORGANISATIONS: Final = {
    kind: LOTSE[f"kind-{kind}"]
    for kind in ("funding-programme", "govtech-company", "civic-tech-organisation")
}
STATUSES: Final[Mapping[str, NamedNode | None]] = {
    "active": LOTSE["status-active"],
    "planned": LOTSE["status-planned"],
    "ended": LOTSE["status-ended"],
    "unknown": None,
}
ATTESTATIONS: Final = {
    "stated": LOTSE["attestation-stated"],
    "mentioned": LOTSE["attestation-mentioned"],
}
LEVELS: Final[Mapping[str, NamedNode | None]] = {
    "bund": LOTSE["level-bund"],
    "land": LOTSE["level-land"],
    "kreis": LOTSE["level-kreis"],
    "gemeinde": LOTSE["level-gemeinde"],
    "eu": None,
    "none": None,
    "": None,
}
"""Level of administration of the thing; the EU is no level of ours."""

_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_IN_REPOSITORY: Final = re.compile(
    r"(?P<repo>[\w.-]+/[\w.-]+)@(?P<commit>[0-9a-f]{40}):(?P<path>\S+)"
)


def record_key(kind: str, row: Row) -> str | None:
    """Return the name in small letters and hyphens; None where the row is of the other kind."""
    if (kind == "organisation") != (row["kind"] in ORGANISATIONS):
        return None
    name = str(row["name"]).strip().lower().translate(_LETTERS)
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the list says about one lab or organisation."""
    row = Fields(record)
    lab = record.kind == "lab"
    thing = mint("lab" if lab else "actor", SLUG, record.key)
    yield Triple(thing, RDF.type, LOTSE.Lab if lab else ORG.Organization)
    yield Triple(thing, ORG.classification, row.one_of("kind", LABS if lab else ORGANISATIONS))
    yield Triple(thing, SKOS.prefLabel, text(row.take("name"), "de"))
    yield Triple(thing, LOTSE.attestation, row.one_of("strength", ATTESTATIONS))
    status = row.one_of("status", STATUSES)
    if status is not None:
        yield Triple(thing, LOTSE.status, status)
    for field, term in (("since", LOTSE.since), ("until", LOTSE.until)):
        moment = row.when(field)
        if moment is not None:
            yield Triple(thing, term, moment)
    homepage = row.link("url")
    if homepage is not None:
        yield Triple(thing, FOAF.homepage, homepage)
    for theme in dict.fromkeys(row.texts("themes", ";")):
        yield Triple(thing, LOTSE.themeAsPublished, text(theme))
    yield from _places(row, thing)
    yield from _involvements(record, row, thing)
    for page in row.texts("source_url", " ; "):
        yield Triple(mint("record", SLUG, record.key), FOAF.page, _page(page))
    yield from statements(row, thing)
    row.close()


def _places(row: Fields, thing: NamedNode) -> Iterator[Triple]:
    """Yield the places; Deutschland is the Bund, whatever level the thing works for."""
    level = row.one_of("level", LEVELS)
    for place in row.texts("jurisdiction", ";"):
        yield Triple(thing, LOTSE.placeAsPublished, text(place))
        if place == "Deutschland":
            yield Triple(thing, LOTSE.placeKey, text(BUND))
            yield Triple(thing, LOTSE.levelAsPublished, LOTSE["level-bund"])
        elif level is not None:
            yield Triple(thing, LOTSE.levelAsPublished, level)


def _involvements(record: Record, row: Fields, thing: NamedNode) -> Iterator[Triple]:
    own = mint("involvement", SLUG, record.key)
    yield Triple(own, RDF.type, LOTSE.Involvement)
    yield Triple(own, LOTSE.actor, thing)
    yield Triple(own, LOTSE.role, LOTSE["role-runs"])
    for operator in dict.fromkeys(row.texts("operator", ";")):
        node = mint("involvement", SLUG, digest(record.key, operator, "operator"))
        yield Triple(node, RDF.type, LOTSE.Involvement)
        yield Triple(node, LOTSE.actorAsPublished, text(operator))
        yield Triple(node, LOTSE.activity, thing)
        yield Triple(node, LOTSE.role, LOTSE["role-operator"])


def _page(published: str) -> NamedNode:
    """Return the page of a citation, which may be a file of a repository at a commit."""
    found = _IN_REPOSITORY.fullmatch(published)
    if found is not None:
        published = "https://github.com/{repo}/blob/{commit}/{path}".format(**found.groupdict())
    try:
        return link(published)
    except ValueError as error:
        message = f"field 'source_url' is {published!r}; wanted is a web address"
        raise FieldError(message) from error
