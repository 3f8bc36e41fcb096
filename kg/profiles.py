"""The profiles that data can be held against: ours, and those of `LOTSE_SHAPES_DIR`."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kg.files import shapes as shapes_folder
from kg.shapes import ABOUT_THE_ONTOLOGY, Shapes, data_files

OURS: Final = "lotse"
ONTOLOGY: Final = "ontology"


def profiles() -> Mapping[str, list[Path]]:
    """Return the profiles with their files: `lotse`, `ontology`, and each foreign one.

    In `LOTSE_SHAPES_DIR` a file `name.ttl` or a folder `name/` of such files is the profile `name`.
    """
    found = {OURS: data_files()}
    about_terms = shapes_folder() / ABOUT_THE_ONTOLOGY
    if about_terms.exists():
        found[ONTOLOGY] = [about_terms]
    foreign = os.environ.get("LOTSE_SHAPES_DIR")
    if foreign:
        for path in sorted(Path(foreign).iterdir()):
            files = sorted(path.glob("*.ttl")) if path.is_dir() else [path]
            if files and all(one.suffix == ".ttl" for one in files):
                found.setdefault(path.stem, files)
    return found


def shapes_of(profile: str) -> Shapes:
    """Return the shapes of a profile; foreign ones stay as they are written."""
    return Shapes.load(profiles()[profile], flat=profile == OURS)
