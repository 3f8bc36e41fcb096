"""A row of the table → an IT provider, and its provision for a body."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ingest.citations import LICENCES, pages
from ingest.fields import FieldError, Fields
from ingest.source import Record, Row
from kg.iri import digest, mint
from kg.terms import CV, DCTERMS, FOAF, LOTSE, ORG, RDF, SKOS, NamedNode, Triple, text

SLUG: Final = "it_providers"

KINDS: Final[Mapping[str, NamedNode]] = {
    "it-provider": ORG.Organization,
    "zweckverband": CV.PublicOrganisation,
}
"""Kind as published → class: a Zweckverband is a public body, of the others nothing is said."""
LEVELS: Final[Mapping[str, tuple[NamedNode | None, int]]] = {
    "gemeinde": (LOTSE["level-gemeinde"], 8),
    "kreis": (LOTSE["level-kreis"], 5),
    "verband": (LOTSE["level-verband"], 9),
    "land": (LOTSE["level-land"], 2),
    "other": (None, 0),
}
"""Level as published → our level, and how many digits its official keys have."""
BASES: Final = {
    "stated": LOTSE["basis-stated"],
    "mail exchanger": LOTSE["basis-mail-exchanger"],
    "permitted mail sender (weak)": LOTSE["basis-permitted-sender"],
}
_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def record_key(kind: str, row: Row) -> str:
    """Return the provider's name in small letters; of a provision also who is served."""
    provider = provider_key(str(row["provider"]))
    if kind == "provider":
        return provider
    who = (str(row["member_as_published"]).strip(), str(row["member_ags_or_ars"]).strip())
    return f"{provider}-{digest(*who)}"


def provider_key(name: str) -> str:
    """Return a name in small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.strip().lower().translate(_LETTERS)).strip("-")


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the table says about one provider, or about one body that it serves."""
    yield from _provider(record) if record.kind == "provider" else _provision(record)


def _provider(record: Record) -> Iterator[Triple]:
    said = {(str(row["provider"]).strip(), str(row["provider_kind"])) for row in record.rows}
    if len(said) != 1:
        names = ", ".join(sorted(" / ".join(one) for one in said))
        message = f"the rows say different things about one provider: {names}"
        raise FieldError(message)
    ((name, kind),) = said
    row = Fields(record, {"provider": name, "provider_kind": kind})
    provider = mint("actor", SLUG, record.key)
    yield Triple(provider, RDF.type, row.one_of("provider_kind", KINDS))
    yield Triple(provider, SKOS.prefLabel, text(row.take("provider"), "de"))
    yield Triple(provider, ORG.classification, LOTSE["kind-it-provider"])


def _provision(record: Record) -> Iterator[Triple]:
    row = Fields(record)
    provision, page = mint("provision", SLUG, record.key), mint("record", SLUG, record.key)
    yield Triple(provision, RDF.type, LOTSE.Provision)
    provider = mint("actor", SLUG, provider_key(row.take("provider")))
    yield Triple(provision, LOTSE.provider, provider)
    yield Triple(provision, LOTSE.clientAsPublished, text(row.take("member_as_published")))
    yield from _client(provision, row)
    yield Triple(provision, LOTSE.basis, row.one_of("basis", BASES))
    for cited in pages(row.take("source")):
        yield Triple(page, FOAF.page, cited)
    for licence in row.one_of("licence", LICENCES):
        yield Triple(page, DCTERMS.license, licence)
    row.close(ignore=frozenset({"provider_kind"}))


def _client(provision: NamedNode, row: Fields) -> Iterator[Triple]:
    """Yield level and key of the body; a key that is not of this level is an error."""
    level, digits = row.one_of("member_level", LEVELS)
    key = row.maybe("member_ags_or_ars")
    if level is not None:
        yield Triple(provision, LOTSE.levelAsPublished, level)
    if key is None:
        return
    if not key.isdecimal() or len(key) != digits:
        message = (
            f"field 'member_ags_or_ars' is {key!r}; keys of this level have {digits or 'no'} "
            "digits: a lost leading zero? Read keys as text"
        )
        raise FieldError(message)
    yield Triple(provision, LOTSE.clientKey, text(key))
