"""Saved questions put to a SPARQL endpoint elsewhere; redirects are never followed."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

from SPARQLWrapper import JSON, POST, SPARQLWrapper

from kg.errors import LotseError

_LARGEST: Final = 64 << 20
_PASSES: Final = frozenset({408, 429, 500, 502, 503, 504})


class EndpointError(LotseError):
    """The endpoint does not answer the question."""


class BusyEndpointError(EndpointError):
    """It fails in a way that may pass; `retry_after` is what it says about when."""

    def __init__(self, message: str, retry_after: str = "") -> None:
        super().__init__(message)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a `SELECT`: the columns, and the text of each value ("" for none)."""

    columns: tuple[str, ...]
    rows: list[dict[str, str]]


class _Staying(urllib.request.HTTPRedirectHandler):
    """Lets no answer lead to another address."""

    def redirect_request(self, *_args: object, **_named: object) -> None:
        return None


class _Endpoint(SPARQLWrapper):  # type: ignore[misc,unused-ignore]
    """SPARQLWrapper that follows no redirect and asks this machine without a proxy."""

    def _query(self) -> tuple[Any, str]:
        request = self._createRequest()
        local = (request.host or "").rpartition(":")[0] in ("127.0.0.1", "localhost")
        proxies = [urllib.request.ProxyHandler({})] if local else []
        opener = urllib.request.build_opener(_Staying, *proxies)
        return opener.open(request, timeout=self.timeout), self.returnFormat


def select(endpoint: str, query: str, agent: str, seconds: int) -> Rows:
    """Return the rows that an endpoint has for a `SELECT`, all of them or an `EndpointError`."""
    wrapper = _Endpoint(endpoint, returnFormat=JSON, agent=agent)
    wrapper.setMethod(POST)
    wrapper.setOnlyConneg(True)
    wrapper.setTimeout(seconds)
    wrapper.setQuery(query)
    try:
        with closing(wrapper.query().response) as response:
            content: bytes = response.read(_LARGEST + 1)
    except urllib.error.HTTPError as error:
        with error:
            raise _refused(endpoint, error) from error
    except OSError as error:
        message = f"{endpoint}: no answer within {seconds} s or no connection ({error})."
        raise BusyEndpointError(message) from error
    if len(content) > _LARGEST:
        raise EndpointError(f"{endpoint}: an answer larger than {_LARGEST >> 20} MiB.")
    return _rows(endpoint, content)


def _refused(endpoint: str, error: urllib.error.HTTPError) -> EndpointError:
    if error.code in _PASSES:
        after = error.headers.get("Retry-After", "")
        return BusyEndpointError(f"{endpoint}: the endpoint answers {error.code}.", after)
    if error.headers.get("Location"):
        message = f"{endpoint} leads to {error.headers['Location']}; write that into source.toml."
        return EndpointError(message)
    said = " ".join(error.read(300).decode("utf-8", "replace").split())
    return EndpointError(f"{endpoint}: the endpoint answers {error.code}: {said}")


def _rows(endpoint: str, content: bytes) -> Rows:
    try:
        answer = json.loads(content)
        columns = tuple(answer["head"]["vars"])
        found: list[Mapping[str, Mapping[str, str]]] = answer["results"]["bindings"]
        rows = [
            {name: one[name]["value"] if name in one else "" for name in columns} for one in found
        ]
    except (ValueError, KeyError, TypeError) as error:
        message = f"{endpoint}: the answer is cut short or no SPARQL result in JSON ({error})."
        raise BusyEndpointError(message) from error
    return Rows(columns, rows)
