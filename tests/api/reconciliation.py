"""The JSON Schemas of the two versions, read where they lie; without them only shapes are tested.

They are the W3C community group's and are not ours to ship.
"""

import json
from functools import lru_cache

import pytest
from jsonschema_rs import Draft7Validator, Registry

from tests.world import SHARED

FOLDER = SHARED / "standards" / "reconciliation"


@lru_cache(maxsize=32)
def _checker(version: str, schema: str) -> Draft7Validator:
    held = {
        path.name: json.loads(path.read_text(encoding="utf-8"))
        for path in (FOLDER / version / "schemas").glob("*.json")
    }
    every = []
    for name, one in held.items():
        base = one["$id"].rpartition("/")[0]
        every += [(one["$id"], one), (f"{base}/{name}", one)]
    return Draft7Validator(held[f"{schema}.json"], registry=Registry(every))


def faults(version: str, schema: str, content: object) -> list[str]:
    """Return what a schema has against a response; skips where the schemas are not there."""
    if not (FOLDER / version).exists():
        pytest.skip(f"no schemas of reconciliation in {FOLDER}")
    return [str(one) for one in _checker(version, schema).iter_errors(content)]
