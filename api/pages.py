"""Pages: server-rendered, without scripts, in German and English."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from api.messages import said_or, translator
from kg.namespaces import ID, VOCABULARY

_FOLDER: Final = Path(__file__).parent
_OURS: Final = (ID, VOCABULARY)
NAVIGATION: Final = (
    ("/who-does-what", "nav.who-does-what"),
    ("/adopters", "nav.solutions"),
    ("/responsible", "nav.responsible"),
    ("/lists", "nav.lists"),
    ("/sparql", "nav.sparql"),
    ("/info", "nav.info"),
)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates, which escape what they show and stumble over what is missing."""
    return Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(
    request: Request,
    lang: str,
    template: str,
    *,
    status: int = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
    **context: Any,  # noqa: ANN401 (whatever the template shows)
) -> HTMLResponse:
    """Return a page in a language."""
    text = environment().get_template(template).render(
        t=translator(lang),
        word=lambda key, otherwise: said_or(key, lang, otherwise),
        lang=lang,
        other_language=_address(request, lang="en" if lang == "de" else "de"),
        here=request.url.path,
        given_lang=request.query_params.get("lang"),
        navigation=NAVIGATION,
        href=_linker(request),
        number=lambda value: number(value, lang),
        same_page=lambda **changes: _address(request, **changes),
        **context,
    )  # fmt: skip
    said = {"Content-Language": lang, **(headers or {})}
    return HTMLResponse(text, int(status), said)


def number(value: float, lang: str) -> str:
    """Return a number as people of this language write it."""
    written = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
    if isinstance(value, float):
        written = written.rstrip("0").rstrip(".")
    return written if lang == "en" else written.translate(str.maketrans(",.", ".,"))


def local(iri: str) -> str:
    """Return where this service shows a thing of ours; any other IRI stays as it is."""
    if iri.startswith(ID):
        return f"/doc/{iri.removeprefix(ID)}"
    if iri.startswith(_OURS):
        return f"/about?thing={quote(iri, safe='')}"
    return iri


def _linker(request: Request) -> Callable[..., str]:
    """Return a function for links that keep a language chosen by hand."""
    lang = request.query_params.get("lang")

    def link(target: str, **parameters: object) -> str:
        given = {key: value for key, value in parameters.items() if value not in {None, ""}}
        address = local(target)
        if lang is not None and address.startswith("/"):
            given["lang"] = lang
        if not given:
            return address
        return f"{address}{'&' if '?' in address else '?'}{urlencode(given)}"

    return link


def _address(request: Request, **changes: str | None) -> str:
    """Return the address of this page with some parameters changed, or left out where None."""
    given = dict(request.query_params) | changes
    kept = {key: value for key, value in given.items() if value not in {None, ""}}
    path = quote(request.url.path) if "%" not in request.url.path else request.url.path
    raw = request.scope.get("raw_path", b"").decode("ascii", "replace").partition("?")[0] or path
    return f"{raw}?{urlencode(kept)}" if kept else raw
