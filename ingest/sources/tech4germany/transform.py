"""A project → an innovation, the fellowship that developed it, and the partners of its heading."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.fields import Fields
from ingest.source import Record, Row
from ingest.themes import statements
from kg.iri import digest, mint
from kg.terms import FOAF, LOTSE, RDF, SKOS, NamedNode, Triple, date, text

SLUG: Final = "tech4germany"
FELLOWSHIP: Final = "Tech4Germany"

_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def record_key(kind: str, row: Row) -> str:  # noqa: ARG001 (the source has one kind)
    """Return year and name in small letters and hyphens."""
    name = f"{row['year']} {row['project']}".strip().lower().translate(_LETTERS)
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")


def transform(record: Record) -> Iterator[Triple]:
    """Yield what Tech4Germany says about one project.

    Abbreviations are those of the middle of the project's year: ministries are renamed.
    """
    row = Fields(record)
    project = mint("innovation", SLUG, record.key)
    yield Triple(project, RDF.type, LOTSE.Innovation)
    yield Triple(project, SKOS.prefLabel, text(row.take("project"), "de"))
    year = row.when("year")
    if year is not None:
        yield Triple(project, LOTSE.since, year)
    page = row.link("source_url")
    if page is not None:
        yield Triple(mint("record", SLUG, record.key), FOAF.page, page)
    yield from _involved(record, FELLOWSHIP, LOTSE["role-developer"])
    for partner in row.texts("partners", ";"):
        yield from _involved(record, partner, LOTSE["role-partner"])
        involvement = mint("involvement", SLUG, digest(record.key, partner))
        yield Triple(involvement, LOTSE.basis, LOTSE["basis-inferred"])
        if year is not None:
            yield Triple(involvement, LOTSE.attestedOn, date(f"{year.value}-07-01"))
    yield from statements(row, project)
    row.close()


def _involved(record: Record, actor: str, role: NamedNode) -> Iterator[Triple]:
    involvement = mint("involvement", SLUG, digest(record.key, actor))
    yield Triple(involvement, RDF.type, LOTSE.Involvement)
    yield Triple(involvement, LOTSE.activity, mint("innovation", SLUG, record.key))
    yield Triple(involvement, LOTSE.actorAsPublished, text(actor))
    yield Triple(involvement, LOTSE.role, role)
