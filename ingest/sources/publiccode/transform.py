"""A publiccode.yml file → a solution, who uses it, who owns it and who keeps it up."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.fields import FieldError, Fields
from ingest.source import Record
from ingest.sources.publiccode.categories import THEMES, WITHOUT_THEME
from kg.iri import digest, mint
from kg.terms import (
    DCTERMS,
    FOAF,
    LOTSE,
    RDF,
    SCHEMA,
    SKOS,
    Literal,
    NamedNode,
    Triple,
    link,
    text,
)

SLUG: Final = "publiccode"

FILES: Final = {
    "ckanext-berlin-dataset-schema": "berlinonline/ckanext-berlin_dataset_schema/blob/4ea2a33",
    "consul-democracy": "consuldemocracy/consuldemocracy/blob/0cbbaa3",
    "govdirectory": "govdirectory/website/blob/9acac1f",
    "isaitb-shacl-validator": "ISAITB/shacl-validator/blob/bc1d054",
    "kolibri": "public-ui/kolibri/blob/00196f3",
    "masterportal": "technologiestiftung/umweltatlas-masterportal-v3/blob/04f35ee",
    "smart-village-app": "smart-village-solutions/smart-village-app-app/blob/80c5092",
}
"""File → folder in which it was read; the page of any other file is its own `url`."""
EXAMPLE: Final = "https://github.com/publiccodeyml/publiccode.yml/tree/703f83d"
LICENCE_OF_EXAMPLE: Final = NamedNode("https://spdx.org/licenses/CC0-1.0")
"""The example is part of the standard's text, whatever licence it names for its Medusa."""
EXAMPLE_HOST: Final = re.compile(r"https?://([\w-]+\.)*example\.(com|net|org)(/|$)")
"""Hosts that are reserved for examples: nothing there is software that anybody uses."""

VERSIONS: Final = {
    version: version
    for version in (
        "0", "0.1", "0.2", "0.2.0", "0.2.1", "0.2.2", "0.3", "0.3.0", "0.4", "0.4.0", "0.5",
        "0.5.0",
    )
}  # fmt: skip
STATUSES: Final = {
    status: text(status) for status in ("concept", "development", "beta", "stable", "obsolete")
}
KINDS: Final = dict.fromkeys(
    (
        "standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web",
        "standalone/backend", "standalone/other", "addon", "library", "configurationFiles",
    ),
    LOTSE["solution-kind-software"],
)  # fmt: skip
_COUNTRY: Final = re.compile(r"[A-Za-z]{2}")
_SPDX_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
_SPDX: Final = re.compile(rf"\(*{_SPDX_ID.pattern}( (AND|OR|WITH) \(*{_SPDX_ID.pattern}\)*)*\)*")


def transform(record: Record) -> Iterator[Triple]:
    """Yield what a file says about its solution."""
    row = Fields(record)
    key = row.take("file")
    solution, url = mint("solution", record.source, key), row.link("url")
    if url is None:
        message = "field 'url' is empty, and must not be"
        raise FieldError(message)
    example = EXAMPLE_HOST.match(url.value) is not None
    legal = next(row.rows("legal"), None)
    if legal is None:
        message = "field 'legal' is empty; a solution needs `legal: license:`"
        raise FieldError(message)
    row.one_of("publiccodeYmlVersion", VERSIONS)
    yield Triple(solution, SCHEMA.codeRepository, url)
    yield from _names(solution, row.take("name"), example=example)
    yield from _facts(solution, row)
    yield from _themes(record, solution, row.texts("categories"))
    yield from _audience(solution, row)
    involved = _involved(row, legal)
    adopters = row.texts("usedBy")
    licence = legal.take("license")
    yield from _licence(record, solution, licence, example=example)
    yield Triple(
        mint("record", record.source, record.key), FOAF.page, _page(key, url, example=example)
    )
    legal.close()
    row.close()
    if example:
        record.unmapped.extend(("usedBy", who) for who in adopters)
        record.unmapped.extend(("legal and maintenance", who) for who, _ in involved)
        return
    for who in dict.fromkeys(adopters):
        yield from _adoption(mint("adoption", record.source, digest(key, who)), solution, who)
    for (who, role), until in involved.items():
        node = mint("involvement", record.source, digest(key, who, role))
        yield from _involvement(node, solution, who, role, until)


def _names(solution: NamedNode, name: str, *, example: bool) -> Iterator[Triple]:
    yield Triple(solution, RDF.type, LOTSE.Solution)
    if example:
        marked = (f"{name} (Beispiel des Standards, keine Software)", "de"), (
            f"{name} (example of the standard, no software)", "en")  # fmt: skip
        for label, language in marked:
            yield Triple(solution, SKOS.prefLabel, text(label, language))
    else:
        yield Triple(solution, SKOS.prefLabel, text(name, "de"))


def _facts(solution: NamedNode, row: Fields) -> Iterator[Triple]:
    yield Triple(solution, LOTSE.solutionKind, row.one_of("softwareType", KINDS))
    yield Triple(solution, SCHEMA.creativeWorkStatus, row.one_of("developmentStatus", STATUSES))
    if (landing := row.link("landingURL")) is not None:
        yield Triple(solution, FOAF.homepage, landing)
    if (version := row.maybe("softwareVersion")) is not None:
        yield Triple(solution, SCHEMA.softwareVersion, text(version))
    if (released := row.day("releaseDate")) is not None:
        yield Triple(solution, DCTERMS.issued, released)
    for origin in row.texts("isBasedOn"):
        yield Triple(solution, SCHEMA.isBasedOn, link(origin))


def _themes(record: Record, solution: NamedNode, categories: list[str]) -> Iterator[Triple]:
    for category in categories:
        if category in THEMES:
            yield Triple(solution, DCTERMS.subject, THEMES[category])
        elif category not in WITHOUT_THEME:
            record.unmapped.append(("categories", category))


def _audience(solution: NamedNode, row: Fields) -> Iterator[Triple]:
    for audience in row.rows("intendedAudience"):
        for field, predicate in (
            ("countries", SCHEMA.countriesSupported),
            ("unsupportedCountries", SCHEMA.countriesNotSupported),
        ):
            for code in audience.texts(field):
                yield Triple(solution, predicate, text(_country(field, code)))
        audience.close()


def _country(field: str, code: str) -> str:
    if _COUNTRY.fullmatch(code):
        return code.upper()
    hint = (
        "; this was `no` or another word that YAML readers take for true or false: write Norway "
        'as "no", in quotes'
        if code.casefold() in {"false", "true"}
        else ""
    )
    message = f"field {field!r} holds {code!r}; wanted are two letters, such as DE{hint}"
    raise FieldError(message)


def _involved(row: Fields, legal: Fields) -> dict[tuple[str, str], Literal | None]:
    """Return (who, role) → until when; who stands in several fields is one."""
    found: dict[tuple[str, str], Literal | None] = {}
    for field, role in (("mainCopyrightOwner", "owner"), ("repoOwner", "maintainer")):
        if (who := legal.maybe(field)) is not None:
            found[who, role] = None
    for maintenance in row.rows("maintenance"):
        for contractor in maintenance.rows("contractors"):
            found[contractor.take("name"), "maintainer"] = contractor.day("until")
            contractor.close()
        maintenance.close()
    for field, role in (("organisation", "owner"), ("fundedBy", "funder")):
        for organisation in row.rows(field):
            found.setdefault((organisation.take("name"), role), None)
            organisation.close()
    return found


def _licence(
    record: Record, solution: NamedNode, licence: str, *, example: bool
) -> Iterator[Triple]:
    if not _SPDX.fullmatch(licence):
        message = f"field 'license' is {licence!r}; wanted is an SPDX expression such as EUPL-1.2"
        raise FieldError(message)
    yield Triple(solution, LOTSE.licenceId, text(licence))
    node = mint("record", record.source, record.key)
    if example:
        yield Triple(node, DCTERMS.license, LICENCE_OF_EXAMPLE)
        return
    for one in re.sub(rf"WITH {_SPDX_ID.pattern}|\b(AND|OR)\b|[()]", " ", licence).split():
        yield Triple(node, DCTERMS.license, link(f"https://spdx.org/licenses/{one}"))


def _page(key: str, url: NamedNode, *, example: bool) -> NamedNode:
    if example:
        return link(EXAMPLE)
    return link(f"https://github.com/{FILES[key]}/publiccode.yml") if key in FILES else url


def _adoption(adoption: NamedNode, solution: NamedNode, who: str) -> Iterator[Triple]:
    """Yield an adoption; the file's date is the software's, so there is no `since`."""
    yield Triple(adoption, RDF.type, LOTSE.Adoption)
    yield Triple(adoption, LOTSE.solution, solution)
    yield Triple(adoption, LOTSE.adopterAsPublished, text(who))
    yield Triple(adoption, LOTSE.status, LOTSE["status-in-use"])
    yield Triple(adoption, LOTSE.basis, LOTSE["basis-stated"])
    yield Triple(adoption, LOTSE.relation, LOTSE["relation-used-by"])


def _involvement(
    involvement: NamedNode, solution: NamedNode, who: str, role: str, until: Literal | None
) -> Iterator[Triple]:
    yield Triple(involvement, RDF.type, LOTSE.Involvement)
    yield Triple(involvement, LOTSE.actorAsPublished, text(who))
    yield Triple(involvement, LOTSE.activity, solution)
    yield Triple(involvement, LOTSE.role, LOTSE[f"role-{role}"])
    if until is not None:
        yield Triple(involvement, LOTSE.until, until)
