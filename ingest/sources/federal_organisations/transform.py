"""A row of the register → a body of the Federation, or one of its sites.

A body is named as of 2025: of the ministries renamed that year a new body begins with the decree,
and replaces the one that bore the earlier name.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ingest.fields import Fields
from ingest.source import Record, Row
from ingest.sources.federal_organisations.addresses import address
from kg.iri import digest, mint
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

SLUG: Final = "federal_organisations"
BUND: Final = "000000000000"
SUPREME: Final = "Oberste Bundesbehörde"
UNSTATED: Final = LOTSE["kind-unstated"]
KINDS: Final[Mapping[str, tuple[NamedNode, NamedNode]]] = {
    **dict.fromkeys(
        (SUPREME, "Bundesoberbehörde", "Bundesmittelbehörde", "Bundesunterbehörde",
         "Bundesagentur"),
        (CV.PublicOrganisation, LOTSE["kind-authority"]),
    ),
    **dict.fromkeys(
        ("Beauftragter", "Staatsminister"), (CV.PublicOrganisation, LOTSE["kind-commissioner"])
    ),
    "Stiftung öffentlichen Rechts": (CV.PublicOrganisation, LOTSE["kind-foundation"]),
    "Stiftung des Privatrechts": (ORG.Organization, LOTSE["kind-foundation"]),
    "Unternehmen": (ORG.Organization, LOTSE["kind-company"]),
    **dict.fromkeys(
        ("Fraunhofer-Institut", "Leibniz-Institut", "Helmholtz", "Max-Planck-Institut"),
        (ORG.Organization, LOTSE["kind-research-institution"]),
    ),
}  # fmt: skip
"""Category as published → class and kind; of the others nothing is known, and counted."""
DECREE: Final = "2025-05-06"
"""Organisationserlass des Bundeskanzlers vom 6. Mai 2025: new names with immediate effect."""
RENAMED: Final = {
    "BMBFSFJ": "bmfsfj-2017", "BMDS": "", "BMFTR": "bmbf-2017", "BMI": "bmi-2021",
    "BMJV": "bmj-2021", "BMLEH": "bmel-2017", "BMUKN": "bmuv-2021", "BMV": "bmdv-2021",
    "BMWE": "bmwk-2021",
}  # fmt: skip
"""Short name since the decree → key of the body in `federal_ministries` that it replaces."""
_AUTHORITY: Final = re.compile(r"(amt|anstalt)(?![-\w])", re.IGNORECASE)
"""A word of the name that says what the body is, where the register gives no category."""
_MINISTRY: Final = re.compile(r"Bundesministerium |Auswärtiges Amt$")


def record_key(kind: str, row: Row) -> str:
    """Return the register's id; of the 42 organisations without one a hash of the name."""
    if kind == "site":
        return str(row["LiegenschaftsId"])
    return str(row["OrganisationId"]) or digest(str(row["Organisation"]))


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the register says about one organisation or one site."""
    yield from _site(record) if record.kind == "site" else _organisation(record)


def _organisation(record: Record) -> Iterator[Triple]:
    row = Fields(record)
    body = mint("actor", SLUG, record.key)
    name, short = row.take("Organisation"), row.maybe("OrganisationKurz")
    supreme = row.maybe("Kategorie") == SUPREME
    sort, kind = _kind(row, name)
    ministry = supreme and _MINISTRY.match(name) is not None
    yield Triple(body, RDF.type, sort)
    yield Triple(body, SKOS.prefLabel, text(re.sub(r",(?=\S)", ", ", name), "de"))
    yield Triple(body, ORG.classification, LOTSE["kind-ministry"] if ministry else kind)
    if short is not None:
        yield _short_name(body, short)
    if ministry and short in RENAMED:
        yield from _renamed(body, RENAMED[short])
    above = row.maybe("RessortId")
    if above is not None:
        yield Triple(body, LOTSE.portfolioOf, mint("actor", SLUG, above))
    identity = row.maybe("Wikidata ID")
    if identity is not None:
        yield Triple(body, SCHEMA.sameAs, link(f"http://www.wikidata.org/entity/{identity}"))
    yield from _homepage(body, row)
    for triple in address(body, record, row):
        if not (supreme and triple.predicate == LOTSE.placeAsPublished):
            yield triple
    if supreme:  # it acts for the whole country, not for the city of its seat
        yield Triple(body, LOTSE.placeAsPublished, text("Bund"))
        yield Triple(body, LOTSE.levelAsPublished, LOTSE["level-bund"])
        yield Triple(body, LOTSE.placeKey, text(BUND))
    row.close(ignore=frozenset({"OrganisationId", "Ressort"}))


def _site(record: Record) -> Iterator[Triple]:
    row = Fields(record)
    site = mint("site", SLUG, record.key)
    yield Triple(site, RDF.type, ORG.Site)
    yield Triple(site, SKOS.prefLabel, text(row.take("Liegenschaft"), "de"))
    yield Triple(site, ORG.siteOf, mint("actor", SLUG, row.take("OrganisationId")))
    yield from _homepage(site, row)
    yield from address(site, record, row)
    row.close(ignore=frozenset({"LiegenschaftsId"}))


def _kind(row: Fields, name: str) -> tuple[NamedNode, NamedNode]:
    """Return class and kind: by category, else by a word of the name, else none stated."""
    found = row.mapped("Kategorie", KINDS)
    if found is None and row.maybe("Kategorie") is None and _AUTHORITY.search(name):
        return CV.PublicOrganisation, LOTSE["kind-authority"]
    return found or (ORG.Organization, UNSTATED)


def _short_name(body: NamedNode, short: str) -> Triple:
    """Return the abbreviation; one of several words is another name."""
    if " " in short:
        return Triple(body, SKOS.altLabel, text(short, "de"))
    return Triple(body, LOTSE.abbreviation, text(short))


def _renamed(body: NamedNode, earlier: str) -> Iterator[Triple]:
    yield Triple(body, SCHEMA.validFrom, date(DECREE))
    if earlier:
        yield Triple(body, DCTERMS.replaces, mint("actor", "federal_ministries", earlier))


def _homepage(thing: NamedNode, row: Fields) -> Iterator[Triple]:
    address = row.maybe("Internetadresse")
    if address is not None:
        yield Triple(thing, FOAF.homepage, link(address.partition(";jsessionid")[0]))
