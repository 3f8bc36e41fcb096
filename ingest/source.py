"""What a source is: the folder `ingest/sources/<slug>/` and its `source.toml`."""

import datetime
import importlib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias, TypeVar, cast
from urllib.parse import urlsplit

from kg.errors import SourceError
from kg.personal import file_without_contacts
from kg.terms import Triple

FOLDER: Final = Path(__file__).parent / "sources"
T = TypeVar("T")
WAYS: Final = ("file", "repository", "pages", "sparql")
EVERY: Final = re.compile(r"(P(\d+)([DMY]))?")

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
"""A field as read: scalars are always strings (`"true"`, `"12"`, `""` for null)."""
Row: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Record:
    """What a source says at once; the unit of verdict, provenance and diff.

    `rows` are the rows of the extract that speak of this one thing, mostly one.
    `unmapped` collects (field, value) that a mapping did not know; the pipeline counts them.
    """

    source: str
    kind: str
    key: str
    rows: tuple[Row, ...]
    unmapped: list[tuple[str, str]] = field(default_factory=list, compare=False)


class Transform(Protocol):
    """A pure function from one record to what its source says."""

    def __call__(self, record: Record) -> Iterator[Triple]:
        """Yield the triples of this record."""


Extract: TypeAlias = Callable[[Mapping[str, bytes]], dict[str, bytes]]
"""From upstream files by name to extract files by name."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """How `lotse fetch` gets an upstream file."""

    how: str
    """`file`, `repository` (a packed folder), `pages` (of JSON) or `sparql`."""
    url: str
    paths: tuple[str, ...] = ()
    """Of a repository: patterns of the files that are read; the others are passed over."""
    without: tuple[str, ...] = ()
    """Of a repository: patterns of files that are passed over although `paths` names them."""
    page: str = "page"
    """Of pages: the parameter that says which one."""
    by: str = "page"
    """Of pages: it counts pages, from 1; `row`: it counts the rows before, from 0."""
    pages: int = 0
    """Of pages: how many are read, the newest being the first; 0: all."""
    size: tuple[str, int] = ("limit", 100)
    """Of pages: the parameter that says how many rows a page has, and how many."""
    items: str = ""
    """Of pages: the field that holds the rows; empty: the answer is the list."""
    query: str = ""
    """Of SPARQL: the `.rq` file in the source's folder."""


@dataclass(frozen=True, slots=True)
class Upstream:
    """One upstream file: its name, its address, and where it lies for `make extracts`."""

    name: str
    url: str
    shared: str
    fetch: Fetch | None = None
    """None: nobody can fetch it; it was made by hand or does not change any more."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """What holds for all upstream files of a source that can be fetched."""

    hosts: tuple[str, ...] = ()
    """The only hosts that are contacted, also by a redirect; `name` or `name:port`."""
    every: str = ""
    """How often upstream is worth a look: `P7D`, `P1M`, `P1Y`; empty: no rhythm."""
    max_mib: int = 64
    """The largest upstream file that is taken."""
    personal: bool = True
    """False: upstream holds nothing about persons, so the file itself may be archived."""


@dataclass(frozen=True, slots=True)
class ExtractFile:
    """One extract file and what it must look like."""

    file: str
    format: str
    columns: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class RecordRule:
    """How rows of an extract file become records of one kind.

    `key` names the columns whose values, joined by hyphens, are the record's key; rows of one
    key are one record. Empty: the source's `record_key(kind, row)` says it (None: no record).
    """

    kind: str
    file: str
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A source as its `source.toml` describes it, with its two functions."""

    slug: str
    title: str
    title_en: str
    publisher: str
    landing: str
    licence: str
    licence_title: str
    attribution: str
    language: str
    needs: tuple[str, ...]
    parking_limit: float
    as_of: datetime.date
    retrieved: datetime.date
    upstream: tuple[Upstream, ...]
    extracts: tuple[ExtractFile, ...]
    records: tuple[RecordRule, ...]
    expect: Mapping[str, int]
    """Exact counts for the shipped extract: `records`, `quads`, `records.<kind>` …"""
    at_least: Mapping[str, int]
    """Lowest counts that any other file must reach."""
    about: Mapping[str, str]
    """What its page says: `takes`, `leaves` and `dirt` in German, `…_en` in English."""
    folder: Path
    transform: Transform
    extract: Extract
    record_key: Callable[[str, Row], str | None] | None
    gather: Callable[[str, Mapping[str, bytes]], bytes] | None = None
    """From the files of a repository folder to the upstream file that `extract` reads."""
    shipped: bool = True
    """False: no extract comes with the programme; the source waits until it is fetched."""
    fetching: Fetching = Fetching()
    contributor: str = ""
    """Who hands it in, where it is a contributed source."""


def sources(folder: Path = FOLDER) -> list[Source]:
    """Return all sources so that each comes after those that it needs."""
    return in_order(
        {path.parent.name: load(path.parent) for path in sorted(folder.glob("*/source.toml"))}
    )


def in_order(found: Mapping[str, Source]) -> list[Source]:
    """Return these sources so that each comes after those that it needs."""
    ordered: dict[str, Source] = {}

    def add(slug: str, asked_by: tuple[str, ...]) -> None:
        if slug in ordered:
            return
        if slug not in found:
            message = f"{asked_by[-1]}/source.toml: `needs` names {slug!r}, which is no source."
            raise SourceError(message)
        if slug in asked_by:
            message = f"Sources need each other in a circle: {' → '.join([*asked_by, slug])}."
            raise SourceError(message)
        for need in found[slug].needs:
            add(need, (*asked_by, slug))
        ordered[slug] = found[slug]

    for slug in found:
        add(slug, ())
    return list(ordered.values())


def load(folder: Path) -> Source:
    """Return the source that lies in this folder; `SourceError` says what its toml lacks."""
    slug = folder.name
    path = folder / "source.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        package = f"ingest.sources.{slug}"
        transforms = importlib.import_module(f"{package}.transform")
        extracts = importlib.import_module(f"{package}.extract")
        expect = raw.get("expect", {})
        return Source(
            slug=slug,
            title=raw["title"],
            title_en=raw["title_en"],
            publisher=raw["publisher"],
            landing=raw["landing"],
            licence=raw["licence"],
            licence_title=raw["licence_title"],
            attribution=raw["attribution"],
            language=raw["language"],
            needs=tuple(raw["needs"]),
            parking_limit=float(raw["parking_limit"]),
            as_of=raw["as_of"],
            retrieved=raw["retrieved"],
            upstream=tuple(_upstream(slug, one) for one in raw["upstream"]),
            extracts=tuple(
                ExtractFile(one["file"], one["format"], tuple(one["columns"]), one["sha256"])
                for one in raw["extract"]
            ),
            records=tuple(
                RecordRule(one["kind"], one["file"], tuple(one.get("key", ())))
                for one in raw["records"]
            ),
            expect={name: n for name, n in expect.items() if isinstance(n, int)},
            at_least=expect.get("at_least", {}),
            about=raw.get("about", {}),
            folder=folder,
            transform=cast("Transform", transforms.transform),
            extract=_guarded(cast("Extract", extracts.extract)),
            record_key=getattr(transforms, "record_key", None),
            gather=getattr(extracts, "gather", None),
            shipped=raw.get("shipped", True),
            fetching=_fetching(slug, raw.get("fetch", {}), raw["upstream"]),
        )
    except KeyError as error:
        message = f"{slug}/source.toml: {error.args[0]!r} is missing; CONTRIBUTING.md shows all."
        raise SourceError(message) from error
    except (OSError, tomllib.TOMLDecodeError, ImportError, AttributeError) as error:
        message = f"{slug}: the source cannot be loaded: {error}"
        raise SourceError(message) from error


def _guarded(extract: Extract) -> Extract:
    """Return an extraction that lets no mail address and no telephone number through."""

    def extracted(upstream: Mapping[str, bytes]) -> dict[str, bytes]:
        return {name: file_without_contacts(content) for name, content in extract(upstream).items()}

    return extracted


def _upstream(slug: str, raw: Mapping[str, Any]) -> Upstream:
    fetch = _table(slug, Fetch, raw["fetch"]) if "fetch" in raw else None
    return Upstream(raw["name"], raw["url"], raw.get("shared", ""), fetch)


def _fetching(slug: str, raw: Mapping[str, Any], upstream: Sequence[Mapping[str, Any]]) -> Fetching:
    """Return how a source is fetched; each address must lie on a host that it declares."""
    found = _table(slug, Fetching, raw)
    wrong = [
        f"{one['fetch']['how']!r} is no way to fetch; there are {', '.join(WAYS)}"
        for one in upstream
        if "fetch" in one and one["fetch"]["how"] not in WAYS
    ] + [
        f"{address} lies on a host that `hosts` in [fetch] does not name; name each one that may "
        "be contacted"
        for one in upstream
        for address in [one.get("fetch", {}).get("url")]
        if address is not None and urlsplit(address).netloc not in found.hosts
    ]
    if EVERY.fullmatch(found.every) is None:
        wrong.append(f"every = {found.every!r}; write a period such as P7D, P1M or P1Y")
    if wrong:
        raise SourceError(f"{slug}/source.toml: {wrong[0]}.")
    return found


def _table(slug: str, what: type[T], raw: Mapping[str, Any]) -> T:
    """Return a table of the file as the dataclass that describes it."""
    try:
        return what(**{k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()})
    except TypeError as error:
        message = f"{slug}/source.toml, fetch: {error}; CONTRIBUTING.md shows all."
        raise SourceError(message) from error
