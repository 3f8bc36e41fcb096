"""Whose a web domain is, when a list gives it to a Gemeinde.

Lists of domains give the site of an Amt, a Samtgemeinde or a Verbandsgemeinde to each of its
members. So the name and the Land of the list are not enough: the domain must speak of the very
body. One that speaks of another, or of a Verband, leaves the name open or goes to the Verband.
"""

import re
from collections.abc import Iterable
from typing import Final

from ingest.likeness import Likeness, forms, site_labels
from kg.meaning import Ranked
from kg.place import Place
from kg.placenames import loose
from kg.places import Places

DOMAIN: Final = "domain/1"
"""The rule that a domain, read together with the name beside it, decided."""

_ASSOCIATION: Final = re.compile(
    r"(?:^|-)(?:aemter|amt|amts?verwaltung|gvv|samtgemeinde|sg|verbandsgemeinde|verwaltungsamt"
    r"|verwaltungsgemeinschaft|verwaltungsverband|vgem|vgm|vgv|vg|vvg|vwg|vwv)(?:-|$)"
    r"|^(?:amt|samtgemeinde|verbandsgemeinde|verwaltungsgemeinschaft|verwaltungsverband|vgem)"
)
_GLUED: Final = re.compile(r"^(?:vg|sg|vv|gvv)(?=[a-z]{4})")
_MEMBER: Final = re.compile(r"(?:^|-)(?:flecken|gemeinde|markt|ortsgemeinde|stadt)(?:-|$)")
_PREFIX: Final = re.compile(
    r"^(?:(?:flecken|gemeinde|markt|ortsgemeinde|stadt|landkreis|kreis|mein|unser|in)-?)+"
)
_LONG_ENOUGH: Final = 6
"""Letters of a name with which a longer domain may begin."""
_SURE: Final = 0.98


def holder(place: Place, host: str, places: Places, alike: Likeness) -> tuple[Ranked, ...] | None:
    """Return who may hold a domain that a list gives to `place`; None where it is this place.

    One alone holds it (the Verband of the place); several are candidates, the likeliest first.
    """
    labels = site_labels(host)
    names = {loose(form) for one in place.labels for form in forms(one)}
    own = any(_own(one, names) for one in labels)
    verband = places.verband(place)
    foreign = [one for one in labels if _letters(one) not in names]
    if any(_ASSOCIATION.search(one) or _GLUED.search(one) for one in foreign):
        if verband is not None and not own and any(_called(verband, one) for one in labels):
            return (Ranked(verband.iri, _SURE),)
        return _candidates([verband, *_others(labels, place, alike), place])
    others = [] if own else _others(labels, place, alike)
    if others:
        return _candidates([*others, place])
    if verband is not None and not any(_MEMBER.search(one) for one in labels):
        mine = {loose(form) for one in verband.labels for form in forms(one)}
        if mine & names:
            return _candidates([place, verband])
    names |= {loose(one) for one in places.short_names(place)}
    return None if own or any(_begins(one, names) for one in labels) else _candidates([place])


def _letters(label: str) -> str:
    """Return the loose form of a label of a host, in which hyphens stand for blanks."""
    return loose(label.replace("-", " "))


def _own(label: str, names: Iterable[str]) -> bool:
    """Tell whether a label is one of these names, with or without the word for a Gemeinde."""
    return any(_letters(form) in names for form in (label, _PREFIX.sub("", label)))


def _called(verband: Place, label: str) -> bool:
    """Tell whether a label, without the words of a type, is the name of a Verband."""
    rest = _GLUED.sub("", label)
    rest = "-".join(one for one in _ASSOCIATION.sub("-", rest).split("-") if one)
    return any(loose(form) == _letters(rest) for one in verband.labels for form in forms(one))


def _begins(label: str, names: Iterable[str]) -> bool:
    """Tell whether a label says a name, with words before or behind it."""
    tokens = _PREFIX.sub("", label).split("-")
    said = {
        _letters("-".join(tokens[start:end]))
        for start in range(len(tokens))
        for end in range(start + 1, len(tokens) + 1)
    }
    glued = _letters(label)
    return any(
        name in said or (len(name) >= _LONG_ENOUGH and glued.startswith(name)) for name in names
    )


def _others(labels: Iterable[str], place: Place, alike: Likeness) -> list[Place]:
    """Return the other bodies of the Land that a domain is called after, its Kreis first."""
    found = {
        one.iri: one
        for label in labels
        for form in (label, _PREFIX.sub("", label))
        for one in alike.called(_letters(form))
        if one.land == place.land and one.iri != place.iri
    }
    return sorted(found.values(), key=lambda one: (one.kreis != place.kreis, one.iri.value))


def _candidates(found: Iterable[Place | None]) -> tuple[Ranked, ...]:
    """Return places as candidates, the first the likeliest; never one that stands alone."""
    every = list(dict.fromkeys(one.iri for one in found if one is not None))
    return tuple(Ranked(iri, round(0.9 - 0.05 * number, 2)) for number, iri in enumerate(every[:5]))
