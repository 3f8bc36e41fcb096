"""Writes the full-text index of a release: one document for each thing that a list holds.

The index is a projection of the graph. It lies in `index/` of the release, outside the id; a mark
beside it says what it was made from, so that one that is cut short or belongs to another store is
known as such.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from tantivy import Document, Index, Schema, SchemaBuilder

from kg.answers.catalogue import DIMENSIONS, LISTS, catalogue
from kg.names import Names, kind_of, names_of, pairs
from kg.spelling import (
    analyzer,
    as_written,
    cleaned,
    of_beginnings,
    whole,
    words,
)
from kg.store import AtRest, Graph
from kg.terms import DCTERMS, LOTSE, RDF, SKOS, NamedNode

FORM: Final = 2
"""Counted up with each change of what is written: an index of another form is written anew."""
MARK: Final = "lotse.json"
INVOLVEMENTS: Final = "involvements"
"""Not a list of its own: what `q` in who-does-what looks at."""
ORDERS: Final = ("label", "-label", "year", "-year")
"""The orders of lists; for each the index keeps the rank of every thing."""
_ANALYZERS: Final = {"german": "german", "english": "english"}
_REMEMBERED: Final = 100_000
"""Things whose texts are remembered, for another index of much the same."""
_HEAP: Final = 64_000_000
_NAMED: Final = (SKOS.altLabel, LOTSE.officialName, LOTSE.abbreviation, LOTSE.shortCode)
_KEYS: Final = (LOTSE.ars, LOTSE.ags, LOTSE.nuts, LOTSE.verbandKey, SKOS.notation)
_SAID: Final = (
    LOTSE.topic, LOTSE.themeAsPublished, LOTSE.placeAsPublished, LOTSE.actorAsPublished,
    SKOS.hiddenLabel,
)  # fmt: skip
_LEADS: Final = (LOTSE.actor, LOTSE.activity)
_TIERS: Final = {"bund": "4", "land": "4", "kreis": "2", "gemeinde": "1"}
_CITY: Final = "3"
_BY_KIND: Final = {"theme": "4", "category": "0"}


def rank_of(order: str) -> str:
    """Return the name of the field with the ranks of an order."""
    return f"rank{order.replace('-', '_')}"


def schema() -> Schema:
    """Return the fields of a document."""
    made = SchemaBuilder()
    made.add_text_field("iri", stored=True, tokenizer_name="raw", index_option="basic")
    made.add_text_field("source", stored=True, fast=True, tokenizer_name="raw",
                        index_option="basic")  # fmt: skip
    for name in ("list", "sort", "land", "tier", *(d for d in DIMENSIONS if d != "source")):
        made.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for order in ORDERS:
        made.add_unsigned_field(rank_of(order), indexed=True, fast=True)
    for name in ("whole", "word"):
        made.add_text_field(name, tokenizer_name="raw", index_option="freq")
    for name in ("start", "begins"):
        made.add_text_field(name, tokenizer_name="beginnings", index_option="basic")
    for name, language in (("de", "german"), ("en", "english"), ("said", "german")):
        made.add_text_field(name, tokenizer_name=language, index_option="freq")
    return made.build()


def prepared(index: Index) -> Index:
    """Return an index that knows our analyzers; each process must tell it anew."""
    for name, language in _ANALYZERS.items():
        index.register_tokenizer(name, analyzer(language))
    index.register_tokenizer("beginnings", of_beginnings())
    return index


def write(graph: Graph, folder: Path | None = None) -> Index:
    """Return the index of a graph, written to a folder that is empty, or held in memory."""
    return fill(documents(graph), len(graph), folder)


def fill(every: Iterable[Mapping[str, Any]], quads: int, folder: Path | None = None) -> Index:
    """Return an index of these documents, written to a folder that is empty, or in memory."""
    form = schema()
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    index = prepared(Index(form, str(folder) if folder is not None else None, reuse=False))
    writer = index.writer(_HEAP, 1)
    for one in every:
        writer.add_document(Document.from_dict(dict(one), form))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    if folder is not None:
        mark(folder, quads)
    return index


def mark(folder: Path, quads: int) -> None:
    """Write down what the index in this folder was made from, and how large its files are."""
    said = {"form": FORM, "quads": quads, "files": sizes(folder), "store": store_of(folder)}
    (folder / MARK).write_text(json.dumps(said, sort_keys=True) + "\n", encoding="utf-8")


def fault(folder: Path, quads: int) -> str | None:
    """Return why the index in this folder cannot serve a graph of so many quads, None if it can."""
    try:
        said = json.loads((folder / MARK).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "missing"
    except (OSError, ValueError):
        return "cut short"
    if not isinstance(said, dict) or said.get("form") != FORM:
        return "of another form"
    if said.get("quads") != quads or said.get("store") != store_of(folder):
        return "older than the store"
    return "cut short" if said.get("files") != sizes(folder) else None


def store_of(folder: Path) -> str:
    """Return what names the store beside an index: each store that is written has another name."""
    try:
        return (folder.parent / "store" / "IDENTITY").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def sizes(folder: Path) -> dict[str, int]:
    """Return the size of each file of an index; locks and the mark are none of it."""
    return {
        path.name: path.stat().st_size
        for path in sorted(folder.iterdir())
        if path.name != MARK and not path.name.endswith(".lock")
    }


def read_ahead(graph: AtRest) -> None:
    """Let a graph remember what an index reads of it, and the process the texts it makes of it."""
    for _ in documents(graph):
        pass


def documents(graph: Graph) -> Iterator[dict[str, Any]]:
    """Yield what the index holds of each thing, by label."""
    names = names_of(graph)
    lists: dict[str, list[str]] = defaultdict(list)
    held: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name in LISTS:
        found = catalogue(graph, name)
        for iri in found.members:
            lists[iri].append(name)
        for dimension, table in found.tables.items():
            for value, iris in table.items():
                for iri in iris:
                    held[iri][dimension].add(value)
    texts = _Texts(graph, names)
    ranks = _ranks(names, lists, held)
    for iri in sorted(lists, key=ranks["label"].__getitem__):
        fields: dict[str, Any] = {name: sorted(values) for name, values in held[iri].items()}
        fields["land"] = [one for one in fields.get("place", ()) if "land" in names.levels[one]]
        fields |= {rank_of(order): [ranks[order][iri]] for order in ORDERS}
        yield fields | texts.of(iri, held[iri]) | {
            "iri": [iri], "list": lists[iri], "sort": [kind_of(iri)],
            "tier": [tier(names, iri)],
        }  # fmt: skip
    yield from _involvements(graph, texts)


def tier(names: Names, iri: str) -> str:
    """Return how likely a thing is meant by its name alone, from 0 to 4."""
    if kind_of(iri) != "jurisdiction":
        return _BY_KIND.get(kind_of(iri), "2")
    levels = names.levels[iri]
    if {"kreis", "gemeinde"} <= levels and "land" not in levels:
        return _CITY
    return max((_TIERS.get(level, "0") for level in levels), default="0")


def _ranks(
    names: Names, iris: Iterable[str], held: Mapping[str, Mapping[str, set[str]]]
) -> dict[str, dict[str, int]]:
    """Return for each order the place of each thing in it, from 0; no place is taken twice."""
    by_label = sorted(iris, key=lambda iri: (names.label(iri).casefold(), iri))
    years = {iri: min(held[iri].get("year", ()), default="") for iri in by_label}
    dated = [iri for iri in by_label if years[iri]]
    undated = [iri for iri in by_label if not years[iri]]
    orders = {
        "label": by_label,
        "-label": by_label[::-1],
        "year": [*sorted(dated, key=years.__getitem__), *undated],
        "-year": [*sorted(dated, key=years.__getitem__, reverse=True), *undated],
    }
    return {order: {iri: at for at, iri in enumerate(orders[order])} for order in ORDERS}


def _involvements(graph: Graph, texts: "_Texts") -> Iterator[dict[str, Any]]:
    for quad in graph.quads(None, RDF.type, LOTSE.Involvement):
        if isinstance(quad.subject, NamedNode):
            iri = quad.subject.value
            yield texts.of(iri, {}) | {"iri": [iri], "list": [INVOLVEMENTS]}


class _Texts:
    """What can be searched of each thing."""

    def __init__(self, graph: Graph, names: Names) -> None:
        self._names = names
        self._labels = names.labels
        self._named = _table(graph, _NAMED)
        self._keys = _table(graph, _KEYS)
        self._said = _table(graph, _SAID)
        self._leads = _table(graph, _LEADS)
        self._themes = _table(graph, (LOTSE.aboutTheme, DCTERMS.subject))
        self._places = _table(graph, (LOTSE.takesPlaceIn, LOTSE.place))

    def of(self, iri: str, held: Mapping[str, set[str]]) -> dict[str, list[str]]:
        """Return the text fields of a thing, which other IRIs may speak of too.

        An involvement is called what its actor, its activity and its topic are called.
        """
        every = self._names.all_of(iri)
        led = [other for one in every for other in self._leads.get(one, ())]
        of_names = {text for one in (*every, *led) for text in self._named_of(one)}
        if led:
            of_names |= {text for one in every for text in self._said.get(one, ())}
        english = {self._labels[one]["en"] for one in every if "en" in self._labels.get(one, {})}
        keys = {self._names.key_of(one) or "" for one in every}
        keys |= {key for one in every for key in self._keys.get(one, ())}
        about = {text for one in (*every, *led) for text in self._said.get(one, ())}
        about |= set(self._spoken(every, led, held))
        return _cut(*map(frozenset, (of_names, english, keys, about)))

    def _named_of(self, iri: str) -> Iterator[str]:
        yield from self._labels.get(iri, {}).values()
        yield from self._named.get(iri, ())

    def _spoken(
        self, every: Iterable[str], led: Iterable[str], held: Mapping[str, set[str]]
    ) -> Iterator[str]:
        """Yield the names of themes, and of places up to the Land."""
        both = [*every, *led]
        around = {place for one in both for place in self._places.get(one, ())}
        around |= {one for one in both if kind_of(one) == "jurisdiction"}
        above = {place for one in around for place in self._names.ancestors(one)}
        of_land = {place for place in above if "bund" not in self._names.levels[place]}
        themes = {theme for one in both for theme in self._themes.get(one, ())}
        for iri in around | of_land | themes | held.get("theme", set()):
            yield from self._labels.get(iri, {}).values()


@lru_cache(maxsize=_REMEMBERED)
def _cut(
    names: frozenset[str], english: frozenset[str], keys: frozenset[str], about: frozenset[str]
) -> dict[str, list[str]]:
    """Return the text fields of what is called so, has these keys and is about that."""
    spelt = {whole(text) for text in names} - {""}
    cut = {word for text in names for word in words(text)}
    of_keys = {word for key in keys for word in words(key)} | {whole(key) for key in keys if key}
    return {
        "whole": sorted(spelt),
        "word": sorted(cut | of_keys),
        "start": sorted(spelt.union(map(as_written, names)) - {""}),
        "begins": sorted(cut),
        "de": sorted(map(cleaned, names)),
        "en": sorted(map(cleaned, english)),
        "said": sorted(map(cleaned, about)),
    }


def _table(graph: Graph, properties: Iterable[NamedNode]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for prop in properties:
        for iri, value in pairs(graph, prop):
            found[iri].append(value)
    return found
