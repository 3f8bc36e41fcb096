"""The event log as an Atom feed (RFC 4287) with archived pages (RFC 5005 §4).

Every event is an entry: its category says whether the entity is new, changed or gone, its content
is what the entity says from then on, in Turtle. An event without content is about what is gone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote
from xml.etree import ElementTree as Xml

from pyoxigraph import RdfFormat, parse

from kg.log import Logged, Part
from kg.log_changes import ADD, DEL, MOD
from kg.namespaces import DOC, ID, RDFS, SKOS
from kg.terms import Literal

MEDIA_TYPE: Final = "application/atom+xml"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_HISTORY: Final = "http://purl.org/syndication/history/1.0"
_SCHEME: Final = "https://www.w3.org/ns/activitystreams#"
_TERMS: Final = {ADD: "Create", MOD: "Update", DEL: "Delete"}
_WORDS: Final = {
    "de": {ADD: "neu", MOD: "geändert", DEL: "entfernt"},
    "en": {ADD: "new", MOD: "changed", DEL: "gone"},
}
_NAMES: Final = frozenset({SKOS.prefLabel, RDFS.label})
_FORBIDDEN: Final = re.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


@dataclass(frozen=True, slots=True)
class Feed:
    """What stands at the head of a document of the feed."""

    id: str
    title: str
    author: str
    lang: str
    updated: str
    links: Mapping[str, str]
    """Relation → address: `self`, `current`, `prev-archive`, `next-archive`, `alternate`."""
    archived: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """Which events are wanted: about things of a kind, naming one of these places; None: all."""

    kind: str | None
    places: frozenset[str] | None

    def may_be_in(self, parts: Iterable[Part]) -> bool:
        """Tell whether a page may have such events; one that is kept no longer has none."""
        return any(
            self._fits(frame.kinds, frame.places)
            for segment, frame, _ in parts
            if segment.path.exists()
        )

    def of(self, events: Iterable[Logged]) -> Iterator[Logged]:
        """Yield those of the events that are wanted."""
        return (one for one in events if self._fits(one.kinds, one.places))

    def _fits(self, kinds: frozenset[str], places: frozenset[str]) -> bool:
        return (self.kind is None or self.kind in kinds) and (
            self.places is None or bool(self.places & places)
        )


def written(feed: Feed, events: Sequence[Logged]) -> bytes:
    """Return a document of the feed, its newest event first."""
    Xml.register_namespace("", _ATOM)
    Xml.register_namespace("fh", _HISTORY)
    root = Xml.Element(f"{{{_ATOM}}}feed", {"xml:lang": feed.lang})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", feed.updated)
    author = Xml.SubElement(root, f"{{{_ATOM}}}author")
    _add(author, "name", feed.author)
    for relation, address in feed.links.items():
        Xml.SubElement(root, f"{{{_ATOM}}}link", {"rel": relation, "href": address})
    if feed.archived:
        Xml.SubElement(root, f"{{{_HISTORY}}}archive")
    for one in reversed(events):
        root.append(_entry(one, feed.lang))
    content: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _entry(one: Logged, lang: str) -> Xml.Element:
    entry = Xml.Element(f"{{{_ATOM}}}entry")
    _add(entry, "id", one.iri)
    _add(entry, "title", f"{_label(one, lang)} ({_WORDS[lang][one.op]})")
    _add(entry, "updated", _moment(one.segment.published))
    about = _thing(one.entity)
    for relation, address in (("alternate", about), ("about", one.entity)):
        Xml.SubElement(entry, f"{{{_ATOM}}}link", {"rel": relation, "href": address})
    term = {"scheme": _SCHEME, "term": _TERMS[one.op], "label": _WORDS[lang][one.op]}
    Xml.SubElement(entry, f"{{{_ATOM}}}category", term)
    for kind in sorted(one.kinds):
        Xml.SubElement(entry, f"{{{_ATOM}}}category", {"term": kind})
    if one.op != DEL:
        content = Xml.SubElement(entry, f"{{{_ATOM}}}content", {"type": "text/turtle"})
        text = "".join(f"{line.rsplit(' ', 2)[0]} .\n" for line in one.quads)
        content.text = _FORBIDDEN.sub(lambda sign: f"\\u{ord(sign[0]):04X}", text)
    return entry


def _label(one: Logged, lang: str) -> str:
    """Return what the entity is called in this language, else the end of its name."""
    said = parse("\n".join(one.quads).encode(), RdfFormat.N_QUADS)
    found = {
        quad.object.language: quad.object.value
        for quad in said
        if quad.predicate in _NAMES and isinstance(quad.object, Literal)
    }
    for wish in (lang, "de", "en", None, *found):
        if wish in found:
            return found[wish]
    return unquote(one.entity.rpartition("#")[2].rpartition("/")[2])


def _thing(entity: str) -> str:
    """Return the page about the thing that an entity speaks of."""
    local = entity.removeprefix(ID) if entity.startswith(ID) else entity.partition("#")[2]
    if not entity.startswith(ID) and (not local or "%3A" in local):
        return unquote(local) or entity
    return f"{DOC}{local}"


def _add(parent: Xml.Element, name: str, value: str) -> None:
    Xml.SubElement(parent, f"{{{_ATOM}}}{name}").text = _FORBIDDEN.sub("\ufffd", value)


def _moment(published: str) -> str:
    return published.replace("+00:00", "Z")
