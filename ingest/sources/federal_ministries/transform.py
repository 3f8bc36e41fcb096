"""A ministry under one name → a dated public body of the Federation."""

from collections.abc import Iterator, Mapping
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record
from ingest.sources.federal_ministries.decrees import BEGUN, ENDED, LEGISLATURES, REPLACES
from kg.iri import mint
from kg.terms import (
    CV,
    DCTERMS,
    FOAF,
    LOTSE,
    ORG,
    RDF,
    SCHEMA,
    SKOS,
    NamedNode,
    Triple,
    date,
    link,
    text,
)

SLUG: Final = "federal_ministries"
BUND: Final = "000000000000"
PAGES: Final[Mapping[str, str]] = {
    legislature: "https://github.com/schiersner/government-helper-tables/blob/42e4a9e/tables/"
    f"tbl_Bundesministerien_{legislature}.csv"
    for legislature in LEGISLATURES
}


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the lists, and the table of decrees, say about one ministry."""
    body = mint("actor", SLUG, record.key)
    yield Triple(body, RDF.type, CV.PublicOrganisation)
    yield Triple(body, ORG.classification, LOTSE["kind-ministry"])
    yield Triple(body, LOTSE.placeAsPublished, text("Bund"))
    yield Triple(body, LOTSE.levelAsPublished, LOTSE["level-bund"])
    yield Triple(body, LOTSE.placeKey, text(BUND))
    yield from _names(record, body)
    yield from _validity(record, body)


def _names(record: Record, body: NamedNode) -> Iterator[Triple]:
    """Yield the names; where the lists differ in the English one, the later list is preferred."""
    page = mint("record", SLUG, record.key)
    english: list[str] = []
    for row in sorted(record.rows, key=lambda one: str(one["legislature"])):
        fields = Fields(record, row)
        yield Triple(page, FOAF.page, link(fields.one_of("legislature", PAGES)))
        yield Triple(body, LOTSE.abbreviation, text(fields.take("Abkürzung")))
        yield Triple(body, SKOS.prefLabel, text(fields.take("Name_DE"), "de"))
        english.append(fields.take("Name_EN"))
        fields.close(ignore=frozenset({"body"}))
    yield Triple(body, SKOS.prefLabel, text(english[-1], "en"))
    for name in dict.fromkeys(english):
        if name != english[-1]:
            yield Triple(body, SKOS.altLabel, text(name, "en"))


def _validity(record: Record, body: NamedNode) -> Iterator[Triple]:
    page = mint("record", SLUG, record.key)
    begun, ended = BEGUN.get(record.key), ENDED.get(record.key)
    if begun is None:
        begins = min(Fields(record, row).one_of("legislature", LEGISLATURES) for row in record.rows)
        if begins > LEGISLATURES["2017-2021"]:
            message = f"decrees.py does not say which decree made {record.key!r}; add it there"
            raise FieldError(message)
        yield Triple(body, SCHEMA.validFrom, date(begins))
    else:
        yield Triple(body, SCHEMA.validFrom, date(begun.day))
    if ended is not None:
        yield Triple(body, SCHEMA.validThrough, date(ended.day_before))
    for decree in (begun, ended):
        if decree is not None and decree.page is not None:
            yield Triple(page, FOAF.page, link(decree.page))
    if record.key in REPLACES:
        yield Triple(body, DCTERMS.replaces, mint("actor", SLUG, REPLACES[record.key]))
