"""A civic-tech project → an innovation, and who developed it."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from ingest.fields import Fields
from ingest.source import Record, Row
from ingest.sources.codefor_projects.stages import STAGES
from ingest.themes import statements
from kg.iri import digest, mint
from kg.terms import DCTERMS, FOAF, LOTSE, RDF, SCHEMA, SKOS, Triple, date, link, text

SLUG: Final = "codefor_projects"
LABS: Final = "codefor_labs"
UPSTREAM: Final = "https://github.com/okfde/codefor.de/blob/b2f605e/"
USES: Final = {"website": FOAF.homepage, "code": SCHEMA.codeRepository}


def record_key(kind: str, row: Row) -> str:  # noqa: ARG001 (the source has one kind)
    """Return the name of the project's file, `2011-12-31-accessmap` for `….md`."""
    return PurePosixPath(str(row["source_path"])).stem


def transform(record: Record) -> Iterator[Triple]:
    """Yield what Code for Germany says about one project."""
    row = Fields(record)
    project = mint("innovation", SLUG, record.key)
    page = mint("record", SLUG, record.key)
    yield Triple(page, FOAF.page, link(UPSTREAM + row.take("source_path")))
    yield Triple(project, RDF.type, LOTSE.Innovation)
    yield Triple(project, SKOS.prefLabel, text(row.take("title").replace("\xad", ""), "de"))
    yield from _filed(record)
    published = row.maybe("status")
    if published is not None:
        yield Triple(project, LOTSE.statusAsPublished, text(published))
    stage = row.mapped("status", STAGES)
    if stage is not None:
        yield Triple(project, LOTSE.stage, stage)
    for tag in row.texts("tags"):
        yield Triple(project, LOTSE.themeAsPublished, text(tag))
    for one in row.rows("links"):
        use, url = one.one_of("use", USES), one.link("url")
        if url is not None:
            yield Triple(project, use, url)
        one.close()
    for lab in row.texts("lab"):
        yield from _developed(record, lab)
    yield from statements(row, project)
    row.close()


def _filed(record: Record) -> Iterator[Triple]:
    """Yield the day under which the site files the project; two file names hold no date."""
    project = mint("innovation", SLUG, record.key)
    try:
        yield Triple(project, DCTERMS.created, date(record.key[:10]))
    except ValueError:
        record.unmapped.append(("source_path", record.key[:10]))


def _developed(record: Record, lab: str) -> Iterator[Triple]:
    """Yield that a lab developed the project; `bremen` and `darmstadt` have no record."""
    involvement = mint("involvement", SLUG, digest(lab, record.key, "developer"))
    yield Triple(involvement, RDF.type, LOTSE.Involvement)
    yield Triple(involvement, LOTSE.activity, mint("innovation", SLUG, record.key))
    yield Triple(involvement, LOTSE.role, LOTSE["role-developer"])
    yield Triple(involvement, LOTSE.actorAsPublished, text(lab))
    yield Triple(involvement, LOTSE.actorKey, text(f"{LABS}-{lab}"))
