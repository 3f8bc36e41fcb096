"""A record of the registry → a solution, its countries and goals, and who stands behind it."""

from collections.abc import Iterator, Mapping
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record
from ingest.sources.digital_public_goods.countries import CODES
from ingest.themes import statements
from kg.iri import digest, mint
from kg.terms import FOAF, LOTSE, RDF, SCHEMA, SKOS, NamedNode, Triple, link, text

SLUG: Final = "digital_public_goods"
PAGES: Final = (
    "https://github.com/DPGAlliance/publicgoods-candidates/blob/a1d99f0/digitalpublicgoods/"
)
KINDS: Final[Mapping[str, NamedNode]] = {
    "software": LOTSE["solution-kind-software"],
    "standard": LOTSE["solution-kind-standard"],
    "data": LOTSE["solution-kind-data"],
    "content": LOTSE["solution-kind-content"],
    "aimodel": LOTSE["solution-kind-software"],
}
"""Type → kind; of several types the one that stands first here counts."""
ROLES: Final[Mapping[str, str]] = {
    "owner": "owner",
    "maintainer": "maintainer",
    "funder": "funder",
    "implementer": "partner",
}
LABELS: Final[Mapping[str, str]] = {
    "commcare-android": "CommCare (commcare-android)",
    "commcare-cloud": "CommCare (commcare-cloud)",
    "mifos-android": "Mifos Community App (mifos-android)",
    "mifos-mobile": "Mifos Community App (mifos-mobile)",
    "mifos-web-app": "Mifos Community App (mifos-web-app)",
    "kolibri": "Kolibri (Learning Equality)",
}
"""Records that share their name with another one, here or in another source (KoliBri of the
ITZBund): what sets them apart stands behind it."""
COUNTRIES: Final[Mapping[str, NamedNode]] = {
    "developmentCountries": LOTSE.developedInCountry,
    "deploymentCountries": LOTSE.deployedInCountry,
}


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the registry says about one solution."""
    row = Fields(record)
    key = row.take("id")
    solution = mint("solution", SLUG, key)
    name = row.take("name")
    yield Triple(solution, RDF.type, LOTSE.Solution)
    yield Triple(solution, SKOS.prefLabel, text(LABELS.get(key, name), "en"))
    for alias in row.texts("aliases"):
        if alias.casefold() != name.casefold():
            yield Triple(solution, SKOS.altLabel, text(alias, "en"))
    yield Triple(solution, LOTSE.solutionKind, _kind(record, row.texts("type")))
    yield from _links(solution, row)
    for goal in row.texts("sdgs"):
        yield Triple(solution, LOTSE.sdg, text(goal))
    for sector in row.texts("sectors"):
        yield Triple(solution, LOTSE.themeAsPublished, text(sector, "en"))
    yield from _countries(record, solution, row)
    yield from _involved(solution, key, row)
    yield Triple(mint("record", SLUG, record.key), FOAF.page, link(f"{PAGES}{key}.json"))
    yield from statements(row, solution)
    row.close()


def _kind(record: Record, types: list[str]) -> NamedNode:
    found = [one for one in KINDS if one in types]
    record.unmapped.extend(("type", one) for one in types if one not in KINDS)
    if not found:
        message = f"field 'type' holds none of {', '.join(KINDS)}; nobody says what this is"
        raise FieldError(message)
    return KINDS[found[0]]


def _links(solution: NamedNode, row: Fields) -> Iterator[Triple]:
    if (website := row.link("website")) is not None:
        yield Triple(solution, FOAF.homepage, website)
    for repository in row.rows("repositories"):
        if (address := repository.link("url")) is not None:
            yield Triple(solution, SCHEMA.codeRepository, address)
        repository.close()
    for licence in row.rows("license"):
        yield Triple(solution, LOTSE.licenceId, text(licence.take("spdx")))
        licence.close()


def _countries(record: Record, solution: NamedNode, row: Fields) -> Iterator[Triple]:
    for locations in row.rows("locations"):
        for field, predicate in COUNTRIES.items():
            for name in locations.texts(field):
                if name in CODES:
                    yield Triple(solution, predicate, text(CODES[name]))
                else:
                    record.unmapped.append((field, name))
        locations.close()


def _involved(solution: NamedNode, key: str, row: Fields) -> Iterator[Triple]:
    for organisation in row.rows("organizations"):
        who, role = organisation.take("name"), organisation.one_of("org_type", ROLES)
        involvement = mint("involvement", SLUG, digest(key, who, role))
        yield Triple(involvement, RDF.type, LOTSE.Involvement)
        yield Triple(involvement, LOTSE.actorAsPublished, text(who))
        yield Triple(involvement, LOTSE.activity, solution)
        yield Triple(involvement, LOTSE.role, LOTSE[f"role-{role}"])
        organisation.close()
