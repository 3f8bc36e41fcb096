"""Whatever sequence of releases: each view of the log comes to the one that is served."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.app import create_app
from kg import log, release
from kg.namespaces import BASE, GRAPH, ID
from kg.settings import Settings
from kg.store import Draft
from tests.copies.replay import PUBLIC, by_delta, by_feed, by_ldes, served

THINGS = ("lab/a-1", "lab/a-2", "solution/b-1")
WORDS = ('"Labor"@de', '"a\\"b\\n<&>"', '"\u0001\ufffe"', f"<{ID}jurisdiction/120000000000>")
World = Mapping[tuple[str, str], tuple[str, frozenset[str]]]
"""(source, thing) → the key of the record that speaks of it, and what it says."""

Step: TypeAlias = "tuple[World, frozenset[tuple[str, str]], bool]"
"""What sources say, what was concluded, and whether the log is written before the next step."""

worlds = st.dictionaries(
    st.tuples(st.sampled_from(("alpha", "beta")), st.sampled_from(THINGS)),
    st.tuples(st.sampled_from(("x", "y-1")), st.frozensets(st.sampled_from(WORDS), max_size=3)),
    max_size=6,
)
concluded = st.frozensets(
    st.tuples(st.sampled_from((f"<{ID}lab/a-1>", "<https://example.org/ä b>", "_:c14n0")),
              st.sampled_from((*WORDS, "_:c14n0"))),
    max_size=4,
)  # fmt: skip


def graphs(world: World, rest: frozenset[tuple[str, str]]) -> dict[str, str]:
    """Return the graphs of a release as canonical N-Quads."""
    lines: dict[str, set[str]] = {"provenance": set(), "resolution": set()}
    for (source, thing), (key, words) in world.items():
        record = f"<{ID}record/{source}-{key}>"
        lines["provenance"] |= {
            f"<{ID}{thing}> <http://www.w3.org/ns/prov#wasDerivedFrom> {record}",
            f"{record} <{BASE}ns#source> <{ID}source/{source}>",
            f"<{ID}source/{source}> <{BASE}ns#graph> <{GRAPH}{source}>",
        }
        lines.setdefault(source, set()).update(
            f"<{ID}{thing}> <http://www.w3.org/2004/02/skos/core#prefLabel> {word}"
            for word in words
        )
    lines["resolution"] |= {
        f"{subject.replace(' ', '%20')} <{BASE}ns#place> {value}" for subject, value in rest
    }
    return {
        name: "".join(f"{one} <{GRAPH}{name}> .\n" for one in sorted(some))
        for name, some in lines.items()
    }


def publish(data: Path, made: Mapping[str, str]) -> None:
    """Publish a release of these graphs, as a build would."""
    sums = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in made.items()}
    release_id = hashlib.sha256(json.dumps(sums, sort_keys=True).encode()).hexdigest()[:16]
    folder = data / "releases" / release_id
    if not folder.is_dir():
        for name, text in made.items():
            release.write_graph(folder / "graphs", name, text.encode())
        draft = Draft(folder / "store")
        draft.load("".join(made.values()).encode())
        draft.finish()
        draft.close()
        described = {name: {"iri": GRAPH + name, "quads": made[name].count("\n"), "sha256": sum_}
                     for name, sum_ in sums.items()}  # fmt: skip
        manifest = {"id": release_id, "quads": 0, "graphs": described, "sources": {}}
        (folder / "manifest.json").write_text(json.dumps(manifest))
        stamp = f"2026-11-24T12:00:{len(list(folder.parent.iterdir())):02}+00:00"
        (folder / "run.json").write_text(json.dumps({"published": stamp}))
    release.point_to(data, release_id)


STEPS: list[Step] = [
    ({("alpha", "lab/a-1"): ("x", frozenset(WORDS[:2]))}, frozenset({("_:c14n0", WORDS[0])}), True),
    ({("alpha", "lab/a-1"): ("y-1", frozenset(WORDS[:2])),
      ("beta", "lab/a-1"): ("x", frozenset(WORDS))}, frozenset(), False),
    ({("beta", "lab/a-1"): ("x", frozenset(WORDS[1:]))},
     frozenset({("<https://example.org/ä b>", "_:c14n0")}), False),
    ({("alpha", "lab/a-1"): ("x", frozenset(WORDS[:2]))}, frozenset({("_:c14n0", WORDS[0])}), True),
]  # fmt: skip
"""A record comes, speaks for another, changes and goes; the last release is the first again."""


def test_each_view_comes_to_what_is_served() -> None:
    replay(STEPS)


@pytest.mark.full
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(worlds, concluded, st.booleans()), min_size=1, max_size=5))
def test_each_view_comes_to_what_is_served_whatever_was_before(steps: list[Step]) -> None:
    replay(steps)


def replay(steps: list[Step]) -> None:
    """Publish one release after the other, and hold each view against the last one."""
    with TemporaryDirectory() as name:
        data = Path(name)
        for world, rest, logged in steps:
            publish(data, graphs(world, rest))
            if logged:  # else two releases were published before the log was written
                log.catch_up(data)
        log.catch_up(data)
        app = create_app(Settings(data=data, public_url=PUBLIC))
        client = TestClient(app, raise_server_exceptions=False)
        wanted = served(data)
        assert by_delta(client) == wanted
        assert by_ldes(client) == wanted
        assert by_feed(client) == wanted
        # A release whose folder is gone does not matter: the log alone says what it was.
        again = log.replayed(data)
        folder = release.current(data).folder
        for path in (folder / "graphs").iterdir():
            graph = path.name.removesuffix(".nq.zst")
            assert again.read(graph).encode() == release.read_graph(folder, graph)
