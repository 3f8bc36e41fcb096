"""A model project → an innovation of its municipalities, paid for by the programme.

Project and programme are told apart: the programme is named as the funder, with the round, and
has its record elsewhere. A co-operation of several municipalities is one project in several
places.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ingest.fields import Fields
from ingest.source import Record, Row
from ingest.themes import statements
from kg.iri import digest, mint
from kg.terms import FOAF, LOTSE, RDF, SKOS, Literal, NamedNode, Triple, text

SLUG: Final = "smart_city_projects"
PROGRAMME: Final = "Modellprojekte Smart Cities (MPSC)"

ROUNDS: Final[Mapping[str, Literal]] = {one: text(f"Staffel {one}", "de") for one in "123"}
KINDS: Final = {"": False, "landkreis": False, "kooperation": True}
"""Kind of the row → whether it names several municipalities."""

_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_AND: Final = re.compile(r", | und ")
_LEVELS: Final = (
    (re.compile(r"(^|, )(Landkreis|Kreis)\b"), LOTSE["level-kreis"]),
    (re.compile(r"^Gemeinde |, (Gemeinde|\S*[Ss]tadt|kreisfreie Stadt)$"), LOTSE["level-gemeinde"]),
)


def record_key(kind: str, row: Row) -> str:  # noqa: ARG001 (the source has one kind)
    """Return round and name in small letters and hyphens."""
    name = f"{row['staffel']} {row['name_as_published']}".lower().translate(_LETTERS)
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the list says about one project."""
    row = Fields(record)
    project = mint("innovation", SLUG, record.key)
    name = row.take("name_as_published")
    places = _AND.split(name) if row.one_of("kind", KINDS) else [name]
    yield Triple(project, RDF.type, LOTSE.Innovation)
    yield Triple(project, SKOS.prefLabel, text(f"Modellprojekt Smart Cities: {name}", "de"))
    yield Triple(project, SKOS.prefLabel, text(f"Smart Cities model project: {name}", "en"))
    year = row.when("year")
    if year is not None:
        yield Triple(project, LOTSE.since, year)
    for place in places:
        yield Triple(project, LOTSE.placeAsPublished, text(place))
        yield from _involved(record, place, LOTSE["role-operator"])
    for level in {level for pattern, level in _LEVELS if len(places) == 1 and pattern.search(name)}:
        yield Triple(project, LOTSE.levelAsPublished, level)
    yield from _involved(record, PROGRAMME, LOTSE["role-funder"])
    funding = mint("involvement", SLUG, digest(record.key, PROGRAMME))
    yield Triple(funding, LOTSE.topic, row.one_of("staffel", ROUNDS))
    page = row.link("source_url")
    if page is not None:
        yield Triple(mint("record", SLUG, record.key), FOAF.page, page)
    yield from statements(row, project)
    row.close()


def _involved(record: Record, actor: str, role: NamedNode) -> Iterator[Triple]:
    involvement = mint("involvement", SLUG, digest(record.key, actor))
    yield Triple(involvement, RDF.type, LOTSE.Involvement)
    yield Triple(involvement, LOTSE.activity, mint("innovation", SLUG, record.key))
    yield Triple(involvement, LOTSE.actorAsPublished, text(actor))
    yield Triple(involvement, LOTSE.role, role)
