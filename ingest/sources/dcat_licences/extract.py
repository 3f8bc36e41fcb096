"""The list of licences, an RDF/XML file → one row a licence."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from ingest.extracts import as_csv
from kg.errors import SourceError
from kg.nquads import of_rdf_xml
from kg.terms import DCTERMS, GOVDATA, RDF, SKOS, Literal, NamedNode

UPSTREAM: Final = "dcat-ap-de-licenses-open.rdf"
EXTRACT: Final = "licences.csv"
COLUMNS: Final = ("iri", "identifier", "prefLabel", "altLabel", "references", "isOpenLicense")
_PROPERTIES: Final = {
    NamedNode("http://purl.org/dc/elements/1.1/identifier"): "identifier",
    SKOS.prefLabel: "prefLabel",
    SKOS.altLabel: "altLabel",
    DCTERMS.references: "references",
    GOVDATA.isOpenLicense: "isOpenLicense",
}


def extract(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the table of licences."""
    rows: dict[str, dict[str, str]] = defaultdict(lambda: dict.fromkeys(COLUMNS, ""))
    concepts: set[str] = set()
    try:
        for one in of_rdf_xml(files[UPSTREAM]):
            if not isinstance(one.subject, NamedNode):
                continue
            iri = one.subject.value
            if one.predicate == RDF.type and one.object == SKOS.Concept:
                concepts.add(iri)
            column = _PROPERTIES.get(one.predicate)
            if column is not None and isinstance(one.object, Literal | NamedNode):
                rows[iri][column] = one.object.value
    except SyntaxError as error:
        message = f"{UPSTREAM} is no RDF/XML ({error}); is it a page that says why it is not there?"
        raise SourceError(message) from error
    if not concepts:
        message = f"{UPSTREAM} holds no skos:Concept; has the list moved to another class?"
        raise SourceError(message)
    return {EXTRACT: as_csv(COLUMNS, [{**rows[iri], "iri": iri} for iri in sorted(concepts)])}
