"""A commitment → an innovation, part of its action plan, and the body that leads it."""

from collections.abc import Iterator, Mapping
from typing import Final

from ingest.fields import Fields
from ingest.source import Record, Row
from ingest.themes import statements
from kg.iri import digest, mint
from kg.terms import DCTERMS, FOAF, LOTSE, RDF, SKOS, NamedNode, Triple, link, text

SLUG: Final = "ogp_commitments"
BUND: Final = "000000000000"
BUND_NAME: Final = "Deutschland"
LOCAL: Final = "OGP Local "

_STATED: Final = ("own OGP page read", "in the project's file", "plan level, no commitment id")
_INFERRED: Final = (
    "id inferred from the order of the plan",
    "id inferred from the order of the plan (DE0030, DE0039 and DE0040 confirm the order)",
)
BASES: Final[Mapping[str, NamedNode]] = {
    **dict.fromkeys(_STATED, LOTSE["basis-stated"]),
    **dict.fromkeys(_INFERRED, LOTSE["basis-inferred"]),
}
"""How the identifier became known → whether it is concluded."""


def record_key(kind: str, row: Row) -> str | None:
    """Return the identifier of a commitment, or of the national plan that the row belongs to."""
    plan = str(row["plan"]).strip()
    local = plan.startswith(LOCAL)
    if kind == "plan":
        return None if local else f"plan-{plan}"
    return plan.lower().replace(" ", "-") if local else str(row["commitment_id"]).strip()


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the list says about one commitment, or that there is a plan."""
    yield from _plan(record) if record.kind == "plan" else _commitment(record)


def _plan(record: Record) -> Iterator[Triple]:
    plan = mint("innovation", SLUG, record.key)
    number = record.key.removeprefix("plan-")
    yield Triple(plan, RDF.type, LOTSE.Innovation)
    label = f"{number}. Nationaler Aktionsplan (Open Government Partnership)"
    yield Triple(plan, SKOS.prefLabel, text(label, "de"))
    label = f"National action plan {number} of Germany (Open Government Partnership)"
    yield Triple(plan, SKOS.prefLabel, text(label, "en"))
    yield Triple(plan, LOTSE.placeAsPublished, text(BUND_NAME))
    yield Triple(plan, LOTSE.placeKey, text(BUND))
    yield Triple(plan, LOTSE.levelAsPublished, LOTSE["level-bund"])


def _commitment(record: Record) -> Iterator[Triple]:
    row = Fields(record)
    commitment = mint("innovation", SLUG, record.key)
    yield Triple(commitment, RDF.type, LOTSE.Innovation)
    yield from _names(row, commitment)
    identifier = row.maybe("commitment_id")
    if identifier is not None:
        yield Triple(commitment, DCTERMS.identifier, text(identifier))
    yield Triple(commitment, LOTSE.basis, row.one_of("id_status", BASES))
    for field, term in (("start", LOTSE.since), ("end", LOTSE.until)):
        moment = row.when(field)
        if moment is not None:
            yield Triple(commitment, term, moment)
    for theme in dict.fromkeys(row.texts("theme", ";")):
        yield Triple(commitment, LOTSE.themeAsPublished, text(theme))
    yield from _places(row, commitment)
    for body in dict.fromkeys(row.texts("lead_body", ";")):
        involvement = mint("involvement", SLUG, digest(record.key, body))
        yield Triple(involvement, RDF.type, LOTSE.Involvement)
        yield Triple(involvement, LOTSE.activity, commitment)
        yield Triple(involvement, LOTSE.actorAsPublished, text(body))
        yield Triple(involvement, LOTSE.role, LOTSE["role-operator"])
    for page in row.texts("source_url", " ; "):
        yield Triple(mint("record", SLUG, record.key), FOAF.page, link(page))
    yield from statements(row, commitment)
    row.close()


def _names(row: Fields, commitment: NamedNode) -> Iterator[Triple]:
    """Yield the titles; one without any is called by its number, and belongs to its plan."""
    plan, number = row.take("plan"), row.take("number")
    german, english = row.maybe("title_de"), row.maybe("title_en")
    short = row.maybe("title_en_ogp")
    if english is None:
        english, short = short, None
    if german is None and english is None:
        german = f"Selbstverpflichtung {number} des {plan}. Nationalen Aktionsplans"
        english = f"Commitment {number} of national action plan {plan}"
    for title, lang in ((german, "de"), (english, "en")):
        if title is not None:
            yield Triple(commitment, SKOS.prefLabel, text(title, lang))
    if short is not None and short != english:
        yield Triple(commitment, SKOS.altLabel, text(short, "en"))
    if not plan.startswith(LOCAL):
        yield Triple(commitment, DCTERMS.isPartOf, mint("innovation", SLUG, f"plan-{plan}"))


def _places(row: Fields, commitment: NamedNode) -> Iterator[Triple]:
    """Yield the places; “A or B” says that the list does not know which, and stays as it is."""
    for place in row.texts("jurisdiction", ";"):
        yield Triple(commitment, LOTSE.placeAsPublished, text(place))
        if place == BUND_NAME:
            yield Triple(commitment, LOTSE.placeKey, text(BUND))
            yield Triple(commitment, LOTSE.levelAsPublished, LOTSE["level-bund"])
        else:
            yield Triple(commitment, LOTSE.levelAsPublished, LOTSE["level-land"])
