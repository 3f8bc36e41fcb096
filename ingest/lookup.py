"""What a published place name means: exact names first, other spellings, likeness last.

name-type/1   name key, type word, level and Land against the register
spelling/1    the same in another spelling; only a careful one is certain by itself
likeness/1    scored candidates; never a match by itself
"""

from functools import lru_cache
from typing import Final

from ingest.domains import DOMAIN, holder
from ingest.likeness import Context, Likeness
from kg.meaning import AMBIGUOUS, MATCHED, TOO_LONG, UNKNOWN, Meant, meant
from kg.places import Places
from kg.readings import read
from kg.store import Graph

LIKENESS: Final = "likeness/1"


class Gazetteer:
    """All places of a graph, to be asked for by what others call them."""

    def __init__(self, graph: Graph) -> None:
        """Read the places."""
        self.places = Places(graph)
        self._likeness = Likeness(self.places)
        self._ranked = lru_cache(maxsize=None)(self._likeness.ranked)

    def meant(self, published: str, context: Context) -> Meant:
        """Return what a name means: by the rules, else by likeness."""
        found = self.ruled(published, context)
        return found if found.result != UNKNOWN else self.alike(published, context)

    def ruled(self, published: str, context: Context) -> Meant:
        """Return what a name means by the rules; unknown where none finds a place.

        A domain that a list gives to the place must speak of it.
        """
        found = meant(self.places, published, context.levels, context.land)
        if found.result != MATCHED or not context.domain:
            return found
        place = self.places.place(found.ranked[0].thing)
        others = holder(place, context.domain, self.places, self._likeness)
        if others is None:
            return found
        sure = len(others) == 1 and others[0].thing != place.iri
        return Meant(MATCHED if sure else AMBIGUOUS, DOMAIN, others)

    def alike(self, published: str, context: Context) -> Meant:
        """Return the places that look like a name, as candidates; unknown where none does."""
        if len(published) > TOO_LONG:
            return Meant(UNKNOWN, LIKENESS)
        ranked = tuple(self._ranked(read(published), context))
        return Meant(AMBIGUOUS if ranked else UNKNOWN, LIKENESS, ranked)
