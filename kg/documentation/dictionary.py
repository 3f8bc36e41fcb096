"""The data dictionary of the JSON API: every field with type, meaning and property.

Fields and types come from the records that answers are made of, meanings from `dictionary.toml`
or, for fields of lists, from the definition of their property in the vocabulary.
"""

import tomllib
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from kg.answers.about import Incoming, Value
from kg.answers.adoptions import Statement
from kg.answers.answer import Evidence, Total
from kg.answers.formats import HIDDEN, ROWS, camel
from kg.answers.lists import Facet
from kg.answers.open_names import Candidate, OpenName
from kg.answers.providers import Provider
from kg.answers.responsible import LegalBasis, Rung
from kg.answers.rows import fields_of
from kg.answers.scales_where import Fact, Factor
from kg.answers.sources import SourceRow
from kg.answers.stewarding import Freshness, ParkedRecord, RecordChange, UnmappedValue
from kg.documentation.terms import Term, terms
from kg.release import Entry
from kg.shapes import compact, expanded
from kg.things import Thing

_FILE: Final = Path(__file__).parent / "dictionary.toml"
_SAME: Final = {"solutions-in": "adopters"}
"""Questions whose rows are those of another one."""
_PARTS: Final[Mapping[type, str]] = {
    Thing: "thing", Evidence: "evidence", Total: "total", Facet: "facet", Statement: "statement",
    LegalBasis: "legalBasis", Rung: "rung", Factor: "factor", Fact: "fact", Value: "value",
    Incoming: "incoming", Provider: "provider", Candidate: "candidate",
}  # fmt: skip
_RECORDS: Final[Mapping[str, type]] = {
    **{name: row for name, row in ROWS.items() if name not in _SAME},
    **{name: part for part, name in _PARTS.items()},
    "sources": SourceRow, "releases": Entry, "parked": ParkedRecord, "names": OpenName,
    "unmapped": UnmappedValue, "freshness": Freshness, "changes": RecordChange,
}  # fmt: skip
_SIMPLE: Final = {str: "text", int: "integer", float: "number", bool: "boolean"}
_FORMS: Final = {"term": "text", "int": "integer", "float": "number"}
_WHERE_MISSING: Final = "?"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the JSON API."""

    name: str
    types: tuple[str, ...]
    """What it may hold: words of the page, or names of tables."""
    many: bool
    optional: bool
    """Whether it may be null or missing."""
    meaning: Mapping[str, str]
    property: str
    """The property it comes from, by short name; empty where it is made by us."""


@dataclass(frozen=True, slots=True)
class Table:
    """An object of the JSON API with its fields."""

    name: str
    title: Mapping[str, str]
    fields: tuple[Field, ...]


@lru_cache(maxsize=1)
def dictionary() -> tuple[Table, ...]:
    """Return all objects of the API, in the order of `dictionary.toml`."""
    said = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    defined = {one.name.iri: one for one in terms().properties}
    made = _Maker(said["fields"], defined)
    return tuple(
        Table(name, {"de": de, "en": en}, tuple(made.fields(name)))
        for name, (de, en) in said["tables"].items()
    )


class _Maker:
    """Makes the fields of tables of records, lists and what is declared."""

    def __init__(
        self, said: Mapping[str, Mapping[str, Mapping[str, str]]], defined: Mapping[str, Term]
    ) -> None:
        self._said = said
        self._defined = defined

    def fields(self, table: str) -> Iterator[Field]:
        """Yield the fields of a table."""
        if table in _RECORDS:
            hints = get_type_hints(_RECORDS[table])
            for one in fields(_RECORDS[table]):
                if one.name not in HIDDEN:
                    yield self._field(table, camel(one.name), _typed(hints[one.name]))
        elif table in fields_of():
            for name, property_, form in fields_of()[table]:
                many = form.endswith("s")
                kind = form.removesuffix("s")
                typed = ((_FORMS.get(kind, kind),), many, not many)
                yield self._field(table, name, typed, compact(property_.value))
        else:
            for name in (*self._said[table], *_BESIDE.get(table, ())):
                told = self._told(table, name)
                yield self._field(table, name, _declared(told["type"]))

    def _told(self, table: str, name: str) -> Mapping[str, str]:
        own = self._said.get(table, {})
        return own.get(name) or self._said["any"].get(name, {})

    def _field(
        self,
        table: str,
        name: str,
        typed: tuple[tuple[str, ...], bool, bool],
        property_: str = "",
    ) -> Field:
        told = self._told(table, name)
        property_ = property_ or told.get("property", "")
        meaning = {lang: told[lang] for lang in ("de", "en") if lang in told}
        term = self._defined.get(expanded(property_)) if property_ else None
        if not meaning and term is not None:
            meaning = dict(term.definition)
        return Field(name, *typed, meaning, property_)


_BESIDE: Final = {
    "scales-where-beside": ("claim", "caveats", "facts"),
    "fits-here-beside": ("claim", "caveats", "facts"),
}
"""What stands beside the rows of several questions and is said once."""


def _declared(written: str) -> tuple[tuple[str, ...], bool, bool]:
    """Return the type that `dictionary.toml` writes: `things?` may be missing, and is many."""
    optional = written.endswith(_WHERE_MISSING)
    word = written.removesuffix(_WHERE_MISSING)
    many = word.endswith("s") and word != "rows"
    return (word.removesuffix("s") if many else word,), many, optional


def _typed(hint: Any) -> tuple[tuple[str, ...], bool, bool]:  # noqa: ANN401 (any annotation)
    """Return what an annotation allows: words, whether many, whether none."""
    if get_origin(hint) is tuple:
        inner, _, _ = _typed(get_args(hint)[0])
        return inner, True, False
    if get_origin(hint) in {Union, types.UnionType}:
        ways = [one for one in get_args(hint) if one is not type(None)]
        words = tuple(word for one in ways for word in _typed(one)[0])
        return words, False, len(ways) < len(get_args(hint))
    if get_origin(hint) is Literal:
        return ("text",), False, False
    return (_SIMPLE.get(hint) or _PARTS[hint],), False, False
