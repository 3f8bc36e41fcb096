"""What a contribution may say, besides what the shapes demand (decision 0015).

Each rule speaks as a shape does, so that one report holds everything.
"""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.contributions.source import record_key
from ingest.contributions.things import CLASSES, Fault
from ingest.mentions import ROLES
from kg.gate import Finding
from kg.iri import graph, kind_and_key, whole_of
from kg.namespaces import HOME, ID, VOCABULARY
from kg.personal import without_contacts
from kg.shapes import Shapes, compact
from kg.terms import (
    DCTERMS,
    LOTSE,
    OWL,
    PROV,
    RDF,
    RDFS,
    SKOS,
    Literal,
    NamedNode,
    Triple,
    text,
)

RULES: Final = f"{HOME}decisions/0015#"
"""Where the rules are explained; each is a fragment."""
_STATED_DIRECTLY: Final = frozenset({LOTSE.actor, LOTSE.place, DCTERMS.subject})
_CONCLUDED: Final = frozenset(
    {role.result for role in ROLES} - _STATED_DIRECTLY
    | {
        LOTSE.within, LOTSE.sameThingAs, LOTSE.themeConcluded, LOTSE.themeWord, LOTSE.themeMethod,
        LOTSE.source, LOTSE.graph, LOTSE.retrieved, PROV.wasDerivedFrom, PROV.wasGeneratedBy,
    }
)  # fmt: skip
_NAMING: Final = frozenset(
    {
        RDF.type, RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.notation,
        DCTERMS.identifier, DCTERMS.title, DCTERMS.isPartOf, DCTERMS.replaces,
        DCTERMS.isReplacedBy, OWL.sameAs, OWL.deprecated, LOTSE.abbreviation, LOTSE.ags,
        LOTSE.nuts, LOTSE.level, LOTSE.officialName,
    }
)  # fmt: skip
"""What says which thing something is: for the source alone that describes it."""
_WORDS: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules are held against."""

    slug: str
    types: Mapping[NamedNode, Collection[NamedNode]]
    """The classes of things that other sources describe."""
    shapes: Shapes


def broken(triples: Iterable[Triple], homeless: Iterable[str], known: Known) -> Iterator[Finding]:
    """Yield what of this may not be said, and why."""
    every = list(triples)
    typed = {one.subject for one in every if one.predicate == RDF.type}
    for node in homeless:
        yield _finding(known, "blank-nodes", node)
    for subject in dict.fromkeys(one.subject for one in every):
        assert isinstance(subject, NamedNode)  # noqa: S101 (blank nodes have got IRIs)
        yield from _of_subject(subject, known, named=subject in typed)
    for one in every:
        yield from _of_statement(one, known, typed)


def in_table(faults: Iterable[Fault], slug: str) -> Iterator[Finding]:
    """Yield what is wrong with the cells of a table; the focus is the row."""
    for one in faults:
        words = {"row": one.row, "column": one.column, "wanted": one.wanted}
        de, en = (_WORDS[one.rule][lang].format(**words) for lang in ("de", "en"))
        yield Finding(
            record=f"row-{one.row}", focus=f"{graph(slug).value}#row-{one.row}", path="",
            shape=f"{RULES}{one.rule}", severity="Violation", value=str(text(one.column)),
            message_de=de, message_en=en, component=f"{RULES}{one.rule}",
        )  # fmt: skip


def _of_subject(subject: NamedNode, known: Known, *, named: bool) -> Iterator[Finding]:
    own = kind_and_key(subject.value)
    if own is None:
        yield _finding(known, "own-things", subject.value)
        return
    kind, key = own
    if "/" in key:
        return
    if not key.startswith(f"{known.slug}-"):
        if not known.types.get(subject):
            yield _finding(known, "not-there" if kind in CLASSES else "kinds", subject.value)
    elif kind not in CLASSES:
        yield _finding(known, "kinds", subject.value)
    elif not named:
        yield _finding(known, "class", subject.value, RDF.type)


def _of_statement(one: Triple, known: Known, typed: Collection[object]) -> Iterator[Finding]:
    subject, predicate, value = one.subject, one.predicate, one.object
    assert isinstance(subject, NamedNode)  # noqa: S101 (as above)
    kind, key = kind_and_key(subject.value) or ("", "")
    mine = key.startswith(f"{known.slug}-")
    if kind and not mine and (predicate in _NAMING or predicate.value in known.shapes.single):
        yield _finding(known, "of-others", subject.value, predicate, value)
    elif predicate in _CONCLUDED:
        yield _finding(known, "concluded", subject.value, predicate, value)
    elif _coined(predicate, known):
        yield _finding(known, "vocabulary", subject.value, predicate)
    if predicate == RDF.type and mine and "/" not in key and kind in CLASSES:
        if value not in CLASSES[kind]:
            yield _finding(known, "class", subject.value, predicate, value)
    elif isinstance(value, NamedNode) and _coined(value, known):
        yield _finding(known, "vocabulary", subject.value, predicate, value)
    if isinstance(value, NamedNode) and value.value.startswith(ID):
        whole = whole_of(value)
        if whole not in typed and not known.types.get(whole):
            yield _finding(known, "not-there", subject.value, predicate, value)
    if _is_contact(value):
        yield _finding(known, "personal-data", subject.value, predicate)


def _coined(term: NamedNode, known: Known) -> bool:
    """Return whether a term claims to be of our vocabulary and is not."""
    return (
        term.value.startswith(VOCABULARY)
        and term not in known.shapes.terms
        and not any(term in classes for classes in CLASSES.values())
    )


def _is_contact(value: object) -> bool:
    if isinstance(value, NamedNode):
        return value.value.startswith(("mailto:", "tel:")) or "@" in value.value
    return isinstance(value, Literal) and without_contacts(value.value) != value.value


def _finding(
    known: Known,
    rule: str,
    focus: str,
    path: NamedNode | None = None,
    value: NamedNode | Literal | object = "",
) -> Finding:
    kind = (kind_and_key(focus) or ("", ""))[0]
    words = {
        "own": f"{ID}<kind>/{known.slug}-…",
        "kinds": ", ".join(CLASSES),
        "classes": ", ".join(compact(cls.value) for cls in CLASSES.get(kind, ())),
    }
    de, en = (_WORDS[rule][lang].format(**words) for lang in ("de", "en"))
    return Finding(
        record=record_key(focus) or "other",
        focus=focus,
        path=compact(path.value) if path is not None else "",
        shape=f"{RULES}{rule}",
        severity="Violation",
        value=str(value),
        message_de=de,
        message_en=en,
        component=f"{RULES}{rule}",
    )
