"""The alarm before publication, where a file that was fetched or tried changed its nature.

The columns of the extract are held against those of the extract that the served release was made
from, what became of it against that release. A steward who has looked lets it through by name.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median
from typing import Final

from ingest.admitted import Admitted
from ingest.fetching import archive
from ingest.files import Given, shipped
from ingest.readers import rows_of
from ingest.source import ExtractFile, Source, Value
from kg import nquads, release
from kg.readings import folded
from kg.terms import SKOS, Literal, NamedNode, Triple

_SHARE: Final = 0.8
"""A format that nearly all values had must still be that of so many; so many must be known."""
_NEARLY_ALL: Final = 0.95
_FEW: Final = 30
"""Fewer values than this tell nothing about a column; more kinds of value are no list."""
_GONE: Final = 0.05
_SCALE: Final = 10
_UNMAPPED_ROSE: Final = 0.1
_ALIKE: Final = 0.5
_SHOWN: Final = 3

_FORMATS: Final[Mapping[str, re.Pattern[str]]] = {
    "dates (YYYY-MM-DD)": re.compile(r"\d{4}-\d\d-\d\d.*"),
    "whole numbers": re.compile(r"-?\d+"),
    "numbers with a point": re.compile(r"-?\d+\.\d+"),
    "numbers with a comma": re.compile(r"-?\d+,\d+"),
    "addresses": re.compile(r"https?://.+"),
    "keys of digits and signs": re.compile(r"[A-Z]{0,4}[-_]?\d[\d._-]*"),
}


@dataclass(slots=True)
class _Before:
    """What a source was: its usual extract files, and what of it the served release has."""

    files: Mapping[str, bytes]
    properties: Counter[str] = field(default_factory=Counter)
    labels: Mapping[str, str] = field(default_factory=dict)
    unmapped_share: float | None = None


def _before(data: Path, source: Source) -> _Before:
    """Return what drift is measured against in a data directory."""
    files = shipped(source).files if source.shipped else {}
    served = release.current_id(data)
    if served is None:
        return _Before(files)
    folder = data / "releases" / served
    run, manifest = (
        json.loads((folder / name).read_text(encoding="utf-8"))
        for name in ("run.json", "manifest.json")
    )
    lines = [one for one in run["lines"] if one["source"] == source.slug]
    if not lines:
        return _Before(files)
    read_from = manifest["sources"][source.slug]["extract_sha256"]
    files = archive.extract(data, source.slug, read_from) or files
    triples = list(nquads.triples(release.read_graph(folder, source.slug)))
    share = lines[0]["unmapped"] / lines[0]["read"] if lines[0]["read"] else None
    properties = Counter(one.predicate.value for one in triples)
    return _Before(files, properties, _labels(triples), share)


def refusal(slug: str, drift: str) -> str:
    """Return a drift as a reason not to publish, with the way out."""
    return f"{slug}: {drift} If it is right as it is, build with `--accept-drift {slug}`."


def drifts(admission: Admitted, given: Given, data: Path) -> Iterator[str]:
    """Yield what of a source is not as it was in the release that is served."""
    last = _before(data, admission.source)
    for extract in admission.source.extracts:
        old, new = last.files.get(extract.file), given.files[extract.file]
        if old is not None and new != old:
            yield from _columns(extract, old, new)
    triples = list(nquads.triples(admission.quads))
    now = Counter(one.predicate.value for one in triples)
    for name in sorted(last.properties.keys() - now.keys()):
        yield (
            f"the property <{name}> vanished: the release that is served has it "
            f"{last.properties[name]} times. Look what upstream now calls the field it came from."
        )
    yield from _reused(_labels(triples), last.labels)
    share = admission.unmapped.total() / admission.read if admission.read else 0.0
    if last.unmapped_share is not None and share > last.unmapped_share + _UNMAPPED_ROSE:
        common = Counter({f"{k[0]}: {k[1]}": n for k, n in admission.unmapped.items()})
        such = ", ".join(f"{value} ({n})" for value, n in common.most_common(_SHOWN))
        yield (
            f"{share:.0%} of the records hold a value that no mapping knows; it was "
            f"{last.unmapped_share:.0%} (such as {such}). Add the new words to transform.py."
        )


def _columns(extract: ExtractFile, was: bytes, is_now: bytes) -> Iterator[str]:
    old, new = (_values(rows_of(extract, content)) for content in (was, is_now))
    for column in extract.columns:
        had, has = old.get(column, []), new.get(column, [])
        if len(has) < _GONE * len(had):
            yield (
                f"the column {column!r} of {extract.file} vanished: it has {len(has)} values and "
                f"had {len(had)}. Look whether upstream renamed it, then mend extract.py."
            )
        elif len(had) >= _FEW and len(has) >= _FEW:
            changed = _range(had, has)
            if changed:
                yield (
                    f"the column {column!r} of {extract.file} has another range: {changed}. "
                    "If upstream meant it, mend extract.py or transform.py."
                )


def _values(rows: Sequence[Mapping[str, Value]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for column, value in row.items():
            if isinstance(value, str) and value.strip():
                found[column].append(value.strip())
            elif value and not isinstance(value, str):
                found[column].append(f"[{type(value).__name__}]")
    return found


def _range(had: Sequence[str], has: Sequence[str]) -> str | None:
    """Return how the values changed their format, their list or their scale; None: they did not."""
    for name, pattern in _FORMATS.items():
        if _part(had, pattern.fullmatch) >= _NEARLY_ALL:
            share = _part(has, pattern.fullmatch)
            if share < _SHARE:
                strange = next(one for one in has if pattern.fullmatch(one) is None)
                return f"{name} before, now only {share:.0%} ({strange[:40]!r})"
            break
    length = Counter(map(len, had)).most_common(1)[0][0]
    if all(one.isdigit() and len(one) == length for one in had):
        share = _part(has, lambda one: len(one) == length)
        if share < _SHARE:
            return f"{length} digits before, now only {share:.0%} (zeros lost at the beginning?)"
        return None
    known = set(had)
    if len(known) <= _FEW and len(had) >= 2 * len(known):
        share = _part(has, lambda one: one in known)
        strange = next((one for one in has if one not in known), "")
        return None if share >= _SHARE else f"only {share:.0%} are of its list ({strange[:40]!r})"
    return _scale(had, has)


def _scale(had: Sequence[str], has: Sequence[str]) -> str | None:
    numbers = [_numbers(had), _numbers(has)]
    if min(map(len, numbers)) < _FEW:
        return None
    old, new = (median(map(abs, one)) for one in numbers)
    if not old or not new or 1 / _SCALE < new / old < _SCALE:
        return None
    return f"its middle value was {old:g} and is {new:g} (another unit?)"


def _numbers(values: Sequence[str]) -> list[float]:
    return [float(one.replace(",", ".")) for one in values if re.fullmatch(r"-?\d+([.,]\d+)?", one)]


def _part(values: Sequence[str], holds: Callable[[str], object]) -> float:
    return sum(1 for one in values if holds(one)) / len(values)


def _labels(triples: Sequence[Triple]) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in triples:
        if (
            one.predicate == SKOS.prefLabel
            and isinstance(one.subject, NamedNode)
            and isinstance(one.object, Literal)
        ):
            found[one.subject.value].append(one.object.value)
    return {subject: " · ".join(sorted(labels)) for subject, labels in found.items()}


def _reused(now: Mapping[str, str], then: Mapping[str, str]) -> Iterator[str]:
    """Yield the keys whose things are called altogether differently."""
    both = sorted(now.keys() & then.keys())
    other = [one for one in both if now[one] != then[one] and _strangers(now[one], then[one])]
    if other:
        such = "; ".join(
            f"{one.rpartition('/')[2]} was {then[one]!r} and is {now[one]!r}"
            for one in other[:_SHOWN]
        )
        yield (
            f"{len(other)} of {len(both)} keys stand for something else than before: {such}. If "
            "upstream gives out its keys anew, build them from other fields in transform.py."
        )


def _strangers(one: str, other: str) -> bool:
    """Return whether two names share no word and are not alike."""
    words = [set(re.findall(r"\w{3,}", folded(name))) for name in (one, other)]
    return not words[0] & words[1] and SequenceMatcher(None, one, other).ratio() < _ALIKE
