"""A row of the ranking → the data set with its structure, a criterion, or an observation."""

from collections.abc import Iterator
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record, Row
from kg.iri import mint, part_of
from kg.terms import (
    DCTERMS,
    FOAF,
    LOTSE,
    QB,
    RDF,
    SKOS,
    Literal,
    NamedNode,
    Triple,
    decimal,
    link,
    text,
)

SLUG: Final = "open_data_ranking"
DATASET: Final = mint("dataset", SLUG)
LANDING: Final = "https://opendataranking.de/"
DIMENSIONS: Final = {"place": LOTSE.place, "criterion": LOTSE.criterion}
JURISDICTIONS: Final = {
    name: mint("jurisdiction", f"{key}0000000000")
    for name, key in {
        "Bund": "00", "SH": "01", "HH": "02", "NI": "03", "HB": "04", "NW": "05", "HE": "06",
        "RP": "07", "BW": "08", "BY": "09", "SL": "10", "BE": "11", "BB": "12", "MV": "13",
        "SN": "14", "ST": "15", "TH": "16",
    }.items()
}  # fmt: skip
"""Short code of a Land → the Land; the Bund has none and goes by its name."""


def record_key(kind: str, row: Row) -> str:
    """Return `dataset`, the number of a criterion, or short code and number of an observation."""
    if kind == "dataset":
        return kind
    number = str(row["criterion-number"]).strip()
    return f"criterion-{number}" if kind == "criterion" else f"{_place(row)}-{number}"


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the ranking says about itself, one criterion or one observation."""
    kinds = {"dataset": _dataset, "criterion": _criterion, "observation": _observation}
    yield from kinds[record.kind](record)


def _place(row: Row) -> str:
    return str(row["short"]).strip() or str(row["name"]).strip()


def _dataset(record: Record) -> Iterator[Triple]:
    row = Fields(record)
    structure = part_of(DATASET, "structure")
    yield Triple(DATASET, RDF.type, QB.DataSet)
    yield Triple(DATASET, SKOS.prefLabel, text(row.take("name"), "de"))
    yield Triple(DATASET, QB.structure, structure)
    yield Triple(structure, RDF.type, QB.DataStructureDefinition)
    for name, term, role in (
        *((name, term, QB.dimension) for name, term in DIMENSIONS.items()),
        ("points", LOTSE.points, QB.measure),
    ):
        component = part_of(structure, name)
        yield Triple(structure, QB.component, component)
        yield Triple(component, RDF.type, QB.ComponentSpecification)
        yield Triple(component, role, term)
    yield Triple(mint("record", SLUG, record.key), FOAF.page, link(LANDING))
    row.close(ignore=frozenset({"license", "created", "last_modified"}))


def _criterion(record: Record) -> Iterator[Triple]:
    row = Fields(record)
    number = row.take("criterion-number")
    criterion = mint("criterion", SLUG, number)
    yield Triple(criterion, RDF.type, LOTSE.Criterion)
    yield Triple(criterion, RDF.type, SKOS.Concept)
    yield Triple(criterion, SKOS.prefLabel, text(row.take("title"), "de"))
    yield Triple(criterion, SKOS.notation, text(number))
    yield Triple(criterion, LOTSE.maxPoints, _number(row, "maxPoints"))
    yield Triple(criterion, DCTERMS.isPartOf, DATASET)
    row.close()


def _observation(record: Record) -> Iterator[Triple]:
    row = Fields(record)
    number = row.take("criterion-number")
    observation = mint("observation", SLUG, record.key)
    yield Triple(observation, RDF.type, QB.Observation)
    yield Triple(observation, QB.dataSet, DATASET)
    yield Triple(observation, LOTSE.place, _jurisdiction(row))
    yield Triple(observation, LOTSE.criterion, mint("criterion", SLUG, number))
    yield Triple(observation, LOTSE.points, _number(row, "points"))
    citation, page = row.maybe("citation"), row.link("link")
    if citation is not None:
        yield Triple(observation, LOTSE.legalCitation, text(citation))
    if page is not None:
        yield Triple(observation, FOAF.page if citation is None else LOTSE.legalUrl, page)
    row.close()


def _jurisdiction(row: Fields) -> NamedNode:
    row.take("name")
    return row.one_of("name" if row.maybe("short") is None else "short", JURISDICTIONS)


def _number(row: Fields, field: str) -> Literal:
    """Return a number of points, of which there must be one."""
    row.take(field)
    found = row.decimal(field)
    if found is None or found < 0:
        message = f"field {field!r} is {found}; wanted is a number that is not below 0"
        raise FieldError(message)
    return decimal(found)
