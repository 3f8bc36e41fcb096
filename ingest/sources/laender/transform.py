"""A Land, or the Federation → one place with its names, code and official URI."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record
from kg.iri import mint
from kg.terms import (
    CV,
    DCATDE,
    DCTERMS,
    FOAF,
    LOTSE,
    RDF,
    SKOS,
    NamedNode,
    Triple,
    link,
    text,
)

SLUG: Final = "laender"
BUND: Final = "000000000000"
OUR_LICENCE: Final = "http://dcat-ap.de/def/licenses/cc-by/4.0"


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the source says about a Land or about the Federation."""
    yield from _bund(record) if record.kind == "bund" else _land(record)


def _land(record: Record) -> Iterator[Triple]:
    fields = Fields(record)
    key, code = fields.take("BL_Schluessel"), fields.take("BL_Kuerzel")
    if re.fullmatch("[0-9]{2}", key) is None:
        message = (
            f"field 'BL_Schluessel' is {key!r}; the key of a Land has two digits. Zeros at the "
            "beginning are lost when a spreadsheet saves keys as numbers: read them as text"
        )
        raise FieldError(message)
    place = mint("jurisdiction", key.ljust(len(BUND), "0"))
    yield from _place(place, "land", key.ljust(len(BUND), "0"))
    yield Triple(place, SKOS.prefLabel, text(fields.take("BL_Name_DE"), "de"))
    yield Triple(place, SKOS.prefLabel, text(fields.take("BL_Name_EN"), "en"))
    yield Triple(place, SKOS.altLabel, text(code, "de"))
    yield Triple(place, LOTSE.shortCode, text(code))
    yield Triple(place, LOTSE.ags, text(key))
    yield Triple(place, DCTERMS.isPartOf, mint("jurisdiction", BUND))
    uri = fields.link("BL_URI")
    if uri is not None:
        yield Triple(place, DCATDE.politicalGeocodingURI, uri)
    fields.close()


def _bund(record: Record) -> Iterator[Triple]:
    fields = Fields(record)
    ars = fields.take("ars")
    place, said = mint("jurisdiction", ars), mint("record", SLUG, record.key)
    yield from _place(place, "bund", ars)
    for language in ("de", "en"):
        yield Triple(place, SKOS.prefLabel, text(fields.take(f"name_{language}"), language))
        for other in fields.texts(f"alternatives_{language}", ";"):
            yield Triple(place, SKOS.altLabel, text(other, language))
    page = fields.link("page")
    if page is not None:
        yield Triple(said, FOAF.page, page)
    yield Triple(said, DCTERMS.license, link(OUR_LICENCE))
    fields.close()


def _place(place: NamedNode, level: str, ars: str) -> Iterator[Triple]:
    for kind in (LOTSE.Jurisdiction, DCTERMS.Location, CV.PublicOrganisation):
        yield Triple(place, RDF.type, kind)
    yield Triple(place, LOTSE.ars, text(ars))
    yield Triple(place, LOTSE.level, LOTSE[f"level-{level}"])
    yield Triple(place, DCTERMS.type, LOTSE[f"place-type-{level}"])
