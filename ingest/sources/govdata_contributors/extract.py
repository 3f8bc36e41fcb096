"""The list of DCAT-AP.de (RDF/XML) → key, address and name of each data provider."""

from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv
from kg.errors import SourceError, UnreadableError
from kg.reading import read
from kg.terms import RDF, SKOS, Literal, NamedNode

UPSTREAM: Final = "dcat-ap-de-contributors.rdf"
EXTRACT: Final = "contributors.csv"
COLUMNS: Final = ("about", "identifier", "prefLabel")
_NAMES: Final = {
    NamedNode("http://purl.org/dc/elements/1.1/identifier"): "identifier",
    SKOS.prefLabel: "prefLabel",
}


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return one row for each concept of the list; alternative labels only repeat the key."""
    try:
        triples = read(files[UPSTREAM], "rdfxml")
    except UnreadableError as error:
        message = f"{UPSTREAM}: {error}"
        raise SourceError(message) from error
    concepts = {
        one.subject.value: {"about": one.subject.value}
        for one in triples
        if (one.predicate, one.object) == (RDF.type, SKOS.Concept)
        and isinstance(one.subject, NamedNode)
    }
    for one in triples:
        column, value = _NAMES.get(one.predicate), one.object
        if column is None or not isinstance(one.subject, NamedNode):
            continue
        if one.subject.value in concepts and isinstance(value, Literal):
            concepts[one.subject.value][column] = value.value
    if not concepts:
        message = f"{UPSTREAM}: the file holds no concept; is it still the list of contributors?"
        raise SourceError(message)
    rows = ({name: row.get(name, "") for name in COLUMNS} for _, row in sorted(concepts.items()))
    return {EXTRACT: as_csv(COLUMNS, rows)}
