"""What stewards see: two releases of the small world, as pages and as JSON."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from ingest import judgements
from ingest.fetching.archive import State, remember
from ingest.judgements import Judgement
from ingest.pipeline import build
from kg import release
from kg.settings import Settings
from tests.world import small_sources

SOURCE = "labs_and_hubs"
SECTIONS = ("names", "parked", "unmapped", "changes")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory with two releases; in the second a lab is parked, one is renamed."""
    folder = tmp_path_factory.mktemp("data")
    build(folder, small_sources())
    unsure = Judgement("unsure", "name", SOURCE, "Berlin", "jurisdiction/120000000000", "",
                       "redaktion", "2026-11-24", "try")  # fmt: skip
    judgements.append(folder, [unsure])
    source = next(one for one in small_sources() if one.slug == SOURCE)
    text = (source.folder / source.extracts[0].file).read_text(encoding="utf-8")
    for old, new in (("\nVerschwörhaus Ulm,", "\nNeuer Name (erfunden),"),
                     (",active,", ",zauberei erfunden@example.org,")):  # fmt: skip
        assert old in text
        text = text.replace(old, new, 1)
    edited = folder / "labs.csv"
    edited.write_text(text, encoding="utf-8")
    build(folder, small_sources(), {SOURCE: edited})
    return folder


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[TestClient]:
    """Return a client of the service that serves the second release."""
    with TestClient(create_app(Settings(data=data, query_readers=1))) as opened:
        yield opened


def rows(client: TestClient, path: str) -> list[Any]:
    got = client.get(f"/api/v1/steward/{path}")
    assert got.status_code == 200, got.text
    found = got.json()
    assert found["total"]["relation"] == "eq"
    return list(found["rows"])


def test_parked_records_have_their_reasons_and_no_mailboxes(client: TestClient) -> None:
    (one,) = (row for row in rows(client, "parked?limit=1000") if row["source"]["key"] == SOURCE)
    assert one["reasons"][0].startswith("field 'status' is 'zauberei …'; allowed are")
    assert rows(client, f"parked?source={SOURCE}") == [one]
    assert "example.org" not in client.get("/steward/parked?limit=1000").text


def test_open_names_have_the_command_that_decides_them(client: TestClient) -> None:
    (one,) = rows(client, f"names?source={SOURCE}")
    assert (one["published"], one["outcome"]) == ("Berlin", "ambiguous")
    assert [found["command"] for found in one["candidates"]] == [
        f"lotse judge same --name=Berlin --source={SOURCE} jurisdiction/{key} "
        "--reason='am Eintrag der Quelle geprüft'"
        for key in ("110000000000", "120000000000")
    ]
    page = html.unescape(client.get(f"/steward/names?source={SOURCE}").text)
    for found in one["candidates"]:
        assert f"<code data-copy>{found['command']}</code>" in page
        assert f'href="/doc/jurisdiction/{found["thing"]["key"]}"' in page
    assert {row["outcome"] for row in rows(client, "names?outcome=unknown")} == {"unknown"}
    both = rows(client, "names?outcome=all&limit=1000")
    assert {row["outcome"] for row in both} == {"ambiguous", "unknown"}


def test_the_worst_name_stands_first(client: TestClient) -> None:
    found = rows(client, "names?outcome=unknown&limit=1000")
    weights = [row["mentions"] * (1 - row["score"]) for row in found]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > weights[-1]


def test_unmapped_values_are_counted_by_source(client: TestClient) -> None:
    found = rows(client, "unmapped?limit=1000")
    counts = [row["count"] for row in found]
    assert counts == sorted(counts, reverse=True)
    slug = found[0]["source"]["key"]
    assert rows(client, f"unmapped?source={slug}&limit=1000") == [
        row for row in found if row["source"]["key"] == slug
    ]


def test_every_source_has_its_age_and_what_became_of_its_records(
    client: TestClient, data: Path
) -> None:
    found = {row["source"]["key"]: row for row in rows(client, "freshness")}
    assert set(found) == {source.slug for source in small_sources()}
    labs = found[SOURCE]
    source = next(one for one in small_sources() if one.slug == SOURCE)
    assert (labs["asOf"], labs["retrieved"]) == (
        source.as_of.isoformat(), source.retrieved.isoformat(),
    )  # fmt: skip
    assert labs["read"] == labs["accepted"] + labs["parked"]
    assert (labs["parked"], labs["ambiguous"]) == (1, 2)
    ages = [row["age"] for row in rows(client, "freshness")]
    assert ages == sorted(ages, reverse=True)
    assert release.current(data).id in client.get("/api/v1/steward/freshness").text


def test_freshness_says_when_a_source_was_looked_at_and_what_went_wrong(
    client: TestClient, data: Path
) -> None:
    before = client.get("/api/v1/steward/freshness")
    said = State(checked="2026-11-23T08:00:00+00:00", failed="503 of erfunden@example.org")
    remember(data, SOURCE, said)
    after = client.get(
        "/api/v1/steward/freshness", headers={"if-none-match": before.headers["etag"]}
    )
    (one,) = (row for row in after.json()["rows"] if row["source"]["key"] == SOURCE)
    assert one["checked"] == said.checked
    assert one["failed"].startswith("503")
    assert "erfunden@" not in one["failed"]
    assert "2026-11-23" in client.get("/steward").text
    (data / "fetched" / f"{SOURCE}.json").write_text("{", encoding="utf-8")
    (one,) = (row for row in rows(client, "freshness") if row["source"]["key"] == SOURCE)
    assert "lotse fetch" in one["failed"]
    (data / "fetched" / f"{SOURCE}.json").unlink()


def test_two_releases_can_be_chosen_and_compared(client: TestClient, data: Path) -> None:
    new, old = (entry.id for entry in release.listed(data))
    found = client.get("/api/v1/steward/changes").json()
    assert (found["old"], found["new"]) == (old, new)
    changed = [(row["source"]["key"], row["change"]) for row in found["rows"]]
    assert changed == [(SOURCE, "new"), (SOURCE, "gone"), (SOURCE, "gone")]
    assert [row["record"] is None for row in found["rows"]] == [False, True, True]
    back = rows(client, f"changes?old={new}&new={old}")
    assert [row["change"] for row in back] == ["new", "new", "gone"]
    assert rows(client, f"changes?old={new}&new={new}") == []
    page = client.get(f"/steward/changes?old={old}&new={new}").text
    assert re.findall(rf'<option value="({old}|{new})" selected>', page) == [old, new]
    held = found["rows"][0]["record"].partition("/id/")[2]
    assert f'href="/doc/{held}"' in page
    assert client.get(f"/doc/{held}").status_code == 200


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_overview_leads_to_every_section(client: TestClient, lang: str) -> None:
    page = client.get(f"/steward?lang={lang}").text
    for section in SECTIONS:
        assert f'<h2 id="{section}">' in page
        whole = client.get(f"/steward/{section}?lang={lang}")
        assert whole.status_code == 200
        assert 'aria-current="page"' in whole.text
    assert f"/steward/parked?source={SOURCE}" in html.unescape(page)


def test_pages_are_cut_and_lead_on(client: TestClient) -> None:
    every = rows(client, "names?outcome=all&limit=1000")
    first = client.get("/api/v1/steward/names?outcome=all&limit=3").json()
    second = client.get(f"/api/v1/steward/names?outcome=all&limit=3&cursor={first['next']}").json()
    assert [*first["rows"], *second["rows"]] == every[:6]
    page = html.unescape(client.get("/steward/names?outcome=all&limit=3").text)
    assert 'rel="next" href="/steward/names?outcome=all&limit=3&cursor=3"' in page
    (address,) = re.findall(r'href="(/api/v1/steward/names\?[^"]*format=json)"', page)
    assert client.get(address).json() == first
    assert len(client.get(address.replace("json", "csv")).text.splitlines()) == 4


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/steward/parked?source=nothing", 404),
        ("/api/v1/steward/names?source=nothing", 404),
        ("/api/v1/steward/names?outcome=matched", 422),
        ("/api/v1/steward/changes?old=nothing", 404),
        ("/api/v1/steward/parked?cursor=x", 422),
        ("/api/v1/steward/parked?q=x", 422),
        ("/steward/changes?new=nothing", 404),
    ],
)
def test_a_wrong_wish_is_a_problem(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_openapi_describes_what_waits(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {f"/api/v1/steward/{name}" for name in (*SECTIONS, "freshness")} <= set(paths)
