"""What the service holds while it runs, and what a request begins with."""

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

from fastapi import Depends, Query, Request

from api.caching import Tags, holds
from api.negotiation import choose, language
from kg import release as releases
from kg.answers.catalogue import LISTS
from kg.copies import Copier
from kg.errors import NoReleaseError
from kg.files import ontology, shapes
from kg.reconciliation.matching import matcher_of
from kg.release import Release
from kg.sandbox import Sandbox
from kg.search import SEARCHED, Wish, index_of
from kg.settings import Settings

LANGUAGES: Final = ("de", "en")
Language: TypeAlias = Literal["de", "en"]
VARY: Final = "Accept, Accept-Language, Accept-Encoding, Origin"


class NotAcceptableError(Exception):
    """None of the representations that there are was asked for."""

    def __init__(self, offers: Mapping[str, str]) -> None:
        """Remember what there is: media types by the word that `format=` takes."""
        super().__init__(f"There is {', '.join(f'{v} (format={k})' for k, v in offers.items())}.")
        self.offers = offers


class NotModifiedError(Exception):
    """The client holds this representation already."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        """Remember the headers that go with a 304."""
        super().__init__("not modified")
        self.headers = headers


@dataclass(slots=True)
class Service:
    """Settings and readers; the readers of the release in use, started when first needed."""

    settings: Settings
    copier: Copier = field(default_factory=Copier)
    tags: Tags = field(default_factory=Tags)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _sandbox: Sandbox | None = None
    _of: str = ""
    validating: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(2)
    )
    """The turns of those whose data are validated; each takes a process."""

    def release(self) -> Release:
        """Return the release that is served now."""
        return releases.current(self.settings.data)

    def editions(self) -> tuple[str | None, str]:
        """Return what the tags of answers begin with now: the release, and what needs none."""
        return releases.current_id(self.settings.data), wording()

    def sandbox(self, release: Release) -> Sandbox:
        """Return the readers of a release; those of another one finish and go."""
        with self._lock:
            if self._sandbox is None or self._of != release.id:
                old = self._sandbox
                self._sandbox = Sandbox(release.store, self.settings)
                self._of = release.id
                if old is not None:
                    old.close()
            return self._sandbox

    def warm(self) -> None:
        """Read what every answer needs, so that nobody waits for it; without a release nothing."""
        try:
            release = self.release()
        except NoReleaseError:
            return
        self.sandbox(release)
        wording()
        index = index_of(release.graph, release.index)
        for lists in (SEARCHED, *((name,) for name in LISTS)):
            index.counts(Wish(lists=lists))
        matcher_of(release.graph, release.index).warm()

    def close(self) -> None:
        """End the readers, and the process that makes copies."""
        self.copier.close()
        with self._lock:
            if self._sandbox is not None:
                self._sandbox.close()
                self._sandbox = None


# What a request begins with is quick and never waits: `async`, since FastAPI would send each plain
# function to another thread and back, which takes longer than all of them together.


async def service_of(request: Request) -> Service:
    """Return the service that a request came to."""
    return _service(request)


def _service(request: Request) -> Service:
    found: Service = request.app.state.service
    return found


ServiceDep = Annotated[Service, Depends(service_of)]


async def release_of(service: ServiceDep) -> Release:
    """Return the release in use; a request keeps the one it began with."""
    return service.release()


ReleaseDep = Annotated[Release, Depends(release_of)]


async def language_of(
    request: Request,
    lang: Annotated[Language | None, Query(description="Sprache / language")] = None,
) -> str:
    """Return the language of the answer: `lang=`, else `Accept-Language`, else German."""
    return lang or language(header(request, "accept-language"), LANGUAGES)


LanguageDep = Annotated[str, Depends(language_of)]


@dataclass(slots=True)
class Reading:
    """A request for what needs no release, and what was agreed about its answer."""

    request: Request
    service: Service
    lang: str
    edition: str
    """What changes whenever an answer may: part of every ETag."""
    tag: str = field(default="", kw_only=True)

    def media_type(self, offers: Mapping[str, str], wish: str | None = None) -> str:
        """Return the media type to answer in; `NotModifiedError` where the client has it.

        `offers`: media types by the word that `format=` takes, ours in order of preference.
        """
        chosen = media_type(self.request, offers, wish)
        said = "|".join((self.edition, _address(self.request), chosen, self.lang))
        digest = hashlib.sha256(said.encode()).hexdigest()[:20]
        self.tag = f'"{self.edition[:12]}-{digest}"'
        if self.request.method == "GET":
            self.service.tags.learn(self.request.scope, self.edition, self.tag, self.headers())
            if holds(header(self.request, "if-none-match"), self.tag):
                raise NotModifiedError(self.headers())
        return chosen

    def headers(self) -> dict[str, str]:
        """Return the headers of the answer."""
        said = {
            "Vary": VARY,
            "Content-Language": self.lang,
            "Cache-Control": "public, no-cache",
        }
        return said | {"ETag": self.tag} if self.tag else said


def _address(request: Request) -> str:
    """Return what was asked for, and at which of our names: links in answers begin with it."""
    scope = request.scope
    host, query = request.headers.get("host", ""), scope["query_string"].decode("latin-1")
    return f"{scope['scheme']}://{host}{scope['root_path']}{scope['path']}?{query}"


@dataclass(slots=True)
class Exchange(Reading):
    """A request to a release, and what was agreed about its answer."""

    release: Release

    def headers(self) -> dict[str, str]:
        """Return the headers of the answer."""
        return Reading.headers(self) | {"X-Release": self.release.id}


async def format_of(
    written: Annotated[
        str | None,
        Query(alias="format", description="Format / format, stronger than `Accept`: json, csv …"),
    ] = None,
) -> None:
    """Name `format` as a parameter; `media_type` reads it, knowing what there is."""
    del written


async def exchange_of(
    request: Request, lang: LanguageDep, _format: Annotated[None, Depends(format_of)]
) -> Exchange:
    """Return the exchange that a request begins."""
    service = _service(request)
    release = service.release()
    return Exchange(request, service, lang, release.id, release)


ExchangeDep = Annotated[Exchange, Depends(exchange_of)]


async def latest_of(service: ServiceDep) -> Release | None:
    """Return the release in use, None where there is none yet."""
    try:
        return service.release()
    except NoReleaseError:
        return None


LatestDep = Annotated[Release | None, Depends(latest_of)]


@lru_cache(maxsize=1)
def wording() -> str:
    """Return a hash of all that is shown without a release: vocabulary, shapes, pages, words."""
    own = Path(__file__).parent
    folders = (ontology(), shapes(), own / "templates", own)
    digest = hashlib.sha256()
    for folder in folders:
        found = folder.glob("*.toml") if folder == own else folder.rglob("*")
        for path in sorted(one for one in found if one.is_file()):
            digest.update(path.read_bytes())
    return digest.hexdigest()


async def reading_of(
    request: Request, lang: LanguageDep, _format: Annotated[None, Depends(format_of)]
) -> Reading:
    """Return what a request for documentation begins; there need be no release."""
    return Reading(request, _service(request), lang, wording())


ReadingDep = Annotated[Reading, Depends(reading_of)]


def header(request: Request, name: str) -> str | None:
    """Return all lines of a header as one, None where there is none."""
    lines = request.headers.getlist(name)
    return ", ".join(lines) if lines else None


def media_type(request: Request, offers: Mapping[str, str], wish: str | None = None) -> str:
    """Return the media type that `format=` or else `Accept` asks for."""
    wish = wish or request.query_params.get("format") or None
    if wish is not None:
        found = offers.get(wish) or next((one for one in offers.values() if one == wish), None)
    else:
        found = choose(header(request, "accept"), list(offers.values()))
    if found is None:
        raise NotAcceptableError(offers)
    return found
