"""A page of the list → a solution, its use by the city, and what the city does for it."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from ingest.fields import Fields
from ingest.source import Record, Row
from ingest.themes import statements
from kg.iri import mint
from kg.terms import FOAF, LOTSE, RDF, SCHEMA, SKOS, Literal, NamedNode, Triple, link, text

SLUG: Final = "munich_open_source"
CITY: Final = "Landeshauptstadt München"
CITY_KEY: Final = "09162000"
PAGES: Final = "https://github.com/it-at-m/opensource.muenchen.de/blob/68c02f1/"

SPDX: Final[Mapping[str, str]] = {
    **{
        one: one
        for one in (
            "AGPL-3.0", "Apache-2.0", "EPL-2.0", "GPL-2.0", "GPL-3.0", "ISC", "LGPL-3.0", "MIT",
            "MPL-2.0", "PostgreSQL",
        )
    },
    "Apache-Lizenz 2.0": "Apache-2.0",
}  # fmt: skip
"""Licences whose SPDX identifier is certain; "GPL" without a version, for one, is not."""
ROLES: Final[Mapping[str, str]] = {
    "eigenentwicklung": "developer",
    "sponsor": "funder",
    "featurefunding": "funder",
}
"""Tag → what the city is to the software besides its user."""
ENDED: Final = "archive"
TAGS: Final = frozenset({
    "ai", "android", "application", "contribute", "desktop", "development", "devstack",
    "infrastruktur", "k8s", "kooperation", "observability", "opencore", "saas", "security",
    "start2020", "start2021", "start2022", "start2023", "start2024", "staticsite", "support",
})  # fmt: skip
"""Tags that we read and say nothing of.

`startYYYY` is the start of a project, not of the use: the Wahllokalsystem has been in use since
2017 and bears `start2023`.
"""


def record_key(_kind: str, row: Row) -> str:
    """Return the name of the page."""
    return PurePosixPath(str(row["source_path"])).stem


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the list says about one software."""
    row = Fields(record)
    solution = mint("solution", SLUG, record.key)
    yield Triple(solution, RDF.type, LOTSE.Solution)
    yield Triple(solution, SKOS.prefLabel, text(row.take("title"), "de"))
    yield Triple(solution, LOTSE.solutionKind, LOTSE["solution-kind-software"])
    for field, predicate in (
        ("developerlink", FOAF.homepage),
        ("code", SCHEMA.codeRepository),
        ("opencode", FOAF.page),
    ):
        if (address := row.link(field)) is not None:
            yield Triple(solution, predicate, address)
    yield from _licence(record, solution, row)
    page = link(PAGES + row.take("source_path"))
    yield Triple(mint("record", SLUG, record.key), FOAF.page, page)
    tags = row.texts("tags")
    yield from _adoption(solution, record.key, row.link("linkapplication"), tags)
    for role in sorted({ROLES[tag] for tag in tags if tag in ROLES}):
        yield from _involvement(solution, record.key, role)
    record.unmapped.extend(
        ("tags", tag) for tag in tags if tag not in {*TAGS, *ROLES, ENDED}
    )  # fmt: skip
    yield from statements(row, solution)
    row.close()


def _licence(record: Record, solution: NamedNode, row: Fields) -> Iterator[Triple]:
    published = row.maybe("license")
    if published is None:
        return
    yield Triple(solution, LOTSE.licenceAsPublished, text(published))
    if published in SPDX:
        yield Triple(solution, LOTSE.licenceId, text(SPDX[published]))
    else:
        record.unmapped.append(("license", published))


def _adoption(
    solution: NamedNode, key: str, application: NamedNode | None, tags: list[str]
) -> Iterator[Triple]:
    """Yield the city's use; the list says that one has ended, but not when."""
    adoption = mint("adoption", SLUG, key)
    status = "ended" if ENDED in tags else "in-use"
    yield Triple(adoption, RDF.type, LOTSE.Adoption)
    yield Triple(adoption, LOTSE.solution, solution)
    yield Triple(adoption, LOTSE.adopterAsPublished, _city())
    yield Triple(adoption, LOTSE.adopterKey, text(CITY_KEY))
    yield Triple(adoption, LOTSE.levelAsPublished, LOTSE["level-gemeinde"])
    yield Triple(adoption, LOTSE.status, LOTSE[f"status-{status}"])
    yield Triple(adoption, LOTSE.basis, LOTSE["basis-stated"])
    yield Triple(adoption, LOTSE.relation, LOTSE["relation-used-by"])
    if application is not None:
        yield Triple(adoption, FOAF.page, application)


def _involvement(solution: NamedNode, key: str, role: str) -> Iterator[Triple]:
    involvement = mint("involvement", SLUG, key, role)
    yield Triple(involvement, RDF.type, LOTSE.Involvement)
    yield Triple(involvement, LOTSE.actorAsPublished, _city())
    yield Triple(involvement, LOTSE.actorKey, text(CITY_KEY))
    yield Triple(involvement, LOTSE.activity, solution)
    yield Triple(involvement, LOTSE.role, LOTSE[f"role-{role}"])


def _city() -> Literal:
    return text(CITY)
