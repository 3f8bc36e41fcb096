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
BECAUSE: Final = {
    "exact": {
        "de": "Für „{category}“ in {area} ist {body} als zuständig verzeichnet.",
        "en": "{body} is recorded as responsible for “{category}” in {area}.",
    },
    "broader": {
        "de": "Für die Oberkategorie „{category}“ in {area} ist {body} als zuständig verzeichnet.",
        "en": "{body} is recorded as responsible for the broader “{category}” in {area}.",
    },
    "narrower": {
        "de": "Nur für die Unterkategorie „{category}“ in {area} ist {body} verzeichnet; "
        "andere Unterkategorien können woanders liegen.",
        "en": "{body} is recorded for the narrower “{category}” in {area} only; "
        "other parts of the matter may lie elsewhere.",
    },
    "gemeinde": {
        "de": "Keine besondere Zuständigkeit ist verzeichnet. Alle Angelegenheiten der örtlichen "
        "Gemeinschaft regelt die Gemeinde ({body}), solange ein Gesetz nichts anderes bestimmt.",
        "en": "No special competence is recorded. The municipality ({body}) deals with all matters "
        "of the local community unless a law says otherwise.",
    },
    "verband": {
        "de": "Keine besondere Zuständigkeit ist verzeichnet. {body} nimmt Aufgaben für die "
        "Mitgliedsgemeinden wahr; die allgemeine Zuständigkeit liegt bei der einzelnen Gemeinde.",
        "en": "No special competence is recorded. {body} acts for its member municipalities; "
        "the general competence lies with the single municipality.",
    },
    "kreis": {
        "de": "Keine besondere Zuständigkeit ist verzeichnet. {body} hat die Aufgaben, die ihm "
        "Gesetze zuweisen; die allgemeine Zuständigkeit liegt bei der einzelnen Gemeinde.",
        "en": "No special competence is recorded. {body} has the tasks that laws assign to it; "
        "the general competence lies with the single municipality.",
    },
    "land": {
        "de": "Keine besondere Zuständigkeit ist verzeichnet. Staatliche Aufgaben sind Sache der "
        "Länder ({body}), soweit das Grundgesetz nichts anderes bestimmt.",
        "en": "No special competence is recorded. State functions are the affair of the Länder "
        "({body}) unless the Basic Law says otherwise.",
    },
    "bund": {
        "de": "Keine besondere Zuständigkeit ist verzeichnet. Bundesgesetze führen in der Regel "
        "die Länder aus; nennen Sie einen Ort, dann geht es genauer.",
        "en": "No special competence is recorded. Federal laws are as a rule executed by the "
        "Länder; name a place for a better answer.",
    },
}
LADDER: Final = {
    "de": "Wer sonst zuständig sein kann, von unten nach oben.",
    "en": "Who else may be responsible, from below.",
}
UNMATCHED: Final = {
    "de": "„{q}“ trifft keine Kategorie, die wir kennen; genannt ist die allgemeine Zuständigkeit.",
    "en": "“{q}” matches no category that we know; named is the general competence.",
}
CONCLUDED: Final = {
    "resolution": {
        "de": "aus dem veröffentlichten Namen geschlossen",
        "en": "concluded from the published name",
    },
    "derived": {"de": "aus anderen Fakten abgeleitet", "en": "derived from other facts"},
}
