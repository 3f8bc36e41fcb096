"""A row of Klarschiff's tables → a category of concerns, or an office's competence for one."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from ingest.fields import Fields
from ingest.source import Record, Row
from kg.iri import digest, mint
from kg.terms import FOAF, LOTSE, RDF, SKOS, Triple, link, text

SLUG: Final = "klarschiff"
SCHEME: Final = LOTSE["categories-klarschiff"]
FOLDER: Final = "https://github.com/bfpi/klarschiff-backoffice/blob/ee2909e/db/seeds/"
TYPES: Final = {
    "problem": ("Problem", "problem"),
    "idea": ("Idee", "idea"),
    "tip": ("Tipp", "tip"),
}
"""Type as published → in German and English."""
_PLAIN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def record_key(kind: str, row: Row) -> str:
    """Return the key of the category, for a competence with the Amt before it."""
    parts = [str(row[name]) for name in ("Type", "Main category", "Sub category")]
    category = _slug(*parts)
    return f"{_slug(str(row['authority']))}-{category}" if kind == "competence" else category


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the tables say about one category, or about one competence."""
    yield from _competence(record) if record.kind == "competence" else _category(record)


def _slug(*parts: str) -> str:
    """Return names as a key that can be typed; the parts are joined by two hyphens."""
    plain = (part.casefold().translate(_PLAIN) for part in parts)
    return "--".join(re.sub(r"[^a-z0-9]+", "-", part).strip("-") for part in plain if part.strip())


def _category(record: Record) -> Iterator[Triple]:
    row = Fields(record)
    kind, (german, english) = row.take("Type"), row.one_of("Type", TYPES)
    main, sub = row.take("Main category"), row.maybe("Sub category")
    category = mint("category", SLUG, record.key)
    yield Triple(category, RDF.type, LOTSE.ConcernCategory)
    yield Triple(category, RDF.type, SKOS.Concept)
    yield Triple(category, SKOS.prefLabel, text(sub or main, "de"))
    yield Triple(category, SKOS.notation, text(record.key))
    yield Triple(category, SKOS.inScheme, SCHEME)
    yield Triple(category, SKOS.scopeNote, text(german, "de"))
    yield Triple(category, SKOS.scopeNote, text(english, "en"))
    if sub is not None:
        yield Triple(category, SKOS.broader, mint("category", SLUG, _slug(kind, main)))
    page = link(f"{FOLDER}categories.csv")
    yield Triple(mint("record", SLUG, record.key), FOAF.page, page)
    row.close()


def _competence(record: Record) -> Iterator[Triple]:
    """Yield the competence; a category that the Amt gave to no office is counted, no more."""
    row = Fields(record)
    authority, unit = row.take("authority"), row.maybe("Group")
    names = row.take("Type"), row.take("Main category"), row.take("Sub category")
    row.close()
    if unit is None:
        record.unmapped.append(("Group", f"{authority}: {' / '.join(names)}"))
        return
    category = _slug(*names)
    competence = mint("competence", SLUG, digest(authority, category))
    yield Triple(competence, RDF.type, LOTSE.Competence)
    yield Triple(competence, LOTSE.category, mint("category", SLUG, category))
    yield Triple(competence, LOTSE.bodyAsPublished, text(authority))
    yield Triple(competence, LOTSE.areaAsPublished, text(authority))
    yield Triple(competence, LOTSE.levelAsPublished, LOTSE["level-verband"])
    yield Triple(competence, LOTSE.unit, text(unit))
    yield Triple(competence, LOTSE.role, LOTSE["role-responsible"])
    name = f"responsibilities_authority_{authority.removeprefix('Amt ')}.csv"
    page = link(f"{FOLDER}{quote(name)}")
    yield Triple(mint("record", SLUG, record.key), FOAF.page, page)
