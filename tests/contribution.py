"""An invented contributor: its source, its token, what it hands in."""

from pathlib import Path

from kg import contributed, tokens
from kg.contributed import Described

SLUG = "teststadt"
GRAPH = f"https://w3id.org/innovationslotse/graph/{SLUG}"
ID = "https://w3id.org/innovationslotse/id/"
SOLUTION = f"{ID}solution/{SLUG}-melder"
PREFIXES = """\
@prefix lotse: <https://w3id.org/innovationslotse/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
"""
GOOD = f"""{PREFIXES}
<{SOLUTION}> a lotse:Solution ;
  skos:prefLabel "Muster-Melder (erfunden)"@de ;
  lotse:solutionKind lotse:solution-kind-app ;
  foaf:page <https://example.org/melder> .
"""
ADOPTION = f"""{PREFIXES}
[] a lotse:Adoption ;
  lotse:solution <{SOLUTION}> ;
  lotse:adopterAsPublished "Oststadt" ;
  lotse:status lotse:status-in-use ;
  lotse:basis lotse:basis-stated ;
  lotse:relation lotse:relation-used-by .
"""


def described(slug: str = SLUG, **changed: str) -> Described:
    """Return the description of an invented contributed source."""
    said = {
        "title": "Beiträge der Teststadt (erfunden)",
        "title_en": "Contributions of Teststadt (invented)",
        "contributor": "Teststadt (erfunden)",
        "homepage": "https://example.org/",
        "licence": "http://dcat-ap.de/def/licenses/cc-zero",
        "licence_title": "CC0",
        "since": "2026-11-24",
    }
    return Described(slug=slug, **said | changed)


def contributor(data: Path, slug: str = SLUG) -> str:
    """Add an invented contributed source; returns a token for it."""
    contributed.add(data, described(slug))
    secret, _ = tokens.create(data, f"source:{slug}")
    return secret
