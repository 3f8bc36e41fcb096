"""Sentences that answers say of themselves, in German and English."""

from typing import Final

CLAIM: Final = {
    "de": (
        "Orte von einer Größe, die die Lösung nutzt, nahe dort, wo sie schon genutzt wird. "
        "In Tests standen unter den ersten 200 einer solchen Liste zwei Drittel der Anwender, die "
        "zuvor verborgen worden waren (die größten Orte zuerst: gut die Hälfte); die allerersten "
        "Orte der Liste sind nicht besser als die größten Städte."
    ),
    "en": (
        "Places of a size that uses it, near where it is used already. In tests the first 200 "
        "of such a list held two thirds of the users that had been hidden (largest-first: a good "
        "half); the very first places of the list are no better than the largest towns."
    ),
}
NO_CLAIM_KREIS: Final = {
    "de": (
        "Über Lösungen, die auf Kreisebene entschieden werden, wird nichts behauptet: "
        "Listen von Kreisen wurden nicht im Rückblick geprüft."
    ),
    "en": (
        "Nothing is claimed of solutions that are decided by Kreise: lists of Kreise "
        "were not backtested."
    ),
}
SELDOM_NEW_REGIONS: Final = {
    "de": "In Regierungsbezirken, in denen noch niemand die Lösung nutzt, ist der Gewinn klein.",
    "en": "In Regierungsbezirke without any user the gain is small.",
}
TOO_LITTLE: Final = {
    "de": "Zu wenig Belege: {adopters} Anwender in {kreise} Kreisen (nötig: {least} in {areas}).",
    "en": "Too little evidence: {adopters} users in {kreise} Kreise (needed: {least} in {areas}).",
}
COVERAGE: Final = {
    "de": "Anwender sind bekannt in: {lands}. Anderswo hat niemand nachgesehen.",
    "en": "Users are known in: {lands}. Elsewhere nobody has looked.",
}
