"""A project of a demo week → an innovation, and the fund that paid for it in which round."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from ingest.fields import Fields
from ingest.source import Record, Row
from ingest.themes import statements
from kg.iri import digest, mint
from kg.terms import FOAF, LOTSE, RDF, SCHEMA, SKOS, Literal, Triple, link, text

SLUG: Final = "prototype_fund"
FUND: Final = "Prototype Fund"

ROUNDS: Final[Mapping[str, Literal]] = {
    "2020": text("Demo Week 2020", "de"),
    "9": text("Runde 9", "de"),
    "10": text("Runde 10", "de"),
}


def record_key(kind: str, row: Row) -> str:  # noqa: ARG001 (the source has one kind)
    """Return round and name of the page's file, `9-02-cobox`."""
    return f"{row['round']}-{PurePosixPath(str(row['source_path'])).stem}"


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the demo week says about one project."""
    row = Fields(record)
    project = mint("innovation", SLUG, record.key)
    repository, _, commit = row.take("source").partition("@")
    page = f"https://github.com/{repository}/blob/{commit}/{row.take('source_path')}"
    yield Triple(mint("record", SLUG, record.key), FOAF.page, link(page))
    yield Triple(project, RDF.type, LOTSE.Innovation)
    yield Triple(project, SKOS.prefLabel, text(row.take("title"), "de"))
    site = row.link("homepage")
    if site is not None:
        yield Triple(project, FOAF.homepage, site)
    for address in row.texts("code"):
        yield Triple(project, SCHEMA.codeRepository, link(address))
    involvement = mint("involvement", SLUG, digest(record.key, "funder"))
    yield Triple(involvement, RDF.type, LOTSE.Involvement)
    yield Triple(involvement, LOTSE.activity, project)
    yield Triple(involvement, LOTSE.actorAsPublished, text(FUND))
    yield Triple(involvement, LOTSE.role, LOTSE["role-funder"])
    yield Triple(involvement, LOTSE.topic, row.one_of("round", ROUNDS))
    yield from statements(row, project)
    row.close()
