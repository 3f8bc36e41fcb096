"""Lists of labs, actors, solutions … and the search through all of them.

Both are read from the index: narrowed by words and filters, in a fixed order, page by page.
"""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from kg.answers.answer import LIMIT, Evidence, Page, Total
from kg.answers.catalogue import DIMENSIONS, LISTS
from kg.answers.facts import evidence_of, notation
from kg.answers.rows import Listed, listed
from kg.answers.words import KINDS
from kg.errors import BadQueryError, NotFoundError, Suggestion
from kg.names import kind_of, names_of
from kg.namespaces import ID
from kg.search import FACETS, RELEVANCE, SEARCHED, SORTS, Hit, Index, Wish, index_of
from kg.spoken import described
from kg.store import Graph
from kg.things import Thing, find, thing

SEARCH: Final = "search"
"""The name of the list that holds everything."""
SUGGESTED: Final = 10


@dataclass(frozen=True, slots=True)
class Facet:
    """How many things of a list have one value."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list."""

    name: str
    parameters: Mapping[str, Thing | str]
    total: Total
    rows: tuple[Listed, ...]
    facets: Mapping[str, tuple[Facet, ...]]
    next: str | None


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing of a list, and who speaks of it."""

    row: Listed
    evidence: tuple[Evidence, ...]


def listing(  # noqa: PLR0913 (a list, its filters and its page)
    graph: Graph,
    name: str,
    filters: Mapping[str, str | None],
    *,
    q: str | None = None,
    sort: str | None = None,
    index: Path | None = None,
    limit: int = LIMIT,
    cursor: str | None = None,
    lang: str = "de",
) -> Listing:
    """Return a page of a list, narrowed by `q` and by `kind`, `theme`, `place`, `level` ….

    `name` is a list or `search`, which is everything that has a name. Sorted by label, with `q` by
    relevance, or as `sort` says. A value that names nothing raises `NotFoundError` with
    suggestions. `index`: the folder of the release's index; without it one is made in memory.
    """
    limit = Page.of(limit).limit
    opened = index_of(graph, index)
    lists = SEARCHED if name == SEARCH else (name,)
    meaning = _Meaning(graph, opened.counts(Wish(lists=lists)), lang, over_all=name == SEARCH)
    asked: dict[str, Thing | str] = {"q": q} if q else {}
    chosen: list[tuple[str, str]] = []
    for dimension in DIMENSIONS:
        value = filters.get(dimension)
        if value is not None:
            field, key, asked[dimension] = meaning.of(dimension, value)
            chosen.append((field, key))
    if ("sort", "concern") in chosen:
        lists = ("concerns",)
    wish = Wish(q or "", lists, tuple(chosen))
    order = _order(sort, q)
    found = opened.find(wish, order, limit, _place(order, cursor))
    return Listing(
        name=name,
        parameters=asked,
        total=Total(found.total),
        rows=listed(graph, found.hits, lang, None if name == SEARCH else name),
        facets=meaning.facets(opened.counts(wish)),
        next=_cursor(order, found.next),
    )


def detail(
    graph: Graph, name: str, key: str, lang: str = "de", index: Path | None = None
) -> Detail:
    """Return the thing of a list that a key, a label or an IRI names."""
    asked = find(graph, key, LISTS[name].kinds, lang)
    found = _one_of(index_of(graph, index), name, asked.iri)
    if not found:
        raise NotFoundError(key, LISTS[name].kinds[0])
    evidence = evidence_of(graph, [asked.iri], lang).get(asked.iri, ())
    return Detail(listed(graph, found, lang, name)[0], evidence)


def total(graph: Graph, name: str, index: Path | None = None) -> int:
    """Return how many things are in a list."""
    return index_of(graph, index).find(Wish(lists=(name,)), "label", 1).total


def suggest(  # noqa: PLR0913 (a beginning, and how to answer)
    graph: Graph,
    q: str,
    kind: str | None = None,
    *,
    index: Path | None = None,
    limit: int = SUGGESTED,
    lang: str = "de",
) -> tuple[Thing, ...]:
    """Return things whose names begin with these words, of one kind or of any, the best first."""
    sorts = [_sort_of(kind)] if kind is not None else []
    if None in sorts:
        raise NotFoundError(kind or "", "kind", _kinds(lang))
    found = index_of(graph, index).suggest(q, [one for one in sorts if one], limit)
    return tuple(thing(graph, hit.iri, lang) for hit in found)


def hint(graph: Graph, one: Thing, lang: str = "de") -> str:
    """Return what tells a thing from others of its name: type, Kreis and Land, or its kind."""
    names = names_of(graph)
    told = described(names, one.iri, lang).removeprefix(names.label(one.iri, lang)).strip()
    return told[1:-1] if told else KINDS.get(one.kind, {}).get(lang, one.kind)


def _one_of(index: Index, name: str, iri: str) -> Sequence[Hit]:
    return index.find(Wish(lists=(name,), filters=(("iri", iri),)), "label", 1).hits


def _order(sort: str | None, q: str | None) -> str:
    if sort is None:
        return RELEVANCE if q else "label"
    if sort not in SORTS:
        raise BadQueryError(f"sort is {sort!r}; there is {', '.join(SORTS)}")
    return sort


def _cursor(order: str, at: int | None) -> str | None:
    if at is None:
        return None
    return base64.urlsafe_b64encode(f"{order}:{at}".encode("ascii")).decode("ascii")


def _place(order: str, cursor: str | None) -> int:
    """Return where a page begins, by the `next` of the page before."""
    if not cursor:
        return 0
    try:
        written = base64.b64decode(cursor.encode("ascii"), altchars=b"-_", validate=True)
        of, _, at = written.decode("ascii").partition(":")
        if of == order and at.isdecimal() and len(at) <= _DIGITS:
            return int(at)
    except (ValueError, binascii.Error, UnicodeError):
        pass
    message = "cursor is not of this list; take `next` of the page before, or leave it out"
    raise BadQueryError(message)


_DIGITS: Final = 9
_KEPT: Final = 20_000
_NAMED_BY: Final = {"level": "level", "status": "status", "source": "source"}
"""Dimensions whose filter takes every value that there is, not only those in the list."""


@lru_cache(maxsize=16)
def _of_kind(graph: Graph, kind: str) -> tuple[str, ...]:
    """Return everything of a kind that has a name; releases never change, so it is read once."""
    return tuple(sorted(iri for iri in names_of(graph).labels if kind_of(iri) == kind))


def _sort_of(kind: str) -> str | None:
    """Return the kind of IRI that a word names: `lab` of `labs`, `Lab`, `Labore`."""
    folded = kind.strip().casefold()
    for sort, words in KINDS.items():
        if folded in {sort, *(one.casefold() for one in words.values())}:
            return sort
    rule = LISTS.get(folded)
    return rule.kinds[0] if rule is not None else {"place": "jurisdiction"}.get(folded)


def _kinds(lang: str) -> list[Suggestion]:
    return [Suggestion(sort, "kind", words[lang]) for sort, words in KINDS.items()]


@lru_cache(maxsize=4)
def _words(graph: Graph) -> Callable[[str, str, str], tuple[str, str]]:
    """Return what writes the values of dimensions, as a filter takes them and as people read them.

    A filter takes a notation, a source's slug, a year.
    """
    names = names_of(graph)

    @lru_cache(maxsize=_KEPT)
    def written(dimension: str, value: str, lang: str) -> tuple[str, str]:
        if dimension == "sort":
            return value, KINDS[value][lang] if value in KINDS else value
        label = names.label(value, lang) if ":" in value else value
        if dimension == "year":
            return value, label
        own = names.key_of(value) if value.startswith(ID) else notation(graph, value)
        return own or value, label

    return written


class _Meaning:
    """What the values of filters mean in a list, and how its facets are written."""

    def __init__(
        self, graph: Graph, held: Mapping[str, Mapping[str, int]], lang: str, *, over_all: bool
    ) -> None:
        self._graph = graph
        self._held = held
        self._lang = lang
        self._over_all = over_all

    def of(self, dimension: str, value: str) -> tuple[str, str, Thing | str]:
        """Return the field of the index, the value in it, and what was meant."""
        if dimension == "kind" and self._over_all and (named := _sort_of(value)) is not None:
            return "sort", named, Thing(named, "kind", KINDS[named][self._lang], named)
        if dimension == "kind" and (sort := value.casefold()) in self._held["sort"]:
            return "sort", sort, sort
        meant = self._meant(dimension, value)
        return dimension, meant.iri if isinstance(meant, Thing) else meant, meant

    def _meant(self, dimension: str, value: str) -> Thing | str:
        graph, lang = self._graph, self._lang
        if dimension in {"place", "theme"}:
            return find(graph, value, dimension, lang)
        if dimension == "year":
            if not (value.isdecimal() and len(value) == len("2025")):
                raise NotFoundError(value, "year", self._suggestions(sorted(self._held["year"])))
            return value
        values = self._all_values(dimension)
        folded = value.strip().casefold()
        for iri in values:
            labels = names_of(graph).labels.get(iri, {}).values()
            words = {iri, _words(graph)(dimension, iri, lang)[0], *labels}
            if folded in {word.casefold() for word in words}:
                return thing(graph, iri, lang)
        raise NotFoundError(value, dimension, self._suggestions([*values]))

    def _all_values(self, dimension: str) -> Mapping[str, None]:
        """Return what a filter may say: every level there is, or the values that the list has.

        What the vocabulary names comes before what one source calls the same.
        """
        known = sorted(self._held[dimension], key=lambda iri: (iri.startswith(ID), iri))
        values: dict[str, None] = dict.fromkeys(known)
        if dimension in _NAMED_BY:
            values |= dict.fromkeys(_of_kind(self._graph, _NAMED_BY[dimension]))
        return values

    def facets(self, counts: Mapping[str, Mapping[str, int]]) -> dict[str, tuple[Facet, ...]]:
        """Return how many things have which value, by dimension, the commonest first."""
        found = {}
        for dimension in FACETS:
            shown = "sort" if dimension == "kind" and self._over_all else dimension
            if dimension == "sort":
                continue
            words = _words(self._graph)
            facets = [
                Facet(*words(shown, value, self._lang), count)
                for value, count in counts[shown].items()
            ]
            found[dimension] = tuple(sorted(facets, key=lambda one: (-one.count, one.value)))
        return found

    def _suggestions(self, values: Sequence[str]) -> list[Suggestion]:
        words = _words(self._graph)
        return [
            Suggestion(one, kind_of(one) if ":" in one else "year", words("", one, self._lang)[1])
            for one in values
        ]
