"""Asking other people's servers politely: one at a time, with a pause, and only those allowed.

No host is contacted that the source's description does not name, not even by a redirect. What
fails for a moment is asked again, later each time, and not before `Retry-After` says so.
"""

import datetime
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Final, TypeVar
from urllib.parse import urljoin, urlsplit

import httpx2
import stamina

from kg.errors import LotseError
from kg.namespaces import HOME

AGENT: Final = f"Innovationslotse/0.1 (+{HOME})"
ATTEMPTS: Final = 5
LONGEST_WAIT: Final = 120.0
"""Seconds that are waited at most; a server that asks for more is left alone."""
_REDIRECTS: Final = 5
_LOCAL: Final = ("127.0.0.1", "localhost", "[::1]")
_BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
T = TypeVar("T")


class FetchError(LotseError):
    """An upstream file cannot be had; what was fetched before stays in use."""


class AgainError(FetchError):
    """It failed in a way that may pass; `after` seconds are to be waited (None: as usual)."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class Visitor:
    """Asks the hosts of one source, and no others."""

    def __init__(self, hosts: Collection[str], pause: float = 1.0, patience: float = 1.0) -> None:
        """Allow these hosts; `pause` seconds between requests, `patience` before the second try."""
        self._hosts = frozenset(hosts)
        self._pause = pause
        self._patience = patience
        self._last = 0.0
        stamina.instrumentation.set_on_retry_hooks([])  # it would log to where results are printed
        local = all(host.rpartition(":")[0] in _LOCAL for host in hosts)
        self._client = httpx2.Client(
            headers={"User-Agent": AGENT, "Accept-Encoding": "identity"},
            timeout=httpx2.Timeout(60.0, connect=20.0),
            trust_env=not local,
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    @contextmanager
    def asking(self, url: str, headers: Mapping[str, str]) -> Iterator[httpx2.Response]:
        """Give the answer to a request, its body not yet read; errors are said for people."""
        began = url
        for _ in range(_REDIRECTS):
            self.check(url, began)
            self.wait()
            try:
                with self._client.stream("GET", url, headers=dict(headers)) as answer:
                    target = answer.headers.get("Location")
                    if not answer.is_redirect or target is None:
                        _check(url, answer)
                        yield answer
                        return
            except httpx2.TransportError as error:
                message = f"{url}: the connection failed ({error or type(error).__name__})."
                raise AgainError(message) from error
            url = urljoin(url, target)
        message = f"{began} leads on and on, more than {_REDIRECTS} times; correct its address."
        raise FetchError(message)

    def check(self, url: str, began: str = "") -> None:
        """Raise `FetchError` for an address that must not be asked."""
        host = urlsplit(url).netloc
        if host not in self._hosts:
            where = f"{began} leads to another host, {host}" if began != url else f"{url}: {host}"
            message = (
                f"{where}, which source.toml does not allow. If it belongs to the publisher, add "
                "it to `hosts` in [fetch]; nothing was asked of it."
            )
            raise FetchError(message)
        if urlsplit(url).scheme != "https" and host.rpartition(":")[0] not in _LOCAL:
            message = f"{url} is no https address; nobody could tell whether the file is genuine."
            raise FetchError(message)

    def wait(self) -> None:
        """Wait until the pause since the last request is over."""
        time.sleep(max(0.0, self._last + self._pause - time.monotonic()))
        self._last = time.monotonic()

    def patiently(self, attempt: Callable[[], T]) -> T:
        """Return what an attempt comes to, made again while it fails in a way that may pass."""
        tries = stamina.retry_context(
            on=self._after,
            attempts=ATTEMPTS,
            timeout=None,
            wait_initial=self._patience,
            wait_max=60.0,
            wait_jitter=self._patience,
        )
        for one in tries:
            with one:
                return attempt()
        raise AssertionError  # the last attempt returns or raises

    def _after(self, error: Exception) -> bool | float:
        if not isinstance(error, AgainError):
            return False
        if error.after is None:
            return True
        return error.after if error.after <= LONGEST_WAIT else False


def _check(url: str, answer: httpx2.Response) -> None:
    """Raise for an answer that is not the file."""
    code = answer.status_code
    if code in _BUSY:
        after = seconds(answer.headers.get("Retry-After", ""))
        late = after is not None and after > LONGEST_WAIT
        come = f" and asks to come back in {after:.0f} s" if late else ""
        message = f"{url}: the server answers {code}{come}. Run the command again later."
        raise AgainError(message, after)
    if code in (404, 410):
        message = f"{url} is gone ({code}). Look for its new address and correct source.toml."
        raise FetchError(message)
    if code >= 400:  # noqa: PLR2004 (where errors begin)
        raise FetchError(f"{url}: the server answers {code}; it does not want to give the file.")
    if answer.headers.get("Content-Encoding", "identity") not in ("", "identity"):
        message = f"{url} comes packed as {answer.headers['Content-Encoding']!r} although unasked."
        raise FetchError(message)


def seconds(stated: str) -> float | None:
    """Return what a `Retry-After` asks for: seconds, or a date; None where it says nothing."""
    if stated.strip().isdigit():
        return float(stated)
    try:
        date = parsedate_to_datetime(stated)
    except ValueError:
        return None
    return max(0.0, (date - datetime.datetime.now(datetime.UTC)).total_seconds())
