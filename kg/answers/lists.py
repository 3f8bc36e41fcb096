"""Lists of labs, actors, solutions …: narrowed by filters, in a fixed order, page by page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias
from typing import Literal as OneOf

from kg.answers.answer import LIMIT, Evidence, Page, Total
from kg.answers.catalogue import DIMENSIONS, LISTS, Catalogue, catalogue
from kg.answers.facts import evidence_of, notation, spoken_of
from kg.answers.labels import labelled, labels_in_between
from kg.errors import NotFoundError, Suggestion
from kg.names import kind_of, names_of
from kg.namespaces import ID
from kg.store import Graph
from kg.terms import DCTERMS, FOAF, LOTSE, ORG, SCHEMA, SKOS, WGS, Literal, NamedNode
from kg.things import Thing, find, thing

_Scalar: TypeAlias = "Thing | str | int | float | None"
Value: TypeAlias = "_Scalar | tuple[_Scalar, ...]"
_FACETS: Final = ("kind", "theme", "level", "status", "source", "year")
_Form: TypeAlias = OneOf["thing", "things", "term", "terms", "text", "texts", "int", "float"]


@dataclass(frozen=True, slots=True)
class Facet:
    """How many things of a list have one value."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing of a list, with the fields of its kind."""

    iri: str
    kind: str
    label: str
    key: str | None
    fields: Mapping[str, Value]
    sources: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list."""

    name: str
    parameters: Mapping[str, Thing | str]
    total: Total
    rows: tuple[Listed, ...]
    facets: Mapping[str, tuple[Facet, ...]]
    next: str | None


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing of a list, and who speaks of it."""

    row: Listed
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    property: NamedNode
    form: _Form


_COMMON: Final = (
    _Field("themes", DCTERMS.subject, "things"),
    _Field("homepage", FOAF.homepage, "text"),
)
_PLACED: Final = (
    _Field("kinds", ORG.classification, "things"),
    _Field("abbreviation", LOTSE.abbreviation, "text"),
    _Field("places", LOTSE.takesPlaceIn, "things"),
    _Field("status", LOTSE.status, "term"),
    _Field("attestation", LOTSE.attestation, "term"),
    _Field("since", LOTSE.since, "text"),
    _Field("until", LOTSE.until, "text"),
    *_COMMON,
)
_FIELDS: Final[Mapping[str, tuple[_Field, ...]]] = {
    "labs": _PLACED,
    "actors": (
        *_PLACED,
        _Field("validFrom", SCHEMA.validFrom, "text"),
        _Field("validThrough", SCHEMA.validThrough, "text"),
    ),
    "solutions": (
        _Field("kinds", LOTSE.solutionKind, "things"),
        _Field("status", LOTSE.status, "term"),
        _Field("licence", LOTSE.licenceId, "text"),
        _Field("repository", SCHEMA.codeRepository, "text"),
        *_COMMON,
    ),
    "innovations": (
        _Field("stage", LOTSE.stage, "term"),
        _Field("places", LOTSE.takesPlaceIn, "things"),
        _Field("realises", LOTSE.realises, "things"),
        *_COMMON,
    ),
    "jurisdictions": (
        _Field("officialName", LOTSE.officialName, "text"),
        _Field("levels", LOTSE.level, "terms"),
        _Field("types", DCTERMS.type, "things"),
        _Field("ars", LOTSE.ars, "text"),
        _Field("ags", LOTSE.ags, "texts"),
        _Field("nuts", LOTSE.nuts, "texts"),
        _Field("partOf", DCTERMS.isPartOf, "thing"),
        _Field("population", LOTSE.population, "int"),
        _Field("surfaceArea", LOTSE.surfaceArea, "float"),
        _Field("latitude", WGS.lat, "float"),
        _Field("longitude", WGS.long, "float"),
    ),
    "themes": (
        _Field("notation", SKOS.notation, "text"),
        _Field("broader", SKOS.broader, "thing"),
        _Field("definition", SKOS.definition, "text"),
    ),
    "concerns": (
        _Field("category", LOTSE.category, "thing"),
        _Field("status", LOTSE.status, "term"),
        _Field("created", DCTERMS.created, "text"),
        _Field("modified", DCTERMS.modified, "text"),
        _Field("place", LOTSE.place, "thing"),
    ),
}


def listing(  # noqa: PLR0913 (a list, its filters and its page)
    graph: Graph,
    name: str,
    filters: Mapping[str, str | None],
    *,
    limit: int = LIMIT,
    cursor: str | None = None,
    lang: str = "de",
) -> Listing:
    """Return a page of a list, narrowed by `kind`, `theme`, `place`, `level`, `status` ….

    A value that names nothing raises `NotFoundError` with suggestions.
    """
    page = Page.of(limit, cursor)
    held = catalogue(graph, name)
    asked: dict[str, Thing | str] = {}
    found: frozenset[str] | None = None
    for dimension in DIMENSIONS:
        value = filters.get(dimension)
        if value is None:
            continue
        if dimension == "kind" and (sort := value.casefold()) in held.sorts:
            asked[dimension] = sort
            hits = held.sorts[sort]
        else:
            asked[dimension] = meant = _meant(graph, held, dimension, value, lang)
            key = meant.iri if isinstance(meant, Thing) else meant
            hits = held.tables[dimension].get(key, frozenset())
        found = hits if found is None else found & hits
    members = [iri for iri in held.members if found is None or iri in found]
    return Listing(
        name=name,
        parameters=asked,
        total=Total(len(members)),
        rows=_rows(graph, name, held, page.cut(members), lang),
        facets=_facets(graph, held, found, lang),
        next=page.after(len(members)),
    )


def detail(graph: Graph, name: str, key: str, lang: str = "de") -> Detail:
    """Return the thing of a list that a key, a label or an IRI names."""
    asked = find(graph, key, LISTS[name].kinds, lang)
    held = catalogue(graph, name)
    if asked.iri not in held.members:
        raise NotFoundError(key, LISTS[name].kinds[0])
    evidence = evidence_of(graph, [asked.iri], lang).get(asked.iri, ())
    return Detail(_rows(graph, name, held, [asked.iri], lang)[0], evidence)


def _rows(
    graph: Graph, name: str, held: Catalogue, iris: Sequence[str], lang: str
) -> tuple[Listed, ...]:
    rows, made = [], labels_in_between(graph, iris, lang)
    for iri in iris:
        shown = labelled(graph, iri, made, lang)
        sources = sorted(one for one, iris_of in held.tables["source"].items() if iri in iris_of)
        rows.append(
            Listed(
                iri=iri,
                kind=shown.kind,
                label=shown.label,
                key=shown.key,
                fields={
                    field.name: _value(graph, shown.node, field, lang) for field in _FIELDS[name]
                },
                sources=tuple(thing(graph, one, lang) for one in sources),
            )
        )
    return tuple(rows)


def _value(graph: Graph, iri: NamedNode, field: _Field, lang: str) -> Value:
    terms = sorted({quad.object for quad in graph.quads(iri, field.property)}, key=str)
    if field.form == "text":
        spoken = [one for one in terms if isinstance(one, Literal) and one.language == lang]
        return next((_lexical(one) for one in [*spoken, *terms]), None)
    found = [_lexical(one) for one in terms]
    if field.form in {"things", "terms", "texts"}:
        return tuple(_one(graph, value, field.form[:-1], lang) for value in found)
    return _one(graph, found[0], field.form, lang) if found else None


def _lexical(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _one(graph: Graph, value: str, form: str, lang: str) -> _Scalar:
    match form:
        case "thing":
            return spoken_of(graph, value, lang)
        case "term":
            return notation(graph, value)
        case "int":
            return int(value)
        case "float":
            return float(value)
    return value


def _facets(
    graph: Graph, held: Catalogue, found: frozenset[str] | None, lang: str
) -> dict[str, tuple[Facet, ...]]:
    facets = {}
    for dimension in _FACETS:
        counted = (
            (value, len(iris if found is None else iris & found))
            for value, iris in held.tables[dimension].items()
        )
        shown = [
            Facet(_written(graph, dimension, value), _label(graph, value, lang), count)
            for value, count in counted if count
        ]  # fmt: skip
        facets[dimension] = tuple(sorted(shown, key=lambda one: (-one.count, one.value)))
    return facets


def _label(graph: Graph, value: str, lang: str) -> str:
    return names_of(graph).label(value, lang) if ":" in value else value


def _written(graph: Graph, dimension: str, value: str) -> str:
    """Return a value as the filter takes it: a notation, a source's slug, a year."""
    if dimension == "year":
        return value
    if value.startswith(ID):
        return names_of(graph).key_of(value) or value
    return notation(graph, value) or value


def _meant(graph: Graph, held: Catalogue, dimension: str, value: str, lang: str) -> Thing | str:
    """Return the thing or word that a filter's value names."""
    if dimension == "place":
        return find(graph, value, "jurisdiction", lang)
    if dimension == "theme":
        return find(graph, value, "theme", lang)
    if dimension == "year":
        if not (value.isdecimal() and len(value) == len("2025")):
            raise NotFoundError(value, "year", _suggestions(graph, held.tables["year"], lang))
        return value
    table = _all_values(graph, held, dimension)
    folded = value.strip().casefold()
    for iri in table:
        labels = names_of(graph).labels.get(iri, {}).values()
        words = {iri, _written(graph, dimension, iri), *labels}
        if folded in {word.casefold() for word in words}:
            return thing(graph, iri, lang)
    raise NotFoundError(value, dimension, _suggestions(graph, table, lang))


def _all_values(graph: Graph, held: Catalogue, dimension: str) -> Iterable[str]:
    """Return what a filter may say: every level, status or source, else what the list has."""
    values = dict.fromkeys(sorted(held.tables[dimension]))
    if dimension in {"level", "status", "source"}:
        labels = names_of(graph).labels
        values |= dict.fromkeys(sorted(iri for iri in labels if kind_of(iri) == dimension))
    return values


def _suggestions(graph: Graph, values: Iterable[str], lang: str) -> list[Suggestion]:
    return [
        Suggestion(one, kind_of(one) if ":" in one else "year", _label(graph, one, lang))
        for one in sorted(values)
    ]
