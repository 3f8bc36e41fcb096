"""A project page → an innovation, and the lab that developed it."""

from collections.abc import Iterator
from typing import Final

from ingest.fields import Fields
from ingest.source import Record, Row
from ingest.themes import statements
from kg.iri import digest, mint
from kg.terms import FOAF, LOTSE, RDF, SKOS, Triple, link, text

SLUG: Final = "citylab_projects"
UPSTREAM: Final = "https://github.com/technologiestiftung/lab-site/blob/7122e13/"
LAB: Final = "Ideation & Prototyping Lab"
"""The lab as the site calls itself; no source has a record of it."""

TYPES: Final = {one: text(one, "en") for one in ("publication", "prototype", "dataset", "workshop")}
STAGES: Final = {"finished": LOTSE["stage-ended"]}
"""`ongoing` and `Published` say nothing about a stage; they are kept as published."""


def record_key(kind: str, row: Row) -> str:  # noqa: ARG001 (the source has one kind)
    """Return the name of the project's folder: `muster` for `…/muster/de/index.md`."""
    return str(row["source_path"]).split("/")[-3]


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the lab says about one project; what is ongoing has no end yet."""
    row = Fields(record)
    project = mint("innovation", SLUG, record.key)
    page = mint("record", SLUG, record.key)
    yield Triple(page, FOAF.page, link(UPSTREAM + row.take("source_path")))
    yield Triple(project, RDF.type, LOTSE.Innovation)
    yield Triple(project, SKOS.prefLabel, text(row.take("title"), "de"))
    status = row.take("status")
    yield Triple(project, LOTSE.statusAsPublished, text(status))
    stage = row.mapped("status", STAGES)
    if stage is not None:
        yield Triple(project, LOTSE.stage, stage)
    start, end = row.day("start"), row.day("end")
    if start is not None:
        yield Triple(project, LOTSE.since, start)
    if end is not None and status != "ongoing":
        yield Triple(project, LOTSE.until, end)
    sort = row.one_of("type", TYPES)
    address = row.link("externalUrl")
    if address is not None:
        site = FOAF.page if sort.value == "publication" else FOAF.homepage
        yield Triple(project, site, address)
    involvement = mint("involvement", SLUG, digest(record.key, "developer"))
    yield Triple(involvement, RDF.type, LOTSE.Involvement)
    yield Triple(involvement, LOTSE.activity, project)
    yield Triple(involvement, LOTSE.actorAsPublished, text(LAB))
    yield Triple(involvement, LOTSE.role, LOTSE["role-developer"])
    yield Triple(involvement, LOTSE.topic, sort)
    yield from statements(row, project)
    row.close()
