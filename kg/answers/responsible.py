"""Who is responsible for a concern: recorded competences first, else the general competence.

Confidence is a convention, not a measurement: recorded for the category 0.9, for a broader one 0.7,
for some of its narrower ones 0.5 and marked approximate; the general competence 0.5, and 0.3 where
the words met no category or the place has no general competence of its own.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any, Final

from kg.answers.answer import LIMIT, Answer, Evidence, Page, Total
from kg.answers.competences import (
    BROADER,
    COMPETENCES,
    EXACT,
    NARROWER,
    Recorded,
    categories_like,
    categories_named,
    recorded,
    told_apart,
)
from kg.answers.facts import Facts, evidence_of, spoken_of
from kg.answers.words import BECAUSE, LADDER, UNMATCHED
from kg.errors import BadQueryError
from kg.names import Names, names_of
from kg.spoken import spoken
from kg.store import Graph
from kg.terms import CV, LOTSE, RDF, NamedNode
from kg.things import Thing, find, thing

CONFIDENCE: Final = {EXACT: 0.9, BROADER: 0.7, NARROWER: 0.5}
GENERAL: Final = 0.5
UNSURE: Final = 0.3
_LADDER: Final = ("gemeinde", "verband", "kreis", "land", "bund")


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """Where the law says so."""

    citation: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Responsible:
    """One row: a body that is responsible, and why we say so."""

    body: Thing | None
    published: str | None
    """The body's name as published, where there is one."""
    unit: str | None
    level: str | None
    rule: str
    """`recorded-competence` or `general-competence`."""
    legal_basis: tuple[LegalBasis, ...]
    rank: int
    confidence: float
    because: str
    approximate: bool
    category: Thing | None
    area: Thing | None
    evidence: tuple[Evidence, ...]
    rests_on: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Rung:
    """A level above a concern, with its body."""

    level: str
    body: Thing


@dataclass(frozen=True, slots=True)
class _Asked:
    """The concern as understood."""

    categories: list[str]
    matched: bool
    place: Thing
    on: datetime.date
    lang: str


def responsible(  # noqa: PLR0913 (two ways to say what, three to say where)
    graph: Graph,
    *,
    category: str | None = None,
    q: str | None = None,
    place: str | None = None,
    ars: str | None = None,
    ags: str | None = None,
    on: datetime.date | None = None,
    limit: int = LIMIT,
    cursor: str | None = None,
    lang: str = "de",
) -> Answer[Responsible]:
    """Answer who is responsible for a category, or for words, in a place, on a day (today)."""
    page = Page.of(limit, cursor)
    where = [one for one in (place, ars, ags) if one]
    if not where or (not category and not q):
        message = "Say what it is about (category or q) and where (place, ars or ags)."
        raise BadQueryError(message)
    names = names_of(graph)
    at, *others = (find(graph, one, "jurisdiction", lang) for one in where)
    if any(other != at for other in others):
        message = f"{' and '.join(where)} are different places; name one."
        raise BadQueryError(message)
    named = categories_named(graph, category, lang) if category else categories_like(names, q or "")
    on = on if on is not None else datetime.datetime.now(tz=datetime.UTC).date()
    asked = _Asked(named, bool(named), at, on, lang)
    met = recorded(graph, named, at.iri, on) if named else []
    if category and not met and len({names.label(iri) for iri in named}) > 1:
        raise told_apart(names, category, named, lang)
    rows = _rows(graph, met, asked) if met else [_general(graph, asked)]
    parameters: dict[str, Thing | str] = {"place": at, "q": q} if q else {"place": at}
    if category:
        held = next((one.category for one in met if one.category in named), named[0])
        parameters["category"] = thing(graph, held, lang)
    return Answer(
        question="responsible",
        parameters=parameters,
        total=Total(len(rows)),
        rows=tuple(page.cut(rows)),
        next=page.after(len(rows)),
        query=COMPETENCES.name,
        extra=_beside(graph, asked, q),
    )


def _rows(graph: Graph, met: list[Recorded], asked: _Asked) -> list[Responsible]:
    facts = Facts(graph, [one.node for one in met])
    evidence = evidence_of(graph, [one.node for one in met], asked.lang)
    return [_row(graph, facts, evidence, (n, one), asked) for n, one in enumerate(met, start=1)]


def _row(
    graph: Graph,
    facts: Facts,
    evidence: dict[str, tuple[Evidence, ...]],
    ranked: tuple[int, Recorded],
    asked: _Asked,
) -> Responsible:
    rank, one = ranked
    lang, names = asked.lang, names_of(graph)
    citation, url = facts.one(one.node, LOTSE.legalCitation), facts.one(one.node, LOTSE.legalUrl)
    unit = facts.one(one.node, LOTSE.unit)
    category, area = names.label(one.category, lang), spoken(names, one.area, lang)
    body = facts.thing(one.node, LOTSE.body, lang)
    published = facts.one(one.node, LOTSE.bodyAsPublished)
    return Responsible(
        body=body,
        published=published,
        unit=unit,
        level=names.level(body.iri) if body and names.level(body.iri) else names.level(one.area),
        rule="recorded-competence",
        legal_basis=(LegalBasis(citation or url or "", url),) if citation or url else (),
        rank=rank,
        confidence=CONFIDENCE[one.closeness],
        because=BECAUSE[one.closeness][lang].format(
            category=category,
            area=area,
            body=unit or (spoken(names, body.iri, lang) if body else published),
        ),
        approximate=one.closeness == NARROWER,
        category=thing(graph, one.category, lang),
        area=thing(graph, one.area, lang),
        evidence=evidence.get(one.node, ()),
        rests_on=(one.node,),
    )


_BASIS: Final = {
    "gemeinde": ("Art. 28 Abs. 2 Satz 1 GG", "https://www.gesetze-im-internet.de/gg/art_28.html"),
    "verband": ("Art. 28 Abs. 2 Satz 2 GG", "https://www.gesetze-im-internet.de/gg/art_28.html"),
    "kreis": ("Art. 28 Abs. 2 Satz 2 GG", "https://www.gesetze-im-internet.de/gg/art_28.html"),
    "land": ("Art. 30 GG", "https://www.gesetze-im-internet.de/gg/art_30.html"),
    "bund": ("Art. 83 GG", "https://www.gesetze-im-internet.de/gg/art_83.html"),
}


def _general(graph: Graph, asked: _Asked) -> Responsible:
    """Return the body that is responsible where nothing is recorded: the lowest one from here."""
    lang = asked.lang
    rungs = ladder(graph, asked.place.iri, lang)
    rung = rungs[0] if rungs else Rung("bund", asked.place)
    at_home = rung.level == "gemeinde" and asked.matched
    citation, url = _BASIS[rung.level]
    return Responsible(
        body=rung.body,
        published=None,
        unit=None,
        level=rung.level,
        rule="general-competence",
        legal_basis=(LegalBasis(citation, url),),
        rank=1,
        confidence=GENERAL if at_home else UNSURE,
        because=BECAUSE[rung.level][lang].format(body=spoken(names_of(graph), rung.body.iri, lang)),
        approximate=True,
        category=thing(graph, asked.categories[0], lang) if asked.categories else None,
        area=rung.body,
        evidence=evidence_of(graph, [rung.body.iri], lang).get(rung.body.iri, ()),
    )


def ladder(graph: Graph, place: str, lang: str = "de") -> list[Rung]:
    """Return the bodies from a place upward: Gemeinde, Verband, Kreis, Land, Bund.

    A body of several levels (a kreisfreie Stadt, Berlin) stands at each of them; a territory that
    is no body (a Regierungsbezirk, an uninhabited area) at none.
    """
    names = names_of(graph)
    found = []
    for iri in (place, *names.ancestors(place)):
        if _is_body(graph, names, iri):
            body = spoken_of(graph, iri, lang)
            held = names.levels[iri]
            if body is not None:
                found += [Rung(level, body) for level in _LADDER if level in held]
    return found


def _is_body(graph: Graph, names: Names, iri: str) -> bool:
    node = NamedNode(iri)
    return iri in names.levels and any(
        True for _ in graph.quads(node, RDF.type, CV.PublicOrganisation)
    )


def _beside(graph: Graph, asked: _Asked, q: str | None) -> dict[str, Any]:
    extra: dict[str, Any] = {
        "ladder": ladder(graph, asked.place.iri, asked.lang),
        "ladderMeans": LADDER[asked.lang],
        "matched": asked.matched,
        "date": asked.on.isoformat(),
    }
    if not asked.matched:
        extra["note"] = UNMATCHED[asked.lang].format(q=q)
    return extra
