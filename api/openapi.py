"""The description of the interface, mended where what is made by itself says too much or little."""

from collections.abc import Iterator
from typing import Any, Final

from fastapi import FastAPI

_PROBLEM: Final = "application/problem+json"
_JSON: Final = "application/json"
_WORDS: Final = {
    _JSON: "json", "text/csv": "csv", "text/turtle": "ttl", "application/trig": "trig",
    "text/html": "html", "application/geo+json": "geojson", "application/ld+json": "jsonld",
    "application/n-triples": "nt", "application/n-quads": "nq", "application/rdf+xml": "rdf",
}  # fmt: skip
"""The word that `format=` takes for a media type."""


class Described(FastAPI):
    """An application whose description holds what its operations answer, and no more."""

    def openapi(self) -> dict[str, Any]:
        """Return the description; made once."""
        if self.openapi_schema is None:
            for operation in _operations(super().openapi()):
                _mend(operation)
        return super().openapi()


def _operations(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in said["paths"].values():
        yield from methods.values()


def _mend(operation: dict[str, Any]) -> None:
    """Give problems their own media type, redirections no content, `format` its words."""
    for status, response in operation["responses"].items():
        content = response.get("content", {})
        if status.startswith("3"):
            response.pop("content", None)
        elif status == "default" and _PROBLEM in content:
            problem = content.pop(_JSON, {})
            response["content"] = {_PROBLEM: problem, "text/html": {}}
    answered = operation["responses"].get("200", {}).get("content", {})
    words = ["", *(_WORDS[one] for one in answered if one in _WORDS)]
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == "format" and "anyOf" in parameter["schema"] and len(words) > 1:
            parameter["schema"] = {"type": "string", "enum": words}
