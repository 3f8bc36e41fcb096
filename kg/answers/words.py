"""Sentences that answers say of themselves, in German and English."""

from typing import Final

from kg.terms import (
    ADMS,
    CV,
    DCATDE,
    DCTERMS,
    FOAF,
    GEO,
    GOVDATA,
    ORG,
    PROV,
    QB,
    RDF,
    SCHEMA,
    SKOS,
    WGS,
)

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
        "de": "Die Quelle nennt für „{category}“ (Gebiet: {area}) diese Stelle: {body}.",
        "en": "{body} is recorded as responsible for “{category}” in {area}.",
    },
    "broader": {
        "de": "Die Quelle nennt für die Oberkategorie „{category}“ (Gebiet: {area}) diese Stelle: "
        "{body}.",
        "en": "{body} is recorded as responsible for the broader “{category}” in {area}.",
    },
    "narrower": {
        "de": "Die Quelle nennt nur für die Unterkategorie „{category}“ (Gebiet: {area}) diese "
        "Stelle: {body}. Für andere Teile kann eine andere Stelle zuständig sein.",
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
KINDS: Final = {
    "lab": {"de": "Labore und Hubs", "en": "labs and hubs"},
    "actor": {"de": "Akteure", "en": "actors"},
    "solution": {"de": "Lösungen", "en": "solutions"},
    "innovation": {"de": "Innovationen", "en": "innovations"},
    "jurisdiction": {"de": "Gebiete und Körperschaften", "en": "jurisdictions"},
    "theme": {"de": "Themen", "en": "themes"},
    "category": {"de": "Kategorien von Anliegen", "en": "categories of concerns"},
    "service": {"de": "Verwaltungsleistungen", "en": "public services"},
    "concern": {"de": "Anliegen", "en": "concerns"},
}
"""Kinds of things, as the search names them."""
CONCLUDED: Final = {
    "resolution": {
        "de": "aus dem veröffentlichten Namen geschlossen",
        "en": "concluded from the published name",
    },
    "derived": {"de": "aus anderen Fakten abgeleitet", "en": "derived from other facts"},
}
REUSED: Final = {
    RDF.type.value: {"de": "Art der Sache", "en": "class"},
    SKOS.prefLabel.value: {"de": "Name", "en": "name"},
    SKOS.altLabel.value: {"de": "anderer Name", "en": "other name"},
    SKOS.notation.value: {"de": "Schlüssel", "en": "key"},
    SKOS.broader.value: {"de": "Oberbegriff", "en": "broader"},
    SKOS.exactMatch.value: {"de": "bedeutet dasselbe wie", "en": "means the same as"},
    SKOS.closeMatch.value: {"de": "bedeutet fast dasselbe wie", "en": "means nearly the same as"},
    SKOS.broadMatch.value: {"de": "ist ein Teil von", "en": "is a part of"},
    SKOS.inScheme.value: {"de": "steht in der Liste", "en": "in the list"},
    SKOS.scopeNote.value: {"de": "Hinweis", "en": "note"},
    SKOS.hiddenLabel.value: {"de": "Suchwort", "en": "search word"},
    SKOS.definition.value: {"de": "Definition", "en": "definition"},
    DCTERMS.type.value: {"de": "Art des Ortes", "en": "type of place"},
    DCTERMS.subject.value: {"de": "Thema", "en": "theme"},
    DCTERMS.isPartOf.value: {"de": "Teil von", "en": "part of"},
    DCTERMS.identifier.value: {"de": "Kennung", "en": "identifier"},
    DCTERMS.created.value: {"de": "angelegt am", "en": "created"},
    DCTERMS.modified.value: {"de": "geändert am", "en": "modified"},
    DCTERMS.issued.value: {"de": "veröffentlicht am", "en": "issued"},
    DCTERMS.date.value: {"de": "Datum", "en": "date"},
    DCTERMS.license.value: {"de": "Lizenz", "en": "licence"},
    DCTERMS.publisher.value: {"de": "herausgegeben von", "en": "publisher"},
    DCTERMS.replaces.value: {"de": "Nachfolge von", "en": "replaces"},
    FOAF.homepage.value: {"de": "Website", "en": "homepage"},
    SCHEMA.sameAs.value: {"de": "dasselbe wie", "en": "the same as"},
    FOAF.page.value: {"de": "Seite", "en": "page"},
    ORG.classification.value: {"de": "Art", "en": "kind"},
    ADMS.identifier.value: {"de": "Kennung mit Zeitraum", "en": "dated identifier"},
    SCHEMA.codeRepository.value: {"de": "Quelltext", "en": "source code"},
    SCHEMA.validFrom.value: {"de": "gültig ab", "en": "valid from"},
    SCHEMA.validThrough.value: {"de": "gültig bis", "en": "valid through"},
    SCHEMA.isBasedOn.value: {"de": "beruht auf", "en": "based on"},
    SCHEMA.softwareVersion.value: {"de": "Version", "en": "version"},
    SCHEMA.creativeWorkStatus.value: {"de": "Entwicklungsstand", "en": "development status"},
    SCHEMA.countriesSupported.value: {"de": "gedacht für Länder", "en": "countries supported"},
    SCHEMA.countriesNotSupported.value: {
        "de": "nicht gedacht für Länder",
        "en": "countries not supported",
    },
    DCATDE.contributorID.value: {"de": "Kennung bei GovData", "en": "key at GovData"},
    ORG.siteOf.value: {"de": "Liegenschaft von", "en": "site of"},
    SCHEMA.sameAs.value: {"de": "anderswo unter", "en": "elsewhere as"},
    DCATDE.politicalGeocodingURI.value: {"de": "Geokodierung", "en": "political geocoding"},
    GOVDATA.isOpenLicense.value: {"de": "offene Lizenz", "en": "open licence"},
    SCHEMA.award.value: {"de": "Auszeichnung", "en": "award"},
    QB.dataSet.value: {"de": "Datenwürfel", "en": "data cube"},
    QB.structure.value: {"de": "Aufbau", "en": "structure"},
    QB.component.value: {"de": "Bestandteil", "en": "component"},
    QB.dimension.value: {"de": "Dimension", "en": "dimension"},
    QB.measure.value: {"de": "Messgröße", "en": "measure"},
    CV.isGroupedBy.value: {"de": "Lage", "en": "life or business event"},
    GEO.hasGeometry.value: {"de": "Lage", "en": "geometry"},
    GEO.asWKT.value: {"de": "Koordinaten", "en": "coordinates"},
    WGS.lat.value: {"de": "Breite", "en": "latitude"},
    WGS.long.value: {"de": "Länge", "en": "longitude"},
    PROV.wasDerivedFrom.value: {"de": "Datensatz", "en": "record"},
}
"""Labels of the properties of other vocabularies that we use."""
