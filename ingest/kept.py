"""What one build leaves for the next, in `<data>/kept/`, so that only what changed is done again.

Each file says in its first line what it rests on and the checksum of the rest. It counts only
where programme, shapes, ontology and libraries are the same to the byte; one that is broken is
passed over and said. The newest state is kept, nothing older. Nothing here is needed: without it,
a build takes longer and comes to the same release.
"""

import hashlib
import inspect
import json
import os
import platform
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import zstandard

from ingest.admission import Types, admit
from ingest.admitted import Admitted, Parked
from ingest.files import Given
from ingest.source import Source
from kg.files import ontology as ontology_folder
from kg.files import shapes as shapes_folder
from kg.gate import Finding, Shapes
from kg.namespaces import GRAPH, ID
from kg.terms import NamedNode

_FORM: Final = "lotse-kept-1"
_LEVEL: Final = 3
_LIBRARIES: Final = ("pyoxigraph", "pyshacl", "rdflib", "tantivy", "numpy")
_FUNCTIONS: Final = {"folder", "transform", "extract", "record_key", "gather"}


def programme() -> str:
    """Return a hash of all that a build rests on, besides the sources and the judgements."""
    ingest, kg = Path(__file__).parent, Path(inspect.getfile(Shapes)).parent
    every = [
        *ingest.glob("*.*"), *ingest.glob("derivations/*.rq"), *ingest.glob("fetching/*.py"),
        *kg.rglob("*.py"), *kg.rglob("*.rq"),
        *shapes_folder().glob("*.ttl"), *ontology_folder().glob("*.ttl"),
    ]  # fmt: skip
    names = [f"{name} {version(name)}" for name in _LIBRARIES]
    return _hashed([platform.python_version(), GRAPH, ID, *names], every)


def fingerprint(source: Source, given: Given) -> str:
    """Return a hash of a source's files, of its description and of its programme."""
    described = [
        f"{one.name}={getattr(source, one.name)!r}"
        for one in fields(source)
        if one.name not in _FUNCTIONS
    ]
    extracts = {one.file for one in source.extracts}
    folder = Path(inspect.getfile(source.transform)).parent
    code = [path for path in folder.glob("*.*") if path.name not in extracts]
    named = getattr(source.transform, "__qualname__", "")
    return _hashed([*described, named, given.sha256], code)


def _hashed(texts: Iterable[str], files: Iterable[Path]) -> str:
    whole = hashlib.sha256("\0".join(texts).encode())
    for path in sorted(path for path in files if path.is_file()):
        whole.update(f"\0{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


@dataclass(slots=True)
class Kept:
    """The folder with what the last build left."""

    folder: Path
    rests_on: str
    clean: bool = False
    """True: whatever lies there is passed over, and written anew."""
    broken: list[str] = field(default_factory=list)
    """The files that could not be read, for the summary."""
    written: set[str] = field(default_factory=set)
    """The files that this build vouches for; `prune` deletes all others."""

    def load(self, name: str) -> tuple[dict[str, Any], list[bytes]] | None:
        """Return what was kept under this name, None where there is nothing that counts."""
        path = self.folder / name
        if self.clean or not path.is_file():
            return None
        try:
            head, _, packed = path.read_bytes().partition(b"\n")
            form, rests_on, checksum = head.decode("ascii").split(" ")
            if (form, rests_on) != (_FORM, self.rests_on):
                return None
            if checksum != hashlib.sha256(packed).hexdigest():
                self.broken.append(name)
                return None
            first, _, rest = zstandard.ZstdDecompressor().decompress(packed).partition(b"\n")
            said = json.loads(first)
            parts, start = [], 0
            for length in said.pop("lengths"):
                parts.append(rest[start : start + length])
                start += length
        except (OSError, ValueError, KeyError, zstandard.ZstdError):
            self.broken.append(name)
            return None
        return said, parts

    def save(self, name: str, said: Mapping[str, Any], parts: Collection[bytes] = ()) -> None:
        """Keep this under a name; in one step, so that nobody ever reads half of it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        first = json.dumps({**said, "lengths": [len(part) for part in parts]})
        packed = zstandard.ZstdCompressor(level=_LEVEL).compress(
            b"".join([first.encode(), b"\n", *parts])
        )
        head = f"{_FORM} {self.rests_on} {hashlib.sha256(packed).hexdigest()}\n"
        beside = self.folder / f".{name}-{os.getpid()}"
        beside.write_bytes(head.encode() + packed)
        beside.replace(self.folder / name)
        self.written.add(name)

    def prune(self) -> None:
        """Delete what no part of this build has written or used."""
        if self.folder.is_dir():
            for path in self.folder.iterdir():
                if path.name not in self.written:
                    path.unlink()


@cache
def _shapes(_of: str) -> Shapes:
    return Shapes.load()


def admitted(source: Source, given: Given, types: Types, kept: Kept) -> Admitted:
    """Return the verdicts on a source's records; the accepted things are added to `types`.

    A source is judged again where its files or its programme changed, or the classes of a thing
    that it names; of its records then those alone whose verdict rests on something else.
    """
    name, of = f"source-{source.slug}", fingerprint(source, given)
    held = kept.load(name)
    if held is not None and held[0]["of"] == of and _as_then(held[0]["context"], types):
        kept.written.add(name)
        found = _read(source, *held)
        for thing, classes in found.types.items():
            node = NamedNode(thing)
            types[node] = types.get(node, frozenset()) | set(map(NamedNode, classes))
        return found
    then = dict(types)
    verdicts = {} if held is None else {
        key: [Finding(**one) for one in found] for key, found in held[0]["verdicts"].items()
    }  # fmt: skip
    admission = admit(source, given.files, types, _shapes(kept.rests_on), verdicts)
    found = admission.admitted()
    context = {
        thing.value: sorted(cls.value for cls in then.get(thing, ())) for thing in admission.named
    }
    said = {
        "of": of, "context": context, "read": found.read, "kinds": found.kinds,
        "unmapped": [[*pair, n] for pair, n in found.unmapped.items()],
        "parked": [asdict(one) for one in found.parked],
        "verdicts": {key: list(map(asdict, said)) for key, said in admission.verdicts.items()},
        "hashes": found.hashes, "types": found.types,
    }  # fmt: skip
    kept.save(name, said, (found.quads, found.provenance))
    return found


def _as_then(context: Mapping[str, list[str]], types: Types) -> bool:
    """Return whether everything that a source names has the classes that it had."""
    none: frozenset[NamedNode] = frozenset()
    return all(
        {cls.value for cls in types.get(NamedNode(thing), none)} == set(classes)
        for thing, classes in context.items()
    )


def _read(source: Source, said: Mapping[str, Any], parts: list[bytes]) -> Admitted:
    findings = [Finding(**one) for found in said["verdicts"].values() for one in found]
    return Admitted(
        source=source,
        read=said["read"],
        kinds=Counter(said["kinds"]),
        unmapped=Counter({(name, value): n for name, value, n in said["unmapped"]}),
        parked=tuple(
            Parked(one["source"], one["key"], tuple(one["reasons"]), tuple(one["rows"]))
            for one in said["parked"]
        ),
        findings=tuple(sorted(findings)),
        hashes=said["hashes"],
        types={thing: tuple(classes) for thing, classes in said["types"].items()},
        quads=parts[0],
        provenance=parts[1],
    )
