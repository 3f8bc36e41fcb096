"""Which solution scales where, and which solutions fit a place: two factors, each with its facts.

No probability for a place; what may be claimed stands in `claim`, and where nobody has looked in
`coverage`. What speaks against is shown and not scored (weight 0), as are the IT providers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from kg.answers.answer import LIMIT, Answer, Evidence, Page, Total
from kg.answers.facts import evidence_of
from kg.answers.providers import Provider, providers_of
from kg.answers.words import CLAIM, COVERAGE, NO_CLAIM_KREIS, SELDOM_NEW_REGIONS, TOO_LITTLE
from kg.names import names_of
from kg.scaling import LEAST_ADOPTERS, LEAST_KREISE, Indexes, Numbers, Score, Scores, scores_of
from kg.store import Graph
from kg.things import Thing, find, thing
from kg.uptake import USES, Use

FACTS: Final = 10
"""So many adoptions are cited for a factor at most."""
FEW: Final = 3
"""Of so many `fits-here` gives user and source too: it cites other adoptions in every row."""
LARGEST: Final = 10


@dataclass(frozen=True, slots=True)
class Factor:
    """Something that speaks for a place or against it."""

    feature: str
    """`size`, `near`; `ended-here`, `ended-nearby`, `missing-…`."""
    value: float
    weight: int
    """1 where it is part of the score, 0 where it is only shown."""
    facts: tuple[str, ...] = ()
    """The adoptions that carry it, the strongest first."""
    shares: tuple[float, ...] = ()
    """The share of the use counted here that each of the facts brings."""


@dataclass(frozen=True, slots=True)
class Scaled:
    """One row of `scales-where`: a place that does not use the solution yet."""

    place: Thing
    score: float
    because: tuple[Factor, ...]
    against: tuple[Factor, ...]
    population: int
    providers: tuple[Provider, ...] = ()
    """The IT providers that serve the place: shown, not scored."""
    rests_on: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Fitting:
    """One row of `fits-here`: a solution that the place does not use yet."""

    solution: Thing
    score: float
    outranks: float
    """The share of the solution's other candidates that this place outranks."""
    because: tuple[Factor, ...]
    against: tuple[Factor, ...]
    level: str
    rests_on: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Fact:
    """An adoption that carries a factor: who uses it, and who says so."""

    adopter: Thing
    evidence: tuple[Evidence, ...]


def scales_where(  # noqa: PLR0913 (the page, and the file of the release)
    graph: Graph,
    *,
    solution: str,
    limit: int = LIMIT,
    cursor: str | None = None,
    lang: str = "de",
    scores: Path | None = None,
) -> Answer[Scaled]:
    """Answer where a solution fits next: candidates, the highest score first."""
    page = Page.of(limit, cursor)
    asked = find(graph, solution, "solution", lang)
    score = scores_of(graph, scores).of(asked.iri)
    order = _ranked(score) if score is not None and score.enough else np.array([], dtype=np.intp)
    shown = order[page.offset : page.offset + page.limit]
    rows = tuple(_scaled(graph, score, shown, lang)) if score is not None else ()
    extra = _beside(graph, score, lang)
    extra["facts"] = _facts(graph, [(score, row) for row in rows], FACTS, lang)
    return Answer(
        question="scales-where",
        parameters={"solution": asked},
        total=Total(len(order)),
        rows=rows,
        next=page.after(len(order)),
        query=USES.name,
        extra=extra,
    )


def fits_here(  # noqa: PLR0913 (the page, and the file of the release)
    graph: Graph,
    *,
    place: str,
    limit: int = LIMIT,
    cursor: str | None = None,
    lang: str = "de",
    scores: Path | None = None,
) -> Answer[Fitting]:
    """Answer which solutions fit a place, those first for which it outranks most others."""
    page = Page.of(limit, cursor)
    asked = find(graph, place, "jurisdiction", lang)
    held = scores_of(graph, scores)
    found = sorted(_standing(graph, held, asked.iri), key=lambda one: one[:2])
    shown = page.cut(found)
    rows = tuple(_fitting(graph, score, at, -share, lang) for share, _, score, at in shown)
    extra: dict[str, Any] = {
        "claim": CLAIM[lang],
        "caveats": [SELDOM_NEW_REGIONS[lang], NO_CLAIM_KREIS[lang]],
        "countsAs": _counts_as(graph, held, asked.iri, lang),
        "facts": _facts(graph, [(s[2], r) for s, r in zip(shown, rows, strict=True)], FEW, lang),
    }
    return Answer(
        question="fits-here",
        parameters={"place": asked},
        total=Total(len(found)),
        rows=rows,
        next=page.after(len(found)),
        query=USES.name,
        extra=extra,
    )


def _ranked(score: Score) -> Indexes:
    """Return the candidates, the highest score first, equal ones by key."""
    places = np.flatnonzero(score.candidate)
    return places[np.argsort(-score.total[places], kind="stable")]


def _scaled(graph: Graph, score: Score, shown: Indexes, lang: str) -> Iterator[Scaled]:
    iris = score.ground.places.iris
    serving = providers_of(graph, (iris[at] for at in shown.tolist()), lang)
    for at, because, against in _factors(score, shown):
        yield Scaled(
            place=thing(graph, iris[at], lang),
            score=float(score.size[at] + score.near[at]),
            because=because,
            against=against,
            population=score.ground.places.population[at],
            providers=serving[iris[at]],
            rests_on=(
                *_cited(because + against),
                *(one.provision for one in serving[iris[at]]),
            ),
        )


def _fitting(graph: Graph, score: Score, at: int, outranks: float, lang: str) -> Fitting:
    _, because, against = next(_factors(score, np.array([at])))
    return Fitting(
        solution=thing(graph, score.uptake.solution, lang),
        score=float(score.size[at] + score.near[at]),
        outranks=outranks,
        because=because,
        against=against,
        level=score.uptake.level,
        rests_on=_cited(because + against),
    )


def _cited(factors: tuple[Factor, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(iri for one in factors for iri in one.facts))


def _factors(
    score: Score, shown: Indexes
) -> Iterator[tuple[int, tuple[Factor, ...], tuple[Factor, ...]]]:
    """Yield each place with what speaks for it and what against it."""
    users, former, ground = score.uptake.users, score.uptake.former, score.ground
    weights = np.array([use.weight for use in users])
    at = [use.place for use in users]
    alike, close = ground.alike(shown, at) * weights, ground.close(shown, at) * weights
    ended = ground.close(shown, [use.place for use in former])
    for row, place in enumerate(shown.tolist()):
        because = (
            _factor("size", float(score.size[place]), users, alike[row]),
            _factor("near", float(score.near[place]), users, close[row]),
        )
        against = []
        here = [use for use in former if use.place == place]
        if here:
            against.append(Factor("ended-here", 1.0, 0, here[0].adoptions))
        around = np.array([k if use.place != place else 0.0
                           for use, k in zip(former, ended[row], strict=True)])  # fmt: skip
        if around.sum() > 0:
            against.append(_factor("ended-nearby", float(around.sum()), former, around, 0))
        if not close[row].sum() > 0:
            against.append(Factor("missing-users-nearby", 0.0, 0))
        if not former:
            against.append(Factor("missing-ends", 0.0, 0))
        if not score.uptake.dated:
            against.append(Factor("missing-dates", 0.0, 0))
        yield place, because, tuple(against)


def _factor(
    feature: str, value: float, uses: tuple[Use, ...], carried: Numbers, weight: int = 1
) -> Factor:
    """Return a factor with the adoptions that carry it, the strongest first."""
    strongest = np.argsort(-carried, kind="stable")[:FACTS]
    whole = float(carried.sum())
    found = [
        (iri, float(carried[n]) / whole)
        for n in strongest.tolist() if carried[n] > 0
        for iri in uses[n].adoptions
    ][:FACTS]  # fmt: skip
    return Factor(feature, value, weight, tuple(i for i, _ in found), tuple(s for _, s in found))


def _facts(
    graph: Graph, rows: list[tuple[Score | None, Scaled | Fitting]], most: int, lang: str
) -> dict[str, Fact]:
    """Return the first adoptions that each factor cites, each with adopter and evidence."""
    adopters: dict[str, str] = {}
    for score, row in rows:
        cited = {iri for one in (*row.because, *row.against) for iri in one.facts[:most]}
        if score is not None:
            for use in (*score.uptake.users, *score.uptake.former):
                for iri in cited.intersection(use.adoptions):
                    adopters[iri] = score.ground.places.iris[use.place]
    evidence = evidence_of(graph, sorted(adopters), lang)
    return {
        iri: Fact(thing(graph, place, lang), evidence.get(iri, ()))
        for iri, place in sorted(adopters.items())
    }


def _beside(graph: Graph, score: Score | None, lang: str) -> dict[str, Any]:
    """Return what stands beside the ranking: claim, evidence base, coverage, alternative."""
    if score is None:
        base, level, lands = {"adopters": 0, "kreise": 0}, None, []
    else:
        base = {"adopters": len(score.uptake.users), "kreise": score.uptake.kreise}
        level, lands = score.uptake.level, [thing(graph, i, lang) for i in score.uptake.lands]
    if score is None or not score.enough:
        claim = TOO_LITTLE[lang].format(**base, least=LEAST_ADOPTERS, areas=LEAST_KREISE)
    else:
        claim = NO_CLAIM_KREIS[lang] if level == "kreis" else CLAIM[lang]
    return {
        "claim": claim,
        "caveats": [SELDOM_NEW_REGIONS[lang]] if level == "gemeinde" else [],
        "enough": score is not None and score.enough,
        "evidenceBase": base,
        "level": level,
        "elsewhere": score.uptake.elsewhere if score is not None else 0,
        "covered": lands,
        "coverage": COVERAGE[lang].format(lands=", ".join(land.label for land in lands) or "–"),
        "plainAlternative": _largest(graph, score, lang) if score is not None else [],
    }


def _largest(graph: Graph, score: Score, lang: str) -> list[Mapping[str, Any]]:
    """Return the largest places in covered Länder that do not use it: the plain alternative."""
    places = np.flatnonzero(score.candidate)
    largest = places[np.argsort(-score.ground.people[places], kind="stable")][:LARGEST]
    return [
        {
            "place": thing(graph, score.ground.places.iris[at], lang),
            "population": score.ground.places.population[at],
        }
        for at in largest.tolist()
    ]


def _standing(graph: Graph, held: Scores, place: str) -> Iterator[tuple[float, str, Score, int]]:
    """Yield minus the share outranked, the label, the factors and the place's number."""
    names = names_of(graph)
    at = held.known.at(place, names)
    for solution in held.rows:
        score = held.of(solution)
        number = at.get(score.uptake.level) if score is not None else None
        if score is None or number is None or not score.enough or not score.candidate[number]:
            continue
        total = score.total
        others = int(score.candidate.sum()) - 1
        share = float((total < total[number]).sum()) / others if others else 0.0
        yield -share, names.label(solution), score, number


def _counts_as(graph: Graph, held: Scores, place: str, lang: str) -> list[Thing]:
    at = held.known.at(place, names_of(graph))
    return [thing(graph, held.known.places[level].iris[n], lang) for level, n in at.items()]
