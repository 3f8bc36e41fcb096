"""Tables by our template and publiccode.yml files as contributions."""

import csv
from pathlib import Path

import pytest

from ingest.contributions import gate, tables
from kg import contributed
from tests.api.conftest import _publish
from tests.contribution import ID, SLUG, described

TEMPLATE = Path(__file__).parents[3] / "api" / "static" / "beitrag-nutzung.csv"
YAML = """\
publiccodeYmlVersion: "0.4"
name: Muster-Melder (erfunden)
url: https://git.teststadt.invalid/teststadt/melder.git
softwareType: standalone/web
developmentStatus: stable
usedBy: [Teststadt (erfunden)]
legal: {license: EUPL-1.2}
maintenance: {type: internal, contacts: [{name: Eva Beispiel, email: eva@example.net}]}
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms")
    _publish(folder, "0123456789abcdef")
    contributed.add(folder, described())
    return folder


def ask(data: Path, content: str, kind: str = "adoptions") -> dict:  # type: ignore[type-arg]
    return gate.answer(data, SLUG, "PUT", kind, content.encode())


def said(answer: dict) -> str:  # type: ignore[type-arg]
    entries = contributed.entries(answer["brings"].encode()).values()
    return "\n".join(line for one in entries for line in one.said)


def test_the_template_has_our_columns_and_can_be_handed_in_as_it_is(data: Path) -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    assert tuple(next(csv.reader(text.splitlines()))) == tables.COLUMNS
    answer = ask(data, text)
    assert answer["findings"] == []
    assert f"<{ID}solution/{SLUG}-muster-melder-erfunden>" in said(answer)
    assert '"2024-05"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>' in said(answer)


def test_a_table_as_spreadsheets_write_it_says_the_same(data: Path) -> None:
    text = "\ufeff" + "solution;adopter;status\r\nMuster-Melder;Oststadt;in-use\r\n;;\r\n"
    plain = "solution,adopter,status\nMuster-Melder,Oststadt,in-use"
    assert ask(data, text)["etag"] == ask(data, plain)["etag"]
    assert ask(data, plain)["findings"] == []


def test_a_solution_that_is_here_is_referred_to(data: Path) -> None:
    known = f"{ID}solution/publiccode-app"
    answer = ask(data, f"solution,adopter,status\n{known},Oststadt,pilot\n")
    assert answer["findings"] == []
    assert f"<{ID}solution/{SLUG}" not in said(answer)


def test_each_cell_that_cannot_stand_is_told_by_row_and_column(data: Path) -> None:
    answer = ask(
        data,
        "solution,adopter,status,since,page,adopter_key\n"
        "Muster-Melder,,in use,Mai 2024,www.example.org,\n"
        "Muster-Melder,Oststadt,in-use,,,1234\n",
    )
    messages = [one["message_en"] for one in answer["findings"]]
    for start in (
        "Row 2, column adopter: nothing stands here.",
        "Row 2, column status: write one of these words: in-use, pilot, planned, ended.",
        "Row 2, column since: write a year, a month or a day",
        "Row 2, column page: write a web address",
        "Row 3: Give the official key as text",
    ):
        assert any(one.startswith(start) for one in messages), messages
    assert all(one["message_de"].startswith("Zeile ") for one in answer["findings"])


@pytest.mark.parametrize(
    ("table", "word"),
    [
        ("solution,adopter\nA,B\n", "column 'status' is missing"),
        ("solution,adopter,status,mail\nA,B,in-use,x\n", "no column 'mail'"),
        ("solution,adopter,status\nA,B\n", "row 2: 2 fields"),
        ('solution,adopter,status\nA,"B,in-use\n', "unexpected end of data"),
        ("<html></html>", "no rows"),
        ("", "no rows"),
    ],
    ids=["missing", "unknown", "short", "quote", "html", "empty"],
)
def test_what_is_no_such_table_is_said(data: Path, table: str, word: str) -> None:
    assert word in ask(data, table)["unreadable"]["problem"]


def test_a_publiccode_file_becomes_a_solution_without_its_contacts(data: Path) -> None:
    answer = ask(data, YAML, "publiccode")
    assert answer["findings"] == []
    told = said(answer)
    assert f"<{ID}solution/{SLUG}-teststadt-melder>" in told
    assert '"Teststadt (erfunden)"' in told
    assert "Eva" not in told
    assert "@example" not in told


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        (YAML.replace("stable", "ready"), "developmentStatus"),
        (YAML.replace("url:", "address:"), "'address'"),
        (YAML.replace("https://git.teststadt.invalid/teststadt/melder.git", "melder"), "url"),
        (YAML + "  - broken", "no valid YAML"),
        ("just a text", "fields such as"),
    ],
    ids=["status", "field", "url", "yaml", "text"],
)
def test_what_is_no_publiccode_file_is_said(data: Path, changed: str, word: str) -> None:
    assert word in ask(data, changed, "publiccode")["unreadable"]["problem"]
