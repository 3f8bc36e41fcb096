"""An entry of the portal → a solution, who develops it and which authority backs it.

No field says who uses it, so there is no adoption.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record
from kg.iri import digest, mint
from kg.terms import FOAF, LOTSE, RDF, SCHEMA, SKOS, NamedNode, Triple, link, text

SLUG: Final = "berlin_open_source"
PAGES: Final = "https://github.com/technologiestiftung/berlin-open-source-portal/blob/535fcf0/"

SPDX: Final[Mapping[str, str]] = {"MIT": "MIT", "MIT License": "MIT"}
"""Licences whose SPDX identifier is certain; "GPLv3" leaves open whether later ones hold too."""
JOINED: Final = re.compile(r" und (?=Senat(?:sverwaltung|skanzlei)\b)")
"""Two authorities in one value: an "und" before the name of another one."""
SOFT_HYPHEN: Final = "&shy;"


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the portal says about one software."""
    row = Fields(record)
    solution = mint("solution", SLUG, row.take("id"))
    title = row.take("title").replace(SOFT_HYPHEN, "")
    yield Triple(solution, RDF.type, LOTSE.Solution)
    yield Triple(solution, SKOS.prefLabel, text(title, "de"))
    yield Triple(solution, LOTSE.solutionKind, LOTSE["solution-kind-software"])
    for field, predicate in (
        ("link", FOAF.homepage),
        ("repository", SCHEMA.codeRepository),
        ("repository_collection", SCHEMA.codeRepository),
    ):
        if (address := row.link(field)) is not None:
            yield Triple(solution, predicate, address)
    for tag in row.texts("tags"):
        yield Triple(solution, LOTSE.themeAsPublished, text(tag, "de"))
    yield from _licence(record, solution, row.take("license"))
    page = link(PAGES + row.take("source_path"))
    yield Triple(mint("record", SLUG, record.key), FOAF.page, page)
    for who in dict.fromkeys(row.texts("developers")):
        yield from _involvement(solution, record.key, who, "developer")
    for who in dict.fromkeys(one for value in row.texts("backers") for one in _parts(value)):
        yield from _involvement(solution, record.key, who, "funder")
    row.close()


def _parts(value: str) -> list[str]:
    """Return the authorities that a value names; their own names hold an "und" as well."""
    found = JOINED.split(value)
    if not all(found):
        message = f"field 'backers' is {value!r}; an authority without name stands in it"
        raise FieldError(message)
    return found


def _licence(record: Record, solution: NamedNode, published: str) -> Iterator[Triple]:
    yield Triple(solution, LOTSE.licenceAsPublished, text(published))
    if published in SPDX:
        yield Triple(solution, LOTSE.licenceId, text(SPDX[published]))
    else:
        record.unmapped.append(("license", published))


def _involvement(solution: NamedNode, key: str, who: str, role: str) -> Iterator[Triple]:
    involvement = mint("involvement", SLUG, digest(key, who, role))
    yield Triple(involvement, RDF.type, LOTSE.Involvement)
    yield Triple(involvement, LOTSE.actorAsPublished, text(who))
    yield Triple(involvement, LOTSE.activity, solution)
    yield Triple(involvement, LOTSE.role, LOTSE[f"role-{role}"])
