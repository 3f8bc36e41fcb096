"""Which links of a project's page are the project's own: those that bear its name.

A page links to people's accounts, to press and to tools. Only an address whose host, or whose
account at a host of code, is called like the project is kept, so that no person's account is.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

CODE_HOSTS: Final = ("github.com", "gitlab.com")
PAGE_HOSTS: Final = (".github.io", ".gitlab.io")

_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_OWN_NAME: Final = re.compile(r"\s[-–]\s|:\s|\s\(|\.\s")
_SHORTEST: Final = 4
_BARE: Final = 2
"""Labels of a host without a subdomain."""


def homepage(title: str, links: Iterable[str]) -> str | None:
    """Return the site that bears the project's name, without path; None if there is none."""
    for host, _ in _addresses(links):
        labels = host.split(".")
        own = host.endswith(PAGE_HOSTS) or len(labels) == _BARE
        if host not in CODE_HOSTS and own and _called(labels[0], title):
            return f"https://{host}/"
    return None


def repositories(title: str, links: Iterable[str]) -> list[str]:
    """Return the repositories in an account that bears the project's name, each once."""
    return list(
        dict.fromkeys(
            f"https://{host}/{path[0]}/{path[1]}"
            for host, path in _addresses(links)
            if host in CODE_HOSTS and len(path) > 1 and _called(path[0], title)
        )
    )


def _addresses(links: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    for one in links:
        parts = urlsplit(one.strip())
        host = parts.netloc.lower().removeprefix("www.")
        yield host, [segment for segment in parts.path.split("/") if segment]


def _called(word: str, title: str) -> bool:
    """Return whether a word of an address is the name of the project, or its beginning."""
    given, name = _key(word), _key(_OWN_NAME.split(title)[0])
    return len(min(given, name, key=len)) >= _SHORTEST and (name in given or name.startswith(given))


def _key(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", words.lower().translate(_LETTERS))
