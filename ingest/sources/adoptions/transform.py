"""A row of the table → a solution, and its adoption by a body."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from ingest.citations import LICENCES, pages
from ingest.fields import FieldError, Fields
from ingest.source import Record, Row
from kg.iri import digest, mint
from kg.terms import DCTERMS, FOAF, LOTSE, RDF, SKOS, NamedNode, Triple, text

SLUG: Final = "adoptions"

KINDS: Final = {
    kind: LOTSE[f"solution-kind-{kind}"]
    for kind in ("software", "service", "app", "standard", "practice", "programme")
}
LEVELS: Final[Mapping[str, NamedNode | None]] = {
    "gemeinde": LOTSE["level-gemeinde"],
    "kreis": LOTSE["level-kreis"],
    "verband": LOTSE["level-verband"],
    "land": LOTSE["level-land"],
    "bund": LOTSE["level-bund"],
    "other": None,
}
DIGITS: Final[Mapping[str, int]] = {"land": 2, "kreis": 5, "gemeinde": 8, "verband": 9}
"""How many digits the official key of a body has at each level; the others have none."""
RELATIONS: Final = {
    "usedBy": LOTSE["relation-used-by"],
    "memberOf": LOTSE["relation-member-of"],
}
DATES: Final[Mapping[str, NamedNode | None]] = {
    "adoption": LOTSE["since-adoption"],
    "listed": LOTSE["since-listed"],
    "": None,
}
INFERRED: Final = "mxmap/esorics2026@"
"""Rows from here were concluded from public DNS records; no body stated them."""
SOLUTION_FIELDS: Final = ("solution_id", "solution_name", "solution_kind", "solution_url")


def record_key(kind: str, row: Row) -> str:
    """Return the key of the solution, or of what it is to this adopter.

    The same adopter under the same name and key is one adoption, however often it is listed.
    """
    solution = str(row["solution_id"]).strip()
    if kind == "solution":
        return solution
    who = (str(row["adopter_as_published"]).strip(), str(row["adopter_ags_or_ars"]).strip())
    return f"{solution}-{digest(*who)}"


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the table says about one solution, or about one adoption."""
    if record.kind == "solution":
        yield from _solution(record)
        return
    for number, row in enumerate(_periods(record), start=1):
        key = (record.key,) if number == 1 else (record.key, str(number))
        yield from _adoption(mint("adoption", SLUG, *key), Fields(record, row))
        yield from _evidence(mint("record", SLUG, record.key), row)


def _solution(record: Record) -> Iterator[Triple]:
    said = tuple({tuple(str(row[name]) for name in SOLUTION_FIELDS) for row in record.rows})
    if len(said) != 1:
        names = ", ".join(sorted(" / ".join(one) for one in said))
        message = f"the rows say different things about one solution: {names}"
        raise FieldError(message)
    row = Fields(record, dict(zip(SOLUTION_FIELDS, said[0], strict=True)))
    solution = mint("solution", SLUG, row.take("solution_id"))
    yield Triple(solution, RDF.type, LOTSE.Solution)
    yield Triple(solution, SKOS.prefLabel, text(row.take("solution_name"), "de"))
    yield Triple(solution, LOTSE.solutionKind, row.one_of("solution_kind", KINDS))
    if (homepage := row.link("solution_url")) is not None:
        yield Triple(solution, FOAF.homepage, homepage)
    row.close()


def _periods(record: Record) -> list[Row]:
    """Return the rows of one adoption in the order of time; periods must not overlap.

    A body that stopped and took the solution up again has several. Exact repeats are one.
    """
    rows = sorted({repr(sorted(row.items())): row for row in record.rows}.values(), key=_period)
    for earlier, later in pairwise(rows):
        if _period(later)[0] < _period(earlier)[1]:
            message = (
                f"duplicate key: {len(rows)} different rows speak of {earlier['solution_id']} at "
                f"{earlier['adopter_as_published']!r} in the same period; keep one of them"
            )
            raise FieldError(message)
    return rows


def _period(row: Row) -> tuple[str, str]:
    return str(row["since"]), str(row["until"]) or "9999"


def _adoption(adoption: NamedNode, row: Fields) -> Iterator[Triple]:
    yield Triple(adoption, RDF.type, LOTSE.Adoption)
    yield Triple(adoption, LOTSE.solution, mint("solution", SLUG, row.take("solution_id")))
    yield Triple(adoption, LOTSE.adopterAsPublished, text(row.take("adopter_as_published")))
    yield from _body(adoption, row)
    yield Triple(adoption, LOTSE.relation, row.one_of("relation", RELATIONS))
    since, means = row.when("since"), row.one_of("since_kind", DATES)
    if (since is None) != (means is None):
        message = "fields 'since' and 'since_kind' belong together: give both or neither"
        raise FieldError(message)
    if since is not None and means is not None:
        yield Triple(adoption, LOTSE.since, since)
        yield Triple(adoption, LOTSE.sinceMeans, means)
    until = row.when("until")
    if until is not None:
        yield Triple(adoption, LOTSE.until, until)
    status = "in-use" if until is None else "ended"
    yield Triple(adoption, LOTSE.status, LOTSE[f"status-{status}"])
    basis = "inferred" if row.take("source").startswith(INFERRED) else "stated"
    yield Triple(adoption, LOTSE.basis, LOTSE[f"basis-{basis}"])
    row.close(ignore=frozenset({"solution_name", "solution_kind", "solution_url", "licence"}))


def _body(adoption: NamedNode, row: Fields) -> Iterator[Triple]:
    """Yield level and key of the adopter; a key that is not of this level is an error."""
    level, named = row.one_of("adopter_level", LEVELS), row.take("adopter_level")
    key = row.maybe("adopter_ags_or_ars")
    if level is not None:
        yield Triple(adoption, LOTSE.levelAsPublished, level)
    if key is None:
        return
    wanted = DIGITS.get(named)
    if not key.isdecimal() or len(key) != wanted:
        message = f"field 'adopter_ags_or_ars' is {key!r}, but the level is {named!r}: " + (
            f"a lost leading zero? Keys of this level have {wanted} digits; read them as text"
            if key.isdecimal() and wanted is not None and len(key) == wanted - 1
            else f"keys of this level have {wanted or 'no'} digits; correct the key or the level"
        )
        raise FieldError(message)
    yield Triple(adoption, LOTSE.adopterKey, text(key))


def _evidence(node: NamedNode, row: Row) -> Iterator[Triple]:
    for page in pages(str(row["source"])):
        yield Triple(node, FOAF.page, page)
    published = str(row["licence"])
    if published not in LICENCES:
        known = ", ".join(map(repr, LICENCES))
        message = f"field 'licence' is {published!r}; allowed are {known}"
        raise FieldError(message)
    for licence in LICENCES[published]:
        yield Triple(node, DCTERMS.license, licence)
