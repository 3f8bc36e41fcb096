"""Things as rows of lists: each with the fields of its kind."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias
from typing import Literal as OneOf

from kg.answers.facts import notation, spoken_of
from kg.answers.formats import plain
from kg.answers.labels import labelled, labels_in_between
from kg.names import kind_of
from kg.search import Hit
from kg.store import Graph
from kg.terms import CV, DCTERMS, FOAF, LOTSE, ORG, SCHEMA, SKOS, WGS, Literal, NamedNode
from kg.things import Thing, thing

_Scalar: TypeAlias = "Thing | str | int | float | None"
Value: TypeAlias = "_Scalar | tuple[_Scalar, ...]"
_Form: TypeAlias = OneOf["thing", "things", "term", "terms", "text", "texts", "int", "float"]


_KEPT: Final = 4000
"""So many rows of a release are kept, about 2 KiB each."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing of a list."""

    iri: str
    written: Mapping[str, Any]
    """The row as JSON has it: the thing, the fields of its kind, and who speaks of it."""


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    property: NamedNode
    form: _Form


_COMMON: Final = (
    _Field("themes", DCTERMS.subject, "things"),
    _Field("homepage", FOAF.homepage, "text"),
)
_CONCLUDED: Final = (
    _Field("concludedThemes", LOTSE.themeConcluded, "things"),
    _Field("themeWords", LOTSE.themeWord, "texts"),
)
"""Themes that no source states, and the words from which they were concluded."""
_PLACED: Final = (
    _Field("kinds", ORG.classification, "things"),
    _Field("abbreviation", LOTSE.abbreviation, "text"),
    _Field("places", LOTSE.takesPlaceIn, "things"),
    _Field("status", LOTSE.status, "term"),
    _Field("attestation", LOTSE.attestation, "term"),
    _Field("since", LOTSE.since, "text"),
    _Field("until", LOTSE.until, "text"),
    *_COMMON,
    *_CONCLUDED,
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
        *_CONCLUDED,
    ),
    "innovations": (
        _Field("stage", LOTSE.stage, "term"),
        _Field("places", LOTSE.takesPlaceIn, "things"),
        _Field("realises", LOTSE.realises, "things"),
        _Field("adoptedFrom", LOTSE.adoptedFrom, "things"),
        _Field("awards", SCHEMA.award, "texts"),
        *_COMMON,
        *_CONCLUDED,
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
    "categories": (
        _Field("notation", SKOS.notation, "text"),
        _Field("broader", SKOS.broader, "thing"),
        _Field("list", SKOS.inScheme, "thing"),
        _Field("exactMatch", SKOS.exactMatch, "thing"),
        _Field("closeMatch", SKOS.closeMatch, "thing"),
        _Field("broadMatch", SKOS.broadMatch, "thing"),
    ),
    "services": (
        _Field("leikaKey", LOTSE.leikaKey, "text"),
        _Field("ozgKey", LOTSE.ozgKey, "text"),
        _Field("leikaTypes", LOTSE.leikaType, "texts"),
        _Field("bundle", LOTSE.bundle, "thing"),
        _Field("situation", CV.isGroupedBy, "thing"),
        *_COMMON,
    ),
    "concerns": (
        _Field("category", LOTSE.category, "thing"),
        _Field("status", LOTSE.status, "term"),
        _Field("created", DCTERMS.created, "text"),
        _Field("modified", DCTERMS.modified, "text"),
        _Field("place", LOTSE.place, "thing"),
    ),
}


def fields_of() -> Mapping[str, tuple[tuple[str, NamedNode, str], ...]]:
    """Return the fields of each list: name, property, and the form of its values."""
    return {
        name: tuple((one.name, one.property, one.form) for one in found)
        for name, found in _FIELDS.items()
    }


LIST_OF: Final = {
    "lab": "labs", "actor": "actors", "solution": "solutions", "innovation": "innovations",
    "jurisdiction": "jurisdictions", "theme": "themes", "category": "categories",
    "service": "services", "concern": "concerns",
}  # fmt: skip
"""Kind of a thing → the list whose fields it has where several kinds are shown together."""


def listed(
    graph: Graph, hits: Sequence[Hit], lang: str, name: str | None = None
) -> tuple[Listed, ...]:
    """Return what was found as rows, in the same order: with the fields of a list or their kind."""
    row = _rows(graph)
    return tuple(row(hit, name or LIST_OF.get(kind_of(hit.iri), ""), lang) for hit in hits)


@lru_cache(maxsize=4)
def _rows(graph: Graph) -> Callable[[Hit, str, str], Listed]:
    """Return what makes the rows of an opened release; those shown last are kept."""

    @lru_cache(maxsize=_KEPT)
    def made(hit: Hit, name: str, lang: str) -> Listed:
        shown = labelled(graph, hit.iri, labels_in_between(graph, [hit.iri], lang), lang)
        said = _said(graph, shown.node)
        head = {"iri": hit.iri, "kind": shown.kind, "label": shown.label, "key": shown.key}
        fields = {one.name: plain(_value(graph, said, one, lang)) for one in _FIELDS.get(name, ())}
        sources = [plain(thing(graph, one, lang)) for one in sorted(hit.sources)]
        return Listed(hit.iri, head | fields | {"sources": sources})

    return made


def _said(graph: Graph, iri: NamedNode) -> dict[NamedNode, set[object]]:
    """Return what is said of a thing, by property; read at once, which is cheaper than singly."""
    found: dict[NamedNode, set[object]] = defaultdict(set)
    for quad in graph.quads(iri):
        found[quad.predicate].add(quad.object)
    return found


def _value(graph: Graph, said: Mapping[NamedNode, set[object]], field: _Field, lang: str) -> Value:
    terms = sorted(said.get(field.property, ()), key=str)
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
