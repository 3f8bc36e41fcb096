"""Reads a graph of resolutions back, so that tests compare whole outcomes."""

from ingest.resolve import Resolution
from kg.iri import graph
from kg.namespaces import VOCABULARY
from kg.store import Draft
from kg.terms import LOTSE, RDF, Literal, NamedNode

Said = tuple[str, str, tuple[str, ...]]
"""Outcome, rule, keys of the things: the linked one, or the candidates."""

MATCHED, AMBIGUOUS, UNKNOWN = "matched", "ambiguous", "unknown"
KEY, NAME, LABEL, SHORT, WRITTEN, JUDGED = (
    "official-key/1", "name-type/1", "label/1", "abbreviation/1", "organisation-name/1",
    "judgement/1",
)  # fmt: skip
SPELT, ALIKE, BESIDE = "spelling/1", "likeness/1", "neighbours/1"


def only(resolution: Resolution) -> Said:
    (said,) = outcomes(resolution).values()
    return said


def outcomes(resolution: Resolution) -> dict[tuple[str, str], Said]:
    """Return by mention and published name what it became, read back from the triples."""
    held = Draft()
    held.add(graph("resolution"), resolution.triples)

    def one(node: NamedNode, predicate: NamedNode) -> list[str]:
        found = [quad.object for quad in held.quads(node, predicate)]
        return [term.value for term in found if isinstance(term, NamedNode | Literal)]

    found: dict[tuple[str, str], Said] = {}
    for quad in held.quads(None, RDF.type, LOTSE.Resolution):
        node = quad.subject
        assert isinstance(node, NamedNode)
        (subject,), (result,) = one(node, LOTSE.mention), one(node, LOTSE.mentionProperty)
        (published,), (rule,) = one(node, LOTSE.published), one(node, LOTSE.rule)
        state = one(node, LOTSE.outcome)[0].removeprefix(f"{VOCABULARY}outcome-")
        linked = one(NamedNode(subject), NamedNode(result))
        candidates = one(node, LOTSE.candidate)
        assert state != MATCHED or not candidates
        things = linked if state == MATCHED else candidates
        found[subject, published] = (state, rule, tuple(sorted(map(short, things))))
    return found


def short(iri: str) -> str:
    return iri.rpartition("/")[2].rpartition("#")[2]
