"""The page of a thing, and the formats in which its document comes."""

from typing import Any, Final

from fastapi import Response

from api.pages import page
from api.service import Exchange
from kg.answers.about import about
from kg.answers.formats import as_json
from kg.documents import JSON_LD, Document
from kg.namespaces import ID

FORMATS: Final = {
    "ttl": "text/turtle",
    "trig": "application/trig",
    "jsonld": JSON_LD,
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "rdf": "application/rdf+xml",
    "html": "text/html",
    "json": "application/json",
}
WORDS: Final = {key: value for key, value in FORMATS.items() if key not in {"html", "json"}}


def thing_page(exchange: Exchange, iri: str, found: Document | None = None) -> Response:
    """Return the page of a thing: facts by property, each with who says so."""
    answer = as_json(about(exchange.release.graph, thing=iri, lang=exchange.lang))
    rows = answer["rows"]
    if not rows and found is not None:
        rows = found.plain(exchange.release.graph, exchange.lang)
    incoming = {one["property"]: one for one in answer.get("incoming", [])}
    copies = _copies(iri)
    return page(
        exchange.request, exchange.lang, "thing.html", headers=exchange.headers(),
        thing=answer["parameters"]["thing"],
        sections=[
            (direction, _grouped([row for row in rows if row["direction"] == direction],
                                 incoming if direction == "in" else {}))
            for direction in ("out", "in")
        ],
        formats=[(word.upper(), address) for word, address in copies],
        alternates=[(FORMATS[word], address) for word, address in copies],
        release=exchange.release.id,
    )  # fmt: skip


def _grouped(rows: list[dict[str, Any]], totals: dict[str, Any]) -> list[dict[str, Any]]:
    """Return rows grouped by property, in their order, with what is not shown counted."""
    groups: dict[str, dict[str, Any]] = {}
    for row in rows:
        empty = {"label": row["label"], "rows": [], "total": totals.get(row["property"])}
        groups.setdefault(row["property"], empty)["rows"].append(row)
    return list(groups.values())


def _copies(iri: str) -> list[tuple[str, str]]:
    """Return the other formats of a thing of ours with their addresses; of others none."""
    if not iri.startswith(ID):
        return []
    return [(word, f"/doc/{iri.removeprefix(ID)}?format={word}") for word in WORDS]
