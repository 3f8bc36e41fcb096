"""A case → an innovation in its country, and in Germany the organisation that leads it."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record
from ingest.sources.ips_cases.countries import COUNTRIES
from ingest.sources.ips_cases.sectors import GROUPS, TECHNOLOGIES, THEMES
from kg.iri import digest, mint
from kg.terms import DCTERMS, FOAF, LOTSE, RDF, SKOS, NamedNode, Triple, link, text, year

SLUG: Final = "ips_cases"
BUND: Final = "000000000000"
GERMANY: Final = "Germany"

STAGES: Final = {
    "Planned": LOTSE["stage-idea"],
    "In development": LOTSE["stage-prototype"],
    "Pilot": LOTSE["stage-pilot"],
    "Implemented": LOTSE["stage-in-operation"],
    "In production": LOTSE["stage-in-operation"],
    "Not in use anymore": LOTSE["stage-ended"],
}
EXTENTS: Final[Mapping[str, bool]] = {
    "National": True,
    "Regional": False,
    "Local": False,
    "Across Countries": False,
}
"""Extent of a case → whether it is the whole country."""

_DECIMAL_YEAR: Final = re.compile(r"(\d{4})\.0")


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the explorer says about one case."""
    row = Fields(record)
    case = mint("innovation", SLUG, row.take("id"))
    yield Triple(case, RDF.type, LOTSE.Innovation)
    yield Triple(case, SKOS.prefLabel, text(row.take("name"), "en"))
    yield Triple(case, LOTSE.statusAsPublished, text(row.take("status")))
    yield Triple(case, LOTSE.stage, row.one_of("status", STAGES))
    start = row.when("start_date")
    if start is not None:
        yield Triple(case, LOTSE.since, start)
    end = row.maybe("end_date")
    if end is not None:
        yield Triple(case, LOTSE.until, year(_year(end)))
    for theme in _themes(row):
        yield Triple(case, DCTERMS.subject, theme)
    for address in row.texts("urls", " "):
        yield Triple(case, FOAF.page, link(address))
    yield from _where(row, case)
    lead = row.maybe("lead_organisation_name")
    if lead is not None:
        involvement = mint("involvement", SLUG, digest(record.key, "lead"))
        yield Triple(involvement, RDF.type, LOTSE.Involvement)
        yield Triple(involvement, LOTSE.activity, case)
        yield Triple(involvement, LOTSE.actorAsPublished, text(lead))
        yield Triple(involvement, LOTSE.role, LOTSE["role-operator"])
    row.close()


def _themes(row: Fields) -> set[NamedNode]:
    division = row.one_of("primary_sector", THEMES)
    group = GROUPS.get(row.take("secondary_sector"))
    return {group or division, row.one_of("technology", TECHNOLOGIES)}


def _where(row: Fields, case: NamedNode) -> Iterator[Triple]:
    """Yield the country; a national case in Germany takes place in the whole of it."""
    published = row.take("geocoverage")
    country = row.one_of("geocoverage", COUNTRIES)
    national = row.one_of("geoextent", EXTENTS)
    if country is not None:
        yield Triple(case, DCTERMS.spatial, country)
    if published == GERMANY and national:
        yield Triple(case, LOTSE.placeAsPublished, text(published))
        yield Triple(case, LOTSE.placeKey, text(BUND))
        yield Triple(case, LOTSE.levelAsPublished, LOTSE["level-bund"])


def _year(published: str) -> str:
    found = _DECIMAL_YEAR.fullmatch(published)
    if found is None:
        message = f"field 'end_date' is {published!r}; wanted is a year such as 2021.0"
        raise FieldError(message)
    return found.group(1)
