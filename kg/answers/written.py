"""Lists written down: for programs (JSON) and for tables (CSV)."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from kg.answers.formats import plain
from kg.answers.lists import Detail, Listing


def listing_as_json(found: Listing, release: str) -> dict[str, Any]:
    """Return a page of a list as JSON has it."""
    return {
        "list": found.name,
        "parameters": plain(found.parameters),
        "total": plain(found.total),
        "rows": [row.written for row in found.rows],
        "facets": {
            dimension: [{"value": o.value, "label": o.label, "count": o.count} for o in counted]
            for dimension, counted in found.facets.items()
        },
        "release": release,
        "next": found.next,
    }


def detail_as_json(found: Detail, release: str) -> dict[str, Any]:
    """Return one thing of a list as JSON has it, with who speaks of it."""
    return {**found.row.written, "evidence": plain(found.evidence), "release": release}


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
