"""The full-text index of a release, opened: what is called so, how many, and how they divide.

Nothing a person types is ever parsed as a query: it is cut into words, and each word must be found
(its stem in German or English, the word itself, a beginning, and where the index knows none of
these, a word that differs by one letter).
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, cast

import structlog
import tantivy
from tantivy import FieldType, Occur, Order, Query

from kg.answers.catalogue import LISTS
from kg.indexing import ORDERS, fault, mark, prepared, rank_of, schema, write
from kg.spelling import LONGEST, analyzer, as_written, asked, folded, whole
from kg.store import Graph

RELEVANCE: Final = "relevance"
SORTS: Final = (RELEVANCE, *ORDERS)
SEARCHED: Final = tuple(name for name in LISTS if name != "concerns")
"""The lists that a search looks through; single concerns have no name of their own."""
FACETS: Final[Mapping[str, str]] = {
    "sort": "sort", "kind": "kind", "theme": "theme", "place": "land", "level": "level",
    "status": "status", "source": "source", "year": "year",
}  # fmt: skip
"""Dimension → the field that is counted; places are counted by Land."""
_VALUES: Final = 100_000
_FUZZY_FROM: Final = 4
_BEGINS_FROM: Final = 3
_TIERS: Final = {"4": 4.0, "3": 2.0, "2": 1.0, "1": 1.0}
_log = structlog.get_logger("lotse.search")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for: words, in which lists, narrowed by values of dimensions."""

    q: str = ""
    lists: tuple[str, ...] = SEARCHED
    filters: tuple[tuple[str, str], ...] = ()
    """Pairs of dimension (or `sort`, the kind of an IRI) and value; all must hold."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    iri: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of what was found."""

    total: int
    hits: tuple[Hit, ...]
    next: int | None
    """Where the next page begins: a rank in the order asked for, by relevance a number of hits."""


@dataclass(slots=True, eq=False)
class Index:
    """An index, opened; it never changes."""

    held: tantivy.Index
    _form: tantivy.Schema = field(default_factory=schema)
    _german: tantivy.TextAnalyzer = field(default_factory=lambda: analyzer("german"))
    _english: tantivy.TextAnalyzer = field(default_factory=lambda: analyzer("english"))
    _counted: dict[Wish, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)

    def find(self, wish: Wish, order: str, limit: int, after: int = 0) -> Hits:
        """Return a page of what is looked for, in this order; `after` is `next` of the page before.

        Exact totals always; each page of a list costs the same, however far down it lies.
        """
        searcher, query = self.held.searcher(), self._query(wish)
        if order == RELEVANCE:
            found = searcher.search(query, limit, offset=after)
            total = _count(found)
            end = after + len(found.hits)
            return Hits(total, self._hits(found), end if end < total else None)
        name = rank_of(order)
        onward = query
        if after:
            range_ = Query.range_query(self._form, name, FieldType.Unsigned, lower_bound=after)
            onward = Query.boolean_query([(Occur.Must, query), (Occur.Must, range_)])
        found = searcher.search(
            onward, limit + 1, count=not after, order_by_field=name, order=Order.Asc
        )  # fmt: skip
        total = _count(searcher.search(query, 1) if after else found)
        more = found.hits[limit:]
        return Hits(total, self._hits(found)[:limit], int(more[0][0]) if more else None)

    def all(self, wish: Wish) -> frozenset[str]:
        """Return the IRIs of everything that is looked for."""
        searcher, query = self.held.searcher(), self._query(wish)
        total = _count(searcher.search(query, 1))
        found = searcher.search(query, total) if total else None
        return frozenset(hit.iri for hit in self._hits(found)) if found is not None else frozenset()

    def counts(self, wish: Wish) -> Mapping[str, Mapping[str, int]]:
        """Return for each dimension how many of the things looked for have which value."""
        known = self._counted.get(wish)
        if known is not None:
            return known
        asked_for = {name: {"terms": {"field": of, "size": _VALUES}} for name, of in FACETS.items()}
        said = self.held.searcher().aggregate(self._query(wish), asked_for)
        found = {
            name: {str(one["key"]): int(one["doc_count"]) for one in said[name]["buckets"]}
            for name in FACETS
        }
        if not wish.q and len(wish.filters) <= 1 and len(self._counted) < _KEPT:
            self._counted[wish] = found
        return found

    def forget(self) -> None:
        """Count anew from now on what was counted and kept."""
        self._counted.clear()

    def suggest(self, text: str, sorts: Iterable[str], limit: int) -> tuple[Hit, ...]:
        """Return things whose names begin with these words, best first."""
        filters: list[tuple[Occur, Query]] = [self._any("list", SEARCHED)]
        if kinds := list(sorts):
            filters.append(self._any("sort", kinds))
        spelt = whole(text)
        if not spelt:
            return ()
        every = [self._beginning(word) for word in asked(text)]
        found = self.held.searcher().search(
            Query.boolean_query([
                *filters,
                *((Occur.Must, one) for one in every),
                (Occur.Should, self._scored("start", spelt, 10)),
                (Occur.Should, self._scored("start", as_written(text), 5)),
                (Occur.Should, self._scored("whole", spelt, 20)),
                *self._weights(),
            ]),
            limit, count=False,
        )  # fmt: skip
        return self._hits(found)

    def _query(self, wish: Wish) -> Query:
        parts: list[tuple[Occur, Query]] = [self._any("list", wish.lists)]
        for dimension, value in wish.filters:
            parts.append((Occur.Must, self._scored(dimension, value, 0)))
        if wish.q.strip():
            parts += [(Occur.Must, self._word(word)) for word in asked(wish.q)] or [_NOTHING]
            if spelt := whole(wish.q):
                parts.append((Occur.Should, self._scored("whole", spelt, 30)))
                parts.append((Occur.Should, self._scored("start", spelt, 4)))
            parts += self._weights()
        return Query.boolean_query(parts)

    def _word(self, word: str) -> Query:
        if len(word) > LONGEST:
            return Query.empty_query()
        plain = folded(word)
        german, english = self._german.analyze(word), self._english.analyze(word)
        ways = [("de", one, 3.0) for one in german] + [("en", one, 2.0) for one in english]
        ways += [("said", one, 0.5) for one in german] + [("word", plain, 4.0)]
        if len(plain) >= _BEGINS_FROM:
            ways.append(("begins", plain, 1.0))
        return self._first_of(ways, plain)

    def _beginning(self, word: str) -> Query:
        if len(word) > LONGEST:
            return Query.empty_query()
        plain = folded(word)
        ways = [("begins", plain, 1.0), ("word", plain, 1.0)]
        return Query.const_score_query(self._first_of(ways, plain), 1)

    def _first_of(self, ways: Iterable[tuple[str, str, float]], plain: str) -> Query:
        """Return a word in the ways that the index knows; if it knows none, one letter off."""
        searcher = self.held.searcher()
        known = [
            Query.boost_query(Query.term_query(self._form, name, value), weight)
            for name, value, weight in ways if searcher.doc_freq(name, value)
        ]  # fmt: skip
        if known:
            return Query.disjunction_max_query(known, 0.1)
        if len(plain) < _FUZZY_FROM or any(one.isdigit() for one in plain):
            return Query.empty_query()
        return Query.fuzzy_term_query(self._form, "word", plain, distance=1)

    def _weights(self) -> Iterator[tuple[Occur, Query]]:
        for tier, score in _TIERS.items():
            yield Occur.Should, self._scored("tier", tier, score)

    def _scored(self, name: str, value: str, score: float) -> Query:
        return Query.const_score_query(Query.term_query(self._form, name, value), score)

    def _any(self, name: str, values: Iterable[str]) -> tuple[Occur, Query]:
        every = Query.term_set_query(self._form, name, list(values))
        return Occur.Must, Query.const_score_query(every, 0)

    def _hits(self, found: tantivy.SearchResult) -> tuple[Hit, ...]:
        searcher = self.held.searcher()
        documents = (searcher.doc(address) for _, address in found.hits)
        return tuple(Hit(str(one["iri"][0]), tuple(map(str, one.get_all("source"))))
                     for one in documents)  # fmt: skip


def _count(found: tantivy.SearchResult) -> int:
    """Return the exact number of things found, which the engine's type stubs do not know of."""
    return int(cast("Any", found).count)


_KEPT: Final = 1000
_NOTHING: Final = (Occur.Must, Query.empty_query())


@lru_cache(maxsize=4)
def index_of(graph: Graph, folder: Path | None = None) -> Index:
    """Return the index of an opened release, from its folder, else made in memory; once for each.

    One that is missing, older than the store or cut short is written anew, and the log says so.
    """
    if folder is None:
        return Index(write(graph))
    wrong = fault(folder, len(graph))
    if wrong is None:
        found = _open(folder)
        if found is not None:
            return Index(found)
        wrong = "unreadable"
    _log.warning("index is written anew", because=wrong, release=folder.parent.name)
    return Index(_anew(graph, folder))


def _open(folder: Path) -> tantivy.Index | None:
    try:
        found = prepared(tantivy.Index.open(str(folder)))
        found.searcher().search(Query.all_query(), 1)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 (a panic of the engine is no Exception)
        return None
    return found


def _anew(graph: Graph, folder: Path) -> tantivy.Index:
    """Return an index written beside the old one and put into its place; in memory if it cannot."""
    try:
        beside = Path(tempfile.mkdtemp(prefix=".index-", dir=folder.parent))
    except OSError as error:
        _log.warning("index is held in memory", because=str(error))
        return write(graph)
    try:
        write(graph, beside)
        mark(beside, len(graph))
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)
        return prepared(tantivy.Index.open(str(folder)))
    except OSError as error:
        _log.warning("index is held in memory", because=str(error))
        return write(graph)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
