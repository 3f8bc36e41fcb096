"""Holds what the API answers against the data dictionary."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.documentation.dictionary import Field, Table, dictionary

TABLES: Final[Mapping[str, Table]] = {one.name: one for one in dictionary()}
_BY_NAME: Final = {
    "thing-or-text-by-name": "thing", "facets-by-name": "facet", "fact-by-iri": "fact",
    "text-by-name": "text", "number-by-name": "number",
}  # fmt: skip


def fields_of(*tables: str) -> dict[str, Field]:
    """Return the fields of these tables, of those that there are."""
    return {one.name: one for table in tables if table in TABLES for one in TABLES[table].fields}


def unlike(found: Mapping[str, Any], known: Mapping[str, Field], at: str) -> Iterator[str]:
    """Yield the path of every field that the dictionary lacks or describes otherwise."""
    for name, value in found.items():
        field = known.get(name)
        if field is None:
            yield f"{at}.{name} is not in the dictionary"
        elif value is None:
            if not field.optional:
                yield f"{at}.{name} is null"
        elif field.types[0] in _BY_NAME:
            part = fields_of(_BY_NAME[field.types[0]])
            for one in value.values():
                yield from _objects(one, part, f"{at}.{name}")
        elif not {"rows", "geometry"} & set(field.types):
            if isinstance(value, list) != field.many:
                yield f"{at}.{name} is {value!r}"
            yield from _objects(value, fields_of(*field.types), f"{at}.{name}")


def _objects(value: object, known: Mapping[str, Field], at: str) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield from unlike(one, known, at)
