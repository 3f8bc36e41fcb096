"""The words of the pages, in German and English: `api/messages*.toml`."""

import tomllib
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_FILES: Final = tuple(sorted(Path(__file__).parent.glob("messages*.toml")))


@lru_cache(maxsize=1)
def catalogue() -> dict[str, dict[str, str]]:
    """Return all messages: key → language → text."""
    return {
        key: texts
        for path in _FILES
        for key, texts in _flat("", tomllib.loads(path.read_text(encoding="utf-8")))
    }


def _flat(prefix: str, found: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    for name, value in found.items():
        if "de" in value:
            yield prefix + name, value
        else:
            yield from _flat(f"{prefix}{name}.", value)


def translator(lang: str) -> Callable[..., str]:
    """Return the function that says a message in this language, with values filled in."""

    def said(key: str, **values: object) -> str:
        text = catalogue()[key][lang]
        return text.format(**values) if values else text

    return said


def said_or(key: str, lang: str, otherwise: str) -> str:
    """Return a message, or something else where there is none of this key."""
    found = catalogue().get(key)
    return found[lang] if found is not None else otherwise
