"""An invented country full of near misses, and mentions of what lies in it."""

from kg.iri import digest, graph, mint
from kg.store import Draft
from kg.terms import ADMS, DCTERMS, LOTSE, RDF, SCHEMA, SKOS, NamedNode, Triple, date, text

REGISTER = graph("register")
PLACES: tuple[tuple[str, str, str, str, dict[str, str]], ...] = (
    # key, official name, levels, text keys, official keys
    ("000000000000", "Deutschland", "bund", "", {}),
    ("010000000000", "Nordland", "land", "", {"ags": "01"}),
    ("020000000000", "Hafen, Freie und Hansestadt", "land kreis gemeinde", "41 61",
     {"ags": "02 02000 02000000"}),
    ("040000000000", "Brem", "land", "", {"ags": "04"}),
    ("040110000000", "Brem, Stadt", "kreis gemeinde", "41 61", {"ags": "04011 04011000"}),
    ("010100000000", "Talheim", "kreis", "44", {"ags": "01010"}),
    ("010105001000", "Talheim-Land", "verband", "51", {"verbandKey": "010105001"}),
    ("010105002000", "Schliebe", "verband", "51", {"verbandKey": "010105002"}),
    ("010105002001", "Schliebe, Stadt", "gemeinde", "63", {"ags": "01010001"}),
    ("010105001002", "Talheim, Stadt", "gemeinde", "63", {"ags": "01010002"}),
    ("010105001003", "Furt (Ohre), Stadt", "gemeinde", "63", {"ags": "01010003"}),
    ("040120000004", "Furt am Mein, Stadt", "gemeinde", "63", {"ags": "04012004"}),
    ("010105001005", "Aue (Mark)", "gemeinde", "64", {"ags": "01010005"}),
    ("040120000006", "Berge", "gemeinde", "64", {"ags": "04012006"}),
    ("010105001007", "Berge", "gemeinde", "64", {"ags": "01010007"}),
    ("010105001008", "Amt Neuwerk", "gemeinde", "64", {"ags": "01010008"}),
    ("010105001009", "Zweisprach/Dwurěc, Stadt", "gemeinde", "63", {"ags": "01010009"}),
    ("010100010010", "Forstwald, gemfr. Gebiet", "gemeinde", "66", {"ags": "01010010"}),
    ("010100000011", "Markt Wald, M", "gemeinde", "60", {"ags": "01010011"}),
    ("010105001012", "Nordland am See, Stadt", "gemeinde", "63", {"ags": "01010012"}),
    ("010105001013", "Kasseln, documenta-Stadt", "gemeinde", "63", {"ags": "01010013"}),
    ("010105003000", "Erfüller, Stadt", "verband", "58", {"verbandKey": "010105003"}),
)  # fmt: skip


def place(key: str) -> NamedNode:
    return mint("jurisdiction", key)


def register() -> list[Triple]:
    found = []
    for key, name, levels, types, keys in PLACES:
        node = place(key)
        found += [Triple(node, RDF.type, LOTSE.Jurisdiction),
                  Triple(node, SKOS.prefLabel, text(name.partition(",")[0], "de")),
                  Triple(node, LOTSE.officialName, text(name)),
                  Triple(node, LOTSE.ars, text(key))]  # fmt: skip
        found += [Triple(node, LOTSE.level, LOTSE[f"level-{one}"]) for one in levels.split()]
        found += [Triple(node, DCTERMS.type, LOTSE[f"place-type-{one}"]) for one in types.split()]
        found += [
            Triple(node, LOTSE[kind], text(one))
            for kind, all_ in keys.items()
            for one in all_.split()
        ]
    found.append(Triple(place("010000000000"), LOTSE.shortCode, text("NL")))
    notation = NamedNode(f"{place('010105001002').value}/notation/01099002")
    found += [Triple(place("010105001002"), ADMS.identifier, notation),
              Triple(notation, LOTSE.scheme, text("AGS")),
              Triple(notation, SKOS.notation, text("01099002"))]  # fmt: skip
    return found


ONTOLOGY = [
    Triple(LOTSE["theme-water"], SKOS.prefLabel, text("Wasser", "de")),
    Triple(LOTSE["theme-water"], SKOS.altLabel, text("Water Management", "en")),
    Triple(LOTSE["theme-water"], SKOS.hiddenLabel, text("sewage", "en")),
    Triple(LOTSE["theme-air"], SKOS.hiddenLabel, text("Climate", "en")),
    Triple(LOTSE["theme-heat"], SKOS.hiddenLabel, text("climate", "en")),
]
OLD, NEW = mint("actor", "min", "inner-2017"), mint("actor", "min", "inner-2021")
LAB, TWIN = mint("lab", "labs", "hub"), mint("lab", "others", "hub")
ORGANISATIONS = [
    Triple(OLD, RDF.type, LOTSE.Actor),
    Triple(OLD, SKOS.prefLabel, text("Ministerium für Inneres und Bau", "de")),
    Triple(OLD, LOTSE.abbreviation, text("MI")),
    Triple(OLD, LOTSE.abbreviation, text("MIB")),
    Triple(OLD, SCHEMA.validFrom, date("2017-01-01")),
    Triple(OLD, SCHEMA.validThrough, date("2021-06-30")),
    Triple(NEW, RDF.type, LOTSE.Actor),
    Triple(NEW, SKOS.prefLabel, text("Ministerium für Inneres", "de")),
    Triple(NEW, LOTSE.abbreviation, text("MI")),
    Triple(NEW, SCHEMA.validFrom, date("2021-07-01")),
    Triple(NEW, SCHEMA.validThrough, date("2025-05-05")),
    Triple(LAB, RDF.type, LOTSE.Lab),
    Triple(LAB, SKOS.prefLabel, text("Der Hub", "de")),
    Triple(TWIN, RDF.type, LOTSE.Lab),
    Triple(TWIN, SKOS.prefLabel, text("Der Hub", "de")),
]


def world(*said: Triple, source: str = "src") -> Draft:
    draft = Draft()
    draft.add(REGISTER, register())
    draft.add(graph("ontology"), ONTOLOGY)
    draft.add(graph("labs"), ORGANISATIONS)
    draft.add(graph(source), said)
    return draft


def mention(
    role: str, published: str | None, key: str | None = None, level: str = "", day: str = ""
) -> list[Triple]:
    subject = mint("adoption", "src", digest(role, str(published), str(key), level, day))
    found = []
    if published is not None:
        found.append(Triple(subject, LOTSE[f"{role}AsPublished"], text(published)))
    if key is not None:
        found.append(Triple(subject, LOTSE[f"{role}Key"], text(key)))
    if level:
        found.append(Triple(subject, LOTSE.levelAsPublished, LOTSE[f"level-{level}"]))
    if day:
        found.append(Triple(subject, LOTSE.attestedOn, date(day)))
    return found
