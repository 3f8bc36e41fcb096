"""The page of a source: what we take, leave and know to be wrong, and what became of it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from kg.settings import Settings
from tests.api.conftest import Publish

MANIFEST = {
    "sources": {
        "labs_and_hubs": {
            "read": 5,
            "accepted": 3,
            "parked": 2,
            "about": {
                "takes": "Namen.", "takes_en": "Names.", "leaves": "Texte.", "leaves_en": "Texts.",
                "dirt": "Tippfehler.", "dirt_en": "Misspellings.",
            },
        }
    },
    "graphs": {"labs_and_hubs": {"quads": 1234}},
}  # fmt: skip
RUN = {
    "lines": [{"source": "labs_and_hubs", "read": 5, "accepted": 3, "parked": 2, "warnings": 0,
               "unmapped": 4, "resolved": 7, "ambiguous": 1, "unknown": 6, "new": 3}],
    "unmapped": {"labs_and_hubs": {"status: Done": 1, "status: <Fertig>": 3}},
    "published": "2026-11-24T12:00:00Z",
}  # fmt: skip
PARKED = [
    {"source": "labs_and_hubs", "key": "eins", "reasons": ["no name", "no place"], "rows": []},
    {"source": "labs_and_hubs", "key": "zwei", "reasons": ["name = eva@example.org"], "rows": []},
    {"source": "adoptions", "key": "drei", "reasons": ["not here"], "rows": []},
]


@pytest.fixture
def told(tmp_path: Path, publish: Publish) -> Iterator[TestClient]:
    publish(tmp_path, "fedcba9876543210")
    folder = tmp_path / "releases" / "fedcba9876543210"
    (folder / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    (folder / "run.json").write_text(json.dumps(RUN), encoding="utf-8")
    lines = "".join(json.dumps(one) + "\n" for one in PARKED)
    (folder / "parked.jsonl").write_text(lines, encoding="utf-8")
    with TestClient(create_app(Settings(data=tmp_path)), follow_redirects=False) as client:
        yield client


def _shown(client: TestClient, lang: str) -> list[str]:
    """Return what the page says from its heading on, tags left out."""
    got = client.get("/sources/labs_and_hubs", headers={"Accept-Language": lang})
    assert got.status_code == 200
    main = got.text.partition("<h1>")[2].partition("</main>")[0]
    lines = (re.sub(r"<[^>]+>", " ", line).strip() for line in main.splitlines())
    return [re.sub(r"\s+", " ", line) for line in lines if line]


def test_a_page_says_what_is_taken_counted_and_wrong(told: TestClient) -> None:
    said = _shown(told, "de")
    assert said[:7] == [
        "Liste der Labore", "Was wir nehmen", "Namen.", "Was wir lassen", "Texte.",
        "Bekannte Mängel", "Tippfehler.",
    ]  # fmt: skip
    at = said.index("Zahlen dieser Ausgabe")
    assert said[at + 1 : at + 9] == [
        "Gelesen 5 Datensätze in der Datei",
        "Aufgenommen 3 Datensätze im Graphen",
        "Zurückgestellt 2 Datensätze, die eine Regel verletzen",
        "Unbekannte Werte 4 Werte, die keine Liste kennt; die Angabe fehlt im Graphen",
        "Zugeordnet 7 Namen, die ihr Ding gefunden haben",
        "Mehrdeutig 1 Namen mit mehreren Möglichkeiten; niemand hat entschieden",
        "Unbekannt 6 Namen, zu denen wir nichts führen",
        "Aussagen 1.234 im Graphen der Quelle",
    ]
    assert said[at + 9 : at + 13] == [
        "Zurückgestellte Datensätze", "eins : no name; no place zwei : name = …",
        "Unbekannte Werte, die häufigsten zuerst", "status: &lt;Fertig&gt; (3) status: Done",
    ]  # fmt: skip


def test_a_page_says_so_in_english(told: TestClient) -> None:
    assert _shown(told, "en")[:7] == [
        "list of labs", "What we take", "Names.", "What we leave", "Texts.", "Known faults",
        "Misspellings.",
    ]  # fmt: skip


def test_a_release_that_says_nothing_of_a_source_has_its_page(client: TestClient) -> None:
    said = _shown(client, "en")
    assert said[1:3] == ["What we take", "Nothing is said about it yet."]
    assert "Parked records" not in said


def test_a_source_that_is_not_there_is_not_found(client: TestClient) -> None:
    got = client.get("/sources/labs_and_hub")
    assert got.status_code == 404
    assert {one["kind"] for one in got.json()["suggestions"]} == {"source"}
