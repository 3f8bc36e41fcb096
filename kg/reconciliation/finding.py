"""Looks for the things that a name may mean, and says how alike their names are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.iri import KINDS as MINTED
from kg.iri import mint
from kg.names import Names, kind_of
from kg.namespaces import ID as THINGS
from kg.readings import Reading, read, reread
from kg.reconciliation.namebook import SHORTENED, Namebook, Written, likeness, written
from kg.reconciliation.rules import Asked, Rules
from kg.reconciliation.types import KINDS, PLACE
from kg.search import Index, Wish

_UNEXPLAINED: Final = 0.94
_SHORT_KEY: Final = 0.94
_SHORTENED_LARGE: Final = 0.96
_LARGE: Final = frozenset({"41", "42"})
"""Types of cities whose names everybody shortens: "Freiburg", "Frankfurt"."""
_FOUND: Final = 15
_PARTS: Final = 12
"""Words at the beginning or end of a name that may be a name by themselves."""
_ARS_CUT: Final = frozenset({2, 3, 5, 9})
"""Digits of an ARS that is cut to its level."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name that is looked for, taken apart."""

    text: str
    whole: Written
    reading: Reading
    parts: tuple[Written, ...]
    """The name without type word, and without what stands in brackets."""


def taken_apart(text: str) -> Name:
    """Return a name taken apart."""
    reading = read(text)
    reading = reread(reading) or reading
    parts = dict.fromkeys(written(one) for one in (reading.stated, reading.bare) if one)
    whole = written(text)
    return Name(text, whole, reading, tuple(parts) or (whole,))


class Finder:
    """All things of a release, to be found by what others call them."""

    def __init__(self, names: Names, book: Namebook, rules: Rules, index: Index) -> None:
        """Remember where to look."""
        self._names = names
        self._book = book
        self._rules = rules
        self._index = index

    def identified(self, text: str, kinds: Sequence[str] = tuple(KINDS)) -> tuple[str, ...]:
        """Return the things of which a text is the IRI, the end of the IRI, or a key."""
        asked = text.strip()
        kind, slash, key = asked.partition("/")
        every = [asked, f"{THINGS}{asked}", *self._book.keyed(asked)]
        if slash and key and kind in KINDS:
            of_kind = [one for one in self._book.keyed(key) if kind_of(one) == kind]
            every += [mint(kind, key).value, *of_kind] if kind in MINTED else of_kind
        if asked.isdecimal() and len(asked) in _ARS_CUT:
            every.append(mint(PLACE, asked.ljust(12, "0")).value)
        place = self._rules.places.keyed(asked)
        if place is not None:
            every.append(place.value)
        same = dict.fromkeys(self._names.same.get(one, one) for one in every)
        return tuple(one for one in same if one in self._book.names and kind_of(one) in kinds)

    def near(self, name: Name, kinds: Sequence[str]) -> Iterator[str]:
        """Yield what is called so, what looks so, and what the index finds."""
        forms = (name.whole, *name.parts) if PLACE in kinds else (name.whole,)
        equal = {iri for form in dict.fromkeys(forms) for iri in self._book.equal(form, kinds)}
        yield from equal
        yield from (iri for iri in self._book.keyed(name.text) if kind_of(iri) in kinds)
        words = name.whole.words
        for part in range(1, min(len(words), _PARTS)):
            yield from self._book.equal(written(" ".join(words[:part])), kinds)
            if PLACE in kinds:
                yield from self._book.equal(written(" ".join(words[-part:])), (PLACE,))
        yield from (hit.iri for hit in self._index.suggest(name.parts[0].text, kinds, _FOUND))
        if equal:
            return
        for kind in kinds:
            yield from self._book.near(name.parts[0] if kind == PLACE else name.whole, kind)
        yield from self._rules.several(Asked(name.text, tuple(kinds)))

    def equal(self, text: str, kinds: Sequence[str]) -> Iterator[str]:
        """Yield the things that are called so, in any spelling."""
        return self._book.equal(written(text), kinds)

    def by_words(self, name: Name, kinds: Sequence[str]) -> Iterator[str]:
        """Yield the things that the index finds by words, all of which begin words of a name."""
        only = (("sort", kinds[0]),) if len(kinds) == 1 else ()
        hits = self._index.find(Wish(name.text, filters=only), "relevance", _FOUND).hits
        for iri in (hit.iri for hit in hits if kind_of(hit.iri) in kinds):
            said = [one.words for one in self._book.written.get(iri, ())]
            if any(
                all(any(map(_begins(word), words)) for word in name.whole.words) for words in said
            ):
                yield iri

    def likeness(self, name: Name, iri: str) -> float:
        """Return the likeness of a name to the most similar one of a thing."""
        if iri not in self._book.written:
            return 0.0
        every = self._book.written[iri]
        found = max(likeness(name.whole, one) for one in every)
        if found < _SHORT_KEY and iri in self._book.keyed(name.text):
            return _SHORT_KEY
        if kind_of(iri) != PLACE or found == 1:
            return found
        if found == SHORTENED and self._names.types.get(iri, set()) & _LARGE:
            return _SHORTENED_LARGE
        ceiling = _UNEXPLAINED if name.reading.qualifiers and not self.lands(name) else 1.0
        parts = max(likeness(part, one) for part in name.parts for one in every)
        return max(found, min(parts, ceiling))

    def lands(self, name: Name) -> frozenset[str]:
        """Return the keys of the Länder that stand in brackets or behind a comma."""
        lands = (self._rules.places.land(one) for one in name.reading.qualifiers)
        return frozenset(one for one in lands if one)


def _begins(start: str) -> Callable[[str], bool]:
    return lambda word: word.startswith(start)
