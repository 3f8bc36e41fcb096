"""The profiles that data can be held against: ours, and those of `LOTSE_SHAPES_DIR`.

Shapes of others are not shipped. In the folder a file `name.ttl` or a folder `name/` of such files
is the profile `name`; a version behind it may be left out or shortened where only one is there:
`cpov` and `cpov-2.1` both name `cpov-2.1.2`. DCAT-AP.de comes in three ways: as its shapes are; as
one who delivers straight to GovData must meet it (`-direkt`: with `dcatde:contributorID`); and as
one who delivers through a Land (`-mittelbar`), who has no such id and can never give one.

What a standard expects to be known, such as the EU's authority tables, may lie in the folder
`vocabularies/` of a profile (.ttl, .nt, .rdf).
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pyoxigraph import Triple
from rdflib import Graph, URIRef
from rdflib.namespace import SH

from kg.errors import FaultyShapesError, NotFoundError, Suggestion, UnreadableError
from kg.files import shapes as shapes_folder
from kg.iri import digest
from kg.namespaces import DCATDE
from kg.reading import read
from kg.shapes import ABOUT_THE_ONTOLOGY, Shapes, data_files

OURS: Final = "lotse"
ONTOLOGY: Final = "ontology"
DIRECT: Final = "-direkt"
INDIRECT: Final = "-mittelbar"
_OWN: Final = frozenset({OURS, ONTOLOGY})
_FORMS: Final = {".ttl": "turtle", ".nt": "ntriples", ".rdf": "rdfxml"}
_GERMAN: Final = re.compile(r"dcat-ap\.?de(?![a-z])")
_CONTRIBUTOR: Final = URIRef(DCATDE.contributorID.value)
_ASKED: Final = Path(__file__).parent / "conventions" / "direkt.ttl"


def profiles() -> Mapping[str, list[Path]]:
    """Return the profiles with their files: `lotse`, `ontology`, and each foreign one."""
    found = {OURS: data_files()}
    about_terms = shapes_folder() / ABOUT_THE_ONTOLOGY
    if about_terms.exists():
        found[ONTOLOGY] = [about_terms]
    foreign = os.environ.get("LOTSE_SHAPES_DIR")
    if foreign and Path(foreign).is_dir():
        for path in sorted(Path(foreign).iterdir()):
            files = sorted(path.glob("*.ttl")) if path.is_dir() else [path]
            if files and all(one.suffix == ".ttl" for one in files):
                name = path.name if path.is_dir() else path.stem
                found.setdefault(name, files)
                if _GERMAN.match(name):
                    found |= {f"{name}{DIRECT}": files, f"{name}{INDIRECT}": files}
    return found


def named(asked: str) -> str:
    """Return the name of the profile that is meant; `NotFoundError` where there is none, or two."""
    held = profiles()
    if asked in held:
        return asked
    for ending in (DIRECT, INDIRECT, ""):
        if asked.endswith(ending):
            stem = asked.removesuffix(ending) if ending else asked
            version = re.compile(rf"{re.escape(stem)}[-.]?[0-9.]*{re.escape(ending)}")
            found = [name for name in held if version.fullmatch(name)]
            if len(found) == 1:
                return found[0]
    near = [Suggestion(iri="", kind="profile", label=name) for name in held]
    raise NotFoundError(asked, "profile", near)


def shapes_of(profile: str) -> Shapes:
    """Return the shapes of a profile; those of others stay as they are written."""
    files = profiles()[profile]
    if profile in _OWN:
        return Shapes.load(files, flat=profile == OURS)
    triples = [one for path in files for one in _read(path)]
    if profile.endswith(DIRECT):
        triples += _read(_ASKED)
    found = Shapes.foreign(triples)
    if profile.endswith(INDIRECT):
        _drop(found.graph)
    return found


def vocabularies_of(profile: str) -> list[Triple]:
    """Return what lies in the folder `vocabularies` of a profile: known, and not judged itself."""
    folders = {path.parent for path in profiles()[profile]} if profile not in _OWN else set()
    return [
        one
        for folder in folders
        for path in sorted((folder / "vocabularies").glob("*"))
        if path.suffix in _FORMS
        for one in _read(path)
    ]


def _read(file: Path) -> list[Triple]:
    prefix = f"f{digest(file.name)[:6]}b"
    try:
        return read(file.read_bytes(), _FORMS[file.suffix], file.resolve().as_uri(), prefix)
    except UnreadableError as error:
        message = f"The profile's file {file.name} cannot be read: {error}"
        raise FaultyShapesError(message) from error


def _drop(graph: Graph) -> None:
    """Take out what asks for a `dcatde:contributorID` of the list; one that is there is an IRI."""
    for shape in set(graph.subjects(SH.path, _CONTRIBUTOR)) - set(graph.subjects(SH.nodeKind)):
        graph.remove((None, SH.property, shape))
        for target in (SH.targetClass, SH.targetSubjectsOf):
            graph.remove((shape, target, None))
