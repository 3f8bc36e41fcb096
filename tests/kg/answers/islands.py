"""Invented Länder with many Gemeinden and some solutions, for the score; the same every time."""

import random

from kg.iri import geometry_of, mint
from kg.iri import graph as graph_iri
from kg.terms import (
    CV,
    DCTERMS,
    LOTSE,
    RDF,
    SKOS,
    WGS,
    NamedNode,
    Quad,
    decimal,
    integer,
    text,
)

REGISTER, ADOPTIONS = graph_iri("destatis_register"), graph_iri("adoptions")
RESOLUTION, DERIVED = graph_iri("resolution"), graph_iri("derived")
LANDS = ("01", "02", "03")
KREISE = 5
GEMEINDEN = 9


def ars(land: str, kreis: int, gemeinde: int) -> str:
    """Return the key of a Gemeinde; odd ones lie in the Verband of their Kreis."""
    vb = "5001" if gemeinde % 2 else f"0{gemeinde + 1:03}"
    return f"{land}1{kreis:02}{vb}{gemeinde + 1:03}"


def place(key: str) -> NamedNode:
    """Return the IRI of a place."""
    return mint("jurisdiction", key)


def territory() -> list[Quad]:
    """Return Bund, Länder, Kreise, a Verband in each Kreis, Gemeinden."""
    dice = random.Random(7)  # noqa: S311 (invented places, not secrets)
    quads = _place("000000000000", "Bund", ["bund"], None)
    for number, land in enumerate(LANDS):
        quads += _place(f"{land}0000000000", f"Land {land}", ["land"], "000000000000")
        for kreis in range(KREISE):
            above = f"{land}1{kreis:02}0000000"
            quads += _place(above, f"Kreis {land}{kreis}", ["kreis"], f"{land}0000000000", "44")
            verband = f"{land}1{kreis:02}5001000"
            quads += _place(verband, f"Amt {land}{kreis}", ["verband"], above, "51")
            for n in range(GEMEINDEN):
                key = ars(land, kreis, n)
                under = verband if n % 2 else above
                quads += _place(key, f"Ort {land}{kreis}{n}", ["gemeinde"], under, "64")
                lat = 48 + 2.5 * number + 0.3 * kreis + dice.random() * 0.3
                lon = 8 + dice.random() * 4
                people = integer(int(dice.lognormvariate(8, 1.2)))
                quads += [
                    Quad(place(key), LOTSE.population, people, REGISTER),
                    Quad(geometry_of(place(key)), WGS.lat, decimal(round(lat, 4)), REGISTER),
                    Quad(geometry_of(place(key)), WGS.long, decimal(round(lon, 4)), REGISTER),
                ]  # fmt: skip
    return quads


def _place(
    key: str, label: str, levels: list[str], above: str | None, text_key: str = ""
) -> list[Quad]:
    node = place(key)
    quads = [
        Quad(node, RDF.type, CV.PublicOrganisation, REGISTER),
        Quad(node, SKOS.prefLabel, text(label, "de"), REGISTER),
    ]
    quads += [Quad(node, LOTSE.level, LOTSE[f"level-{one}"], REGISTER) for one in levels]
    if text_key:
        quads.append(Quad(node, DCTERMS.type, LOTSE[f"place-type-{text_key}"], REGISTER))
    if above is not None:
        quads.append(Quad(node, DCTERMS.isPartOf, place(above), REGISTER))
    return quads


def solution(key: str) -> list[Quad]:
    """Return a solution whose label is its key."""
    node = mint("solution", "adoptions", key)
    return [
        Quad(node, RDF.type, LOTSE.Solution, ADOPTIONS),
        Quad(node, SKOS.prefLabel, text(key, "de"), ADOPTIONS),
    ]


def adoption(of: str, by: str, status: str = "in-use", number: int = 1) -> list[Quad]:
    """Return an adoption, resolved, with its canonical solution."""
    node, used = adoption_iri(of, by, number), mint("solution", "adoptions", of)
    return [
        Quad(node, RDF.type, LOTSE.Adoption, ADOPTIONS),
        Quad(node, LOTSE.solution, used, ADOPTIONS),
        Quad(node, LOTSE.adopterAsPublished, text(f"Stelle {by}"), ADOPTIONS),
        Quad(node, LOTSE.status, LOTSE[f"status-{status}"], ADOPTIONS),
        Quad(node, LOTSE.adopter, place(by), RESOLUTION),
        Quad(node, LOTSE.canonicalSolution, used, DERIVED),
    ]


def adoption_iri(of: str, by: str, number: int = 1) -> NamedNode:
    """Return the IRI of an adoption."""
    return mint("adoption", "adoptions", of, by, str(number))


def uptake() -> list[Quad]:
    """Return who uses what: decided by Gemeinden, by Kreise, too seldom, and here and there."""
    use = [(land, kreis, n) for land in ("01", "02") for kreis in range(KREISE) for n in (0, 3, 5)]
    keys = ("melder", "kreisamt", "selten", "andere", "drei", "zwei")
    quads = [quad for key in keys for quad in solution(key)]
    for kreis in range(3):
        quads += adoption("drei", ars("01", kreis, 1))
    for kreis, n in ((0, 1), (0, 2), (1, 1), (1, 2)):
        quads += adoption("zwei", ars("01", kreis, n))
    for land, kreis, n in use[:17]:
        quads += adoption("melder", ars(land, kreis, n))
    quads += adoption("melder", ars("01", 0, 0), number=2)
    quads += adoption("melder", "011045001000")
    quads += adoption("melder", "010000000000")
    quads += adoption("melder", ars("01", 1, 8), status="ended")
    for land in LANDS:
        for kreis in range(3):
            quads += adoption("kreisamt", f"{land}1{kreis:02}0000000")
    quads += adoption("kreisamt", ars("01", 4, 2))
    for n in range(3):
        quads += adoption("selten", ars("01", 0, n))
    for land in LANDS:
        for kreis in range(KREISE):
            quads += adoption("andere", ars(land, kreis, 7))
    return quads


PROVIDERS = graph_iri("it_providers")


def provider(key: str) -> NamedNode:
    """Return the IRI of an IT provider."""
    return mint("actor", "it_providers", key)


def provisions() -> list[Quad]:
    """Return who serves three places: one stated and one weak for the first, one near miss."""
    served = (("netz", ars("01", 0, 1), "stated"), ("amt", ars("01", 0, 1), "permitted-sender"),
              ("netz", ars("02", 2, 8), "mail-exchanger"))  # fmt: skip
    quads = []
    for key in ("netz", "amt"):
        quads += [
            Quad(provider(key), RDF.type, CV.PublicOrganisation, PROVIDERS),
            Quad(provider(key), SKOS.prefLabel, text(f"Das {key}", "de"), PROVIDERS),
        ]
    for key, client, basis in served:
        node = mint("provision", "it_providers", key, client)
        quads += [
            Quad(node, RDF.type, LOTSE.Provision, PROVIDERS),
            Quad(node, LOTSE.provider, provider(key), PROVIDERS),
            Quad(node, LOTSE.basis, LOTSE[f"basis-{basis}"], PROVIDERS),
            Quad(node, LOTSE.client, place(client), RESOLUTION),
        ]
    return quads


def country() -> list[Quad]:
    """Return everything."""
    return [*territory(), *uptake(), *provisions()]
