"""The forms in which a contribution comes: RDF, a table by our template, a publiccode.yml."""

import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

from ingest.contributions import tables
from ingest.contributions.things import Statements, in_graph, named
from ingest.fields import FieldError
from ingest.readers import jsonl_rows
from ingest.source import Record
from ingest.sources.publiccode import extract as publiccode
from ingest.sources.publiccode.transform import transform
from kg import rdf
from kg.errors import SourceError, UnreadableError
from kg.iri import kind_and_key
from kg.terms import FOAF, RDF, NamedNode, Triple

_FILE: Final = "publiccode.yml"


def read(content: bytes, kind: str, slug: str) -> Statements:
    """Return what a contribution says; `UnreadableError` with the place of the fault."""
    if kind in _OTHERS:
        return _OTHERS[kind](content, slug)
    return named(in_graph(rdf.quads(content, kind), slug), slug)


def _publiccode(content: bytes, slug: str) -> Statements:
    """Return what a publiccode.yml says of its software; its key is made of its address."""
    try:
        extracted = publiccode.extract({_FILE: content})[publiccode.EXTRACT]
        (row,) = jsonl_rows(_FILE, extracted, publiccode.COLUMNS)
        address = urlsplit(str(row["url"]).removesuffix(".git"))
        key = re.sub(r"[^a-z0-9]+", "-", f"{address.path}".lower()).strip("-")
        if not key:
            raise UnreadableError("`url` is missing: the address of the repository")
        said = list(transform(Record(slug, "solution", key, ({**row, publiccode.FILE: key},))))
    except (SourceError, FieldError, ValueError) as error:
        raise UnreadableError(str(error)) from error
    solution = next(one.subject for one in said if one.predicate == RDF.type)
    return Statements([one for triple in said for one in _of_the_thing(triple, solution)])


def _of_the_thing(one: Triple, solution: object) -> list[Triple]:
    """Return what is said of things; a page of the record is a page of the solution."""
    subject = one.subject
    if not isinstance(subject, NamedNode) or (kind_and_key(subject.value) or ("",))[0] != "record":
        return [one]
    if one.predicate == FOAF.page and isinstance(solution, NamedNode):
        return [Triple(solution, FOAF.page, one.object)]
    return []


_OTHERS: Final[Mapping[str, Callable[[bytes, str], Statements]]] = {
    "adoptions": tables.read,
    "publiccode": _publiccode,
}
