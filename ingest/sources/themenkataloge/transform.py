"""A topic in a ministry's catalogue → the ministry's responsibility for it."""

from collections.abc import Iterator
from typing import Final

from ingest.fields import Fields
from ingest.source import Record, Row
from kg.iri import digest, mint
from kg.terms import DCTERMS, FOAF, LOTSE, RDF, Triple, date, link, text

SLUG: Final = "themenkataloge"
ATTESTED: Final = "2023-01-01"
"""The catalogues name the year 2023; its first day decides which ministry of a name is meant."""
CATALOGUE: Final = "https://github.com/opendatabund/themenkataloge/blob/5b5d704/content/catalogue/"

THEMES: Final = {
    "AGRI": LOTSE["theme-agriculture"],
    "ECON": LOTSE["theme-economy"],
    "EDUC": LOTSE["theme-education"],
    "ENER": LOTSE["theme-energy"],
    "ENVI": LOTSE["theme-environment"],
    "GOVE": LOTSE["theme-administration"],
    "HEAL": LOTSE["theme-health"],
    "INTR": LOTSE["theme-international"],
    "JUST": LOTSE["theme-security"],
    "REGI": LOTSE["theme-urban-development"],
    "SOCI": LOTSE["theme-social"],
    "TECH": LOTSE["theme-technology"],
    "TRAN": LOTSE["theme-mobility"],
}
"""EU data theme → the theme of ours that it matches, as in `ontology/theme-mappings.csv`."""


def record_key(kind: str, row: Row) -> str:  # noqa: ARG001 (the source has one kind)
    """Return ministry and theme with a hash of the topic, so that exact duplicates are one."""
    ministry, theme, topic = (str(row[name]) for name in ("ministry", "eu_data_theme", "topic"))
    return f"{ministry}-{theme}-{digest(topic)}"


def transform(record: Record) -> Iterator[Triple]:
    """Yield what a catalogue says about one topic."""
    row = Fields(record)
    involvement = mint("involvement", SLUG, record.key)
    ministry = row.take("ministry")
    yield Triple(involvement, RDF.type, LOTSE.Involvement)
    yield Triple(involvement, LOTSE.role, LOTSE["role-responsible"])
    yield Triple(involvement, LOTSE.actorAsPublished, text(row.take("ministry_full")))
    yield Triple(involvement, LOTSE.actorKey, text(ministry))
    yield Triple(involvement, LOTSE.topic, text(row.take("topic"), "de"))
    yield Triple(involvement, DCTERMS.subject, row.one_of("eu_data_theme", THEMES))
    yield Triple(involvement, LOTSE.attestedOn, date(ATTESTED))
    yield Triple(mint("record", SLUG, record.key), FOAF.page, link(f"{CATALOGUE}{ministry}.md"))
    row.close()
