"""The page of `/sparql`: an editor, in any browser a plain form, and below it the result."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from fastapi import Response

from api.pages import page
from api.service import Exchange
from kg.answers.saved import load_saved, saved_names
from kg.namespaces import PREFIXES
from kg.sandbox import Result

BUILT: Final = Path(__file__).parent / "static" / "built"
"""Where `make run` puts the editor; without it the page is a form."""
_EXAMPLE: Final = """PREFIX lotse: <https://w3id.org/innovationslotse/ns#>
PREFIX skos:  <http://www.w3.org/2004/02/skos/core#>

SELECT ?lab ?name ?place WHERE {
  ?lab a lotse:Lab ; skos:prefLabel ?name ; lotse:takesPlaceIn ?where .
  ?where skos:prefLabel ?place .
} ORDER BY ?name ?lab ?place LIMIT 25
"""
_TERMS: Final = "SELECT DISTINCT ?term { ?term a ?kind VALUES ?kind { %s } } ORDER BY ?term"
_OWL: Final = "<http://www.w3.org/2002/07/owl#%s>"
_CLASSES: Final = _OWL % "Class"
_PROPERTIES: Final = f"{_OWL % 'ObjectProperty'} {_OWL % 'DatatypeProperty'}"
_JSON: Final = "application/sparql-results+json"


def editor(
    exchange: Exchange,
    headers: Mapping[str, str],
    query: str = _EXAMPLE,
    result: Result | None = None,
) -> Response:
    """Return the page with a query in its form, and its result where there is one."""
    table = None
    if result is not None:
        with result:
            table = shown(result)
    return page(
        exchange.request, exchange.lang, "sparql.html", headers=headers,
        query=query, given=query != _EXAMPLE, examples=_examples(exchange.lang), result=table,
        prefixes=json.dumps(PREFIXES), classes=_TERMS % _CLASSES, properties=_TERMS % _PROPERTIES,
        built=(BUILT / "yasgui.min.js").exists(),
        settings=exchange.service.settings, release=exchange.release.id,
    )  # fmt: skip


def _examples(lang: str) -> list[tuple[str, str]]:
    """Return the saved questions: title and text."""
    saved = [load_saved(name) for name in saved_names()]
    return sorted((one.title if lang == "en" else one.titel, one.text) for one in saved)


def shown(result: Result) -> dict[str, Any]:
    """Return a result as the page shows it: a table, yes or no, or Turtle."""
    if result.media_type != _JSON:
        return {"turtle": result.read().decode(), "rows": result.rows}
    said = json.loads(result.read())
    if "boolean" in said:
        return {"boolean": said["boolean"], "rows": 1}
    names = said["head"]["vars"]
    cells = [[row.get(name) for name in names] for row in said["results"]["bindings"]]
    return {"columns": names, "table": [[_cell(one) for one in row] for row in cells],
            "rows": result.rows}  # fmt: skip


def _cell(term: Mapping[str, Any] | None) -> Mapping[str, str]:
    """Return what a cell shows: a text, where it leads, its language or type."""
    if term is None:
        return {"text": "", "mark": "", "link": ""}
    value = term["value"]
    text = value if isinstance(value, str) else " ".join(_words(value))
    mark = term.get("xml:lang") or term.get("datatype", "").rpartition("#")[2]
    is_link = term["type"] == "uri" and text.startswith(("http://", "https://"))
    return {"text": text, "mark": mark, "link": text if is_link else ""}


def _words(triple: Mapping[str, Any]) -> Sequence[str]:
    return [str(triple[part]["value"]) for part in ("subject", "predicate", "object")]
