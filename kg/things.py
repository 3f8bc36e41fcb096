"""Finds the thing that an IRI, a key or an exact label names; never guesses.

A bare place name means the Land of that name, else the one Gemeinde, else Verband, Kreis, region;
with a type word ("Landkreis München", "Amt Schlieben") it means exactly that.
"""

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from kg.errors import AmbiguousError, NotFoundError, Suggestion
from kg.iri import KINDS, mint
from kg.names import Names, kind_of, names_of
from kg.namespaces import ID
from kg.placenames import BY_LENGTH, TYPE_WORDS
from kg.spoken import described, spoken
from kg.store import Graph
from kg.terms import NamedNode

_UNINHABITED: Final = frozenset({"65", "66"})
_ORDER: Final = ("land", "gemeinde", "verband", "kreis", "regierungsbezirk", "region", "bund")
_PLACE: Final = "jurisdiction"
_ANY: Final = (
    _PLACE, "theme", "lab", "actor", "solution", "innovation", "category", "source", "service",
)  # fmt: skip
_MANY: Final = 8
_KEPT: Final = 20_000
_VOCABULARIES: Final = frozenset({"theme", "role", "kind"})
"""Kinds of which there are few enough to be offered whole."""
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as answers show it."""

    iri: str
    kind: str
    label: str
    key: str | None = None
    alternatives: tuple["Thing", ...] = field(default=(), compare=False)
    """What else is called so and was not meant, such as the Landkreis München beside the city."""

    @property
    def node(self) -> NamedNode:
        """Return the IRI as a term."""
        return NamedNode(self.iri)


def thing(graph: Graph, iri: str, lang: str = "de") -> Thing:
    """Return the thing of this IRI, with its label in this language."""
    return _things(graph)(iri, lang)


@lru_cache(maxsize=4)
def _things(graph: Graph) -> Callable[[str, str], Thing]:
    """Return what makes the things of an opened release; those shown last are kept."""
    names = names_of(graph)

    @lru_cache(maxsize=_KEPT)
    def made(iri: str, lang: str) -> Thing:
        return Thing(iri, kind_of(iri), spoken(names, iri, lang), names.key_of(iri))

    return made


def find(graph: Graph, text: str, kind: str | Sequence[str] = "", lang: str = "de") -> Thing:
    """Return the one thing that `text` names: an IRI, a key or an exact label.

    `kind` is `jurisdiction` (or `place`), `theme`, `solution` …, several of them in order of
    preference, or empty for any thing. Raises `NotFoundError` with suggestions, or
    `AmbiguousError` with candidates.
    """
    found = candidates(graph, text, kind)
    kinds = _kinds(kind)
    first = next((one for one in kinds if any(kind_of(iri) == one for iri in found)), None)
    same = [iri for iri in found if first is None or kind_of(iri) == first]
    others = [iri for iri in found if iri not in same]
    names = names_of(graph)
    if first == _PLACE and len(same) > 1:
        same, beside = _meant(names, same)
        others = beside + others
    if first == _PLACE and len(same) == 1 and not names.levels[same[0]] & {"land", "gemeinde"}:
        others += _longer(names, text, others + same)
    if not same:
        raise NotFoundError(text, kinds[0] if len(kinds) == 1 else "thing",
                            suggested(graph, text, kind, lang))  # fmt: skip
    if len(same) > 1:
        raise AmbiguousError(text, kind_of(same[0]),
                             [_suggestion(names, iri, lang) for iri in same])  # fmt: skip
    return replace(
        thing(graph, same[0], lang),
        alternatives=tuple(
            replace(thing(graph, iri, lang), label=described(names, iri, lang)) for iri in others
        ),
    )


def candidates(graph: Graph, text: str, kind: str | Sequence[str] = "") -> list[str]:
    """Return the IRIs of everything that `text` may name, those of the best way to name only."""
    asked = " ".join(text.split())
    names = names_of(graph)
    kinds = _kinds(kind)
    if ":" in asked and (iri := _known_iri(graph, names, asked)) is not None:
        return [iri] if not kind or kind_of(iri) in kinds else _mapped(names, iri.casefold())
    folded = asked.casefold()
    path = _path(graph, names, asked)
    if path and (not kind or kind_of(path[0]) in kinds):
        return path
    return (
        _in(names.keys, kinds, folded)
        or (_place_key(names, folded) if _PLACE in kinds else [])
        or _labelled(names, kinds, folded)
        or (_typed(names, folded) if _PLACE in kinds else [])
        or (_mapped(names, folded) if "theme" in kinds else [])
    )


def suggested(
    graph: Graph, text: str, kind: str | Sequence[str] = "", lang: str = "de"
) -> list[Suggestion]:
    """Return what may have been meant: keys and labels that begin so, then those that look alike.

    Of a short vocabulary, such as the roles, where nothing looks alike: what there is.
    """
    names = names_of(graph)
    asked = _plain(" ".join(text.split()))
    held: dict[str, list[str]] = {}
    for one in _kinds(kind):
        for table in (names.preferred, names.alternative):
            for label, named in table.get(one, {}).items():
                held.setdefault(_plain(label), []).extend(named)
    bare = next(
        (asked.removeprefix(f"{w} ") for w in BY_LENGTH if asked.startswith(f"{w} ")), asked
    )
    labels = [bare] if bare in held else []
    labels += sorted((label for label in held if bare and label.startswith(bare)), key=len)[:_MANY]
    near = [label for label in held if abs(len(label) - len(bare)) <= _MANY // 2]
    labels += difflib.get_close_matches(bare, near, n=_MANY, cutoff=0.6)
    near_by = dict.fromkeys(_near_keys(names, _kinds(kind), asked))
    near_by |= dict.fromkeys(iri for label in labels for iri in held[label])
    if not near_by and set(_kinds(kind)) <= _VOCABULARIES:
        whole = sorted({iri for named in held.values() for iri in named})
        return [_suggestion(names, iri, lang) for iri in whole]
    return [_suggestion(names, iri, lang) for iri in list(near_by)[:_MANY]]


def _plain(label: str) -> str:
    """Return a label as a keyboard without umlauts writes it."""
    return label.casefold().translate(_UMLAUTS)


def _near_keys(names: Names, kinds: Iterable[str], asked: str) -> list[str]:
    """Return what has the key asked for with its lost zero, or a key that begins so."""
    if not any(one.isdigit() for one in asked):
        return []
    lost = [iri for kind in kinds for iri in names.keys.get(kind, {}).get(f"0{asked}", ())]
    longer = (
        (key, iri) for kind in kinds for key, iris in names.keys.get(kind, {}).items()
        if len(asked) > 1 and key.startswith(asked) for iri in iris
    )  # fmt: skip
    return lost or [iri for _, iri in sorted(longer)[:_MANY]]


def _kinds(kind: str | Sequence[str]) -> tuple[str, ...]:
    asked = (kind,) if isinstance(kind, str) else tuple(kind)
    return tuple(_PLACE if one == "place" else one for one in asked if one) or _ANY


def _suggestion(names: Names, iri: str, lang: str) -> Suggestion:
    return Suggestion(iri, kind_of(iri), described(names, iri, lang))


def _known_iri(graph: Graph, names: Names, iri: str) -> str | None:
    iri = names.same.get(iri, iri)
    if iri in names.labels:
        return iri
    try:
        node = NamedNode(iri)
    except ValueError:
        return None
    return iri if next(graph.quads(node), None) is not None else None


def _path(graph: Graph, names: Names, text: str) -> list[str]:
    kind, slash, key = text.removeprefix(ID).partition("/")
    if not slash or kind not in KINDS or not key:
        return []
    iri = _known_iri(graph, names, mint(kind, key).value)
    return [iri] if iri is not None else []


def _in(table: dict[str, dict[str, list[str]]], kinds: Iterable[str], folded: str) -> list[str]:
    return [iri for kind in kinds for iri in table.get(kind, {}).get(folded, ())]


def _labelled(names: Names, kinds: Iterable[str], folded: str) -> list[str]:
    """Return what is labelled so: by the preferred label first, places by either of their names.

    A town of two languages is "Bautzen" no less than the Landkreis Bautzen is.
    """
    preferred = _in(names.preferred, kinds, folded)
    places = _in(names.alternative, [_PLACE], folded) if _PLACE in kinds else []
    return list(dict.fromkeys([*preferred, *places])) or _in(names.alternative, kinds, folded)


def _longer(names: Names, text: str, known: list[str]) -> list[str]:
    """Return the places of this name with more behind it: beside the Kreis "Oldenburg (Oldb)"."""
    begins = f"{' '.join(text.split()).casefold()} ("
    labels = names.preferred.get(_PLACE, {}).items()
    found = [iri for label, iris in labels if label.startswith(begins) for iri in iris]
    return [iri for iri in dict.fromkeys(found) if iri not in known]


def _place_key(names: Names, digits: str) -> list[str]:
    """Return the place of an ARS cut to its level: 9 digits also where there is no real Verband."""
    if not digits.isdecimal():
        return []
    held = names.keys.get(_PLACE, {})
    return held.get(digits.ljust(12, "0"), []) if len(digits) in {2, 3, 5, 9, 12} else []


def _mapped(names: Names, folded: str) -> list[str]:
    return next((held[folded] for held in names.foreign if folded in held), [])


def _typed(names: Names, folded: str) -> list[str]:
    """Return the places that a type word before or after the name restricts to."""
    for word in BY_LENGTH:
        rest = None
        if folded.startswith(f"{word} "):
            rest = folded.removeprefix(f"{word} ")
        elif folded.endswith((f", {word}", f" ({word})")):
            rest = folded[: -len(word) - 2].rstrip(" (,")
        if rest is None:
            continue
        found = [
            iri for name in (rest, f"landkreis {rest}", f"kreis {rest}")
            for table in (names.preferred, names.alternative)
            for iri in table.get(_PLACE, {}).get(name, ())
        ]  # fmt: skip
        fitting = [iri for iri in found if _is(names, iri, word)]
        if not fitting and word in {"gemeinde", "municipality of", "municipality"}:
            fitting = [iri for iri in found if "gemeinde" in names.levels[iri]]
        if fitting:
            return list(dict.fromkeys(fitting))
    return []


def _is(names: Names, iri: str, word: str) -> bool:
    return bool((names.types[iri] | names.levels[iri]) & TYPE_WORDS[word])


def _meant(names: Names, iris: list[str]) -> tuple[list[str], list[str]]:
    """Return which of the places of one name is meant, and the others."""
    inhabited = [iri for iri in iris if not names.types[iri] & _UNINHABITED]
    for level in _ORDER:
        meant = [iri for iri in inhabited or iris if level in names.levels[iri]]
        if meant:
            return meant, [iri for iri in iris if iri not in meant]
    return iris, []
