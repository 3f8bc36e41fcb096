"""Lists written down: for programs (JSON) and for tables (CSV)."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Final

from kg.answers.lists import Detail, Listing
from kg.answers.rows import Listed
from kg.things import Thing

_HIDDEN: Final = frozenset({"rests_on", "alternatives"})
_UNDERSCORE: Final = re.compile(r"_([a-z])")


def listing_as_json(found: Listing, release: str) -> dict[str, Any]:
    """Return a page of a list as JSON has it."""
    return {
        "list": found.name,
        "parameters": plain(found.parameters),
        "total": plain(found.total),
        "rows": [listed_as_json(row) for row in found.rows],
        "facets": plain(found.facets),
        "release": release,
        "next": found.next,
    }


def listed_as_json(row: Listed) -> dict[str, Any]:
    """Return a row of a list as JSON has it: the thing, then the fields of its kind."""
    head = {"iri": row.iri, "kind": row.kind, "label": row.label, "key": row.key}
    return head | {name: plain(value) for name, value in row.fields.items()} | {
        "sources": plain(row.sources)
    }  # fmt: skip


def detail_as_json(found: Detail, release: str) -> dict[str, Any]:
    """Return one thing of a list as JSON has it, with who speaks of it."""
    return listed_as_json(found.row) | {"evidence": plain(found.evidence), "release": release}


def plain(value: object) -> Any:  # noqa: ANN401 (what JSON can hold)
    """Return a value of an answer as JSON has it: names in camelCase, things as objects."""
    if isinstance(value, Thing):
        found = {"iri": value.iri, "kind": value.kind, "label": value.label}
        return found if value.key is None else found | {"key": value.key}
    if is_dataclass(value) and not isinstance(value, type):
        return {
            camel(one.name): plain(getattr(value, one.name))
            for one in fields(value) if one.name not in _HIDDEN
        }  # fmt: skip
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(one) for one in value]
    return value


def camel(name: str) -> str:
    """Return `legalBasis` of `legal_basis`."""
    return _UNDERSCORE.sub(lambda found: found.group(1).upper(), name)


def as_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows (as JSON has them) as a flat table: a thing is its label and its IRI."""
    flat = [_flat(row) for row in rows]
    columns = list(dict.fromkeys(name for row in flat for name in row))
    out = io.StringIO()
    table = csv.DictWriter(out, columns, lineterminator="\r\n")
    table.writeheader()
    table.writerows(flat)
    return out.getvalue()


def _flat(row: Mapping[str, Any]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in row.items():
        if _is_thing(value):
            flat |= {name: value["label"], f"{name}Iri": value["iri"]}
        elif name == "evidence":
            flat |= {
                name: " ".join(one["record"] for one in value),
                "evidenceSource": "; ".join(dict.fromkeys(one["title"] for one in value)),
            }
        elif isinstance(value, list):
            flat[name] = "; ".join(_one(one) for one in value)
        else:
            flat[name] = _one(value)
    return flat


def _is_thing(value: object) -> bool:
    return isinstance(value, dict) and {"iri", "kind", "label"} <= set(value)


def _one(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case {"label": label}:
            return str(label)
        case dict():
            return ", ".join(f"{key} {_one(one)}" for key, one in value.items() if one is not None)
        case list():
            return " ".join(_one(one) for one in value)
    return str(value)
