"""A case → an innovation in its places, who takes part, and the solutions that it realises."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ingest.fields import Fields
from ingest.source import Record, Row
from ingest.sources.good_practice.kinds import KINDS
from ingest.sources.good_practice.weak import REASONS
from ingest.themes import statements
from kg.iri import digest, mint
from kg.terms import FOAF, LOTSE, RDF, SCHEMA, SKOS, NamedNode, Triple, link, text

SLUG: Final = "good_practice"
BUND: Final = "000000000000"

LEVELS: Final = {
    level: LOTSE[f"level-{level}"] for level in ("bund", "land", "kreis", "verband", "gemeinde")
}
STAGES: Final[Mapping[str, NamedNode | None]] = {
    **{
        stage: LOTSE[f"stage-{stage}"]
        for stage in ("prototype", "pilot", "in-operation", "scaled", "ended")
    },
    "unknown": None,
}
BASES: Final = {
    "": LOTSE["basis-stated"],
    **dict.fromkeys(REASONS, LOTSE["basis-inferred"]),
}

PORTALS: Final = frozenset({"Maerker", "Sag's uns einfach"})
"""Portals of a Land that municipalities join."""

_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_VERBAND: Final = ("Amt ", "Verbandsgemeinde ", "Verwaltungsgemeinschaft ")


def record_key(kind: str, row: Row) -> str:
    """Return the title of a case in small letters and hyphens, or the name of a solution so."""
    if kind == "solution":
        return f"solution-{_slug(str(row['solution']))}"
    return _slug(str(row["title"]))


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the list says about one case, or about one solution."""
    yield from _solution(record) if record.kind == "solution" else _case(record)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.strip().lower().translate(_LETTERS)).strip("-")


def _solution(record: Record) -> Iterator[Triple]:
    row = Fields(record)
    name = row.take("solution")
    solution = mint("solution", SLUG, _slug(name))
    yield Triple(solution, RDF.type, LOTSE.Solution)
    yield Triple(solution, SKOS.prefLabel, text(name, "de"))
    yield Triple(solution, LOTSE.solutionKind, row.one_of("solution", KINDS))
    for page in row.texts("source_url", " ; "):
        yield Triple(mint("record", SLUG, record.key), FOAF.page, link(page))
    row.close()


def _case(record: Record) -> Iterator[Triple]:
    row = Fields(record)
    case = mint("innovation", SLUG, record.key)
    yield Triple(case, RDF.type, LOTSE.Innovation)
    yield Triple(case, SKOS.prefLabel, text(row.take("title"), "de"))
    yield Triple(case, LOTSE.basis, row.one_of("weak", BASES))
    stage = row.one_of("stage", STAGES)
    if stage is not None:
        yield Triple(case, LOTSE.stage, stage)
    for field, term in (("started", LOTSE.since), ("ended", LOTSE.until)):
        moment = row.when(field)
        if moment is not None:
            yield Triple(case, term, moment)
    for theme in dict.fromkeys(row.texts("themes", ";")):
        yield Triple(case, LOTSE.themeAsPublished, text(theme))
    yield from statements(row, case)
    homepage = row.link("url")
    if homepage is not None:
        yield Triple(case, FOAF.homepage, homepage)
    yield from _origins(case, row.texts("solution", ";"), row.texts("adopted_from", ";"))
    for award in row.texts("award", ";"):
        yield Triple(case, SCHEMA.award, text(award, "de"))
    places, actors = row.texts("place", ";"), row.texts("organisations", ";")
    yield from _places(case, places, actors, row.one_of("level", LEVELS))
    yield from _involvements(record, places, actors, row.maybe("lab"))
    for page in row.texts("source_url", " ; "):
        yield Triple(mint("record", SLUG, record.key), FOAF.page, link(page))
    row.close()


def _origins(
    case: NamedNode, solutions: Sequence[str], adopted_from: Sequence[str]
) -> Iterator[Triple]:
    """Yield the solutions behind a case and where it was adopted from.

    For a portal that a Land runs for all, "adopted from" means that the place joined it.
    """
    for solution in solutions:
        yield Triple(case, LOTSE.realises, mint("solution", SLUG, _slug(solution)))
    for origin in adopted_from:
        yield Triple(case, LOTSE.adoptedFromAsPublished, text(origin))
        joined = not PORTALS.isdisjoint(solutions)
        yield Triple(
            case,
            LOTSE.adoptedFromMeans,
            LOTSE["adopted-from-joined" if joined else "adopted-from-taken-over"],
        )


def _places(
    case: NamedNode, places: Sequence[str], actors: Sequence[str], level: NamedNode
) -> Iterator[Triple]:
    """Yield the places with their level.

    `verband` is mostly the level of a co-operation, whose places are municipalities: it is that
    of the place only where a Verband of its name takes part.
    """
    for place in places:
        yield Triple(case, LOTSE.placeAsPublished, text(place))
        if place == "Deutschland":
            yield Triple(case, LOTSE.placeKey, text(BUND))
    of_verband = any(
        one.startswith(_VERBAND) and one.endswith(place) for one in actors for place in places
    )
    if level != LEVELS["verband"] or of_verband:
        yield Triple(case, LOTSE.levelAsPublished, level)


def _involvements(
    record: Record, places: Sequence[str], actors: Sequence[str], lab: str | None
) -> Iterator[Triple]:
    """Yield who takes part: the first named, and those named after a place, run the case."""
    if lab is not None:
        yield from _involved(record, lab, LOTSE["role-developer"])
    for number, actor in enumerate(dict.fromkeys(actors)):
        runs = number == 0 or actor.endswith(tuple(places))
        if actor != lab:
            yield from _involved(
                record, actor, LOTSE["role-operator"] if runs else LOTSE["role-partner"]
            )


def _involved(record: Record, actor: str, role: NamedNode) -> Iterator[Triple]:
    involvement = mint("involvement", SLUG, digest(record.key, actor))
    yield Triple(involvement, RDF.type, LOTSE.Involvement)
    yield Triple(involvement, LOTSE.activity, mint("innovation", SLUG, record.key))
    yield Triple(involvement, LOTSE.actorAsPublished, text(actor))
    yield Triple(involvement, LOTSE.role, role)
