"""A case → an innovation in its places, and the organisations that run it or take part."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ingest.fields import Fields
from ingest.source import Record, Row
from ingest.sources.good_practice.weak import REASONS
from kg.iri import digest, mint
from kg.terms import FOAF, LOTSE, RDF, SKOS, NamedNode, Triple, link, text

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

_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_VERBAND: Final = ("Amt ", "Verbandsgemeinde ", "Verwaltungsgemeinschaft ")


def record_key(kind: str, row: Row) -> str:  # noqa: ARG001 (the source has one kind)
    """Return the title in small letters and hyphens."""
    title = str(row["title"]).strip().lower().translate(_LETTERS)
    return re.sub(r"[^a-z0-9]+", "-", title).strip("-")


def transform(record: Record) -> Iterator[Triple]:
    """Yield what the list says about one case."""
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
    homepage = row.link("url")
    if homepage is not None:
        yield Triple(case, FOAF.homepage, homepage)
    places, actors = row.texts("place", ";"), row.texts("organisations", ";")
    yield from _places(case, places, actors, row.one_of("level", LEVELS))
    yield from _involvements(record, places, actors, row.maybe("lab"))
    for page in row.texts("source_url", " ; "):
        yield Triple(mint("record", SLUG, record.key), FOAF.page, link(page))
    row.close()


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
