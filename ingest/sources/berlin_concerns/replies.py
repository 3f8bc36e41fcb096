"""What a reply of the authority says of a hand-over: a small grammar, and no guessing.

The replies of the Ordnungsamt are set phrases. What fits none of them is not read; the caller
says so, so that a person looks at the reply.
"""

import re
from dataclasses import dataclass
from typing import Final

_DAY: Final = r"(?P<{}>\d\d\.\d\d\.\d{{4}})"
_HANDED_OVER: Final = re.compile(
    r"wurde (?:am (?:" + _DAY.format("on") + r" )?)?(?:die Meldung )?"
    r"zur (?:Bearbeitung|Prüfung und weiteren Veranlassung) "
    r"an (?:die )?(?P<to>Berliner Stadtreinigung|Berliner Forsten)(?: \(BSR\)| E-Mail: \S+)? "
    r"(?P<how>weitergeleitet|abgegeben)\."
)
_ANSWERED: Final = re.compile(
    r"Die (?P<by>Berliner Stadtreinigung) teilte uns am " + _DAY.format("on") + r" mit, dass "
    r"(?:die Angelegenheit (?P<done>erledigt) wurde"
    r"|vor Ort (?P<nothing>keine Feststellung) einer Störung möglich war)\."
)
_HINT: Final = re.compile(r"übergeben|weiter(?:ge)?leitet|abgegeben|gebeten|beauftragt|zuständig")
"""Words that speak of others who shall act, where the grammar does not understand how."""
NO_HINT: Final = "no hand-over recognised"
SEVERAL: Final = "several recipients"


@dataclass(frozen=True, slots=True)
class HandOver:
    """What a reply says; empty where it does not say it."""

    to: str = ""
    on: str = ""
    how: str = ""
    """The verb that decided."""
    answered_on: str = ""
    answer: str = ""
    unread: str = ""
    """Why a reply that says something was not understood: the word that hints at others."""


def read(reply: str) -> HandOver:
    """Return the hand-over that a reply records, days as ISO dates."""
    plain = " ".join(reply.split())
    found = list(_HANDED_OVER.finditer(plain))
    if not plain:
        return HandOver()
    if not found:
        hint = _HINT.search(plain)
        return HandOver(unread=hint.group() if hint else NO_HINT)
    if len({one["to"] for one in found}) > 1:
        return HandOver(unread=SEVERAL)
    first = next((one for one in found if one["on"]), found[0])
    answer = next((one for one in _ANSWERED.finditer(plain) if one["by"] == first["to"]), None)
    return HandOver(
        to=first["to"],
        on=_iso(first["on"] or ""),
        how=first["how"],
        answered_on=_iso(answer["on"]) if answer else "",
        answer=(answer["done"] or answer["nothing"]) if answer else "",
    )


def _iso(day: str) -> str:
    return "-".join(reversed(day.split(".")))
