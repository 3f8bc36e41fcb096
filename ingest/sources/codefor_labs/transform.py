"""A lab of Code for Germany → a civic-tech lab that works somewhere."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record, Row
from ingest.themes import statements
from kg.iri import geometry_of, mint
from kg.terms import (
    FOAF,
    GEO,
    LOTSE,
    ORG,
    RDF,
    SKOS,
    WGS,
    NamedNode,
    Triple,
    date,
    decimal,
    link,
    text,
    wkt_point,
)

SLUG: Final = "codefor_labs"
ATTESTED: Final = "2026-01-01"
UPSTREAM: Final = "https://github.com/okfde/codefor.de/blob/b2f605e/"
SITE: Final = "https://codefor.de"

STATUSES: Final = {
    "": LOTSE["status-active"],
    "false": LOTSE["status-active"],
    "true": LOTSE["status-inactive"],
}
"""The field `inactive`; a lab without it is shown as active by its publisher."""

LEVELS: Final[Mapping[str, NamedNode | None]] = {
    "Mecklenburg-Vorpommern": LOTSE["level-land"],
    "Saarland": LOTSE["level-land"],
    "Schleswig-Flensburg": LOTSE["level-kreis"],
    "Niederrhein": None,
    "Ruhrgebiet": None,
}
"""Places in the field `city` that are no city; two are landscapes without a body."""

USES: Final = {"website": FOAF.homepage, "account": FOAF.page}


def record_key(kind: str, row: Row) -> str:  # noqa: ARG001 (the source has one kind)
    """Return the name of the lab's file, `berlin` for `content/labs/berlin.md`."""
    return PurePosixPath(str(row["source_path"])).stem


def transform(record: Record) -> Iterator[Triple]:
    """Yield what Code for Germany says about one lab."""
    row = Fields(record)
    lab = mint("lab", SLUG, record.key)
    page = mint("record", SLUG, record.key)
    yield Triple(page, FOAF.page, link(UPSTREAM + row.take("source_path")))
    yield Triple(lab, RDF.type, LOTSE.Lab)
    yield Triple(lab, ORG.classification, LOTSE["kind-civic-tech-lab"])
    yield Triple(lab, SKOS.prefLabel, text(row.take("title"), "de"))
    yield Triple(lab, LOTSE.status, row.one_of("inactive", STATUSES))
    yield Triple(lab, LOTSE.attestation, LOTSE["attestation-stated"])
    yield Triple(lab, LOTSE.attestedOn, date(ATTESTED))
    yield from _place(row, lab)
    for alias in row.texts("aliases")[:1]:
        yield Triple(lab, FOAF.page, link(SITE + alias))
    for one in row.rows("links"):
        use = one.one_of("use", USES)
        url = one.link("url")
        if url is not None:
            yield Triple(lab, use, url)
        one.close()
    yield from statements(row, lab)
    row.close()
    involvement = mint("involvement", SLUG, record.key)
    yield Triple(involvement, RDF.type, LOTSE.Involvement)
    yield Triple(involvement, LOTSE.actor, lab)
    yield Triple(involvement, LOTSE.role, LOTSE["role-runs"])


def _place(row: Fields, lab: NamedNode) -> Iterator[Triple]:
    city = row.take("city")
    yield Triple(lab, LOTSE.placeAsPublished, text(city))
    level = LEVELS.get(city, LOTSE["level-gemeinde"])
    if level is not None:
        yield Triple(lab, LOTSE.levelAsPublished, level)
    latitude, longitude = row.decimal("lat"), row.decimal("long")
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None:
        message = "only one of the fields 'lat' and 'long' is given; give both or neither"
        raise FieldError(message)
    point = geometry_of(lab)
    yield Triple(lab, GEO.hasGeometry, point)
    yield Triple(point, RDF.type, GEO.Geometry)
    yield Triple(point, GEO.asWKT, wkt_point(format(longitude, "f"), format(latitude, "f")))
    yield Triple(point, WGS.lat, decimal(latitude))
    yield Triple(point, WGS.long, decimal(longitude))
