"""Where the ontology, the shapes and the saved questions lie: in the wheel, or in the checkout."""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).parent
QUERIES: Final = _PACKAGE / "queries"


def _folder(name: str) -> Path:
    carried = _PACKAGE / f"_{name}"
    return carried if carried.is_dir() else _PACKAGE.parent / name


def ontology() -> Path:
    """Return the folder of the ontology's Turtle files."""
    return _folder("ontology")


def shapes() -> Path:
    """Return the folder of the SHACL shapes."""
    return _folder("shapes")
